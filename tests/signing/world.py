"""A world in which people and offices can sign: a real test authority on loopback issues their certificates."""

import pytest
from pytest_django.fixtures import Settings

from tests.cast import World
from vanthu.kernel.actor import SYSTEM
from vanthu.signing import actions as signing
from vanthu.signing import augmenting
from vanthu.signing.actions import Enrolment
from vanthu_tools.test_pki import Authority, Holder, issue_all


@pytest.fixture
def signing_world(
    world: World, authority: Authority, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> World:
    """The world with certificates for the leaders, the administration head and both offices.

    What is issued waits to be raised to B-LTA: a test that is about it calls `augmenting.raise_due`.
    """
    monkeypatch.setattr(augmenting, "raise_file", lambda sha256: None)
    settings.TSA_URL = authority.tsa_url
    people = [world.post(key) for key in ("head", "deputy", "chief", "region_head")]
    holders = [
        *(Holder("person", post.person_id, post.person.full_name, post.office.name) for post in people),
        *(Holder("office", office.pk, office.name, office.name) for office in (world.province, world.region)),
    ]
    signing.enrol(
        [
            Enrolment(holder.kind, holder.id, issued.certificate, "software_key", issued.key_name)
            for holder, issued in zip(holders, issue_all(authority, holders), strict=True)
        ],
        by=SYSTEM,
    )
    return world
