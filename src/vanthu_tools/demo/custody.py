"""What the main province signs with: seals and devices in custody, two certificates that end soon."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import settings

from vanthu.kernel.actor import SYSTEM
from vanthu.kernel.calendar import today
from vanthu.organisations import queries as organisations
from vanthu.organisations.models import Account
from vanthu.signing import actions, custody, watching
from vanthu.signing.actions import Enrolment
from vanthu.signing.appearance import invented_signature
from vanthu.signing.custody import HandOver, Received
from vanthu_tools import test_pki
from vanthu_tools.demo.cast import MAIN
from vanthu_tools.demo.loading.ids import Ids
from vanthu_tools.test_pki import Holder

CLERK = "thuy.vanthu"
ENDING = {"minh.pvt": 45, "huy.tp1": 6}
"""Whose certificate ends in how many days."""
_POLICE, _CIPHER = "Công an tỉnh Bắc Ninh", "Cục Chứng thực số và Bảo mật thông tin, Ban Cơ yếu Chính phủ"
_ITEMS = (  # kind, number, name, from, whose own, who has it, permission
    ("seal", "BN-2025/0147", "Dấu tròn của Viện kiểm sát nhân dân tỉnh", _POLICE, "", CLERK, ""),
    ("title", "CD-01", "Dấu chức danh Viện trưởng", _POLICE, "", CLERK, ""),
    ("level", "MK-02", "Bộ dấu chỉ mức độ khẩn", _POLICE, "", CLERK, ""),
    ("token", "3A7F21C9", "USB Token chứng thư số của cơ quan", _CIPHER, "", CLERK, ""),
    ("token", "3A7F2290", "USB Token của Viện trưởng", _CIPHER, "lam.vientruong", "lam.vientruong", ""),
    ("sim", "8984-0447", "SIM ký số của Phó Viện trưởng", _CIPHER, "minh.pvt", "minh.pvt", ""),
    ("token", "3A7F2305", "USB Token dự phòng của cơ quan", _CIPHER, "", "hang.cvp", "18/QĐ-VKS ngày 02/10/2026"),
    ("token", "3A7E9911", "USB Token hết hạn chứng thư", _CIPHER, "", "", ""),
)  # fmt: skip


def load(ids: Ids) -> None:
    """Enter the seals and devices with their hand-overs, let two certificates end soon, and tell of it."""
    clerk = organisations.actor_for(Account.objects.get(username=CLERK))
    begun = today() - timedelta(days=120)
    for kind, number, name, source, own, held_by, permission in _ITEMS:
        given = Received(
            kind=kind,
            number=number,
            name=name,
            received_on=begun,
            received_from=source,
            owner_id=ids.person(own) if own else None,
        )
        item = custody.receive(given, by=clerk)
        if held_by:
            slip = HandOver(
                to_id=ids.person(held_by),
                done_on=begun + timedelta(days=3),
                permission=permission,
                condition="Nguyên vẹn, dùng được",
            )
            custody.hand_over(item.pk, slip, by=clerk)
    _let_end(ids)
    watching.warn()


def _let_end(ids: Ids) -> None:
    authority = test_pki.ensure(Path(settings.PKI_DIR))
    office = ids.offices[MAIN].short_name
    moment = datetime.now(UTC)
    enrolments = []
    for key, days in ENDING.items():
        person = ids.people[key]
        issued = authority.issue(
            Holder("person", person.pk, person.full_name, office),
            start=moment - timedelta(days=700),
            end=moment + timedelta(days=days),
        )
        drawn = invented_signature(person.full_name).png
        enrolments.append(
            Enrolment("person", person.pk, issued.certificate, "software_key", issued.key_name, drawn)
        )
    actions.enrol(enrolments, by=SYSTEM)
