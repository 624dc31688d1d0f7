"""How drafts are shown to programs, and what programs say of them."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.urls import reverse
from ninja import Schema
from pydantic import Field

from vanthu.documents import kinds
from vanthu.issuing import queries
from vanthu.issuing.actions import Outline
from vanthu.issuing.states import DraftState
from vanthu.kernel import ledger
from vanthu.kernel.actor import Actor
from vanthu.web.api.entries import Act, FileRef, act, file_ref
from vanthu.web.api.schemas import Coded, Given, Id, Named, Text

if TYPE_CHECKING:
    from vanthu.issuing.models import Draft, Recipient, Review, Version
    from vanthu.issuing.queries import SeenDraft


class DraftRow(Schema):
    """Một dòng dự thảo."""

    id: int
    url: str = Field(examples=["/outgoing/drafts/88"], description="Trang của dự thảo trên web.")
    kind: Coded
    notation: str = Field(examples=["KH-VKS-P1"], description="Ký hiệu; số được cấp khi phát hành.")
    subject: str = Field(description="Trích yếu.")
    drafter: str = Field(description="Người soạn thảo.")
    unit: str
    signer: str = Field(description="Người ký.")
    urgency: int = Field(description="0 thường, 1 khẩn, 2 thượng khẩn, 3 hỏa tốc.")
    state: Coded = Field(examples=[{"code": "content", "name": "Chờ kiểm tra nội dung"}])
    mine: str = Field(
        examples=["to_sign"], description="Trạng thái với chính tôi: drafting, returned, to_review, to_sign…"
    )
    due_on: date | None
    trouble: str = Field(description="Vì sao việc phát hành đang dừng; rỗng khi không có gì.")


class VersionOut(Schema):
    """Một bản dự thảo; mọi bản đều được giữ."""

    id: int
    ordinal: int
    made_by: str
    made_at: datetime
    note: str
    source: FileRef | None = Field(description="DOCX hoặc PDF đã tải lên.")
    pdf: FileRef | None = Field(description="null khi chưa chuyển xong.")
    signed: FileRef | None = Field(description="Bản lãnh đạo đã ký số.")
    issued: FileRef | None = Field(description="Bản đã cấp số, đóng dấu.")
    trouble: str = Field(description="Vì sao không chuyển được sang PDF.")


class ReviewOut(Schema):
    """Ý kiến về một bản: đồng ý, trả lại hoặc góp ý."""

    step: Coded
    decision: Coded
    author: str
    author_title: str
    behalf_of: str
    text: str
    version: int | None = Field(description="Số thứ tự của bản.")
    written_at: datetime


class RecipientOut(Schema):
    """Một nơi nhận."""

    office_id: int | None = Field(description="null: ngoài hệ thống.")
    agency_id: int | None = Field(
        None, description="Cơ quan, đơn vị liên thông ngoài hệ thống; null: chỉ có tên."
    )
    name: str


class DraftOut(DraftRow):
    """Dự thảo với mọi bản, ý kiến, nơi nhận, tệp kèm theo và lịch sử."""

    signing_form: str = Field(examples=["KT."], description="Thể thức đề ký.")
    restricted: bool
    replies_to: int | None = Field(description="Trả lời văn bản đến này.")
    dossier: int | None
    outgoing: int | None = Field(description="Văn bản đi, khi đã cấp số.")
    reply_due_on: date | None
    created_at: datetime
    submitted_at: datetime | None
    signed_at: datetime | None
    signed_on_paper: date | None = Field(
        description="Ngày ký trên giấy, khi văn thư ghi thay người ký; bản điện tử là bản quét."
    )
    versions: list[VersionOut] = Field(description="Mới nhất trước.")
    reviews: list[ReviewOut] = Field(description="Cũ nhất trước.")
    recipients: list[RecipientOut]
    attachments: list[FileRef]
    history: list[Act]


class SignerOut(Schema):
    """Người có thẩm quyền ký của cơ quan."""

    post_id: int = Field(description="Dùng trong `signer_id` của dự thảo.")
    person: Named
    title: str = Field(examples=["Viện trưởng"])


class NewDraft(Given):
    """Dự thảo mới."""

    kind: Text = Field(max_length=12, examples=["KH"], description="Mã tên loại văn bản hành chính.")
    subject: Text = Field(max_length=500, description="Trích yếu, ít nhất 10 ký tự.")
    signer_id: Id = Field(description="Chức vụ ký, lấy ở `GET /signers`.")
    office_ids: list[Id] = Field(
        default_factory=list, max_length=1000, description="Nơi nhận trong ngành, lấy ở `GET /offices`."
    )
    agency_ids: list[Id] = Field(
        default_factory=list,
        max_length=1000,
        description="Nơi nhận ngoài ngành có mã định danh, lấy ở `GET /agencies`.",
        examples=[[]],
    )
    others: list[Text] = Field(
        default_factory=list, max_length=200, description="Nơi nhận ngoài ngành, ghi tên.", examples=[[]]
    )
    urgency: int = Field(0, ge=0, le=3, description="0 thường, 1 khẩn, 2 thượng khẩn, 3 hỏa tốc.")
    restricted: bool = Field(False, description="Hạn chế tiếp cận.")
    secrecy: Text = Field(
        "", max_length=20, description="Để trống. Văn bản mật không soạn trên hệ thống này và bị từ chối."
    )
    reply_due_on: date | None = Field(None, description="Hạn nơi nhận trả lời.")
    replies_to: Id | None = Field(None, description="Trả lời văn bản đến này.")
    dossier_id: Id | None = Field(None, description="Hồ sơ công việc.")
    from_template: bool = Field(True, description="Bản đầu tiên lấy từ mẫu của loại văn bản (DOCX).")

    def outline(self) -> Outline:
        """As the verb takes it."""
        return Outline(
            kind=self.kind,
            subject=self.subject,
            signer_id=self.signer_id,
            office_ids=self.office_ids,
            agency_ids=self.agency_ids,
            others=self.others,
            urgency=self.urgency,
            restricted=self.restricted,
            secrecy=self.secrecy,
            reply_due_on=self.reply_due_on,
        )


class NewVersion(Given):
    """Bản mới: tệp đã tải lên ở `POST /uploads`, hoặc lấy lại từ mẫu."""

    upload: UUID | None = Field(None, description="DOCX hoặc PDF; bỏ trống là lấy từ mẫu của loại văn bản.")
    pdf_upload: UUID | None = Field(None, description="Bản PDF của tệp DOCX, nơi không có bộ chuyển đổi.")
    note: Text = Field("", max_length=500, examples=["Sửa theo góp ý của Phòng 2"])


class NewAttachment(Given):
    """Tệp đi kèm văn bản."""

    upload: UUID = Field(description="Tệp đã tải lên ở `POST /uploads`.")


class Words(Given):
    """Ý kiến."""

    text: Text = Field("", max_length=4000, examples=["Nhất trí"])


def row(seen: "SeenDraft") -> dict[str, Any]:
    """The fields of the line of a draft."""
    draft, mine = seen.draft, seen.participant
    return {
        "id": draft.pk,
        "url": reverse("draft", args=[draft.pk]),
        "kind": Coded(code=draft.kind, name=kinds.by_code(draft.kind).name),
        "notation": draft.notation,
        "subject": draft.subject,
        "drafter": draft.drafter.full_name,
        "unit": draft.unit.short_name if draft.unit else "",
        "signer": draft.signer.person.full_name if draft.signer else "",
        "urgency": draft.urgency,
        "state": Coded(code=draft.state, name=DraftState(draft.state).label),
        "mine": mine.state,
        "due_on": mine.due_on,
        "trouble": draft.trouble,
    }


def whole(pk: int, by: Actor) -> DraftOut:
    """Everything of a draft. The same queries however many versions it has; raises `NotFound`."""
    seen = queries.draft(pk, by)
    return DraftOut(
        **row(seen),
        **_facts(seen.draft),
        versions=[_version(one, files=seen.sight.files) for one in queries.versions(pk)],
        reviews=[_review(one) for one in queries.reviews(pk)],
        recipients=[_recipient(one) for one in queries.recipients(pk)],
        attachments=[file_ref(one) for one in queries.attachments(pk)] if seen.sight.files else [],
        history=[act(one) for one in ledger.history(seen.draft)],
    )


def _facts(draft: "Draft") -> dict[str, Any]:
    return {
        "signing_form": draft.signing_form,
        "restricted": draft.restricted,
        "replies_to": draft.replies_to_id,
        "dossier": draft.dossier_id,
        "outgoing": draft.outgoing_id,
        "reply_due_on": draft.reply_due_on,
        "created_at": draft.created_at,
        "submitted_at": draft.submitted_at,
        "signed_at": draft.signed_at,
        "signed_on_paper": draft.paper_on,
    }


def _version(version: "Version", *, files: bool) -> VersionOut:
    held = {name: getattr(version, name) if files else None for name in ("source", "pdf", "signed", "issued")}
    return VersionOut(
        id=version.pk,
        ordinal=version.ordinal,
        made_by=version.made_by.full_name,
        made_at=version.made_at,
        note=version.note,
        **{name: file_ref(one) if one else None for name, one in held.items()},
        trouble=version.conversion_trouble,
    )


def _review(review: "Review") -> ReviewOut:
    return ReviewOut(
        step=Coded(code=review.step, name=review.get_step_display()),
        decision=Coded(code=review.decision, name=review.get_decision_display()),
        author=review.author.full_name,
        author_title=review.author_title,
        behalf_of=review.behalf_of,
        text=review.text,
        version=review.version.ordinal if review.version else None,
        written_at=review.written_at,
    )


def _recipient(recipient: "Recipient") -> RecipientOut:
    return RecipientOut(office_id=recipient.office_id, agency_id=recipient.agency_id, name=recipient.name)
