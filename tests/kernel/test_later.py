"""A module that is imported when it is first used."""

import sys
from pathlib import Path

import pytest

from vanthu.kernel.later import later


@pytest.fixture
def costly(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    (tmp_path / "costly_package").mkdir()
    (tmp_path / "costly_package/__init__.py").write_text("")
    (tmp_path / "costly_package/work.py").write_text("import sys\nsys.costly = True\nprice = 3\n")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(sys, "costly", False, raising=False)
    monkeypatch.delitem(sys.modules, "costly_package", raising=False)
    return "costly_package.work"


def test_it_is_executed_at_its_first_use(costly: str) -> None:
    work = later(costly)
    assert not sys.costly  # type: ignore[attr-defined]
    assert work.price == 3
    assert sys.costly  # type: ignore[attr-defined]
    assert later(costly) is sys.modules[costly] is work
    from costly_package import work as again  # type: ignore[import-not-found] # noqa: PLC0415

    assert again is work


def test_a_name_that_is_no_module_is_refused_at_once() -> None:
    with pytest.raises(ModuleNotFoundError):
        later("vanthu.kernel.nothing_of_this_name")
