"""What a registration teaches: how a head names its issuer, who signs for it, which symbols it has."""

from vanthu.documents import symbols
from vanthu.documents.known_kinds import PLAIN
from vanthu.documents.models import IncomingEntry
from vanthu.documents.states import Channel
from vanthu.kernel.files import queries as files
from vanthu.reading import lessons, storing
from vanthu.reading.fields import extract

_PAGES = 2  # the head stands on the first, its words may have come late


def learn(entry_id: int) -> None:
    """Learn from an entry as the clerk saved it; restricted ones, envelopes and our own deliveries teach nothing."""
    entry = IncomingEntry.objects.filter(pk=entry_id).first()
    if entry is None or entry.restricted or entry.sealed or entry.channel == Channel.INTERNAL:
        return
    head, over = _head(entry)
    lessons.teach(
        entry.office_id,
        lessons.Taught(
            issuer=entry.issuer_name,
            issuer_key=symbols.issuer_key(entry.issuer_name),
            notation=entry.notation,
            signer=entry.signer_name,
            post=entry.signer_title,
            head=head,
            over=over,
        ),
    )


def _head(entry: IncomingEntry) -> tuple[str, str]:
    """Issuer and body above as they were read from the pages, without what is known; empty when nothing was read."""
    for held in files.attachments("document", [entry.document_id])[entry.document_id]:
        pages = storing.pages_of(held.file_id, 1, _PAGES)
        if pages:
            read = extract(pages, PLAIN)
            return read.issuer.value or "", read.parent_issuer.value or ""
    return "", ""
