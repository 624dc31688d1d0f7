"""What an installation knows and reading may lean on: kinds of documents, bodies, who signs for them, their symbols."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class KindName:
    """A kind of document: its code, its name in ordinary case, its abbreviation in symbols ("" = none)."""

    code: str
    name: str
    abbreviation: str
    party: bool = False


@dataclass(frozen=True, slots=True)
class Signer:
    """A person who signs for a body, and as what: ("Nguyễn Văn Minh", "Phó Viện trưởng")."""

    name: str
    post: str


@dataclass(frozen=True, slots=True)
class Body:
    """A body in its full name; `over` is the one above it, `notations` are its symbols: "KH-VKS-VP", "VKS-P1".

    `heads` are other ways in which its documents name it below `over`: "Sở Tư pháp" for that of a province.
    """

    name: str
    over: str = ""
    heads: tuple[str, ...] = ()
    notations: tuple[str, ...] = ()
    signers: tuple[Signer, ...] = ()


@dataclass(frozen=True, slots=True)
class Known:
    """What is known for one document: few bodies that its head may mean, never the whole list of a country."""

    kinds: tuple[KindName, ...]
    bodies: tuple[Body, ...] = ()
