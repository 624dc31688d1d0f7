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
    "/outgoing/{pk}": ("issued",),
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
# For administrators only: whoever is none is told so, whether the id exists or not.
ADMINISTRATORS = "/webhooks/"
# Of everybody: the offices of the sector are no secret.
PUBLIC = {"/offices/{pk}"}
BODIES: dict[str, dict[str, Any]] = {
    "/incoming/{pk}/return": {"reason": "Văn bản gửi nhầm nơi nhận."},
    "/incoming/{pk}/present": {"leader_id": 1},
    "/incoming/{pk}/direct": {"text": "Đề nghị tham mưu."},
    "/incoming/{pk}/assign": {"lead": {"person_id": 1}},
    "/incoming/{pk}/finish": {"result": "Đã báo cáo trực tiếp Viện trưởng."},
    "/incoming/{pk}/instruct": {"text": "Đề nghị tham mưu."},
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
                refused = path.startswith(ADMINISTRATORS) and stranger != "administrator"
                assert answer[0] == (403 if refused else 404), said
                if path not in UNGUESSABLE:
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
