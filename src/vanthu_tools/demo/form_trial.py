"""Two letters to try the check of form with: one as the template of the office makes it, one with the usual errors."""

from collections.abc import Callable
from io import BytesIO

from docx import Document
from docx.oxml.ns import qn
from docx.shared import Mm
from docx.text.paragraph import Paragraph

from vanthu.issuing import actions, letters, queries, templates, versions
from vanthu.issuing.actions import Outline
from vanthu.issuing.models import Draft
from vanthu.kernel.actor import Actor
from vanthu.kernel.calendar import today
from vanthu.kernel.files import actions as files
from vanthu.organisations import queries as organisations
from vanthu.organisations.models import Account

DRAFTER, SIGNER = "khai.p1", "lam.vientruong"
TO = "Cơ quan Cảnh sát điều tra Công an tỉnh Bắc Ninh"

GOOD = (
    "Phối hợp kiểm tra việc tiếp nhận, giải quyết tố giác, tin báo về tội phạm",
    (
        "Viện kiểm sát nhân dân tỉnh Bắc Ninh đề nghị Quý cơ quan phối hợp kiểm tra như sau:",
        "1. Cử cán bộ tham gia đoàn kiểm tra, gửi danh sách về Phòng 1 trong thời hạn 05 ngày làm việc.",
        "2. Chuẩn bị sổ thụ lý, hồ sơ giải quyết và số liệu của kỳ thống kê.",
        "Mọi vướng mắc đề nghị trao đổi với Phòng 1 để thống nhất thực hiện.",
    ),
)
SPOILT = (
    "Cung cấp số liệu giải quyết tố giác, tin báo về tội phạm",
    (
        "Đề nghị Quý cơ quan cung cấp số liệu giải quyết tố giác, tin báo do Nhân dân gửi đến, cụ thể:",
        "1. Tổng số tố giác, tin báo đã tiếp nhận, đã giải quyết, đang giải quyết, tạm đình chỉ giải quyết.",
        "2. Số vụ việc quá hạn, lý do và biện pháp khắc phục.",
        "Số liệu gửi về Viện kiểm sát nhân dân tỉnh Bắc Ninh trước ngày 05 tháng sau để tổng hợp.",
    ),
)
"""Subject and text of each."""

SLIPS = (
    ("/VKS", "/ VKS"),
    ("V/v ", "Về việc "),
    ("Bắc Ninh, ngày", "Bắc Ninh ngày"),
    ("Nhân dân gửi đến", "nhân dân gửi đến"),
    ("./.", "."),
)
"""What a hurried writer types instead."""
ANOTHER_TYPEFACE = "2. Số vụ việc"
"""How the paragraph begins that was pasted from elsewhere."""

DRAFTS = 2


def load() -> None:
    """Both lie with their drafter as they came out of Word; what is wrong is found as soon as a worker runs."""
    _draft(*GOOD)
    _draft(*SPOILT, after=_spoil)


def _draft(subject: str, body: tuple[str, ...], after: Callable[[bytes], bytes] = bytes) -> None:
    by = organisations.actor_for(Account.objects.get(username=DRAFTER))
    leader = Account.objects.get(username=SIGNER).person_id
    signer = next(post for post in queries.signers(by) if post.person_id == leader)
    outline = Outline(kind="CV", subject=subject, signer_id=signer.pk, others=(TO,))
    draft = actions.start(outline, from_template=False, by=by)
    data = _laid_out(draft, body, by)
    upload = files.stage(BytesIO(after(data)), "cong-van.docx", by=by)
    versions.add_version(draft.pk, upload.pk, by=by)


def _laid_out(draft: Draft, body: tuple[str, ...], by: Actor) -> bytes:
    letter = letters.letter_of(draft, queries.recipients(draft.pk), body=body, day=today())
    return templates.laid_out(letter, by.office)


def _spoil(data: bytes) -> bytes:
    """The letter with narrow margins, another typeface in one paragraph and the slips."""
    document = Document(BytesIO(data))
    document.sections[0].left_margin, document.sections[0].right_margin = Mm(20), Mm(10)
    for node in document.element.body.iter(qn("w:p")):
        for run in Paragraph(node, document).runs:
            text = run.text
            for right, wrong in SLIPS:
                text = text.replace(right, wrong)
            if text != run.text:
                run.text = text
            if text.startswith(ANOTHER_TYPEFACE):
                run.font.name = "Arial"
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()
