"""Forms of pages: what is missing is said by the server, in Vietnamese, beside the field and on top."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = ROOT / "src/vanthu/web/templates"
_FORM = re.compile(r'<form\b[^>]*method="post"[^>]*>.*?</form>', re.DOTALL)
# A browser's own check would stop a click without a word where a combobox hides its field. These have no such field:
# one keeps its words beside the signature, one asks the device before anything is sent.
OWN_CHECK = ("shell/guide/", "issuing/sign.html", "mfa/webauthn/add_form.html")


def test_no_form_with_fields_is_checked_by_the_browser() -> None:
    checked = 0
    for path in sorted(TEMPLATES.rglob("*.html")):
        name = path.relative_to(TEMPLATES).as_posix()
        if name.startswith(OWN_CHECK):
            continue
        for form in _FORM.findall(path.read_text()):
            if "{% field " in form or 'data-island="combobox"' in form:
                assert "novalidate" in form.partition(">")[0], f"{name}: {form[:90]}"
                checked += 1
    assert checked > 40  # the pattern still finds them
