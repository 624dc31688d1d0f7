"""How a post signs for its office. Decree 30/2020/NĐ-CP, article 13; Phụ lục I.II.7.

The head signs plainly, an acting head Q., a deputy KT.; for the collective body (Ủy ban kiểm sát) they sign TM.
Heads of units sign TL. what the office's rules say, and TUQ. what the head gave them in writing for a time.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vanthu.documents import kinds
from vanthu.issuing.models import SigningForm
from vanthu.kernel.refusals import Invalid, NotAllowed
from vanthu.organisations import queries as organisations
from vanthu.organisations.powers import Role

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vanthu.issuing.models import Draft
    from vanthu.organisations.models import Post

LEADERS = (Role.HEAD, Role.DEPUTY)
BY_ORDER = (
    "SY",
    "TRS",
    "SL",
    "CV",
    "TB",
    "HD",
    "KH",
    "BC",
    "TTR",
    "CTR",
    "GM",
    "GGT",
    "GNP",
    "PG",
    "PC",
    "PB",
    "BB",
)
"""What the head of administration signs by order where the office's rules do not say otherwise."""
NEVER_BY_ORDER = ("NQ", "QD", "CT", "QC", "QYD", "GUQ")
"""What only the head or a deputy signs: norms, decisions, and authority itself."""
COLLECTIVE_ALWAYS = ("NQ",)
COLLECTIVE_BODY = "Ủy ban kiểm sát"
_WITHOUT_BODY = ("region", "military_region", "district")  # levels that have no Ủy ban kiểm sát


@dataclass(frozen=True, slots=True)
class Chosen:
    """The form in which a post signs a kind, and the written authority that a TUQ. rests on."""

    form: str
    basis: str = ""


def form_of(post: Post, kind: str, *, collective: bool = False, unit_id: int | None = None) -> Chosen:
    """The form for this kind of document that a unit drafts.

    Raises `Invalid` (field `signer` or `collective`) where none is lawful.
    """
    if collective or kind in COLLECTIVE_ALWAYS:
        return _for_the_body(post)
    match post.role:
        case Role.HEAD:
            return Chosen(SigningForm.Q if _acting(post) else SigningForm.HEAD)
        case Role.DEPUTY:
            return Chosen(SigningForm.KT)
        case _:
            return _under_the_head(post, kind, unit_id)


def _for_the_body(post: Post) -> Chosen:
    """TM.: the head, or a deputy for the head (KT.), and nobody below them; only where there is such a body."""
    if post.office.level in _WITHOUT_BODY:
        raise Invalid(
            fields={
                "collective": f"{post.office.name} không có {COLLECTIVE_BODY} nên không ký thay mặt (TM.)."
            }
        )
    if post.role not in LEADERS:
        raise Invalid(
            fields={"signer": f"Chỉ Viện trưởng, Phó Viện trưởng ký thay mặt {COLLECTIVE_BODY} (TM.)."}
        )
    return Chosen(SigningForm.TM)


def _under_the_head(post: Post, kind: str, unit_id: int | None) -> Chosen:
    """TL. where the rules of the office say so, else TUQ. where the head, who is named, said so in writing."""
    if kind in _by_order(post):
        return Chosen(SigningForm.TL)
    for given in organisations.authorities_to_sign([post]).get(post.pk, ()):
        if kind != "GUQ" and kind in (given.kinds or [kind]) and given.unit_id in (None, unit_id):
            giver = f" của {given.giver.title} {given.giver.person.full_name}"
            return Chosen(SigningForm.TUQ, f"{given.basis or given.reason}"[: 200 - len(giver)] + giver)
    name = kinds.by_code(kind).name
    raise Invalid(
        fields={
            "signer": f"{post.title} {post.person.full_name} không được giao ký thừa lệnh {name}. Chọn Viện trưởng,"
            " Phó Viện trưởng; hoặc Viện trưởng ủy quyền ký bằng văn bản, có thời hạn."
        }
    )


def _by_order(post: Post) -> Sequence[str]:
    """The kinds that this head of a unit signs by order: those of the office's rules, else the usual ones."""
    if post.role not in (Role.ADMINISTRATION_HEAD, Role.UNIT_HEAD):
        return ()
    written = organisations.rules_of(post.office_id).by_order_kinds
    usual = BY_ORDER if post.role == Role.ADMINISTRATION_HEAD else ()
    return [kind for kind in (written or usual) if kind not in NEVER_BY_ORDER]


def signers_of(office_id: int) -> list[Post]:
    """Who may sign some kind for the office today: leaders, heads of units with an order or an authority."""
    posts = organisations.posts_with_role(office_id, *LEADERS, Role.ADMINISTRATION_HEAD, Role.UNIT_HEAD)
    below = [post for post in posts if post.role == Role.UNIT_HEAD]
    if below and not organisations.rules_of(office_id).by_order_kinds:
        given = organisations.authorities_to_sign(below)
        return [post for post in posts if post.role != Role.UNIT_HEAD or post.pk in given]
    return posts


def require(draft: Draft) -> None:
    """Raise `NotAllowed` when the form in which the draft was to be signed is not lawful any more."""
    if draft.signer is None:
        return
    try:
        collective = draft.signing_form == SigningForm.TM
        chosen = form_of(draft.signer, draft.kind, collective=collective, unit_id=draft.unit_id)
    except Invalid as refusal:
        raise NotAllowed(" ".join(refusal.fields.values())) from refusal
    if chosen.form != draft.signing_form:
        now, then = chosen.form or "thủ trưởng ký", draft.signing_form or "thủ trưởng ký"
        raise NotAllowed(
            f"Văn bản in thể thức đề ký “{then}” nhưng nay phải là “{now}”. Trả lại người soạn để sửa."
        )


def lines_of(
    post: Post, form: str | None = None, *, head_title: str = "Viện trưởng", body: str = COLLECTIVE_BODY
) -> tuple[str, ...]:
    """The lines above the signature: ("TL. VIỆN TRƯỞNG", "KT. CHÁNH VĂN PHÒNG", "PHÓ CHÁNH VĂN PHÒNG")."""
    form = _usual(post) if form is None else form
    own = (*_deputising(post, head_title), title_of(post).upper())
    match form:
        case SigningForm.HEAD:
            return (title_of(post).upper(),)
        case SigningForm.Q:
            return (f"Q. {head_title.upper()}",)
        case SigningForm.TM:
            return (f"TM. {body.upper()}", *own)
        case SigningForm.KT:
            return own
        case _:
            return (f"{form} {head_title.upper()}", *own)


def _usual(post: Post) -> str:
    """The form that the role alone gives."""
    by_role = {Role.HEAD: SigningForm.HEAD, Role.DEPUTY: SigningForm.KT}
    return by_role.get(Role(post.role), SigningForm.TL)


def _deputising(post: Post, head_title: str) -> tuple[str, ...]:
    """ "KT. VIỆN TRƯỞNG" over a deputy of the office, "KT. TRƯỞNG PHÒNG 1" over a deputy of a unit."""
    if post.role == Role.DEPUTY:
        return (f"KT. {head_title.upper()}",)
    title = title_of(post)
    return (f"KT. {title[4:].upper()}",) if title.lower().startswith("phó ") else ()


def title_of(post: Post) -> str:
    """The title with its unit: "Trưởng phòng" of "Phòng 1" is "Trưởng phòng 1"."""
    if post.role in LEADERS or post.unit is None:
        return post.title.removeprefix("Quyền ").strip()
    unit = post.unit.short_name
    if post.title.lower().endswith(unit.lower()):
        return post.title
    first, _, rest = unit.partition(" ")
    return f"{post.title} {rest if post.title.lower().endswith(first.lower()) else unit}"


def _acting(post: Post) -> bool:
    return post.title.lower().startswith(("quyền ", "q. "))
