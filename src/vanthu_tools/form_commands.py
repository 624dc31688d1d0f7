"""`vanthu form-check FILE`: a DOCX or PDF against the rules of form (*kiểm tra thể thức*), without a database."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer
from rich.console import Console
from rich.table import Table

from vanthu.kernel.refusals import Refusal
from vanthu.reading import apart

_ROUNDS = 4  # of fixes: mending one place may show another
_LEVELS = {"error": "Lỗi", "advice": "Gợi ý"}


def form_check(
    file: Annotated[Path, typer.Argument(help="A DOCX or PDF.")],
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object on standard output.")] = False,
    fix: Annotated[
        Path | None,
        typer.Option("--fix", help="Write a DOCX with everything mended that can be.", dir_okay=False),
    ] = None,
    kind: Annotated[str, typer.Option(help="Code of the kind (CV, QD, KH); else the document says it.")] = "",
) -> None:
    """Check the form of a document (*kiểm tra thể thức*) against Decree 30/2020, Phụ lục I, II, III.

    Exit 0: no errors; 1: errors found; 2: the file cannot be read.
    """
    try:
        with file.open("rb"):
            found = apart.form(file.resolve(), file.name, kind)
        if fix is not None:
            _write(fix, file, kind, found)
    except OSError as error:
        _stop(
            f"Không đọc hoặc ghi được tệp {error.filename or file}: {error.strerror}. Kiểm tra tên tệp rồi chạy lại."
        )
    except Refusal as refusal:
        _stop(refusal.message)
    report = as_report(file.name, found)
    if as_json:
        sys.stdout.write(json.dumps(report, ensure_ascii=False, indent=2) + "\n")
    else:
        _show(report, found)
    raise typer.Exit(1 if report["errors"] else 0)


def as_report(name: str, found: dict[str, Any]) -> dict[str, Any]:
    """What the command prints as JSON."""
    kept = ("id", "level", "rule", "place", "message", "fixable")
    findings = [{key: one[key] for key in kept} for one in found["findings"]]
    errors = sum(one["level"] == "error" for one in findings)
    return {
        "file": name, "kind": found["kind"], "errors": errors, "advice": len(findings) - errors, "findings": findings,
    }  # fmt: skip


def _write(target: Path, file: Path, kind: str, found: dict[str, Any]) -> None:
    """Write the mended DOCX; what its words become is said on standard error."""
    keys = [one["key"] for one in found["findings"] if one["fixable"]]
    if not keys:
        _stop("Không có chỗ nào sửa giúp được nên không ghi tệp mới.")
    target.write_bytes(apart.form_fixed(file.resolve(), file.name, kind, keys))
    for _ in range(_ROUNDS):
        again = apart.form(target.resolve(), "mended.docx", kind)
        keys = [one["key"] for one in again["findings"] if one["fixable"]]
        if not keys:
            break
        target.write_bytes(apart.form_fixed(target.resolve(), "mended.docx", kind, keys))
    for one in found["findings"]:
        if one["after"]:
            sys.stderr.write(f"{one['before']}  →  {one['after']}\n")


def _show(report: dict[str, Any], found: dict[str, Any]) -> None:
    console = Console(highlight=False)
    if not found["checked"]:
        console.print("Thể thức loại văn bản này theo quy định riêng, không kiểm tra theo Phụ lục I.")
        return
    if report["findings"]:
        table = Table(show_lines=False)
        for heading in ("Mức", "Mã", "Chỗ", "Việc cần làm", "Quy định"):
            table.add_column(heading, overflow="fold")
        for one in report["findings"]:
            table.add_row(_LEVELS[one["level"]], one["id"], _place(one["place"]), one["message"], one["rule"])
        console.print(table)
    console.print(f"{report['file']}: {report['errors']} lỗi, {report['advice']} gợi ý.", markup=False)


def _place(place: dict[str, Any]) -> str:
    if place["page"]:
        return f"trang {place['page']}"
    return f"đoạn {place['paragraph']}" if place["paragraph"] else ""


def _stop(sentence: str) -> NoReturn:
    sys.stderr.write(f"{sentence}\n")
    raise typer.Exit(2)
