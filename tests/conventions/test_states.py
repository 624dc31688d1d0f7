from vanthu.kernel.moves import Move
from vanthu_tools.state_diagrams import DIAGRAMS, PAGE, page


def test_the_page_of_diagrams_shows_the_tables() -> None:
    assert PAGE.read_text() == page(), "run python -m vanthu_tools.state_diagrams"


def test_arrows_lead_between_known_states() -> None:
    for _, moves, labels in DIAGRAMS:
        for move in moves.values():
            assert isinstance(move, Move)
            assert {move.target, *move.sources} <= set(labels)
