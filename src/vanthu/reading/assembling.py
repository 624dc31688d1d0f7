"""A PDF put together from pages of others."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from vanthu.kernel.files import queries
from vanthu.kernel.later import later

if TYPE_CHECKING:
    import pikepdf

    from vanthu.kernel.files.models import StoredFile
else:
    pikepdf = later("pikepdf")


def assemble(parts: Sequence[tuple[StoredFile, int, int]], target: Path) -> None:
    """Write these pages (file, first, last; counted from 1, both included) in their order to `target`."""
    with ExitStack() as opened, pikepdf.new() as whole:
        for file, first, last in parts:
            path = opened.enter_context(queries.copy_of(file, "part.pdf"))
            source = opened.enter_context(pikepdf.open(path))
            whole.pages.extend(source.pages[first - 1 : last])
        whole.save(target)
