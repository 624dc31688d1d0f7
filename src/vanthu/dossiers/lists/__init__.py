"""The lists of Phụ lục V, printed and as tables: plan of dossiers, contents of one (O5), list of a hand-over (O6)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vanthu.dossiers.lists.columns import (
    CONTENTS,
    HAND_OVER,
    PLAN,
    ContentsRow,
    FondsRow,
    HandOverRow,
    ListForm,
    ListHead,
    PlanFormRow,
)
from vanthu.kernel.later import later

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import BinaryIO

    from vanthu.dossiers.lists import paper, sheet
else:
    paper = later("vanthu.dossiers.lists.paper")
    sheet = later("vanthu.dossiers.lists.sheet")

__all__ = [
    "CONTENTS",
    "HAND_OVER",
    "PLAN",
    "ContentsRow",
    "FondsRow",
    "HandOverRow",
    "ListForm",
    "ListHead",
    "PlanFormRow",
    "write_pdf",
    "write_xlsx",
]


def write_pdf(form: ListForm, head: ListHead, rows: Sequence[object], target: BinaryIO) -> None:
    """Write the list as PDF to print and bind. See `paper`."""
    paper.write_pdf(form, head, rows, target)


def write_xlsx(form: ListForm, head: ListHead, rows: Sequence[object], target: BinaryIO) -> None:
    """Write the list as a table. See `sheet`."""
    sheet.write_xlsx(form, head, rows, target)
