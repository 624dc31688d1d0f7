"""Writes docs/states.md anew from the tables of moves: `python -m vanthu_tools.state_diagrams`."""

import os
from importlib import import_module

import django


def main() -> None:
    """The tables stand beside models, which want Django's settings first."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    diagrams = import_module("vanthu_tools.diagrams")
    diagrams.PAGE.write_text(diagrams.page(), encoding="utf-8")


if __name__ == "__main__":
    main()
