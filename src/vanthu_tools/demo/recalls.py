"""One document of the main province was recalled: frozen in its book, a tombstone at whoever had got it."""

from vanthu.documents import recalling
from vanthu.documents.recalling import Order
from vanthu.exchange import recalling as receivers
from vanthu.organisations import queries as organisations
from vanthu.organisations.models import Account
from vanthu_tools.demo.cast import MAIN
from vanthu_tools.demo.loading.ids import Ids
from vanthu_tools.demo.story import Departure, Plan

CLERK, HEAD = "thuy.vanthu", "lam.vientruong"
REGION = "bac_ninh.kv7"
"""Its clerk, of the cast, finds a tombstone to take note of."""
REASON = "Phụ lục số liệu kèm theo có sai sót, sẽ ban hành văn bản thay thế"
BASIS = "Khoản 4 Điều 18 Nghị định số 30/2020/NĐ-CP"


def load(plan: Plan, ids: Ids) -> None:
    """Recall the newest document that the region has done with, by the verbs that people use."""
    recalled = max(filter(_fits, plan.departures), key=lambda one: one.numbered_at)
    clerk = organisations.actor_for(Account.objects.get(username=CLERK))
    entry = recalling.recall(
        ids.departures[id(recalled)],
        Order(reason=REASON, basis=BASIS, ordered_by=ids.person(HEAD)),
        by=clerk,
    )
    receivers.empty(entry.pk, recalling.holders(entry.pk))


def _fits(one: Departure) -> bool:
    """Issued by the main province, open to all, answered by nobody, done with in the region."""
    return (
        one.office == MAIN
        and not one.voided_reason
        and not one.paper.restricted
        and any(
            sending.office == REGION and sending.arrival is not None and sending.arrival.state == "done"
            and sending.arrival.reply is None
            for sending in one.sendings
        )
    )  # fmt: skip
