"""Which way a body is reached, and which of our addresses a code names."""

from typing import Any

import pytest

from tests.cast import World
from vanthu.exchange import connections
from vanthu.exchange.axis_models import Connection, OwnAddress
from vanthu.exchange.transports.base import AgencyRow as Row
from vanthu.organisations import agencies
from vanthu.organisations.agency_codes import folded
from vanthu.organisations.models import Office
from vanthu.organisations.practice_models import PracticeRoom

pytestmark = pytest.mark.django_db


def make_connection(key: str = "vxp", **fields: Any) -> Connection:
    return Connection.objects.create(
        key=key, name=f"Trục {key}", kind=fields.pop("kind", "vxp"), active=True, **fields
    )


def make_address(office: Office, connection: Connection, code: str, **fields: Any) -> OwnAddress:
    return OwnAddress.objects.create(
        office=office, connection=connection, code=code, folded=folded(code), **fields
    )


def test_the_preferred_connection_that_reaches_both(world: World) -> None:
    axis, local = make_connection("vxp", position=2), make_connection("local", position=1)
    agencies.take_over("vxp", [Row("G01", "Bộ Công an"), Row("H41", "UBND tỉnh")], True)
    agencies.take_over("local", [Row("000.00.00.H41", "UBND tỉnh")], True)
    (ministry, province) = (agencies.search(word)[0].id for word in ("bo cong an", "ubnd tinh"))
    office = world.province.pk
    assert connections.ways(office, [ministry, province]) == {}
    here = make_address(world.province, axis, "H41.47")
    found = connections.ways(office, [ministry, province])
    assert {(way.address, way.to_code) for way in found.values()} == {(here, "G01"), (here, "H41")}
    there = make_address(world.province, local, "H41.47")
    found = connections.ways(office, [ministry, province])
    assert found[province] == connections.Way(local, there, "000.00.00.H41")
    assert found[ministry].connection == axis
    Connection.objects.update(active=False)
    assert connections.ways(office, [ministry, province]) == {}


def test_practice_has_no_way_out(world: World) -> None:
    axis = make_connection()
    agencies.take_over("vxp", [Row("G01", "Bộ Công an")], True)
    make_address(world.region, axis, "E99")
    ministry = agencies.search("bo cong an")[0].id
    assert ministry in connections.ways(world.region.pk, [ministry])
    Office.objects.filter(pk=world.region.pk).update(room=PracticeRoom.objects.create(on="2026-01-01"))
    assert connections.ways(world.region.pk, [ministry]) == {}


def test_a_code_in_any_form_names_our_address(world: World) -> None:
    axis = make_connection()
    mine = make_address(world.province, axis, "H53.47")
    ended = make_address(world.region, axis, "E01.07", active=False)
    agencies.take_over("vxp", [Row("H53.47", "Viện kiểm sát tỉnh", ("001.00.47.JB2",))], True)
    found = connections.own_addresses(
        axis, ["H53.47", "000.00.47.h53", "001.00.47.JB2", "G22", "", ended.code]
    )
    assert found == {"h53.47": mine, "000.00.47.h53": mine, "001.00.47.jb2": mine}
    assert connections.own_addresses(make_connection("other"), ["H53.47"]) == {}
