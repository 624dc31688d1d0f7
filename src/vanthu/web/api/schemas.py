"""Shapes that several endpoints share. Names are English, descriptions Vietnamese: they are what programmers read."""

from typing import Annotated

from ninja import Schema
from pydantic import AfterValidator, ConfigDict, Field

BIGGEST = 2**63 - 1


def _whole(text: str) -> str:
    if "\x00" in text or any("\ud800" <= letter <= "\udfff" for letter in text):
        raise ValueError("Có ký tự không dùng được.")
    return text


Text = Annotated[str, AfterValidator(_whole)]
"""Text that the database can keep: neither NUL nor half a character."""

Id = Annotated[int, Field(ge=1, le=BIGGEST)]


class Given(Schema):
    """What a program sends; fields that nobody knows are refused."""

    model_config = ConfigDict(extra="forbid")


class Named(Schema):
    """Something with an id and a name."""

    id: int = Field(examples=[12])
    name: str = Field(examples=["Phòng 1"])


class Coded(Schema):
    """A code for programs, and its words."""

    code: str = Field(examples=["CV"])
    name: str = Field(examples=["Công văn"])


class Problem(Schema):
    """Lỗi theo RFC 9457. `code` giữ nguyên giữa các phiên bản; `detail` là câu cho người đọc."""

    type: str = Field(examples=["urn:vanthu:problem:not_found"])
    title: str = Field(examples=["Không tìm thấy"])
    status: int = Field(examples=[404])
    detail: str = Field(description="Câu tiếng Việt nói phải làm gì tiếp.")
    code: str = Field(examples=["not_found"], description="Mã ổn định cho chương trình.")
    fields: dict[str, str] = Field(default_factory=dict, description="Câu cho từng trường sai.")
    error: str = Field("", description="Mã lỗi trong nhật ký máy chủ (chỉ khi 500).")
