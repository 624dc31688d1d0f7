"""The administrator sets the operating rules (quy chế) of the office; every change is a sentence of the ledger."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction

from vanthu.kernel import ledger
from vanthu.kernel.actor import Actor
from vanthu.kernel.calendar import today
from vanthu.kernel.refusals import Invalid
from vanthu.kernel.vietnamese import nfc
from vanthu.organisations import queries, rights, rules
from vanthu.organisations.models import OfficeRules
from vanthu.organisations.powers import Role


@transaction.atomic
def change_rules(
    changes: Mapping[str, Any], *, number: str, issued_on: date | None, by: Actor
) -> OfficeRules:
    """Set what the rules with this number and date say: {setting: value}, {power: roles} for who does a step.

    Whoever works there gets their rights anew; whose rights moved is told, and the head of the office of what gives
    more than the sector does. Raises `Invalid` (fields are the settings, `number`, `issued_on`).
    """
    by.require("administer")
    queries.hold_office(by.office)
    found = queries.rules_of(by.office)
    _check(changes, number, issued_on)
    differs = {
        name: (before, value)
        for name, value in changes.items()
        if _same(before := value_of(found, name)) != _same(value)
    }
    named = (found.rule_number, found.rule_on) != (nfc(number), issued_on)
    if not differs and not named:
        return found
    _set(found, {name: value for name, (_, value) in differs.items()})
    found.rule_number, found.rule_on = nfc(number), issued_on
    found.save()
    everybody = queries.valid_posts(office_id=by.office)
    rights.changed(post.person_id for post in everybody)
    sentence = _sentence(differs)
    basis = f"quy chế {found.rule_number} ngày {issued_on:%d/%m/%Y}"
    ledger.record(
        "organisations.rules_changed", found, by=by, changes=differs, note=f"áp dụng {basis}: {sentence}"
    )
    touched = frozenset[str]().union(*(rules.touched(name, *pair) for name, pair in differs.items()))
    if any(rules.widens(name, after) for name, (_, after) in differs.items()):
        touched |= {Role.HEAD}
    rights.tell(
        {post.person_id for post in everybody if post.role in touched},
        f"Theo {basis}: {sentence}.",
        by=by,
    )
    return found


def value_of(found: OfficeRules, name: str) -> Any:
    """What a setting, or the duty of this power, stands at."""
    return getattr(found, name) if hasattr(found, name) else list(rules.holders(found, name))


def _check(changes: Mapping[str, Any], number: str, issued_on: date | None) -> None:
    faults = rules.faults(changes)
    if not number.strip():
        faults["number"] = "Ghi số, ký hiệu của quy chế, ví dụ: 12/QC-VKS."
    if issued_on is None or issued_on > today():
        faults["issued_on"] = "Ghi ngày ban hành quy chế, không sau hôm nay."
    if faults:
        raise Invalid(fields=faults)


def _same(value: Any) -> Any:
    return sorted(value) if isinstance(value, list | tuple | set | frozenset) else value


def _set(found: OfficeRules, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        if hasattr(found, name):
            setattr(found, name, value)
        else:
            usual = next(duty.usual for duty in rules.DUTIES if duty.power == name)
            found.duties = {key: roles for key, roles in found.duties.items() if key != name}
            if set(value) != set(usual):
                found.duties[name] = sorted(value)


def _sentence(differs: Mapping[str, tuple[Any, Any]]) -> str:
    """What each setting is now; what gives more than the sector does is said to."""
    told = [
        rules.words(name, after)
        + (" (rộng hơn quy định chung của ngành)" if rules.widens(name, after) else "")
        for name, (_, after) in differs.items()
    ]
    return "; ".join(told) or "nội dung không đổi"
