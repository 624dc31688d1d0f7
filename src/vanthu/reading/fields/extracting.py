"""All fields of a document from the words of its pages, by the places and forms of Decree 30/2020, Phụ lục I."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vanthu.reading.fields import dates, foot, head, recipients, titles
from vanthu.reading.fields.lines import sheet
from vanthu.reading.fields.values import Fields

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vanthu.reading.fields.known import Known
    from vanthu.reading.fields.lines import Sheet
    from vanthu.reading.words import Page

MOST_PAGES = 30  # the end of a document is looked for so far


def extract(pages: Sequence[Page], known: Known) -> Fields:
    """The fields of a document; `pages` begin with its first, more may follow later and say more."""
    sheets = [sheet(page) for page in pages[:MOST_PAGES] if page.words]
    if not sheets:
        return Fields()
    return _read(sheets, known)


def _read(sheets: Sequence[Sheet], known: Known) -> Fields:
    first = sheets[0]
    top = head.find(first, known)
    number, symbol = head.number_and_symbol(top)
    place, issued_on = head.place_and_date(top)
    issuer, parent = head.issuer_and_parent(top, known)
    titled = titles.find(top, known)
    end = foot.find(sheets)
    body = head.known_body(issuer.value, known, parent.value or "") if issuer.value else None
    following = next((page for page in sheets if end and page.number == end.sheet.number + 1), None)
    signer_name, signer_post = foot.signer(end, body.signers if body else (), following)
    texts = [dates.running(page, top.end if page is first else 0.0) for page in sheets]
    own = top.symbol.whole if top.symbol else ""
    return Fields(
        issuer=issuer,
        parent_issuer=parent,
        number=number,
        symbol=symbol,
        place=place,
        issued_on=issued_on,
        kind=titled.kind,
        kind_code=titled.code,
        subject=titled.subject,
        signer_name=signer_name,
        signer_post=signer_post,
        urgency=titles.urgency(first),
        recipients=recipients.read(sheets[0], top.end, end),
        due_on=dates.due_on(texts, issued_on.value),
        references=dates.references(texts, known, own),
    )
