"""What may happen to a file after a signature, as a stable code and as words."""

from collections.abc import Mapping
from dataclasses import dataclass

_WORDS: Mapping[str, str] = {
    "evidence_added": "thêm bằng chứng để kiểm tra lâu dài",
    "stamp_added": "thêm dấu thời gian lưu trữ",
    "signature_added": "thêm chữ ký ở ô {}",
    "field_filled": "điền ô {}",
    "field_changed": "sửa ô {}",
    "field_added": "thêm hoặc bỏ ô {}",
    "page_changed": "sửa nội dung trang {}",
    "pages_added": "thêm hoặc bỏ trang",
    "annotation_changed": "thêm hoặc sửa chú thích ở trang {}",
    "picture_changed": "đổi hình của chữ ký ở ô {}",
    "other_changed": "sửa phần khác của tệp",
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
        return _WORDS.get(self.code, self.code).format(self.where)

    @property
    def harmless(self) -> bool:
        """Whether it only helps to verify the file for longer."""
        return self.code in _HARMLESS
