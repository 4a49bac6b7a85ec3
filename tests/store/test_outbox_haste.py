"""A new message does not wait behind an old one that has failed."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from crimeview.core.delivery import Delivery, DeliveryError, WebhookSettings
from crimeview.core.outbox import Moment, OutboxEntry
from crimeview.jobs.deliver import _settled
from crimeview.store.case import Case, open_case
from tests.store.earlier import as_of

HOOK = Delivery(id="h", name="hook", settings=WebhookSettings(url="https://a.org"))
OTHER = replace(HOOK, id="o", name="other")


@pytest.fixture
def case(tmp_path: Path) -> Iterator[Case]:
    with open_case(tmp_path / "case") as case:
        case.alarms.put_delivery(HOOK)
        case.alarms.put_delivery(OTHER)
        yield case


def post(case: Case, *, now: float, to: Delivery = HOOK) -> OutboxEntry:
    return case.alarms.post(to.id, moment=Moment.BEGAN, body="{}", now=now)


def failed(case: Case, *, times: int, now: float) -> float:
    """Have the oldest message fail so often; gives when it was tried last."""
    for _ in range(times):
        (entry,) = case.alarms.due(now)
        assert case.alarms.claim(entry, until=now + 60.0)
        case.alarms.settle(_settled(entry, DeliveryError("no"), now=now))
        tried, (waiting,) = now, case.alarms.outbox()
        now = waiting.next_try
    assert now - tried == 3600.0
    return tried


def test_a_new_message_makes_what_failed_due_at_once(case: Case) -> None:
    first = post(case, now=1000.0)
    tried = failed(case, times=7, now=1000.0)
    assert case.alarms.due(tried + 60.0) == []
    post(case, now=tried + 60.0)
    (due,) = case.alarms.due(tried + 60.0)
    assert due.id == first.id, "in their order"
    assert due.attempts == 7


def test_but_not_within_seconds_of_its_last_try(case: Case) -> None:
    post(case, now=1000.0)
    tried = failed(case, times=7, now=1000.0)
    post(case, now=tried + 1.0)
    assert case.alarms.due(tried + 4.9) == []
    assert len(case.alarms.due(tried + 5.0)) == 1


def test_what_is_being_sent_is_not_sent_twice(case: Case) -> None:
    post(case, now=1000.0)
    tried = failed(case, times=7, now=1000.0)
    (entry,) = case.alarms.due(tried + 3600.0)
    assert case.alarms.claim(entry, until=tried + 3660.0)
    post(case, now=tried + 3601.0)
    assert case.alarms.due(tried + 3602.0) == []


def test_another_delivery_is_not_hastened(case: Case) -> None:
    post(case, now=1000.0)
    tried = failed(case, times=7, now=1000.0)
    post(case, now=tried + 60.0, to=OTHER)
    assert [entry.delivery_id for entry in case.alarms.due(tried + 60.0)] == [OTHER.id]


def test_the_outbox_of_an_earlier_case_is_kept(case: Case) -> None:
    post(case, now=1000.0)
    failed(case, times=7, now=1000.0)
    (before,) = case.alarms.outbox()
    case.close()
    as_of(case.folder, "0090")
    with open_case(case.folder) as later:
        (entry,) = later.alarms.outbox()
        assert entry == replace(before, tried=before.created)
        post(later, now=3000.0)
        assert len(later.alarms.due(3000.0)) == 1
