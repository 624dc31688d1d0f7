"""In which entries and stacks of which offices a file lies, for system work that tells the offices of it."""

from vanthu.documents.models import IncomingEntry, OutgoingEntry
from vanthu.documents.receiving_models import Mail, Stack
from vanthu.documents.states import NOT_HELD


def of_document(document_id: int) -> list[IncomingEntry | OutgoingEntry]:
    """The entries of a document that offices hold, its sender's too."""
    came = IncomingEntry.objects.filter(document=document_id).exclude(state__in=NOT_HELD)
    return [*came, *OutgoingEntry.objects.filter(document=document_id)]


def of_mail(mail_id: int) -> list[IncomingEntry]:
    """The entry that a mail brought."""
    return list(IncomingEntry.objects.filter(pk__in=Mail.objects.filter(pk=mail_id).values("entry")))


def of_stack(stack_id: int) -> list[Stack]:
    """The stack itself."""
    return list(Stack.objects.filter(pk=stack_id))


def incoming(pk: int) -> list[IncomingEntry]:
    """An incoming entry that something else is about."""
    return list(IncomingEntry.objects.filter(pk=pk))
