"""A web process starts quickly: what makes PDF, DOCX and signatures is imported by whoever first needs it."""

import os
import subprocess
import sys

COSTLY = ("boto3", "docx", "fontTools", "openpyxl", "pikepdf", "pyhanko", "weasyprint", "zxingcpp")


def test_a_start_imports_nothing_costly() -> None:
    program = (
        "import sys, django; django.setup()\n"
        "from django.urls import get_resolver; get_resolver().reverse_dict\n"
        # a package that is only prepared has nothing below it
        f"print([name for name in {COSTLY!r} if any(one.startswith(name + '.') for one in sys.modules)])"
    )
    found = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, env=os.environ
    )
    assert found.stdout.strip() == "[]"
