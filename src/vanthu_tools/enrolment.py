"""Certificates of the test authority for the invented people and offices of the demonstration."""

from collections.abc import Iterable
from pathlib import Path

from django.conf import settings

from vanthu.kernel.actor import SYSTEM
from vanthu.signing import actions, queries
from vanthu.signing.actions import Enrolment
from vanthu_tools import test_pki
from vanthu_tools.test_pki import Holder


def enrol(people: Iterable[tuple[int, str, str]], offices: Iterable[tuple[int, str]]) -> int:
    """Issue and enrol a certificate for each person (id, name, office) and office (id, name) that has none.

    Returns how many. Every holder has a key of their own below `settings.PKI_DIR`; about 500 a second.
    """
    holders = [
        *(Holder("person", number, name, office) for number, name, office in people),
        *(Holder("office", number, name, name) for number, name in offices),
    ]
    served = {
        kind: queries.holders_with_certificate(kind, [h.id for h in holders if h.kind == kind])
        for kind in ("person", "office")
    }
    authority = test_pki.ensure(Path(settings.PKI_DIR))
    fresh = [holder for holder in holders if holder.id not in served[holder.kind]]
    enrolments = [
        Enrolment(holder.kind, holder.id, issued.certificate, "software_key", issued.key_name)
        for holder, issued in zip(fresh, test_pki.issue_all(authority, fresh), strict=True)
    ]
    return actions.enrol(enrolments, by=SYSTEM)
