"""What a typing field offers: {"items": [{id, label, detail, mark}]}, the likely ones first."""

from collections.abc import Iterable, Mapping

from django.http import JsonResponse
from django.views.decorators.http import require_GET

from vanthu.documents import queries as documents
from vanthu.dossiers import queries as dossiers
from vanthu.exchange import connections
from vanthu.kernel.actor import Actor
from vanthu.organisations import agencies, change_queries, directory
from vanthu.organisations import queries as organisations
from vanthu.organisations.names import key_of
from vanthu.web.issuing.receivers import body_value
from vanthu.web.shell.requests import SignedRequest


def _answer(items: Iterable[Mapping[str, object]]) -> JsonResponse:
    return JsonResponse({"items": list(items)})


@require_GET
def suggest_issuers(request: SignedRequest) -> JsonResponse:
    """Bodies that issue documents: offices of the sector with their id, then others that wrote to this office."""
    typed = request.GET.get("q", "")
    offices = directory.suggest_offices(typed, room_id=request.actor.room_id, near=request.actor.office_id)
    known = {office.name for office in offices}
    others = [name for name in documents.suggest_issuers(typed, request.actor) if name not in known]
    return _answer(
        [
            *({"id": office.pk, "label": office.name, "detail": office.province} for office in offices),
            *({"id": "", "label": name, "detail": "đã gửi văn bản trước đây"} for name in others),
        ]
    )


@require_GET
def suggest_offices(request: SignedRequest) -> JsonResponse:
    """Offices of the sector, to send to; by a name of the past the office that has its work today, which is said."""
    return _answer(_offices(request.GET.get("q", ""), request.actor))


@require_GET
def suggest_receivers(request: SignedRequest) -> JsonResponse:
    """Who a document may go to: offices of the sector, then bodies outside by name or code with the way to them."""
    typed, by = request.GET.get("q", ""), request.actor
    offices = _offices(typed, by)
    found = agencies.search(typed, limit=12) if by.room_id is None else []
    ours = organisations.offices_by_ids(one.office_id for one in found if one.office_id)
    known = {one["id"] for one in offices} | {by.office_id}
    ways = connections.ways(by.office, [one.id for one in found if not one.office_id])
    return _answer(
        [
            *(one | {"group": "Trong ngành"} for one in offices),
            *(
                {"id": pk, "label": one.name, "detail": one.province, "group": "Trong ngành"}
                for pk, one in ours.items()
                if pk not in known
            ),
            *(
                {
                    "id": body_value(one.id),
                    "label": one.name,
                    "detail": " · ".join(filter(None, [one.code, _way(one.id in ways), one.over])),
                    "group": "Ngoài ngành",
                }
                for one in found
                if not one.office_id
            ),
        ]
    )


def _way(reached: bool) -> str:
    return "qua trục" if reached else "chưa nối trục – gửi giấy"


def _offices(typed: str, by: Actor) -> list[dict[str, object]]:
    offices = directory.suggest_offices(typed, room_id=by.room_id, near=by.office_id, limit=12)
    known = {office.pk for office in offices} | {by.office_id}
    former = {
        one.office.pk: (one.office.name, f"kế thừa {one.former} (đến {one.until_on:%d/%m/%Y})")
        for one in change_queries.suggest_former(typed, room_id=by.room_id)
        if one.office.pk not in known
    }
    return [
        *(
            {"id": office.pk, "label": office.name, "detail": office.province}
            for office in offices
            if office.pk != by.office_id
        ),
        *({"id": pk, "label": name, "detail": said} for pk, (name, said) in former.items()),
    ]


@require_GET
def suggest_signers(request: SignedRequest) -> JsonResponse:
    """People who signed documents of an issuer (`issuer`) before."""
    pairs = documents.suggest_signers(request.GET.get("q", ""), request.GET.get("issuer", ""), request.actor)
    return _answer({"id": name, "label": name, "detail": title} for name, title in pairs)


@require_GET
def suggest_kinds(request: SignedRequest) -> JsonResponse:
    """Kinds of documents by name or abbreviation."""
    kinds = documents.suggest_kinds(request.GET.get("q", ""))
    return _answer({"id": kind.code, "label": kind.name, "mark": kind.abbreviation} for kind in kinds)


@require_GET
def suggest_people(request: SignedRequest) -> JsonResponse:
    """People of the office, with their posts."""
    posts = directory.suggest_people(request.GET.get("q", ""), office_id=request.actor.office)
    return _answer(
        {
            "id": f"p{post.person_id}",
            "label": post.person.full_name,
            "detail": " · ".join(filter(None, [post.title, post.unit.short_name if post.unit else ""])),
        }
        for post in posts
    )


@require_GET
def suggest_assignees(request: SignedRequest) -> JsonResponse:
    """Units and people of the office to whom work is given: ids are u<unit> and p<person>."""
    typed = key_of(request.GET.get("q", "")).split()
    units = [
        unit
        for unit in organisations.units_of(request.actor.office)
        if all(
            f" {word}" in f" {key_of(f'{unit.name} {unit.short_name} {unit.abbreviation}')}" for word in typed
        )
    ]
    posts = directory.suggest_people(request.GET.get("q", ""), office_id=request.actor.office)
    return _answer(
        [
            *({"id": f"u{unit.pk}", "label": unit.short_name, "mark": unit.abbreviation} for unit in units),
            *(
                {"id": f"p{post.person_id}", "label": post.person.full_name, "detail": post.title}
                for post in posts
            ),
        ]
    )


@require_GET
def suggest_dossiers(request: SignedRequest) -> JsonResponse:
    """Open dossiers that the person keeps."""
    found = dossiers.suggest_dossiers(request.GET.get("q", ""), request.actor)
    return _answer({"id": one.pk, "label": one.title, "mark": one.notation} for one in found)
