"""Put the fields into a PDF before its first signature, and fill them between the signatures.

All fields exist beforehand, because a certified file (DocMDP, form filling allowed) must not grow new ones.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any
from uuid import uuid4

import pikepdf
from pikepdf import Array, Dictionary, Name, String
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.form_tools import find_existing_empty_field
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import FormFillingError

from vanthu.kernel.refusals import Conflict, Invalid
from vanthu.signing import fonts
from vanthu.signing.geometry import Rect
from vanthu.signing.places import DAY, MONTH, NUMBER, OFFICE, TEXT_FIELDS, Place, Places, corner_rect

_PRINT_AND_LOCKED = 4 | 128  # annotation flags
_SIGNATURES_EXIST, _APPEND_ONLY = 1, 2  # flags of the form
_ITALIC = "TiIt"
_TITLES = {NUMBER: "Số văn bản", DAY: "Ngày", MONTH: "Tháng"}


def prepare(pdf: Path, places: Places, out: Path) -> None:
    """Write `pdf` with its text and signature fields to `out`.

    Raises `Invalid` that names each missing place, and when the file is signed already or is no PDF.
    """
    if places.missing:
        raise Invalid(fields={gap.field: gap.message for gap in places.missing}, code="place_missing")
    _add_fields(pdf, places.found, out)


def prepare_attachment(pdf: Path, out: Path) -> None:
    """Write an attachment in a file of its own with one field for the office at the top right of page 1."""
    with _opened(pdf) as document:
        page = Rect(*(float(value) for value in document.pages[0].mediabox))
    _add_fields(pdf, {OFFICE: Place(0, corner_rect(page))}, out)


def fill(pdf: Path, values: Mapping[str, str], out: Path) -> None:
    """Write `pdf` with text fields filled and made read-only to `out`, as an update that keeps its signatures.

    Raises `Conflict` when a field is not there or is filled already.
    """
    with pdf.open("rb") as source, out.open("w+b") as target:
        writer = IncrementalPdfFileWriter(source)
        for name, value in values.items():
            _fill_field(writer, name, value)
        writer.write(target)


def _opened(pdf: Path) -> pikepdf.Pdf:
    try:
        return pikepdf.open(pdf)
    except pikepdf.PdfError as error:
        raise Invalid(
            "Tệp PDF bị hỏng hoặc có mật khẩu. Xuất lại tệp rồi tải lên.", code="bad_pdf"
        ) from error


def _add_fields(pdf: Path, places: Mapping[str, Place], out: Path) -> None:
    with _opened(pdf) as document:
        if _is_signed(document):
            raise Invalid(
                "Tệp đã có chữ ký số nên không thêm ô ký được. Dùng bản chưa ký.", code="signed_already"
            )
        fields: list[Dictionary] = []
        for name, place in places.items():
            page = document.pages[place.page]
            make = _text_field if name in TEXT_FIELDS else _signature_field
            field = document.make_indirect(make(name, place, page))
            page.obj[Name.Annots] = Array([*page.obj.get(Name.Annots, []), field])
            fields.append(field)
        document.Root.AcroForm = document.make_indirect(
            Dictionary(
                Fields=Array(fields),
                SigFlags=_SIGNATURES_EXIST | _APPEND_ONLY,
                DR=Dictionary(Font=Dictionary(TiRo=_font("/Times-Roman"), TiIt=_font("/Times-Italic"))),
                DA=String("/TiRo 13 Tf 0 g"),
            )
        )
        document.docinfo["/VanThu"] = uuid4().hex  # the same text in two drafts is signed twice: two files
        document.save(out, object_stream_mode=pikepdf.ObjectStreamMode.disable)


def _font(name: str) -> Dictionary:
    """What a viewer would use if it drew a field itself; filled fields carry their own appearance."""
    return Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name(name), Encoding=Name.WinAnsiEncoding)


def _is_signed(document: pikepdf.Pdf) -> bool:
    form = document.Root.get(Name.AcroForm)
    fields: Iterable[Any] = () if form is None else form.get(Name.Fields, ())
    return any(field.get(Name.FT) == Name.Sig and Name.V in field for field in fields)


def _widget(name: str, place: Place, page: pikepdf.Page) -> Dictionary:
    return Dictionary(
        Type=Name.Annot,
        Subtype=Name.Widget,
        T=String(name),
        Rect=Array([round(value, 2) for value in place.rect]),
        F=_PRINT_AND_LOCKED,
        P=page.obj,
    )


def _signature_field(name: str, place: Place, page: pikepdf.Page) -> Dictionary:
    widget = _widget(name, place, page)
    widget.FT = Name.Sig
    return widget


def _text_field(name: str, place: Place, page: pikepdf.Page) -> Dictionary:
    widget = _widget(name, place, page)
    widget.FT = Name.Tx
    widget.TU = String(_TITLES[name])
    widget.Q = 1
    widget.DA = String(f"/{_ITALIC if place.italic else 'TiRo'} {place.size:g} Tf 0 g")
    return widget


def _fill_field(writer: IncrementalPdfFileWriter, name: str, value: str) -> None:
    try:
        reference = find_existing_empty_field(writer, name, "/Tx")
    except FormFillingError as error:
        raise Conflict(
            f"Ô {_TITLES.get(name, name)} trong tệp không còn trống. Tải lại trang để xem văn bản đã cấp số chưa."
        ) from error
    field = reference.get_object()
    if not isinstance(field, generic.DictionaryObject):
        raise Conflict("Ô nhập trong tệp bị hỏng. Tạo lại tệp trình ký.")
    field["/V"] = generic.TextStringObject(value)
    field["/Ff"] = generic.NumberObject(int(field.get("/Ff", 0)) | 1)  # read-only
    field["/AP"] = generic.DictionaryObject({pdf_name("/N"): writer.add_object(_drawn(writer, field, value))})
    writer.mark_update(reference)


def _drawn(
    writer: IncrementalPdfFileWriter, field: generic.DictionaryObject, value: str
) -> generic.StreamObject:
    """The appearance: the text on the baseline of its line, centred, on white where the template has dots."""
    left, bottom, right, top = (float(number) for number in field["/Rect"])
    width, height = right - left, top - bottom
    face, wanted, *_ = str(field["/DA"]).split()
    size = float(wanted)
    font = fonts.serif(size, italic=face == f"/{_ITALIC}").create_font_engine(writer)
    shaped = font.shape(value)
    size = min(size, width / shaped.x_advance)
    baseline = (
        height * 0.25 / 1.10
    )  # as `places` makes the rectangle: a quarter of the size below the baseline
    text = b"q /Tx BMC 1 1 1 rg 0 0 %g %g re f BT 0 g /F1 %g Tf %g %g Td %s ET EMC Q" % (
        width, height, size, (width - shaped.x_advance * size) / 2, baseline, shaped.graphics_ops,
    )  # fmt: skip
    resources = generic.DictionaryObject(
        {pdf_name("/Font"): generic.DictionaryObject({pdf_name("/F1"): font.as_resource()})}
    )
    box = generic.ArrayObject(generic.FloatObject(number) for number in (0, 0, width, height))
    return generic.StreamObject(
        {
            pdf_name("/Type"): pdf_name("/XObject"),
            pdf_name("/Subtype"): pdf_name("/Form"),
            pdf_name("/BBox"): box,
            pdf_name("/Resources"): resources,
        },
        stream_data=text,
    )
