"""What may happen to a file after a signature, as a stable code and as words."""

from collections.abc import Mapping
from dataclasses import dataclass

_WORDS: Mapping[str, str] = {
    "evidence_added": "thêm bằng chứng để kiểm tra lâu dài",
    "stamp_added": "thêm dấu thời gian lưu trữ",
    "signature_added": "thêm chữ ký ({})",
    "field_filled": "điền {}",
    "field_changed": "sửa {}",
    "field_added": "thêm hoặc bỏ {}",
    "page_changed": "sửa nội dung trang {}",
    "pages_added": "thêm hoặc bỏ trang",
    "annotation_changed": "thêm hoặc sửa chú thích ở trang {}",
    "picture_changed": "đổi hình của chữ ký ({})",
    "other_changed": "sửa phần khác của tệp",
}
_PLACES: Mapping[str, str] = {  # our own fields, as the form calls them
    "SoVB": "số văn bản",
    "Ngay": "ngày",
    "Thang": "tháng",
    "LanhDao": "lãnh đạo",
    "CoQuan": "cơ quan",
}
_HARMLESS = frozenset({"evidence_added", "stamp_added"})


@dataclass(frozen=True, slots=True)
class Change:
    """Something that was done to a file after a signature; `where` is a field or a page, "" elsewhere."""

    code: str
    where: str = ""

    def __str__(self) -> str:
        """As programs read it: the code, and after a colon where."""
        return f"{self.code}: {self.where}" if self.where else self.code

    @classmethod
    def parse(cls, text: str) -> "Change":
        """A change from its text."""
        code, _, where = text.partition(": ")
        return cls(code, where)

    @property
    def words(self) -> str:
        """The change as a Vietnamese clause."""
        paged = self.code in ("page_changed", "annotation_changed")
        known = "ký nháy" if self.where.startswith("KyNhay") else _PLACES.get(self.where, f"ô {self.where}")
        where = self.where if paged else known
        return _WORDS.get(self.code, self.code).format(where)

    @property
    def harmless(self) -> bool:
        """Whether it only helps to verify the file for longer."""
        return self.code in _HARMLESS
