"""How far the signatures of a document's files are kept for decades, as its page says it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from vanthu.signing import augmenting_queries
from vanthu.signing.augmenting_queries import Standing
from vanthu.web.files.pages import ShownFile


@dataclass(frozen=True, slots=True)
class Kept:
    """One signed file: how it stands, and the address of the longer file ("" while there is none)."""

    name: str
    standing: Standing
    url: str


def kept(files: Sequence[ShownFile]) -> list[Kept]:
    """The signed files among these. One query."""
    stand = augmenting_queries.standing([file.attachment.file_id for file in files]) if files else {}
    return [_kept(file, stand[file.attachment.file_id]) for file in files if file.attachment.file_id in stand]


def _kept(file: ShownFile, standing: Standing) -> Kept:
    url = reverse("lasting_file", args=[file.attachment.pk]) if standing.longer else ""
    return Kept(file.attachment.name, standing, url)
