"""`vanthu user …`: accounts (*tài khoản*) for an administrator at the server."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Annotated, Any

import typer
from django.utils.timezone import localtime
from rich.console import Console
from rich.table import Table

from vanthu_tools import running

app = typer.Typer(
    no_args_is_help=True,
    help="People and their accounts (*tài khoản*): add, list, activate, lock, unlock, reset a password.",
)
console = Console(highlight=False)
ROLES = "clerk, head, deputy, administration_head, unit_head, specialist, archivist, administrator, inspector"

Username = Annotated[str, typer.Argument(help="The name used for signing in (*tên đăng nhập*).")]
Site = Annotated[str, typer.Option(help="Address of the site, for the link.", envvar="VANTHU_SITE")]


@contextmanager
def accounts() -> Iterator[ModuleType]:
    """The module that does it, with a database; a refusal becomes one line and status 1."""
    with running.product():
        from vanthu.kernel.refusals import Invalid, Refusal  # noqa: PLC0415 - Django is ready only now
        from vanthu_tools import users  # noqa: PLC0415

        try:
            yield users
        except Invalid as refusal:
            sys.exit("\n".join([*refusal.fields.values()] or [refusal.message]))
        except Refusal as refusal:
            sys.exit(refusal.message)


@app.command("list")
def list_accounts(
    office: Annotated[str, typer.Argument(help="Name or short name of the office (*cơ quan*).")],
    name: Annotated[str, typer.Option(help="Only people whose name holds these words.")] = "",
) -> None:
    """Show the accounts of one office: sign-in name, person, posts, state."""
    table = Table("User name", "Person", "Posts", "State")
    with accounts() as users:
        for member in users.members(office, name):
            state = "locked" if not member.account.is_active else "active"
            if member.account.activated_at is None and member.account.is_active:
                state = "waits for activation"
            posts = "; ".join(f"{post.title} ({post.role})" for post in member.posts)
            table.add_row(member.account.username, member.person.full_name, posts, state)
    console.print(table)


@app.command()
def add(
    full_name: Annotated[str, typer.Argument(help="Full name (*họ và tên*), with diacritics.")],
    username: Username,
    office: Annotated[str, typer.Option(help="Name or short name of the office (*cơ quan*).")],
    title: Annotated[str, typer.Option(help="Title as it is signed (*chức vụ*): Kiểm sát viên.")],
    role: Annotated[str, typer.Option(help=f"What the post may do (*vai trò*): {ROLES}.")] = "specialist",
    unit: Annotated[str, typer.Option(help="Unit (*đơn vị*) by name or abbreviation: P1.")] = "",
    site: Site = "http://localhost:8000",
) -> None:
    """Add a person with a post, and print the link with which they choose their password."""
    with accounts() as users:
        tell_link(users.add(full_name, username, office, role, title, unit), site)


@app.command()
def activate(username: Username, site: Site = "http://localhost:8000") -> None:
    """Print a link for choosing the first password (*phiếu kích hoạt*). Links printed before stop working."""
    with accounts() as users:
        tell_link(users.activate(username), site)


@app.command()
def reset(username: Username, site: Site = "http://localhost:8000") -> None:
    """Print a link for choosing a new password (*đặt lại mật khẩu*)."""
    with accounts() as users:
        tell_link(users.reset(username), site)


@app.command()
def lock(username: Username) -> None:
    """Lock an account (*khóa tài khoản*): it cannot sign in, and open sessions end."""
    with accounts() as users:
        users.lock(username)
        console.print(f"{username} is locked.")


@app.command()
def unlock(username: Username) -> None:
    """Let an account sign in again (*mở khóa tài khoản*) with its old password."""
    with accounts() as users:
        users.unlock(username)
        console.print(f"{username} may sign in again.")


def tell_link(slip: Any, site: str) -> None:
    from django.urls import reverse  # noqa: PLC0415 - Django is ready only now

    until = localtime(slip.activation.expires_at)
    console.print(site.rstrip("/") + reverse("activate", args=[slip.token]), soft_wrap=True)
    console.print(f"The link works once, until {until:%d/%m/%Y %H:%M}. Give it to nobody else.")
