"""`vanthu simulate …`: stand-ins of signing devices and of the axis, for the demonstration and for tests only."""

import sys
import threading
from importlib import import_module
from pathlib import Path
from typing import Annotated

import typer
from django.conf import settings
from rich.console import Console

from vanthu_tools import running

app = typer.Typer(
    no_args_is_help=True,
    help="Stand-ins of signing devices (*mô phỏng thiết bị ký*) and of the axis (*trục liên thông*).",
)
console = Console(highlight=False)


@app.command()
def agent(
    account: Annotated[str, typer.Argument(help="Whose key device is plugged in: a name for signing in.")],
    port: Annotated[int, typer.Option(help="Port on 127.0.0.1; the product asks at 8987.")] = 8987,
) -> None:
    """The government's signing program on a computer (*chương trình ký trên máy tính*, VGCA Sign Service).

    Enrols a test certificate for the person, and for their office's seal where they are its clerk, then waits for
    the browser until Ctrl+C. Open https://127.0.0.1:8987 once and accept the certificate.
    """
    with running.product():
        if not settings.DEMO:
            sys.exit("A stand-in signs only in the demonstration.")
        plugged = import_module("vanthu_tools.simulators.plugging")
        program = import_module("vanthu_tools.simulators.agent")
        try:
            made = plugged.agent_of(account)
        except LookupError as missing:
            sys.exit(str(missing))
    console.print(
        f"Waiting at wss://127.0.0.1:{port} with the key device of [b]{made.person.name}[/b]"
        f"{f' and of [b]{made.office.name}[/b]' if made.office else ''}."
    )
    program.serve(made, program.own_certificate(settings.PKI_DIR), port)


Accounts = Annotated[
    list[str], typer.Argument(help="Who gets a key on a phone: names for signing in (*tên đăng nhập*).")
]


@app.command()
def smartca(accounts: Accounts) -> None:
    """VNPT SmartCA (*ký số từ xa trên điện thoại*): the service, and a page that stands in for the phones.

    Enrols a test certificate for each person, then serves until Ctrl+C.
    """
    _serve_phones("smartca", accounts)


@app.command()
def mysign(accounts: Accounts) -> None:
    """Viettel MySign (*ký số từ xa trên điện thoại*): the service, and a page that stands in for the phones.

    Enrols a test certificate for each person, then serves until Ctrl+C.
    """
    _serve_phones("mysign", accounts)


def _serve_phones(device: str, accounts: list[str]) -> None:
    with running.product():
        if not settings.DEMO:
            sys.exit("A stand-in signs only in the demonstration.")
        handing = import_module("vanthu_tools.simulators.handing")
        port = import_module(f"vanthu_tools.simulators.{device}").PORT
        try:
            names = handing.hand_out(device, accounts)
        except LookupError as missing:
            sys.exit(str(missing))
        service = handing.service(device)
    console.print(f"The phones of [b]{', '.join(names)}[/b] are at http://127.0.0.1:{port}/ until Ctrl+C.")
    service.serve(port)


@app.command()
def axis(
    system: Annotated[
        list[str], typer.Option(help="A registered system: id, secret, codes: `H05:bi-mat:H05.13,H05.18`.")
    ],
    port: Annotated[int, typer.Option(help="Port on 127.0.0.1.")] = 8190,
    faults: Annotated[
        str, typer.Option(help="Faults by name, with commas between: lost,truncated,error…")
    ] = "",
    every: Annotated[int, typer.Option(help="A fault in every so many calls.")] = 0,
    share: Annotated[float, typer.Option(help="Or in this share of calls, 0 to 1.")] = 0,
    seed: Annotated[int, typer.Option(help="What chance begins with: the same seed, the same faults.")] = 1,
    seconds: Annotated[float, typer.Option(help="How long a slow answer waits.")] = 90,
    agencies: Annotated[int, typer.Option(help="Bodies on its list besides those of the systems.")] = 0,
    folder: Annotated[
        Path | None, typer.Option(help="Where packets lie; otherwise they go when it ends.")
    ] = None,
) -> None:
    """The national axis (*trục liên thông văn bản quốc gia*): its REST interface, and two provincial ones.

    Provincial hubs of the kinds `header` and `oauth` are at the same address. Serves until Ctrl+C.
    """
    simulator = import_module("vanthu_tools.simulators.axis")
    facades = import_module("vanthu_tools.simulators.axis_facades")
    store = import_module("vanthu_tools.simulators.axis_store").Store(folder)
    misbehaving = import_module("vanthu_tools.simulators.axis_faults").Faults
    try:
        chosen = [one.strip() for one in faults.split(",") if one.strip()]
        made = simulator.Axis(
            store, misbehaving(chosen, every=every, share=share, seed=seed, seconds=seconds)
        )
    except ValueError as wrong:
        sys.exit(str(wrong))
    for one in system:
        parts = one.split(":")
        if len(parts) != 3:
            sys.exit(f"{one} is not id:secret:codes.")
        name, secret, codes = parts
        store.add(name, secret, {code: f"Cơ quan {code}" for code in codes.split(",")})
    store.fill(agencies)
    facades.HeaderDoor(made)
    facades.OAuthDoor(made)
    console.print(f"The axis is at {made.start(port)} until Ctrl+C.")
    try:
        threading.Event().wait()
    except KeyboardInterrupt:
        made.stop()
