"""Every address with ids, knocked at by strangers: what is not theirs answers as what is not there, byte by byte."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.api.programs import Program
from tests.cast import World
from tests.conventions.gates import Sector, make_sector
from vanthu.organisations.tokens import SCOPES
from vanthu.web.api.urls import api

MISSING = 987_654_321
PREFIX = "/api/v1"

# What an id in an address names: the objects of the gate table, and {where in the object's arguments}.
OBJECTS: dict[str, tuple[str, ...]] = {
    "/incoming/{pk}": ("waiting", "registered", "presented", "directed", "assigned"),
    "/incoming/{pk}/receive": ("waiting",),
    "/incoming/{pk}/return": ("waiting",),
    "/incoming/{pk}/present": ("registered",),
    "/incoming/{pk}/direct": ("presented",),
    "/incoming/{pk}/tasks": ("assigned",),
    "/incoming/{pk}/assign": ("directed",),
    "/incoming/{pk}/finish": ("assigned",),
    "/incoming/{pk}/read": ("to read",),
    "/incoming/{pk}/instruct": ("registered",),
    "/incoming/{pk}/recall": ("recalled",),
    "/incoming/{pk}/relations": ("registered",),
    "/tasks/{pk}": ("work", "unit work"),
    "/tasks/{pk}/parts": ("work",),
    "/tasks/{pk}/progress": ("work",),
    "/tasks/{pk}/report": ("work",),
    "/tasks/{pk}/accept": ("reported work",),
    "/tasks/{pk}/send-back": ("reported work",),
    "/tasks/{pk}/return": ("work",),
    "/tasks/{pk}/give-again": ("returned work",),
    "/tasks/{pk}/withdraw": ("work",),
    "/tasks/{pk}/extension": ("work",),
    "/tasks/{pk}/extension/answer": ("asked work",),
    "/tasks/{pk}/chase": ("late work",),
    "/tasks/{pk}/read": ("work",),
    "/outgoing/{pk}": ("issued",),
    "/outgoing/{pk}/recall": ("issued",),
    "/outgoing/{pk}/relations": ("issued",),
    "/outgoing/{pk}/correct": ("issued",),
    "/outgoing/{pk}/replace": ("issued",),
    "/outgoing/{pk}/deliveries/{delivery_id}/resend": ("delivery",),
    "/drafts/{pk}": ("draft", "submitted", "checked", "to sign", "signed", "numbered"),
    "/drafts/{pk}/versions": ("draft",),
    "/drafts/{pk}/attachments": ("draft",),
    "/drafts/{pk}/submit": ("draft",),
    "/drafts/{pk}/take-back": ("submitted",),
    "/drafts/{pk}/withdraw": ("draft",),
    "/drafts/{pk}/content": ("submitted",),
    "/drafts/{pk}/form": ("checked",),
    "/drafts/{pk}/return": ("submitted",),
    "/drafts/{pk}/comment": ("submitted",),
    "/drafts/{pk}/opinions": ("asked",),
    "/drafts/{pk}/opinions/{opinion_id}/answer": ("opinion",),
    "/books/{pk}": ("own book",),
    "/numbers/{pk}/dispatch": ("paper",),
    "/numbers/{pk}/void": ("paper",),
    "/numbers/held/{pk}/take-over": ("colleague's number",),
    "/numbers/held/{pk}/void": ("held number",),
    "/dossier-plans/{pk}": ("plan", "drafting plan"),
    "/appointments/{pk}": ("own appointment", "appointment"),
    "/appointments/{pk}/change": ("own appointment",),
    "/appointments/{pk}/cancel": ("own appointment",),
    "/dossiers/{pk}": ("open dossier", "closed dossier"),
    "/dossiers/{pk}/items": ("open dossier",),
    "/dossiers/{pk}/close": ("open dossier",),
    "/dossiers/{pk}/reopen": ("closed dossier",),
    "/dossiers/{pk}/hand-over": ("closed dossier",),
    "/uploads/{pk}": ("upload",),
    "/files/{pk}": ("file", "version file"),
    "/webhooks/{pk}": ("webhook elsewhere",),
    "/webhooks/{pk}/deliveries": ("webhook elsewhere",),
    "/webhooks/{pk}/deliveries/{delivery_id}/replay": ("delivery of webhook elsewhere",),
}
# Ids of 122 random bits: nobody finds one by measuring how long its refusal takes.
UNGUESSABLE = {"/files/{pk}"}
# That colleagues are busy is no secret in an office, only what with: who is not told may measure that much.
AMONG_COLLEAGUES = ("/appointments/",)
# For holders of a power only: whoever has it not is told so, whether the id exists or not.
HOLDERS = {
    "/webhooks/": {"administrator"},
    "/books/": {"region_clerk", "region_head"},
    "/numbers/held/": {"region_clerk"},
    "/dossier-plans/": {"region_clerk", "region_head"},
}
# Of everybody: the offices of the sector are no secret.
PUBLIC = {"/offices/{pk}"}
WHY = {"reason": "Ghi nhầm đơn vị, đề nghị làm lại."}
BODIES: dict[str, dict[str, Any]] = {
    "/incoming/{pk}/return": {"reason": "Văn bản gửi nhầm nơi nhận."},
    "/incoming/{pk}/present": {"leader_id": 1},
    "/incoming/{pk}/direct": {"text": "Đề nghị tham mưu."},
    "/incoming/{pk}/assign": {"lead": {"person_id": 1}},
    "/incoming/{pk}/finish": {"result": "Đã báo cáo trực tiếp Viện trưởng."},
    "/incoming/{pk}/instruct": {"text": "Đề nghị tham mưu."},
    "/incoming/{pk}/recall": {"paper": "none"},
    "/tasks/{pk}/parts": {"title": "Tổng hợp số liệu", "assignee": {"person_id": 1}},
    "/tasks/{pk}/progress": {"text": "Đã có số liệu"},
    "/tasks/{pk}/report": {"text": "Đã báo cáo"},
    "/tasks/{pk}/send-back": WHY,
    "/tasks/{pk}/return": WHY,
    "/tasks/{pk}/withdraw": WHY,
    "/tasks/{pk}/extension": {"until_on": "2099-12-31", **WHY},
    "/tasks/{pk}/extension/answer": {"until_on": "2099-12-31"},
    "/tasks/{pk}/chase": {"grade": 1},
    "/outgoing/{pk}/recall": {"basis": "Điều 18 Nghị định 30/2020/NĐ-CP", "ordered_by": 1, **WHY},
    "/drafts/{pk}/opinions": {"asked": [{"unit_id": 1}], "due_on": "2099-12-31"},
    "/drafts/{pk}/opinions/{opinion_id}/answer": {"answer": "agree"},
    "/numbers/{pk}/void": WHY,
    "/numbers/held/{pk}/void": WHY,
    "/appointments/{pk}/change": {
        "subject": "Làm việc với đơn vị",
        "starts_at": "2027-01-05T08:00:00+07:00",
        "ends_at": "2027-01-05T09:00:00+07:00",
    },
    "/appointments/{pk}/cancel": WHY,
    "/drafts/{pk}/attachments": {"upload": "00000000-0000-4000-8000-000000000000"},
    "/drafts/{pk}/return": {"text": "Bổ sung căn cứ pháp lý"},
    "/drafts/{pk}/comment": {"text": "Bổ sung căn cứ pháp lý"},
    "/dossiers/{pk}/items": {"kind": "in", "id": 1},
}


def operations() -> list[tuple[str, str, dict[str, Any]]]:
    """(method, path below the root, operation) of everything that the interface describes."""
    schema = api.get_openapi_schema(path_prefix=f"{PREFIX}/")
    return [
        (method, path.removeprefix(PREFIX), operation)
        for path, methods in schema["paths"].items()
        for method, operation in methods.items()
    ]


def with_ids() -> list[tuple[str, str]]:
    return [(method, path) for method, path, _ in operations() if "{" in path and path not in PUBLIC]


def knock(program: Program, method: str, path: str, ids: tuple[Any, ...]) -> tuple[int, bytes]:
    filled = path
    for one in ids:
        filled = re.sub(r"\{\w+\}", str(one), filled, count=1)
    if method == "get":
        response = program.get(filled)
    elif method == "delete":
        response = program.delete(filled)
    else:
        response = program.post(filled, BODIES.get(path))
    return response.status_code, response.content


def missing(ids: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple(MISSING if isinstance(one, int) else "00000000-0000-4000-8000-000000000000" for one in ids)


def test_the_table_is_whole() -> None:
    assert {path for _, path in with_ids()} == set(OBJECTS)


@pytest.mark.django_db
def test_what_is_not_mine_is_not_there(signing_world: World) -> None:
    sector: Sector = make_sector(signing_world)
    for stranger in ("region_clerk", "region_head", "administrator"):
        program = Program.of(signing_world, stranger)
        program.get("/me")  # warm: actor and last use
        for method, path in with_ids():
            for thing in OBJECTS[path]:
                ids = sector.args[thing]
                with CaptureQueriesContext(connection) as there:
                    answer = knock(program, method, path, ids)
                with CaptureQueriesContext(connection) as nowhere:
                    other = knock(program, method, path, missing(ids))
                said = f"{stranger}: {method} {path} {thing}"
                assert answer == other, said
                refused = any(path.startswith(one) and stranger not in HOLDERS[one] for one in HOLDERS)
                assert answer[0] == (403 if refused else 404), said
                near = stranger == "administrator" and path.startswith(AMONG_COLLEAGUES)
                if path not in UNGUESSABLE and not near:
                    assert len(there) == len(nowhere), f"{said} takes more or fewer statements than nothing"


@pytest.mark.django_db
def test_without_a_good_key_everything_is_401(world: World) -> None:
    for key in ("", "vt_0000000000_wrong"):
        for method, path, operation in operations():
            if operation["operationId"] == "issue_access_token":
                continue
            status, _ = knock(Program(key), method, path, (1, 1))
            assert status == 401, f"{method} {path}"


def test_every_write_needs_a_scope_of_its_own_and_a_key() -> None:
    writing = {scope.name for scope in SCOPES} - {"read"}
    for method, path, operation in operations():
        if operation["operationId"] == "issue_access_token":
            continue
        named = re.search(r"Phạm vi của khoá: `(\w+)`", operation["description"])
        assert named is not None, f"{method} {path}"
        reading = method == "get" and not path.startswith("/webhooks")
        assert (named[1] in writing) == (not reading), f"{method} {path}"
        headers = {one["name"] for one in operation["parameters"] if one["in"] == "header"}
        assert ("Idempotency-Key" in headers) == (method != "get"), f"{method} {path}"


@pytest.mark.django_db
def test_every_write_is_refused_without_the_key(world: World) -> None:
    program = Program.of(world, "clerk")
    for method, path, operation in operations():
        if method == "get" or operation["operationId"] == "issue_access_token":
            continue
        filled = re.sub(r"\{\w+\}", "1", path)
        none = {"Idempotency-Key": ""}
        response = program.delete(filled, **none) if method == "delete" else program.post(filled, key="")
        assert response.status_code == 400, path
        assert response.json()["code"] == "idempotency_key_needed"


def test_every_operation_has_a_name_of_its_own_and_reads_well() -> None:
    names = [operation["operationId"] for _, _, operation in operations()]
    assert len(names) == len(set(names))
    for method, path, operation in operations():
        assert operation["summary"] != operation["operationId"].title().replace("_", " "), f"{method} {path}"
        assert operation["description"]
        assert operation["tags"]
