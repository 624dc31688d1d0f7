"""The user manual names every page that people open, by the title that the page has."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = ROOT / "src/vanthu/web/templates"
MANUAL = ROOT / "docs/manual"
# Not for people of an office: what the team looks at, a server in trouble, a frame of other pages.
NOT_FOR_PEOPLE = ("shell/guide/", "shell/styleguide.html", "shell/500.html")
_TITLE = re.compile(r"{% block title %}(.*?){% endblock", re.DOTALL)
_MARKS = re.compile(r"[*`_]|\s+")


def plain(text: str) -> str:
    """Words without Markdown, in one line of small letters."""
    return " ".join(_MARKS.sub(" ", text).split()).lower()


def titles() -> dict[str, str]:
    """{template: the fixed words that its title begins with}, of every page."""
    found = {}
    for path in sorted(TEMPLATES.rglob("*.html")):
        name, text = path.relative_to(TEMPLATES).as_posix(), path.read_text()
        match = _TITLE.search(text)
        if match and "{% extends" in text and not name.startswith(NOT_FOR_PEOPLE):
            words = plain(re.split(r"{[{%]", match[1])[0]).rstrip(" :·")
            if words:
                found[name] = words
    return found


def test_every_page_is_in_the_manual() -> None:
    manual = plain("\n".join(path.read_text() for path in sorted(MANUAL.glob("*.md"))))
    known = titles()
    assert len(known) > 60
    missing = {name: words for name, words in known.items() if words not in manual}
    assert not missing, f"docs/manual does not name these pages: {missing}"


def test_every_picture_is_shown() -> None:
    shown = {
        name for path in MANUAL.glob("*.md") for name in re.findall(r"pictures/([\w.-]+)", path.read_text())
    }
    assert shown == {path.name for path in (MANUAL / "pictures").iterdir()}


def test_links_lead_somewhere() -> None:
    for path in MANUAL.glob("*.md"):
        for target in re.findall(r"\]\(([\w./-]+\.md)(?:#[^)]*)?\)", path.read_text()):
            assert Path(path.parent, target).exists(), f"{path.name}: {target}"
