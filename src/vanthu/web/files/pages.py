"""The page images of a file as pages and programs name them."""

from dataclasses import dataclass

from django.urls import reverse

from vanthu.kernel.files.contract import PDF
from vanthu.kernel.files.models import INFECTED, Attachment, Upload

WIDTH, HEIGHT = 800, 1131  # pixels of an A4 page as it is shown


@dataclass(frozen=True, slots=True)
class PageImage:
    """One page image: its address and the room it takes."""

    url: str
    number: int
    width: int = WIDTH
    height: int = HEIGHT
    points: str = "595x842"

    def as_json(self) -> dict[str, object]:
        return {"url": self.url, "width": self.width, "height": self.height, "points": self.points}


@dataclass(frozen=True, slots=True)
class ShownFile:
    """A file of a document or draft: its name, address and page images."""

    attachment: Attachment
    url: str
    pages: tuple[PageImage, ...]


def pages_of(attachment: Attachment) -> tuple[PageImage, ...]:
    """The page images of an attached PDF; none for other files, and for one that is locked."""
    if attachment.file.media_type != PDF or attachment.file.scan_state == INFECTED:
        return ()
    return tuple(
        PageImage(reverse("page_image", args=[attachment.pk, number]), number)
        for number in range(1, (attachment.file.page_count or 1) + 1)
    )


def pages_of_upload(upload: Upload) -> tuple[PageImage, ...]:
    """The page images of an uploaded PDF."""
    if upload.file is None or upload.file.media_type != PDF:
        return ()
    return tuple(
        PageImage(reverse("upload_page", args=[upload.pk, number]), number)
        for number in range(1, (upload.file.page_count or 1) + 1)
    )


def shown(attachments: list[Attachment]) -> list[ShownFile]:
    """Files as a document page lists them."""
    return [ShownFile(one, reverse("file", args=[one.pk]), pages_of(one)) for one in attachments]
