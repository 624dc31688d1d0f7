"""KT., Q., TM., TL., TUQ.: derived from posts, rules and written authority, refused where the rule forbids."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.cast import World, make_delegation, make_person
from vanthu.issuing import actions, queries, signing_forms
from vanthu.issuing.actions import Outline
from vanthu.issuing.signing_forms import form_of, lines_of
from vanthu.kernel.refusals import Invalid, NotAllowed
from vanthu.organisations.models import OfficeRules, Post
from vanthu.organisations.powers import Role

pytestmark = pytest.mark.django_db


def written(world: World, receiver: str = "head_of_unit", **fields: object) -> None:
    """A written authority of the head to sign, unless the fields say otherwise."""
    given = make_delegation(world.post("head"), world.post(receiver), "approve")
    given.basis = "Giấy ủy quyền số 05/GUQ-VKS ngày 02/11/2026"
    for name, value in fields.items():
        setattr(given, name, value)
    given.save()


@pytest.mark.parametrize(
    ("role", "title", "kind", "form", "lines"),
    [
        (Role.HEAD, "Viện trưởng", "QD", "", ["VIỆN TRƯỞNG"]),
        (Role.HEAD, "Quyền Viện trưởng", "CV", "Q.", ["Q. VIỆN TRƯỞNG"]),
        (Role.DEPUTY, "Phó Viện trưởng", "QD", "KT.", ["KT. VIỆN TRƯỞNG", "PHÓ VIỆN TRƯỞNG"]),
        (Role.DEPUTY, "Phó Viện trưởng phụ trách", "CV", "KT.", ["KT. VIỆN TRƯỞNG", "PHÓ VIỆN TRƯỞNG PHỤ TRÁCH"]),
        (Role.HEAD, "Viện trưởng", "NQ", "TM.", ["TM. ỦY BAN KIỂM SÁT", "VIỆN TRƯỞNG"]),
        (Role.DEPUTY, "Phó Viện trưởng", "NQ", "TM.", ["TM. ỦY BAN KIỂM SÁT", "KT. VIỆN TRƯỞNG", "PHÓ VIỆN TRƯỞNG"]),
        (Role.ADMINISTRATION_HEAD, "Chánh Văn phòng", "CV", "TL.", ["TL. VIỆN TRƯỞNG", "CHÁNH VĂN PHÒNG"]),
        (Role.ADMINISTRATION_HEAD, "Phó Chánh Văn phòng", "GM", "TL.",
         ["TL. VIỆN TRƯỞNG", "KT. CHÁNH VĂN PHÒNG", "PHÓ CHÁNH VĂN PHÒNG"]),
    ],
)  # fmt: skip
def test_the_post_gives_the_form(
    world: World, role: Role, title: str, kind: str, form: str, lines: list[str]
) -> None:
    unit = world.unit("VP") if role == Role.ADMINISTRATION_HEAD else None
    post = make_person(world.province, role, title=title, unit=unit)
    assert form_of(post, kind).form == form
    assert list(lines_of(post, form)) == lines


@pytest.mark.parametrize(
    ("persona", "kind", "field"),
    [("chief", "QD", "signer"), ("chief", "NQ", "signer"), ("head_of_unit", "CV", "signer"),
     ("region_head", "NQ", "collective")],
)  # fmt: skip
def test_what_the_rule_forbids(world: World, persona: str, kind: str, field: str) -> None:
    with pytest.raises(Invalid) as refused:
        form_of(Post.objects.select_related("person", "office", "unit").get(pk=world.post(persona).pk), kind)
    assert set(refused.value.fields) == {field}


def test_heads_of_units_sign_by_order_what_the_rules_of_the_office_say(world: World) -> None:
    post = world.post("head_of_unit")
    OfficeRules.objects.filter(office=world.province).update(by_order_kinds=["CV", "QD"])
    assert form_of(post, "CV").form == "TL."
    assert list(lines_of(post, "TL.")) == ["TL. VIỆN TRƯỞNG", "TRƯỞNG PHÒNG 1"]
    for kind in ("TB", "QD"):  # not in the rules; never by order, whatever they say
        with pytest.raises(Invalid):
            form_of(post, kind)
    assert post in queries.signers(world.actor("specialist"))


def test_authority_to_sign_is_written_and_ends(world: World) -> None:
    post = world.post("head_of_unit")
    written(world)
    chosen = form_of(post, "QD")
    said = "Giấy ủy quyền số 05/GUQ-VKS ngày 02/11/2026 của Viện trưởng Vũ Đình Lâm"
    assert (chosen.form, chosen.basis) == ("TUQ.", said)
    assert list(lines_of(post, "TUQ.")) == ["TUQ. VIỆN TRƯỞNG", "TRƯỞNG PHÒNG 1"]
    with pytest.raises(Invalid):
        form_of(post, "GUQ")  # authority is not passed on


def test_an_authority_goes_as_far_as_its_unit_and_kinds(world: World) -> None:
    post, unit = world.post("head_of_unit"), world.unit("P1").pk
    written(world, unit=world.unit("P1"), kinds=["QD"])
    assert form_of(post, "QD", unit_id=unit).form == "TUQ."
    for kind, drafting in (("QD", world.unit("P2").pk), ("QC", unit)):
        with pytest.raises(Invalid):
            form_of(post, kind, unit_id=drafting)
    written(world, kinds=["QC"])  # a second writing goes on beside the first
    assert form_of(post, "QC", unit_id=unit).form == "TUQ."
    assert form_of(post, "QD", unit_id=unit).form == "TUQ."


@pytest.mark.parametrize("lacking", ["document", "time", "revoked", "kind", "book", "head", "unit"])
def test_without_a_valid_writing_of_the_head_there_is_no_authority(world: World, lacking: str) -> None:
    past = timezone.now() - timedelta(hours=1)
    match lacking:
        case "document":
            written(world, basis="")
        case "time":
            written(world, ends_at=past)
        case "revoked":
            written(world, revoked_at=past)
        case "kind":
            written(world, kinds=["CV"])
        case "book":
            written(world, book="in")
        case "head":  # a deputy gives no authority to sign for the head
            written(world, giver=world.post("deputy"))
        case _:
            written(world, receiver="specialist")
    post = world.post("specialist" if lacking == "unit" else "head_of_unit")
    with pytest.raises(Invalid):
        form_of(post, "QD")


def test_a_form_that_is_not_lawful_any_more_is_not_signed(world: World) -> None:
    written(world)
    outline = Outline(
        kind="QD", subject="Về việc thành lập Tổ công tác", signer_id=world.post("head_of_unit").pk,
        office_ids=[world.region.pk],
    )  # fmt: skip
    draft = actions.start(outline, from_template=False, by=world.actor("specialist"))
    draft = queries.draft(draft.pk, world.actor("specialist")).draft
    assert (draft.signing_form, draft.signing_basis[:13]) == ("TUQ.", "Giấy ủy quyền")
    signing_forms.require(draft)
    world.post("head_of_unit")
    type(world.delegation).objects.filter(powers=["approve"]).update(revoked_at=timezone.now())
    with pytest.raises(NotAllowed):
        signing_forms.require(draft)
