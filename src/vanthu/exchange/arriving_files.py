"""The files of a packet through the gate of uploads: what passes is kept, what does not is named with its reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from vanthu.exchange.dialects.packets import Attachment
from vanthu.kernel.files import written
from vanthu.kernel.files.contract import PDF
from vanthu.kernel.files.models import StoredFile
from vanthu.kernel.files.written import Named, Written
from vanthu.kernel.refusals import Invalid

STAMPED = "secret_documents_stay_out"  # code of the refusal of a file with the stamp of a state secret


@dataclass(frozen=True, slots=True)
class Passed:
    """Files that may be kept, with their names, and a sentence for each that may not or is damaged."""

    files: Sequence[tuple[str, Written]] = ()
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Checked:
    """Files that are kept, in their order, the same sentences, and the packet that they came in."""

    files: Sequence[Named] = ()
    left_out: tuple[str, ...] = ()
    raw: StoredFile | None = None


def passed(attachments: Sequence[Attachment]) -> Passed:
    """Check the files of a packet. Raises `Invalid` (code `STAMPED`) when one is secret: then none may be kept."""
    files: list[tuple[str, Written]] = []
    left_out: list[str] = []
    for one in attachments:
        try:
            files.append((one.name, _passed(one)))
        except Invalid as refusal:
            if refusal.code == STAMPED:
                raise
            left_out.append(f"{one.name}: {refusal.message}")
            continue
        if one.problem:
            left_out.append(f"{one.name}: {one.problem}. Vẫn giữ tệp như nơi gửi gửi.")
    return Passed(files, tuple(left_out))


def kept(found: Passed, raw: Written | None = None) -> Checked:
    """Keep what passed, and the packet itself where it is not kept yet; in one statement."""
    stored = written.keep([file for _, file in found.files] + ([raw] if raw else []))
    main = next((place for place, (_, file) in enumerate(found.files) if file.media_type == PDF), 0)
    named = [
        Named(file, "main" if place == main else "attachment", name)
        for place, ((name, _), file) in enumerate(zip(found.files, stored, strict=False))
    ]
    return Checked(named, found.left_out, stored[-1] if raw else None)


def checked(attachments: Sequence[Attachment]) -> Checked:
    """Both at once."""
    return kept(passed(attachments))


def _passed(one: Attachment) -> Written:
    if one.path is None or not one.size:
        raise Invalid(one.problem or "tệp không có nội dung")
    if one.problem and one.kind == "exe":
        raise Invalid(one.problem)
    return Written(
        one.path, one.size, one.sha256, written.media_type(one.name), *written.check(one.path, one.name)
    )
