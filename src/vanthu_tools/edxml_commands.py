"""`vanthu edxml …`: packets of the national axis (*gói tin văn bản liên thông*) without a server or a database."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Any, NoReturn

import typer

from vanthu.exchange.dialects import checking, reading, writing
from vanthu.exchange.dialects.packets import Document, Packet, Status
from vanthu.exchange.dialects.writing import Enclosed
from vanthu.kernel.refusals import Invalid
from vanthu_tools import edxml_sketches

app = typer.Typer(no_args_is_help=True, help="Packets (*gói tin edXML*) of the national axis.")
File = Annotated[Path, typer.Argument(help="An edXML packet.")]


@app.callback()
def edxml() -> None:
    """Packets (*gói tin edXML*) of the national axis."""


@app.command()
def read(
    file: File,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object on standard output.")] = False,
    unpack: Annotated[
        Path | None, typer.Option(help="Write the attachments into this folder.", file_okay=False)
    ] = None,
) -> None:
    """Read a packet in any variant (*đọc gói tin*).

    A packet that cannot be read: exit 1 and a sentence with the cause on standard error.
    """
    with _read(file) as (packet, repairs):
        written = _unpacked(packet, unpack) if unpack else {}
        data = as_data(packet, repairs, written)
    if as_json:
        sys.stdout.write(json.dumps(data, ensure_ascii=False, indent=2) + "\n")
        return
    for line in _lines(packet, repairs):
        sys.stdout.write(line + "\n")


@app.command()
def check(file: File) -> None:
    """Hold a packet against the rules for sending (*kiểm tra gói tin*): exit 1 when something is wrong."""
    with _read(file) as (packet, repairs):
        faults = [*repairs, *checking.faults(packet, datetime.now(reading.HANOI).date())]
    if faults:
        _stop("\n".join(f"- {one}" for one in faults))
    sys.stdout.write("Gói tin đúng quy định.\n")


@app.command()
def write(
    fields_file: Annotated[
        Path, typer.Argument(help="JSON as `edxml read --json` gives it; `-` is standard input.")
    ],
    target: Annotated[Path, typer.Argument(help="The packet to write.", dir_okay=False)],
    attach: Annotated[list[Path] | None, typer.Option(help="A file to go with it; repeat it.")] = None,
) -> None:
    """Write a packet in the official form (*tạo gói tin*). What is missing or wrong: exit 1 and what to mend."""
    try:
        text = sys.stdin.read() if str(fields_file) == "-" else fields_file.read_text(encoding="utf-8")
        packet = edxml_sketches.packet_of(json.loads(text))
    except (OSError, UnicodeDecodeError) as error:
        _stop(f"Không đọc được {fields_file}: {_reason(error)}. Kiểm tra tên tệp rồi chạy lại.")
    except (json.JSONDecodeError, edxml_sketches.WrongSketch) as error:
        _stop(f"Nội dung {fields_file} chưa đúng: {error}. Xem mẫu bằng “vanthu edxml read TỆP --json”.")
    faults = checking.faults(packet, datetime.now(reading.HANOI).date())
    if faults:
        _stop("Chưa tạo gói tin:\n" + "\n".join(f"- {one}" for one in faults))
    files = [Enclosed(one, one.name) for one in attach or ()]
    partial = target.with_name(f"{target.name}.part")
    try:
        with partial.open("wb") as stream:
            writing.write(packet, stream, files)
        partial.replace(target)
    except OSError as error:
        partial.unlink(missing_ok=True)
        _stop(
            f"Không ghi được gói tin: {_reason(error)}. Kiểm tra tệp đính kèm và thư mục đích rồi chạy lại."
        )


@contextmanager
def _read(file: Path) -> Iterator[tuple[Packet, tuple[str, ...]]]:
    """The packet of a file; its attachments live as long as the block."""
    with TemporaryDirectory() as folder:
        try:
            with file.open("rb") as stream:
                found = reading.read(stream, Path(folder))
        except OSError as error:
            _stop(f"Không đọc được tệp {file}: {_reason(error)}. Kiểm tra tên tệp rồi chạy lại.")
        except Invalid as refusal:
            _stop(refusal.message)
        yield found


def _unpacked(packet: Packet, folder: Path) -> dict[str, str]:
    """{name of an attachment: where it was written}."""
    attachments = packet.attachments if isinstance(packet, Document) else ()
    written = {}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for one in attachments:
            if one.path is not None:
                target = folder / one.name
                target.write_bytes(b"")
                with one.path.open("rb") as source, target.open("wb") as out:
                    while chunk := source.read(1 << 20):
                        out.write(chunk)
                written[one.name] = str(target)
    except OSError as error:
        _stop(f"Không ghi được tệp đính kèm vào {folder}: {_reason(error)}. Chọn thư mục khác rồi chạy lại.")
    return written


def as_data(packet: Packet, repairs: tuple[str, ...], written: dict[str, str]) -> dict[str, Any]:
    """The packet as JSON: names of `packets`, days as ISO 8601, times with +07:00; `path`: unpacked."""
    data: dict[str, Any] = {"type": "status" if isinstance(packet, Status) else "document"} | _plain(packet)
    for one in data.get("attachments", ()):
        one["path"] = written.get(one["name"])
    if isinstance(packet, Document):
        data["code"] = packet.code
    return data | {"repairs": list(repairs)}


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        return {one.name: _plain(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    if isinstance(value, date):
        return value.isoformat()
    return None if isinstance(value, Path) else value


def _lines(packet: Packet, repairs: tuple[str, ...]) -> Iterator[str]:
    """The packet for people."""
    sender = f"{packet.sender.name} ({packet.sender.organ_id})"
    if isinstance(packet, Status):
        yield f"Trạng thái {packet.code} của {sender} về {packet.about.code or packet.about.document_id}"
        yield f"  {packet.text}"
    else:
        yield f"{packet.type_name or 'Văn bản'} {packet.code} của {sender}"
        yield f"  {packet.subject}"
        yield f"  Gửi: {'; '.join(one.name or one.organ_id for one in packet.recipients)}"
        for file in packet.attachments:
            yield f"  Tệp: {file.name}, {file.size} byte{f' - {file.problem}' if file.problem else ''}"
    for repair in repairs:
        yield f"  Lưu ý: {repair}."


def _reason(error: Exception) -> str:
    return {"FileNotFoundError": "không có tệp này", "IsADirectoryError": "đây là thư mục"}.get(
        type(error).__name__, "không có quyền hoặc tệp hỏng"
    )


def _stop(sentence: str) -> NoReturn:
    sys.stderr.write(sentence + "\n")
    raise typer.Exit(1)
