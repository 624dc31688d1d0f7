"""The files of a packet through the gate of uploads: what passes is kept, what does not is named with its reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from vanthu.exchange.dialects.packets import Attachment
from vanthu.kernel.files import written
from vanthu.kernel.files.contract import PDF
from vanthu.kernel.files.written import Named, Written
from vanthu.kernel.refusals import Invalid
from vanthu.reading import pages

STAMPED = "secret_documents_stay_out"  # code of the refusal of a file with the stamp of a state secret


@dataclass(frozen=True, slots=True)
class Checked:
    """Files that may be kept, in their order, and a sentence for each that may not or is damaged."""

    files: Sequence[Named] = ()
    left_out: tuple[str, ...] = ()


def checked(attachments: Sequence[Attachment]) -> Checked:
    """Check all, then keep what passed. Raises `Invalid` (code `STAMPED`) when one is secret: then none is kept."""
    passed: list[tuple[Attachment, Written]] = []
    left_out: list[str] = []
    for one in attachments:
        try:
            found = _passed(one)
        except Invalid as refusal:
            if refusal.code == STAMPED:
                raise
            left_out.append(f"{one.name}: {refusal.message}")
            continue
        passed.append((one, found))
        if one.problem:
            left_out.append(f"{one.name}: {one.problem}. Vẫn giữ tệp như nơi gửi gửi.")
    kept = written.keep([file for _, file in passed])
    main = next((place for place, (_, file) in enumerate(passed) if file.media_type == PDF), 0)
    named = [
        Named(file, "main" if place == main else "attachment", one.name)
        for place, ((one, _), file) in enumerate(zip(passed, kept, strict=True))
    ]
    return Checked(named, tuple(left_out))


def _passed(one: Attachment) -> Written:
    if one.path is None or not one.size:
        raise Invalid(one.problem or "tệp không có nội dung")
    if one.problem and one.kind == "exe":
        raise Invalid(one.problem)
    written.check(one.path, one.name)
    media_type = written.media_type(one.name)
    counted = pages.page_count(one.path) if media_type == PDF else None
    return Written(one.path, one.size, one.sha256, media_type, counted)
