"""Certificates without value for the invented people and offices of a room of practice."""

from collections.abc import Mapping

from vanthu.kernel.actor import SYSTEM
from vanthu.signing import actions
from vanthu.signing.actions import Enrolment
from vanthu.signing.providers import practice_key
from vanthu.signing.states import HolderKind


def enrol(*, people: Mapping[int, str], offices: Mapping[int, str]) -> int:
    """Let them sign in practice: {id: name} of people and of offices; returns how many certificates were made."""
    holders = [(HolderKind.PERSON, pk, name) for pk, name in people.items()]
    holders += [(HolderKind.OFFICE, pk, name) for pk, name in offices.items()]
    return actions.enrol((_enrolment(kind, pk, name) for kind, pk, name in holders), by=SYSTEM)


def _enrolment(kind: HolderKind, pk: int, name: str) -> Enrolment:
    certificate = practice_key.certificate(name, name)
    return Enrolment(kind, pk, certificate, practice_key.NAME, name)
