"""A folder of files of its own, and a document with a file."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from vanthu.documents import actions as documents
from vanthu.kernel.files import actions as files


@pytest.fixture(autouse=True)
def place(settings: Any, tmp_path: Path) -> Path:
    """Files of this test."""
    settings.FILES_S3_BUCKET, settings.FILES_DIR, settings.VAR_DIR = "", tmp_path / "files", tmp_path
    return tmp_path


@pytest.fixture
def attach_pdf() -> Callable[[int], None]:
    """Gives a document a main PDF that nobody signed."""

    def attach(document_id: int) -> None:
        page = io.BytesIO()
        with pikepdf.new() as paper:
            paper.add_blank_page()
            paper.save(page)
        stored = files.store_bytes(page.getvalue(), "application/pdf")
        documents.attach_file(document_id, stored, role="main", name="van-ban.pdf")

    return attach
