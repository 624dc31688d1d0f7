"""Enrolment, invented pictures, and the folder of the test authority."""

import io
import stat
from pathlib import Path

import pytest
from django.conf import settings
from PIL import Image

from tests.signing.authority import OFFICE, Cast
from vanthu.kernel.actor import Actor
from vanthu.kernel.refusals import NotAllowed
from vanthu.signing import actions, queries
from vanthu.signing.appearance import invented_seal, invented_signature
from vanthu.signing.models import Certificate
from vanthu_tools import test_pki
from vanthu_tools.enrolment import enrol


def test_every_invented_holder_gets_a_certificate_once(cast: Cast, tmp_path: Path) -> None:
    people = [(number, f"Người thứ {number}", OFFICE) for number in range(1, 121)]
    Path(settings.PKI_DIR, "address").write_text(cast.authority.address)
    assert enrol(people, [(1, OFFICE), (2, "VKSND khu vực 2")]) == 122
    assert enrol(people, [(1, OFFICE)]) == 0
    certificate = queries.person_certificate(7)
    key = Path(settings.PKI_DIR, "keys", f"{certificate.key_name}.pem")
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert "PRIVATE" not in certificate.pem
    assert queries.holders_with_certificate("person", [7, 8, 999]) == {7, 8}


def test_enrolling_needs_the_power(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        actions.enrol([], by=Actor(person_id=1, office_id=1))


def test_a_new_certificate_replaces_the_old(cast: Cast) -> None:
    first, second = cast.leader_certificate(), cast.leader_certificate()
    assert queries.person_certificate(11) == second != first
    assert Certificate.objects.filter(holder_id=11, active=True).count() == 1


@pytest.mark.parametrize(("made", "colour"), [(invented_signature, 2), (invented_seal, 0)])
def test_pictures_are_transparent_and_of_their_colour(made: type, colour: int) -> None:
    first = made("Nguyễn Văn An")
    assert first == made("Nguyễn Văn An") != made("Trần Thị Bình")
    image = Image.open(io.BytesIO(first.png))
    assert image.mode == "RGBA"
    assert image.getpixel((0, 0))[3] == 0  # type: ignore[index]
    inked = [pixel for pixel in image.get_flattened_data() if pixel[3] == 255]
    assert inked
    assert all(pixel[colour] == max(pixel[:3]) for pixel in inked)
    assert len(first.png) < 120_000


def test_the_authority_is_made_once_and_keeps_its_address(tmp_path: Path) -> None:
    first = test_pki.ensure(tmp_path, "http://127.0.0.1:9999")
    again = test_pki.ensure(tmp_path, "http://127.0.0.1:1111")
    assert again.address == "http://127.0.0.1:9999"
    assert again.root == first.root
    for key in tmp_path.glob("*-key.pem"):
        assert stat.S_IMODE(key.stat().st_mode) == 0o600
