"""Long registers: a row costs about 12 ms of one core, so a year's book is made beside the web server."""

import tempfile
from pathlib import Path
from uuid import UUID

from vanthu.kernel.files import actions, queries
from vanthu.kernel.files.contract import PDF
from vanthu.kernel.jobs import job
from vanthu.kernel.refusals import Refusal
from vanthu.organisations.queries import actor_of
from vanthu.web.books import making
from vanthu.web.books.orders import Order


@job(queue="books", retries=3)
def make_book(file_id: str, order: dict[str, str], account_id: int, office_id: int) -> None:
    """Make a register for the account that asked, with its rights of now; the file waits a day under `file_id`."""
    wanted, by = Order.from_json(order), actor_of(account_id, office_id)
    if queries.made_for(UUID(file_id), by):
        return
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "book.pdf"
        try:
            with place.open("wb") as target:
                making.write(wanted, making.rows_of(wanted, by), target, by=by)
        except Refusal as refusal:
            actions.give_up(UUID(file_id), wanted.name, refusal.message, by=by)
            return
        file = actions.store_bytes(place, PDF)
    actions.set_aside(UUID(file_id), file, wanted.name, by=by)
