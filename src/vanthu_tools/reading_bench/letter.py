"""One made-up document and what reading should say about it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

type Value = str | date | tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class Letter:
    """A document as it is set on paper; lines of the head and of the signing form are in capitals already."""

    key: str
    party: bool
    over: tuple[str, ...]
    own: tuple[str, ...]
    number: str
    notation: str
    place: str
    issued_on: date
    title: str
    """In capitals; "" for an official letter."""
    subject: str
    """As it stands on paper, without "V/v"."""
    addressed: tuple[str, ...]
    basis: tuple[str, ...]
    body: tuple[str, ...]
    form: tuple[str, ...]
    signer: str
    """With a military rank before it, if there is one."""
    copies: tuple[str, ...]
    """The lines of "Nơi nhận" between "Như trên" and "Lưu", with their remarks."""
    archive: str
    urgency: str
    truth: Mapping[str, Value]
    """{field: value} for every field of `reading.fields.NAMES`."""
    referred: tuple[str, ...]
    """Symbols of the documents that the text refers to."""

    @property
    def symbol(self) -> str:
        """Number and symbol as they are printed."""
        return self.number + ("" if self.party else "/") + self.notation

    @property
    def competence(self) -> str:
        """In capitals, who decides (ô 6 of a decision): the head of the body, or the body that acts together."""
        first, own = self.form[0], " ".join(self.own)
        if first.startswith(("TM.", "T/M")):
            return own
        return f"{re.sub(r'^(KT|TL|TUQ|Q)[.] |^[KTQ]/[TLM] ', '', first)} {own}"
