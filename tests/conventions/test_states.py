import os
import subprocess
import sys

from vanthu.kernel.moves import Move
from vanthu_tools.diagrams import DIAGRAMS, PAGE, page


def test_the_page_of_diagrams_shows_the_tables() -> None:
    assert PAGE.read_text() == page(), "run python -m vanthu_tools.state_diagrams"


def test_arrows_lead_between_known_states() -> None:
    for _, moves, labels in DIAGRAMS:
        for move in moves.values():
            assert isinstance(move, Move)
            assert {move.target, *move.sources} <= set(labels)


def test_the_page_is_written_by_one_command() -> None:
    environment = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    before = PAGE.read_text()
    try:
        subprocess.run([sys.executable, "-m", "vanthu_tools.state_diagrams"], env=environment, check=True)
        assert PAGE.read_text() == page()
    finally:
        PAGE.write_text(before)
