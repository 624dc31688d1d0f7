"""What is wrong with a field, said in Vietnamese: pydantic's kinds of errors as sentences."""

from collections.abc import Iterable, Mapping
from typing import Any

_SENTENCES = {
    "missing": "Thiếu trường này.",
    "extra_forbidden": "Không có trường này. Xem lại tên trường trong tài liệu.",
    "string_type": "Phải là chuỗi ký tự.",
    "string_too_long": "Dài quá {max_length} ký tự. Rút ngắn lại.",
    "string_too_short": "Phải có ít nhất {min_length} ký tự.",
    "int_type": "Phải là số nguyên.",
    "int_parsing": "Phải là số nguyên.",
    "int_from_float": "Phải là số nguyên.",
    "int_parsing_size": "Số quá lớn.",
    "bool_type": "Phải là true hoặc false.",
    "bool_parsing": "Phải là true hoặc false.",
    "greater_than_equal": "Phải từ {ge} trở lên.",
    "less_than_equal": "Phải từ {le} trở xuống.",
    "date_type": "Phải là ngày dạng YYYY-MM-DD.",
    "date_parsing": "Phải là ngày dạng YYYY-MM-DD.",
    "date_from_datetime_parsing": "Phải là ngày dạng YYYY-MM-DD.",
    "date_from_datetime_inexact": "Phải là ngày dạng YYYY-MM-DD, không kèm giờ.",
    "datetime_parsing": "Phải là thời điểm dạng ISO 8601.",
    "uuid_parsing": "Phải là một UUID.",
    "uuid_type": "Phải là một UUID.",
    "url_parsing": "Phải là một địa chỉ web.",
    "list_type": "Phải là một danh sách.",
    "dict_type": "Phải là một đối tượng JSON.",
    "model_attributes_type": "Phải là một đối tượng JSON.",
    "model_type": "Phải là một đối tượng JSON.",
    "too_long": "Nhiều quá {max_length} mục.",
    "too_short": "Phải có ít nhất {min_length} mục.",
    "literal_error": "Phải là một trong: {expected}.",
    "enum": "Phải là một trong: {expected}.",
    "string_unicode": "Có ký tự không dùng được.",
    "value_error": "Có ký tự không dùng được.",
}
_OTHERWISE = "Giá trị không đúng kiểu. Xem lại tài liệu."


def faults(errors: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """{field: sentence} of pydantic's errors; a field inside others is named `a.0.b`, the whole body "body"."""
    found: dict[str, str] = {}
    for error in errors:
        sentence = _SENTENCES.get(error["type"], _OTHERWISE)
        found.setdefault(_field(error["loc"]), sentence.format_map(error.get("ctx", {})))
    return found


def _field(place: Iterable[str | int]) -> str:
    """Where ninja found it, without the name of the parameter that carries it: ("body", "given", "subject")."""
    source, *rest = [str(part) for part in place]
    inside = rest[1:] if source in ("body", "query", "form") and len(rest) > 1 else rest
    return ".".join(inside) or source
