"""Accounts from the command line: the verbs of `organisations.actions`, done by the system for the account's office."""

from vanthu.kernel.actor import Actor
from vanthu.kernel.refusals import Conflict, NotFound
from vanthu.organisations import actions, directory, people, queries
from vanthu.organisations.models import Account, Office, Unit
from vanthu.organisations.people import Member


def members(office_name: str, text: str) -> list[Member]:
    """People with an account in one office, by typed words of their name."""
    return people.staff(Actor.for_system(find_office(office_name).pk), text)


def add(
    full_name: str, username: str, office_name: str, role: str, title: str, unit_name: str
) -> actions.Slip:
    """A new person with a post, and the slip that activates the account. Raises `Refusal`."""
    office = find_office(office_name)
    by = Actor.for_system(office.pk)
    unit = find_unit(office, unit_name) if unit_name else None
    account = actions.add_person(full_name, username, by=by)
    actions.give_post(account.pk, role=role, title=title, unit_id=unit.pk if unit else None, by=by)
    return actions.make_activation(account.pk, by=by)


def activate(username: str) -> actions.Slip:
    """A new slip for an account whose password was never chosen. Raises `Conflict` when it was."""
    account = find_account(username)
    if account.activated_at:
        raise Conflict(f"{username} was activated already. For a new password: vanthu user reset {username}")
    return actions.make_activation(account.pk, by=_system_for(account))


def reset(username: str) -> actions.Slip:
    """A slip for choosing a new password; until it is used, the old one stays good."""
    account = find_account(username)
    return actions.make_activation(account.pk, by=_system_for(account))


def lock(username: str) -> Account:
    account = find_account(username)
    return actions.lock(account.pk, by=_system_for(account))


def unlock(username: str) -> Account:
    account = find_account(username)
    return actions.unlock(account.pk, by=_system_for(account))


def find_account(username: str) -> Account:
    account = Account.objects.filter(username=username).first()
    if account is None:
        raise NotFound(f"There is no account {username}. `vanthu user list OFFICE` shows those of an office.")
    return account


def find_office(name: str) -> Office:
    """By its name, its short name, or typed words that only one office has."""
    exact = queries.find_office_by_name(name)
    found = [exact] if exact else directory.suggest_offices(name)
    if len(found) != 1:
        hint = ", ".join(office.short_name for office in found) or "none"
        raise NotFound(f"One office is wanted, {name!r} fits: {hint}.")
    return found[0]


def find_unit(office: Office, name: str) -> Unit:
    """By its name, short name or abbreviation."""
    units = queries.units_of(office.pk)
    for unit in units:
        if name.casefold() in {text.casefold() for text in (unit.name, unit.short_name, unit.abbreviation)}:
            return unit
    known = ", ".join(unit.abbreviation for unit in units)
    raise NotFound(f"{office.short_name} has no unit {name!r}. It has: {known}.")


def _system_for(account: Account) -> Actor:
    return Actor.for_system(queries.home_of(account.person_id) if account.person_id else None)
