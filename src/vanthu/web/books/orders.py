"""What register is wanted: which book, of which days, in which format."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms

from vanthu.web.shell.forms import DayField, Form


@dataclass(frozen=True, slots=True)
class Order:
    """One register to be made: of some days, or the whole book `series`. `book` is incoming or outgoing."""

    book: str
    format: str
    start: date
    end: date
    series: int = 0

    @property
    def name(self) -> str:
        """The name of the file."""
        direction = "den" if self.book == "incoming" else "di"
        whole = f"-so-{self.series}" if self.series else ""
        return f"so-van-ban-{direction}-{self.start:%Y%m%d}-{self.end:%Y%m%d}{whole}.{self.format}"

    def as_json(self) -> dict[str, str]:
        """For a job's arguments."""
        days = {"start": self.start.isoformat(), "end": self.end.isoformat()}
        return {"book": self.book, "format": self.format, "series": str(self.series), **days}

    @classmethod
    def from_json(cls, values: dict[str, str]) -> "Order":
        days = (date.fromisoformat(values["start"]), date.fromisoformat(values["end"]))
        return cls(values["book"], values["format"], *days, int(values.get("series", "0")))


class BookForm(Form):
    """Which register, of which days, in which format."""

    book = forms.ChoiceField(
        label="Sổ", choices=[("incoming", "Sổ đăng ký văn bản đến"), ("outgoing", "Sổ đăng ký văn bản đi")]
    )
    format = forms.ChoiceField(label="Định dạng", choices=[("pdf", "PDF để in"), ("xlsx", "Excel")])
    start_on = DayField(label="Từ ngày")
    end_on = DayField(label="Đến ngày")

    def clean(self) -> dict[str, Any]:
        """A book is one year's (Decree 30/2020, articles 15 and 22): both days lie in it, in order."""
        data = super().clean() or self.cleaned_data
        start, end = data.get("start_on"), data.get("end_on")
        if start and end and end < start:
            self.add_error("end_on", "Ngày cuối phải từ ngày đầu trở đi. Chọn lại kỳ của sổ.")
        elif start and end and end.year != start.year:
            self.add_error("end_on", "Sổ lập theo từng năm. Chọn hai ngày trong cùng một năm.")
        return data

    def order(self) -> Order:
        """What a valid form asks for."""
        data = self.cleaned_data
        return Order(data["book"], data["format"], data["start_on"], data["end_on"])
