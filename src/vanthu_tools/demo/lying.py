"""What lies there: a stack of scans that nobody registered yet, a closed dossier that is frozen for an inspection."""

from io import BytesIO
from random import Random

from weasyprint import HTML

from vanthu.documents import stack_queries, stacks
from vanthu.dossiers import freezing
from vanthu.dossiers.models import Dossier
from vanthu.dossiers.states import DossierState
from vanthu.kernel.files import actions as files
from vanthu.kernel.participants import Item
from vanthu.organisations import queries as organisations
from vanthu.organisations.models import Account
from vanthu_tools.demo.filing.scan import scanned

LETTERS = (
    ("ỦY BAN NHÂN DÂN PHƯỜNG KINH BẮC", "412/UBND-TP", "V/v cung cấp hồ sơ xác minh nhân thân"),
    ("TÒA ÁN NHÂN DÂN KHU VỰC 2", "96/TB-TA", "Thông báo lịch xét xử sơ thẩm tháng tới"),
    ("THI HÀNH ÁN DÂN SỰ TỈNH BẮC NINH", "733/CV-THADS", "V/v phối hợp cưỡng chế thi hành án"),
)
"""Issuer, symbol and subject of the letters that were scanned; none has an entry."""


def load() -> None:
    """Bring the stack, leave its first letter for later with its subject typed, freeze a dossier."""
    _stack()
    _freeze()


def _stack() -> None:
    by = organisations.actor_for(Account.objects.get(username="thuy.vanthu"))
    random = Random(16)
    uploads = [
        files.stage(BytesIO(scanned(_letter(*letter), random)), f"may-quet-{place:03d}.pdf", by=by).pk
        for place, letter in enumerate(LETTERS, start=1)
    ]
    stack = stacks.bring(uploads, split_at_blank=False, by=by)
    stacks.read(stack.pk)
    first = stack_queries.rows(stack)[0]
    issuer, symbol, subject = LETTERS[0]
    number, _, notation = symbol.partition("/")
    typed = {"issuer_name": issuer.capitalize(), "number": number, "notation": notation, "subject": subject}
    stacks.keep_fields(first.pk, typed, by=by)
    stacks.skip(first.pk, by=by)


def _letter(issuer: str, symbol: str, subject: str) -> bytes:
    body = f"<p><b>{issuer}</b><br>Số: {symbol}<br>{subject}</p><p>Kính gửi: Viện kiểm sát nhân dân tỉnh Bắc Ninh</p>"
    made = HTML(string=f'<html lang="vi"><body style="font: 14pt Tinos, serif">{body}').write_pdf()
    return bytes(made or b"")


def _freeze() -> None:
    """The newest closed dossier of the office of the head."""
    by = organisations.actor_for(Account.objects.get(username="lam.vientruong"))
    closed = Dossier.objects.filter(office=by.office_id, state=DossierState.CLOSED, freeze=None)
    dossier = closed.order_by("-year", "pk").first()
    if dossier is not None:
        freezing.freeze(
            "Phục vụ thanh tra công tác lưu trữ",
            f"Giữ nguyên hiện trạng hồ sơ {dossier.notation} theo yêu cầu của Thanh tra ngành",
            [Item("dossier", dossier.pk)],
            by=by,
        )
