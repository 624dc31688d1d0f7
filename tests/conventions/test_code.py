"""House rules that no linter knows, checked by looking."""

import ast
import inspect
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models

ROOT = Path(__file__).resolve().parents[2] / "src"
ROOMS = (
    "kernel", "organisations", "signing", "reading", "documents", "dossiers", "tasks", "calendar", "issuing",
    "exchange", "search",
)  # fmt: skip
HEIGHT = {room: place for place, room in enumerate(ROOMS)}
OWN = [model for model in apps.get_models() if model.__module__.startswith("vanthu.")]


def python_files(folder: str) -> Iterator[Path]:
    return (path for path in (ROOT / folder).rglob("*.py") if "migrations" not in path.parts)


@pytest.mark.parametrize("model", OWN, ids=lambda model: model.__name__)
def test_foreign_keys_point_down_and_have_no_way_back(model: type[models.Model]) -> None:
    for field in model._meta.get_fields():
        if not isinstance(field, models.ForeignKey) or field.name in ("user_ptr",):
            continue
        target = field.remote_field.model._meta.app_label
        assert HEIGHT[target] <= HEIGHT[model._meta.app_label], f"{model.__name__}.{field.name} points up"
        back = field.remote_field.related_name or ""
        inside = target == model._meta.app_label
        assert back.endswith("+") or inside, f"{model.__name__}.{field.name} needs related_name='+'"


@pytest.mark.parametrize("model", OWN, ids=lambda model: model.__name__)
def test_times_end_in_at_and_dates_in_on(model: type[models.Model]) -> None:
    for field in model._meta.get_fields():
        if field.name in ("last_login", "at", "on"):
            continue
        if isinstance(field, models.DateTimeField):
            assert field.name.endswith("_at"), f"{model.__name__}.{field.name}"
        elif isinstance(field, models.DateField):
            assert field.name.endswith("_on"), f"{model.__name__}.{field.name}"


@pytest.mark.parametrize("room", ["documents", "dossiers", "tasks", "calendar", "issuing"])
def test_verbs_name_who_acts(room: str) -> None:
    module = import_module(f"vanthu.{room}.actions")
    for name, function in inspect.getmembers(module, inspect.isfunction):
        if function.__module__ != module.__name__ or name.startswith("_") or name in NOT_VERBS:
            continue
        parameter = inspect.signature(function).parameters.get("by")
        assert parameter is not None, f"{room}.actions.{name} does not say who acts"


# what builds fields or rows for the verbs of the room and writes no act of its own; deliveries are the system's acts
NOT_VERBS = {
    "arrival_of", "arrival_values", "show_office", "deliver", "attach_file", "show", "record_review",
    "notation", "may_sign", "whose_turn",
}  # fmt: skip


def test_pages_never_touch_the_tables() -> None:
    for path in python_files("vanthu/web"):
        for node in ast.walk(ast.parse(path.read_text())):
            touched = isinstance(node, ast.Attribute) and node.attr == "objects"
            owner = getattr(getattr(node, "value", None), "id", "") if touched else ""
            assert not touched or owner == "UserSession", f"{path}: a page reads or writes {owner}.objects"


def test_no_module_is_a_drawer_for_everything() -> None:
    for path in python_files("."):
        assert path.stem not in ("utils", "helpers", "common", "misc"), path


def test_nobody_catches_everything() -> None:
    for path in python_files("vanthu"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.ExceptHandler):
                caught = getattr(node.type, "id", "") if node.type else "everything"
                assert caught not in ("Exception", "BaseException", "everything"), f"{path}:{node.lineno}"
