"""What reading adds to a file that is kept."""

from vanthu.kernel.files import actions, queries
from vanthu.kernel.files.contract import PDF
from vanthu.kernel.files.models import StoredFile
from vanthu.reading import apart


def count_pages(file: StoredFile) -> int:
    """The number of pages of a PDF (0 for other files), kept with the file; raises `Invalid` for a broken one."""
    if file.media_type != PDF:
        return 0
    if file.page_count is None:
        with queries.copy_of(file, "pages.pdf") as path:
            actions.count_pages(file, apart.page_count(path))
        file.refresh_from_db(fields=["page_count"])
    return file.page_count or 0
