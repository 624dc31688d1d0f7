"""The address to which a service reports, the stand-in that reports to it, and the phones of the demonstration."""

import json
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings

from tests.cast import World
from tests.signing.authority import Cast
from tests.signing.providers.test_smartca import phone, service, wallet
from tests.signing.requested import ask, over, states
from vanthu.kernel.jobs import run_jobs
from vanthu.kernel.refusals import Invalid
from vanthu.signing import queries
from vanthu.signing.models import Certificate
from vanthu.signing.providers.base import KeyHolder
from vanthu.signing.providers.smartca import SmartCa as Device
from vanthu_tools.simulators import handing
from vanthu_tools.simulators.smartca import ROOT, SmartCa

__all__ = ["phone", "service", "wallet"]  # fixtures
SECRET = "a-word-of-32-letters-nobody-knows"


def report(service: SmartCa, name: str, secret: str = SECRET, **changes: object) -> int:
    """What the service would send about this transaction; the status that comes back."""
    found = next(one for one in service.transactions.values() if one.name == name)
    body = {
        "sp_id": "vks",
        "status_code": 200,
        "message": "SUCCESS",
        "transaction_id": name,
        "signed_files": service._signatures(found),
        **changes,
    }
    address = reverse("signing_report", args=["smartca", secret])
    return Client().post(address, json.dumps(body), "application/json").status_code


def test_a_report_finishes_at_once_twice_is_once_and_a_lie_changes_nothing(
    cast: Cast,
    service: SmartCa,
    phone: Certificate,
    forms: list[Path],
    signed: list[int],
    settings: Settings,
) -> None:
    settings.SIGNING_REPORT_SECRET = SECRET
    request = ask(forms, phone, cast.leader)
    run_jobs()
    (transaction,) = service.transactions.values()
    lie = [{"doc_id": f"{transaction.name[-8:]}-{n}", "signature_value": "AAAA"} for n in (1, 2, 3)]
    assert report(service, transaction.name, signed_files=lie) == 200
    assert (
        report(service, transaction.name, status_code=4002, message="user_rejected", signed_files=[]) == 200
    )
    run_jobs(ahead=1)
    assert states(request) == ["waiting"] * 3
    assert report(service, transaction.name) == 200
    assert states(request) == ["answered"] * 3
    assert report(service, transaction.name) == 200
    assert over(request).state == "done"
    assert signed == [100, 101, 102]


def test_who_does_not_know_the_address_finds_nothing(
    service: SmartCa, phone: Certificate, settings: Settings
) -> None:
    address = reverse("signing_report", args=["smartca", SECRET])
    assert Client().post(address, "{}", "application/json").status_code == 404  # no secret is set
    settings.SIGNING_REPORT_SECRET = SECRET
    assert Client().post(f"{address}x", "{}", "application/json").status_code == 404
    assert Client().post(address, "no json", "application/json").status_code == 400
    assert Client().post(address, '{"sp_id": "another"}', "application/json").status_code == 400
    other = reverse("signing_report", args=["nothing", SECRET])
    assert Client().post(other, "{}", "application/json").status_code == 400


def test_a_sim_card_is_refused_with_what_is_missing(
    cast: Cast, phone: Certificate, forms: list[Path]
) -> None:
    phone.provider = "sim_pki"
    phone.save(update_fields=["provider"])
    with pytest.raises(Invalid, match="cần hợp đồng với đơn vị cung cấp dịch vụ"):
        ask(forms, phone, cast.leader)


def test_people_of_the_demonstration_get_phones(signing_world: World, settings: Settings) -> None:
    person = signing_world.post("head").person
    settings.SMARTCA_ID = settings.SMARTCA_PASSWORD = "demo"
    username = signing_world.account("head").username
    assert handing.hand_out("smartca", [username]) == handing.hand_out("smartca", [username])
    (mine,) = [one for one in queries.certificates_of("person", person.pk) if one.provider == "smartca"]
    served = handing.service("smartca")
    settings.SMARTCA_URL = served.start() + ROOT
    try:
        chain = Device().chain(KeyHolder(mine.x509, mine.key_name))
    finally:
        served.stop()
    assert chain[0] == mine.x509
    assert len(chain) == 2
    with pytest.raises(LookupError, match="no account nobody"):
        handing.hand_out("mysign", ["nobody"])
