"""The gate table's part of the axis: bodies outside, connections, addresses of our own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import timezone

from vanthu.exchange.axis_models import Connection, OwnAddress
from vanthu.issuing.models import Recipient
from vanthu.organisations import agencies
from vanthu.organisations.agency_models import Agency

if TYPE_CHECKING:
    from tests.conventions.gates import Sector


def make_axis(sector: Sector) -> None:
    """A body that a typed name of the draft means, one that nobody has verified."""
    args = sector.args
    body = Agency.objects.create(
        name="Sở Nội vụ tỉnh Bắc Ninh", code="H05.07", search_key="so noi vu tinh bac ninh ; h05.07",
        changed_at=timezone.now(),
    )  # fmt: skip
    typed = Recipient.objects.get(draft=args["draft"][0], office=None)
    args["typed recipient"] = (args["draft"][0], typed.pk)
    args["body"] = (body.pk,)
    connection = Connection.objects.create(
        key="gate", name="Trục thử", kind="folder", endpoint="/khong/co", system_id="H05"
    )
    row = OwnAddress.objects.create(
        office=sector.world.province, connection=connection, code="H05.47", folded="h05.47"
    )
    args["connection"], args["address"] = (connection.pk,), (row.pk,)
    args["unverified body"] = (agencies.sender("H05.99", "Ban lạ", "vxp").pk,)


def axis_forms(sector: Sector) -> dict[str, dict[str, Any]]:
    """What forms of these pages send."""
    return {"meant": {"agency": sector.args["body"][0]}, "body name": {"name": "Ban Quản lý lạ"}}
