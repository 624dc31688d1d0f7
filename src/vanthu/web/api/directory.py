"""Offices of the sector, units and people of the office, kinds of documents: what other endpoints name by id."""

from typing import TYPE_CHECKING, Annotated

from django.http import HttpResponse
from ninja import Query, Router, Schema
from pydantic import Field

from vanthu.documents import kinds
from vanthu.exchange import connections
from vanthu.kernel.refusals import NotFound
from vanthu.organisations import agencies, directory, queries
from vanthu.web.api.access import ProgramRequest
from vanthu.web.api.paging import Page, Paging, paged
from vanthu.web.api.schemas import Coded, Id, Named, Text

if TYPE_CHECKING:
    from vanthu.organisations.models import Office, Post

router = Router(tags=["Danh bạ"])


class FindQuery(Paging):
    """By typed words."""

    q: Text = Field("", max_length=100, description="Các chữ trong tên, có dấu hay không dấu.")


class OfficeOut(Schema):
    """Một cơ quan của ngành."""

    id: int
    name: str = Field(examples=["Viện kiểm sát nhân dân tỉnh Bắc Ninh"])
    short_name: str = Field(examples=["VKSND tỉnh Bắc Ninh"])
    code: str = Field(examples=["VKS"], description="Chữ viết tắt trong ký hiệu văn bản.")
    identifier: str = Field(description="Mã định danh (QĐ 20/2020/QĐ-TTg), rỗng khi chưa có.")
    level: Coded
    place: str = Field(examples=["Bắc Ninh"])
    parent: Named | None = Field(description="Cơ quan cấp trên trực tiếp.")


class PostOut(Schema):
    """Một chức vụ của đồng nghiệp trong cơ quan của khoá."""

    person: Named
    title: str = Field(examples=["Trưởng phòng"])
    role: Coded
    unit: Named | None


class AgencyOut(Schema):
    """Một cơ quan, đơn vị trong danh sách liên thông."""

    id: int = Field(description="Dùng trong `agency_ids` của dự thảo.")
    name: str = Field(examples=["Bộ Công an"])
    code: str = Field(examples=["G01"], description="Mã định danh.")
    above: str = Field(description="Cơ quan cấp trên, rỗng khi không có.")
    office_id: int | None = Field(description="Cơ quan của ngành, khi đây là cơ quan trên hệ thống này.")
    reached: bool = Field(description="Gửi được qua trục từ cơ quan của khoá.")


class UnitOut(Named):
    """Một đơn vị trong cơ quan của khoá."""

    abbreviation: str = Field(examples=["P1"])


@router.get("/offices", response=Page[OfficeOut], summary="Tìm cơ quan")
def list_offices(request: ProgramRequest, response: HttpResponse, asked: Query[FindQuery]) -> Page[OfficeOut]:
    """Cơ quan đang hoạt động của toàn ngành, theo thứ tự `id`."""
    rows = directory.offices(asked.q, after=asked.after, limit=asked.wanted)
    return paged(request, response, rows, asked, show=_office, place=lambda one: (one.pk,))


@router.get("/offices/{pk}", response=OfficeOut, summary="Một cơ quan")
def get_office(request: ProgramRequest, pk: Id) -> OfficeOut:
    """Kể cả cơ quan đã sáp nhập, để đọc văn bản cũ."""
    found = queries.office(pk)
    if found.room_id != request.actor.room_id:
        raise NotFound("Không tìm thấy cơ quan này.")
    return _office(found)


def _office(one: "Office") -> OfficeOut:
    return OfficeOut(
        id=one.pk,
        name=one.name,
        short_name=one.short_name,
        code=one.code,
        identifier=one.identifier,
        level=Coded(code=one.level, name=one.get_level_display()),
        place=one.place,
        parent=Named(id=one.parent.pk, name=one.parent.name) if one.parent else None,
    )


@router.get("/agencies", response=list[AgencyOut], summary="Tìm cơ quan, đơn vị ngoài ngành")
def find_agencies(
    request: ProgramRequest, q: Annotated[str, Query(min_length=1, max_length=100)]
) -> list[AgencyOut]:
    """Theo danh sách liên thông: các chữ trong tên theo thứ tự bất kỳ, hoặc mã định danh; nhiều nhất 20."""
    if request.actor.room_id is not None:
        return []
    found = agencies.search(q)
    ways = connections.ways(request.actor.office, [one.id for one in found])
    return [
        AgencyOut(
            id=one.id,
            name=one.name,
            code=one.code,
            above=one.over,
            office_id=one.office_id,
            reached=one.id in ways,
        )
        for one in found
    ]


@router.get("/people", response=Page[PostOut], summary="Đồng nghiệp trong cơ quan")
def list_people(request: ProgramRequest, response: HttpResponse, asked: Query[FindQuery]) -> Page[PostOut]:
    """Mỗi dòng là một chức vụ; người giữ hai chức vụ có hai dòng. Không có người của cơ quan khác."""
    rows = directory.colleagues(request.actor, asked.q, after=asked.after, limit=asked.wanted)
    return paged(request, response, rows, asked, show=_post, place=lambda one: (one.pk,))


def _post(one: "Post") -> PostOut:
    return PostOut(
        person=Named(id=one.person_id, name=one.person.full_name),
        title=one.title,
        role=Coded(code=one.role, name=one.get_role_display()),
        unit=Named(id=one.unit.pk, name=one.unit.name) if one.unit else None,
    )


@router.get("/units", response=list[UnitOut], summary="Đơn vị trong cơ quan")
def list_units(request: ProgramRequest) -> list[UnitOut]:
    """Các phòng, bộ phận hiện có của cơ quan mà khoá làm việc."""
    found = queries.units_of(request.actor.office)
    return [UnitOut(id=one.pk, name=one.name, abbreviation=one.abbreviation) for one in found]


@router.get("/kinds", response=list[Coded], summary="Tên loại văn bản")
def list_kinds(request: ProgramRequest) -> list[Coded]:
    """Mã dùng trong trường `kind` khi vào sổ."""
    return [Coded(code=kind.code, name=kind.name) for kind in kinds.ALL]
