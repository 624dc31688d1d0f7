"""The command `vanthu`: what an administrator does without a browser."""

import subprocess
import sys
from enum import StrEnum
from importlib import import_module
from typing import Annotated

import django
import typer
from django.conf import settings
from rich.console import Console
from rich.table import Table

from vanthu.kernel.refusals import Unavailable
from vanthu_tools import (
    edxml_commands,
    form_commands,
    reading_commands,
    running,
    services,
    signature_commands,
    user_commands,
)
from vanthu_tools.bench import agencies as agency_bench
from vanthu_tools.bench import commands as bench_commands
from vanthu_tools.bench.axis import commands as axis_bench_commands
from vanthu_tools.bench.measure import commands as measure_commands
from vanthu_tools.bench.signing import commands as signing_bench_commands
from vanthu_tools.greeting import greet, load_demonstration_once
from vanthu_tools.postgres import PrivatePostgres
from vanthu_tools.processes import Supervisor
from vanthu_tools.reading_bench import commands as reading_bench_commands
from vanthu_tools.reading_bench import speed as reading_speed
from vanthu_tools.simulators import commands as simulator_commands

app = typer.Typer(
    name="vanthu",
    no_args_is_help=True,
    rich_markup_mode="markdown",
    pretty_exceptions_enable=False,
    add_completion=False,
    help="""**Văn thư**: electronic document management (*quản lý văn bản và điều hành*) of the People's Procuracy.

Start with `vanthu up`. It needs nothing: the database, the web server and the background workers (*xử lý nền*)
run on this machine, filled with a demonstration sector (*ngành trình diễn*) of invented people.

A server names its database in `DATABASE_URL`, sets `VANTHU_MODE=production`, and runs `vanthu migrate`, `vanthu web`
and `vanthu worker` as services. docs/operating.md lists every variable.""",
)
app.add_typer(user_commands.app, name="user")
app.add_typer(simulator_commands.app, name="simulate")
app.add_typer(edxml_commands.app, name="edxml")
app.add_typer(signature_commands.app, name="signature")
app.command("read")(reading_commands.read)
app.command("form-check")(form_commands.form_check)
bench_commands.app.add_typer(measure_commands.app)
bench_commands.app.add_typer(agency_bench.app)
bench_commands.app.add_typer(signing_bench_commands.app)
bench_commands.app.add_typer(axis_bench_commands.app)
bench_commands.app.add_typer(reading_bench_commands.app)
bench_commands.app.add_typer(reading_speed.app)
app.add_typer(bench_commands.app, name="bench")
console = Console(highlight=False)

Host = Annotated[str, typer.Option(envvar="VANTHU_HOST", help="Address to listen on; 0.0.0.0 is every one.")]
Port = Annotated[
    int, typer.Option(envvar="VANTHU_PORT", help="Port of the web server; taken: the next free one.")
]


class Jobs(StrEnum):
    """Which jobs a worker takes."""

    ALL = "all"
    FILES = "files"
    READING = "reading"
    REST = "rest"


def main() -> None:
    app()


@app.command()
def up(host: Host = "127.0.0.1", port: Port = 8000) -> None:
    """Start everything on this machine and keep it running until Ctrl+C.

    Database, tables, demonstration sector (first start only), web server, two background workers, and the test
    authority that stamps times and answers for certificates (*chứng thực chữ ký số, cấp dấu thời gian*).
    """
    with running.database():
        port = running.free_port(port, host)
        address = f"http://localhost:{port}"
        supervisor = Supervisor(console.print)
        try:
            web, others = services.children(host, port)
            supervisor.start(web)  # it reads its modules while the tables are looked after
            get_ready()
            supervisor.listen()
            while not services.answers(address):
                if supervisor.wait(0.1):
                    return
            greet(console, address)
            supervisor.start(*others)
            supervisor.wait(float("inf"))
        finally:
            console.print("\nStopping …")
            supervisor.stop()


def get_ready() -> None:
    """Tables up to date, and on the first start the demonstration."""
    django.setup()
    if running.bring_tables_up_to_date():
        console.print("Tables are up to date.")
    cut_typeface()
    load_demonstration_once(console)
    running.leave_database()


def cut_typeface() -> None:
    """The typeface of visible signatures, made once; a machine without one can do everything but sign in words."""
    fonts = import_module("vanthu.signing.fonts")
    try:
        fonts.cut_faces()
    except Unavailable as refusal:
        console.print(refusal.message)


@app.command()
def web(host: Host = "127.0.0.1", port: Port = 8000) -> None:
    """Run only the web server (*máy chủ web*), as a service of the system does.

    `VANTHU_WEB_WORKERS` processes (2) with `VANTHU_WEB_THREADS` threads each (4).
    """
    with running.product():
        sys.exit(subprocess.call(services.web_command(host, port)))


@app.command()
def worker(
    only: Annotated[
        Jobs, typer.Option(help="`files`: page images, PDF, checks of files; `rest`: the others.")
    ] = Jobs.ALL,
) -> None:
    """Run only a background worker (*xử lý nền*): deliveries, page images, nightly checks."""
    with running.product():
        services.work(only)


@app.command()
def migrate() -> None:
    """Bring the tables up to date (*cập nhật cấu trúc dữ liệu*). Safe while the product runs."""
    with running.product():
        changed = running.bring_tables_up_to_date()
        cut_typeface()
        console.print("Tables are up to date." if changed else "There was nothing to do.")


@app.command()
def demo(
    anew: Annotated[
        bool, typer.Option("--anew", help="Throw the private database away first, and all that is in it.")
    ] = False,
) -> None:
    """Load the demonstration sector (*ngành trình diễn*) into an empty database."""
    if anew:
        if not running.uses_private_postgres():
            sys.exit("--anew throws away only the private database, and DATABASE_URL names another one.")
        running.private_postgres().remove()
    with running.product():
        running.bring_tables_up_to_date()
        if not load_demonstration_once(console):
            console.print("The database is not empty; nothing was loaded. `vanthu demo --anew` starts again.")


@app.command("check-ledger")
def check_ledger(
    office: Annotated[int | None, typer.Option(help="Number of one office; without it, every chain.")] = None,
) -> None:
    """Check that no row of the ledger (*nhật ký*) was changed or removed. Ends with status 1 if one was.

    Every row carries a hash (*giá trị băm*) of itself and of the row before it, one chain per office.
    """
    with running.product(), console.status("Reading the chains …"):
        problems = list(import_module("vanthu.kernel.ledger").check(office))
    if not problems:
        console.print("The ledger is intact.")
        return
    table = Table("Office", "Row", "What is wrong")
    for problem in problems:
        table.add_row(str(problem.office_id), str(problem.seq), problem.what)
    console.print(table)
    sys.exit(1)


@app.command("check-books")
def check_books(
    office: Annotated[int | None, typer.Option(help="Number of one office; without it, all books.")] = None,
) -> None:
    """Check that every register (*sổ đăng ký*) is continuous (*liên tục*). Ends with status 1 if one is not.

    Each number from the first to the last stands in its book exactly once. A worker does the same every night.
    """
    with running.product(), console.status("Reading the books …"):
        problems = import_module("vanthu.documents.proof").check_office(office)
    if not problems:
        console.print("Every book is continuous.")
        return
    table = Table("Office", "Book", "What is wrong")
    for problem in problems:
        table.add_row(str(problem.office_id), problem.book, problem.what)
    console.print(table)
    sys.exit(1)


@app.command(hidden=True)
def authority(port: int) -> None:
    """The test authority of the demonstration: time stamps, OCSP, revocation lists. Never for production."""
    with running.product():
        import_module("vanthu_tools.test_pki").serve(settings.PKI_DIR, port)


@app.command(hidden=True)
def forget() -> None:
    """Stop and remove the private databases, for `make clean`."""
    for name in ("postgres", "test-pg", "bench/postgres"):
        PrivatePostgres(running.var_folder() / name).remove()
