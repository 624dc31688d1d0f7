"""Modules that are imported when they are first used: what makes PDF, DOCX and signatures costs seconds of a start."""

import importlib.util
import sys
from types import ModuleType


def later(name: str) -> ModuleType:
    """The module of this name, executed when something of it is first asked for; errors of its import come then.

    Its package is imported at once. For type checkers the caller imports it under `TYPE_CHECKING`.
    """
    known = sys.modules.get(name)
    if known is not None:
        return known
    spec = importlib.util.find_spec(name)
    if spec is None or spec.loader is None:
        raise ModuleNotFoundError(f"No module named {name!r}", name=name)
    spec.loader = importlib.util.LazyLoader(spec.loader)
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    package, _, last = name.rpartition(".")
    if package and not hasattr(sys.modules[package], last):
        setattr(sys.modules[package], last, module)
    return module
