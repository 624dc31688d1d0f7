"""How a post signs for its office. Decree 30/2020/NĐ-CP, article 13; Phụ lục I.II.7."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vanthu.issuing.models import SigningForm
from vanthu.organisations.powers import Role

if TYPE_CHECKING:
    from vanthu.organisations.models import Post


def form_of(post: Post) -> str:
    """The form that the post's role gives: the head signs plainly, a deputy KT., a head of unit TL."""
    match post.role:
        case Role.HEAD:
            return SigningForm.HEAD
        case Role.DEPUTY:
            return SigningForm.KT
        case _:
            return SigningForm.TL


def lines_of(post: Post, head_title: str = "Viện trưởng") -> tuple[str, ...]:
    """The lines above the signature: ("KT. VIỆN TRƯỞNG", "PHÓ VIỆN TRƯỞNG")."""
    title = post.title.upper()
    form = form_of(post)
    return (title,) if form == SigningForm.HEAD else (f"{form} {head_title.upper()}", title)
