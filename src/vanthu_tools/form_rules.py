"""Writes the table of rules in docs/form-check.md anew: `python -m vanthu_tools.form_rules`."""

from pathlib import Path

from vanthu.reading.form.catalogue import RULES

PAGE = Path(__file__).parents[2] / "docs/form-check.md"
BEGIN, END = "<!-- rules -->\n", "<!-- end of rules -->\n"


def page() -> str:
    """The page with the table of rules as they are in the program."""
    head, _, rest = PAGE.read_text(encoding="utf-8").partition(BEGIN)
    _, _, tail = rest.partition(END)
    lines = ["| Rule | Level | What it asks | Where the law says it |", "|---|---|---|---|"]
    lines += [f"| `{one.id}` | {one.level} | {one.asks} | {one.basis} |" for one in RULES.values()]
    return f"{head}{BEGIN}\n" + "\n".join(lines) + f"\n\n{END}{tail}"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
