"""Drafts: the lists of the page, one with its versions and opinions, and the verbs up to the signature.

Signing is done in the browser, with the signer's own certificate; numbering and issuing come after it.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Literal

from django.http import HttpResponse
from django.urls import reverse
from ninja import Body, Query, Router
from pydantic import Field

from vanthu.issuing import actions, queries, reviews, saga, versions
from vanthu.kernel import access
from vanthu.web.api.access import ProgramRequest, needs
from vanthu.web.api.drafting import (
    DraftOut,
    DraftRow,
    NewAttachment,
    NewDraft,
    NewVersion,
    SignerOut,
    Words,
    row,
    whole,
)
from vanthu.web.api.paging import Page, Paging, paged, place_of
from vanthu.web.api.schemas import Id, Named
from vanthu.web.api.writes import acted, once
from vanthu.web.issuing import tabs
from vanthu.web.shell.requests import address_of

if TYPE_CHECKING:
    from vanthu.issuing.models import Version

router = Router(tags=["Dự thảo"], auth=needs("drafts"))

EVERY = tabs.Tab("all", "Tất cả", "draft")
TABS = {
    tab.key: tab
    for tab in (
        EVERY, tabs.TO_SIGN, tabs.TO_REVIEW, tabs.TO_CHECK, tabs.TO_ISSUE, tabs.MINE, tabs.SUBMITTED, tabs.ON_THE_WAY,
    )
}  # fmt: skip
type TabName = Literal["all", "to_sign", "to_review", "form", "signed", "mine", "submitted", "way"]


class DraftQuery(Paging):
    """Which drafts."""

    tab: TabName = Field(
        "all",
        description="Danh sách như các thẻ trên trang Văn bản đi: to_sign chờ tôi ký, to_review chờ kiểm tra nội dung,"
        " form chờ kiểm tra thể thức, signed chờ phát hành, mine dự thảo của tôi, submitted đã trình, way đang trình.",
    )


@router.get("/drafts", response=Page[DraftRow], auth=needs("read"), summary="Danh sách dự thảo")
def list_drafts(request: ProgramRequest, response: HttpResponse, asked: Query[DraftQuery]) -> Page[DraftRow]:
    """Dự thảo mà khoá được xem, mới nhất trước."""
    tab = TABS[asked.tab]
    seen = queries.drafts(
        request.actor,
        states=tab.states,
        owner_kinds=tab.owner_kinds,
        before=asked.before,
        limit=asked.wanted,
    )
    return paged(
        request, response, seen, asked,
        show=lambda one: DraftRow(**row(one)),
        place=lambda one: place_of(one.participant),
    )  # fmt: skip


@router.get("/drafts/{pk}", response=DraftOut, auth=needs("read"), summary="Một dự thảo")
def get_draft(request: ProgramRequest, pk: Id) -> DraftOut:
    """Mọi bản, ý kiến, nơi nhận, tệp và lịch sử. Lượt xem được ghi vào nhật ký truy cập."""
    shown = whole(pk, request.actor)
    access.note("view", by=request.actor, item_kind="draft", item_id=pk, address=address_of(request))
    return shown


@router.get("/signers", response=list[SignerOut], auth=needs("read"), summary="Ai được ký văn bản đi")
def list_signers(request: ProgramRequest) -> list[SignerOut]:
    """Lãnh đạo Viện, và Chánh Văn phòng ký thừa lệnh (Nghị định 30/2020, Điều 13)."""
    return [
        SignerOut(post_id=one.pk, person=Named(id=one.person_id, name=one.person.full_name), title=one.title)
        for one in queries.signers(request.actor)
    ]


@router.post("/drafts", response={201: DraftOut}, summary="Mở dự thảo")
def start_draft(request: ProgramRequest, response: HttpResponse, given: Body[NewDraft]) -> DraftOut:
    """Bản đầu tiên lấy từ mẫu của loại văn bản, nếu không nói khác. Văn bản mật bị từ chối, không giữ lại gì."""
    by = request.actor
    made = once(
        request,
        lambda: actions.start(
            given.outline(),
            replies_to=given.replies_to,
            dossier_id=given.dossier_id,
            from_template=given.from_template,
            by=by,
        ),
        lambda pk: queries.draft(pk, by).draft,
    )
    response["Location"] = reverse("api:get_draft", args=[made.pk])
    return whole(made.pk, by)


@router.post("/drafts/{pk}/versions", response=DraftOut, summary="Thêm bản dự thảo")
def add_version(request: ProgramRequest, pk: Id, given: Body[NewVersion]) -> DraftOut:
    """Người soạn thảo đưa bản mới; các bản trước vẫn giữ. PDF của tệp DOCX được tạo ngay sau đó."""
    by = request.actor

    def add() -> "Version":
        if given.upload is None:
            return versions.add_template_version(pk, by=by)
        pdf = given.pdf_upload or ""
        return versions.add_version(pk, given.upload, pdf_upload_id=pdf, note=given.note, by=by)

    return _acted(request, pk, add)


@router.post("/drafts/{pk}/attachments", response=DraftOut, summary="Thêm tệp kèm theo")
def add_draft_attachment(request: ProgramRequest, pk: Id, given: Body[NewAttachment]) -> DraftOut:
    """Phụ lục, tài liệu đi kèm văn bản."""
    return _acted(request, pk, lambda: versions.add_attachment(pk, given.upload, by=request.actor))


@router.post("/drafts/{pk}/submit", response=DraftOut, summary="Trình dự thảo")
def submit_draft(request: ProgramRequest, pk: Id) -> DraftOut:
    """Người soạn thảo trình lãnh đạo đơn vị kiểm tra nội dung; lãnh đạo đơn vị tự soạn thì trình Văn phòng."""
    return _acted(request, pk, lambda: actions.submit(pk, by=request.actor))


@router.post("/drafts/{pk}/take-back", response=DraftOut, summary="Rút lại dự thảo")
def take_back_draft(request: ProgramRequest, pk: Id) -> DraftOut:
    """Người soạn thảo rút dự thảo chưa đến người ký."""
    return _acted(request, pk, lambda: actions.take_back(pk, by=request.actor))


@router.post("/drafts/{pk}/withdraw", response=DraftOut, summary="Hủy dự thảo")
def withdraw_draft(request: ProgramRequest, pk: Id) -> DraftOut:
    """Không soạn nữa; các bản vẫn được giữ."""
    return _acted(request, pk, lambda: actions.withdraw(pk, by=request.actor))


@router.post("/drafts/{pk}/content", response=DraftOut, summary="Đồng ý nội dung")
def pass_draft_content(request: ProgramRequest, pk: Id, given: Body[Words]) -> DraftOut:
    """Lãnh đạo đơn vị soạn thảo chịu trách nhiệm về nội dung (Nghị định 30/2020, Điều 12)."""
    return _acted(request, pk, lambda: reviews.pass_content(pk, given.text, by=request.actor))


@router.post("/drafts/{pk}/form", response=DraftOut, summary="Đúng thể thức, trình ký")
def pass_draft_form(request: ProgramRequest, pk: Id, given: Body[Words]) -> DraftOut:
    """Chánh Văn phòng kiểm tra thể thức; chỗ ký, số, dấu chưa rõ thì 422, đặt trên trang web."""
    return _acted(request, pk, lambda: saga.pass_form(pk, given.text, by=request.actor))


@router.post("/drafts/{pk}/return", response=DraftOut, summary="Trả lại người soạn thảo")
def return_draft(request: ProgramRequest, pk: Id, given: Body[Words]) -> DraftOut:
    """Người đang đến lượt kiểm tra hoặc ký ghi nội dung cần sửa."""
    return _acted(request, pk, lambda: reviews.return_draft(pk, given.text, by=request.actor))


@router.post("/drafts/{pk}/comment", response=DraftOut, summary="Góp ý")
def comment_on_draft(request: ProgramRequest, pk: Id, given: Body[Words]) -> DraftOut:
    """Ai xem được dự thảo thì góp ý được; ý kiến gắn với bản mới nhất."""
    return _acted(request, pk, lambda: reviews.comment(pk, given.text, by=request.actor))


def _acted(request: ProgramRequest, pk: int, verb: Callable[[], object]) -> DraftOut:
    """Do it once; the draft after it, as `GET` shows it."""
    acted(request, verb, lambda: queries.draft(pk, request.actor).draft)
    return whole(pk, request.actor)
