"""Makers of what an office signs with: devices in somebody's hands, certificates that cost no authority."""

import io
from datetime import date

from PIL import Image

from tests.cast import World
from vanthu.kernel.actor import SYSTEM
from vanthu.kernel.calendar import today
from vanthu.signing import actions, custody
from vanthu.signing.actions import Enrolment
from vanthu.signing.custody_models import CustodyItem, CustodyRecord
from vanthu.signing.models import Certificate
from vanthu.signing.providers import practice_key


def received(world: World, number: str = "USB-01", **fields: object) -> CustodyItem:
    """A token of the province, in its keeping."""
    given = {
        "kind": "token", "number": number, "name": "USB Token của cơ quan", "received_on": today(),
        "received_from": "Ban Cơ yếu Chính phủ", **fields,
    }  # fmt: skip
    return custody.receive(custody.Received(**given), by=world.actor("clerk"))  # type: ignore[arg-type]


def handed_over(world: World, persona: str, *, on: date | None = None, **fields: object) -> CustodyRecord:
    """The same in the hands of a persona, with a permission."""
    item = received(world, **fields)  # type: ignore[arg-type]
    slip = custody.HandOver(
        to_id=world.person(persona).pk, done_on=on or today(), permission="12/QĐ-VKS ngày 20/11/2026"
    )
    return custody.hand_over(item.pk, slip, by=world.actor("clerk"))


def transparent_png(ink: bool = True) -> bytes:
    """A picture with a transparent background and a dot of ink."""
    image = Image.new("RGBA", (60, 30), (0, 0, 200, 0))
    if ink:
        image.putpixel((5, 5), (0, 0, 200, 255))
    kept = io.BytesIO()
    image.save(kept, "PNG")
    return kept.getvalue()


def enrolled_for_practice(person_id: int, name: str) -> Certificate:
    """A certificate of practice with a picture: no authority is asked."""
    made = practice_key.certificate(name, name)
    actions.enrol(
        [Enrolment("person", person_id, made, practice_key.NAME, name, transparent_png())], by=SYSTEM
    )
    return Certificate.objects.get(holder_id=person_id, provider=practice_key.NAME, active=True)
