"""A packet from the JSON that `vanthu edxml read --json` gives: the same names, what is left out is empty."""

import types
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date, datetime
from typing import Any, Union, get_args, get_origin, get_type_hints

from vanthu.exchange.dialects.packets import Document, Packet, Status

_NOT_SENT = {"type", "code", "repairs", "attachments"}


class WrongSketch(ValueError):
    """The JSON names nothing that a packet has, or the wrong kind of it; the message is a clause."""


def packet_of(data: Any) -> Packet:
    """The packet. Raises `WrongSketch` that names the field."""
    if not isinstance(data, Mapping):
        raise WrongSketch("phải là một đối tượng JSON")
    if data.get("type", "document") == "status":
        given = {name: value for name, value in data.items() if name not in {"type", "repairs"}}
        status: Status = _made(Status, given, "")
        return status
    given = {name: value for name, value in data.items() if name not in _NOT_SENT}
    document: Document = _made(Document, given, "")
    return document


def _made(kind: Any, data: Any, place: str) -> Any:
    if not isinstance(data, Mapping):
        raise WrongSketch(f"{place.rstrip('.') or 'gói tin'} phải là một đối tượng")
    hints = get_type_hints(kind)
    known = {one.name for one in fields(kind)}
    if unknown := sorted(set(data) - known):
        raise WrongSketch(f"không có trường {place}{unknown[0]}")
    needed = {one.name for one in fields(kind) if one.default is MISSING and one.default_factory is MISSING}
    if missing := sorted(needed - set(data)):
        raise WrongSketch(f"thiếu trường {place}{missing[0]}")
    return kind(**{name: _value(hints[name], value, f"{place}{name}") for name, value in data.items()})


def _value(hint: Any, value: Any, place: str) -> Any:
    if get_origin(hint) in (types.UnionType, Union):
        if value is None:
            return None
        hint = next(one for one in get_args(hint) if one is not type(None))
    if get_origin(hint) is tuple:
        if not isinstance(value, list):
            raise WrongSketch(f"{place} phải là một danh sách")
        return tuple(_value(get_args(hint)[0], one, f"{place}[{number}]") for number, one in enumerate(value))
    if is_dataclass(hint):
        return _made(hint, value, f"{place}.")
    if hint in (date, datetime):
        return _time(hint, value, place)
    if not isinstance(value, hint) or (hint is int and isinstance(value, bool)):
        raise WrongSketch(f"{place} phải là {_WORDS[hint]}")
    return value


_WORDS = {str: "chữ", int: "số nguyên", bool: "true hoặc false"}


def _time(hint: Any, value: Any, place: str) -> Any:
    try:
        found = hint.fromisoformat(value)
    except (TypeError, ValueError) as error:
        raise WrongSketch(f"{place} phải là ngày giờ dạng ISO 8601") from error
    if hint is datetime and found.tzinfo is None:
        raise WrongSketch(f"{place} phải có múi giờ, ví dụ +07:00")
    return found
