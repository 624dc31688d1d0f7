"""Days as an office types them, Vietnamese sentences, refusals beside their fields."""

from datetime import date

import pytest
from django import forms

from vanthu.kernel.calendar import today
from vanthu.kernel.refusals import Invalid
from vanthu.web.shell.forms import DayField, Form, TextField, WordsField, read_day


class Letter(Form):
    subject = TextField(label="Trích yếu", min_length=10)
    on = DayField(label="Ngày")
    kind = forms.ChoiceField(choices=[("a", "A")], error_messages={"required": "Chọn loại."})


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("22/11/2026", date(2026, 11, 22)),
        ("22/11/26", date(2026, 11, 22)),
        ("2.3.2026", date(2026, 3, 2)),
        ("22-11-2026", date(2026, 11, 22)),
        ("22112026", date(2026, 11, 22)),
        ("221126", date(2026, 11, 22)),
        ("2026-11-22", date(2026, 11, 22)),
        (" 22/11 ", date(2020, 11, 22)),
        ("2211", date(2020, 11, 22)),
        ("31/02/2026", None),
        ("22/13/2026", None),
        ("22/11/202", None),
        ("mai", None),
        ("", None),
    ],
)
def test_days(typed: str, day: date | None) -> None:
    assert read_day(typed, near=date(2020, 5, 1)) == day


def test_without_a_year_it_is_this_year() -> None:
    assert DayField().clean("01/02") == date(today().year, 2, 1)


def test_sentences_are_ours() -> None:
    form = Letter({"subject": "ngắn", "on": "30/02"})
    assert form.errors == {
        "subject": ["Viết thêm: ít nhất 10 ký tự, đang có 4."],
        "on": ["Nhập ngày theo dạng 22/11/2026."],
        "kind": ["Chọn loại."],
    }
    assert Letter({}).errors["subject"] == ["Điền ô này."]


def test_text_is_composed_and_a_day_is_shown_our_way() -> None:
    form = Letter({"subject": "  Ke\u0302\u0301 hoa\u0323ch  công tác ", "on": "2026-11-22", "kind": "a"})
    assert form.is_valid()
    assert form.cleaned_data["subject"] == "Kế hoạch công tác"
    assert 'value="22/11/2026"' in str(Letter(initial={"on": date(2026, 11, 22)})["on"])


def test_a_line_is_one_line_and_what_is_said_keeps_its_lines() -> None:
    assert TextField().clean("Kế hoạch\r\nkiểm tra\n công tác") == "Kế hoạch kiểm tra công tác"
    assert WordsField().clean(" Giao Phòng 1.\r\n- Báo cáo\r\n\r\n") == "Giao Phòng 1.\n- Báo cáo"


def test_a_verbs_refusal_lands_beside_its_field() -> None:
    form = Letter({"subject": "Kế hoạch công tác", "on": "22/11/2026", "kind": "a"})
    assert form.is_valid()
    form.refuse(Invalid(fields={"on": "Ngày sau ngày đến.", "signer": "Không có người này."}))
    assert form.errors["on"] == ["Ngày sau ngày đến."]
    assert form.non_field_errors() == ["Không có người này."]
    form.refuse(Invalid("Đã có ở số 12."))
    assert "Đã có ở số 12." in form.non_field_errors()


def test_every_form_carries_a_fresh_key() -> None:
    assert len(Letter().initial["idempotency_key"]) > 16
    assert Letter().initial["idempotency_key"] != Letter().initial["idempotency_key"]
    form = Letter({"subject": "Kế hoạch công tác", "on": "1/1", "kind": "a", "idempotency_key": "k"})
    assert form.is_valid()
    assert form.given_key == "k"
