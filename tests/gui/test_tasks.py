import subprocess
import sys
import threading

import pytest
from pytestqt.qtbot import QtBot

from crimeview.core.errors import MediaError
from crimeview.core.job import Job, Step
from crimeview.gui.tasks import Tasks

_NAMES = ("task", "lane", "other")  # with which the names of the threads of these tests begin


def _counting(count: int) -> Job[str]:
    for done in range(count):
        yield Step(done=done, total=count, message="")
    return "done"


def test_steps_and_result_come_in_order_in_the_gui_thread(qtbot: QtBot, tasks: Tasks) -> None:
    heard: list[object] = []
    threads: set[threading.Thread] = set()

    def hear(value: object) -> None:
        heard.append(value.done if isinstance(value, Step) else value)
        threads.add(threading.current_thread())

    tasks.start(_counting(500), on_step=hear, on_result=hear)
    qtbot.waitUntil(lambda: "done" in heard)
    assert heard == [*range(500), "done"]
    assert threads == {threading.main_thread()}


def test_a_quick_job_is_heard_of(qtbot: QtBot, tasks: Tasks) -> None:
    results: list[int] = []
    for number in range(200):
        tasks.call(lambda number=number: number, on_result=results.append)
    qtbot.waitUntil(lambda: len(results) == 200)
    assert sorted(results) == list(range(200))


def test_an_error_reaches_its_callback_after_the_steps(qtbot: QtBot, tasks: Tasks) -> None:
    heard: list[object] = []

    def failing() -> Job[None]:
        yield Step(done=1, total=None, message="")
        raise MediaError("It is broken; mend it.")

    tasks.start(
        failing(), on_step=heard.append, on_result=heard.append, on_error=lambda e: heard.append(e)
    )
    qtbot.waitUntil(lambda: len(heard) == 2)
    assert str(heard[1]) == "It is broken; mend it."


def test_cancelling_closes_the_job_in_its_worker(qtbot: QtBot, tasks: Tasks) -> None:
    heard: list[str] = []
    closed_in: list[threading.Thread] = []
    going = threading.Event()

    def endless() -> Job[None]:
        try:
            while True:
                going.set()
                yield Step(done=0, total=None, message="")
        finally:
            closed_in.append(threading.current_thread())

    task = tasks.start(
        endless(),
        on_result=lambda _: heard.append("result"),
        on_cancelled=lambda: heard.append("cancelled"),
    )
    assert going.wait(60)
    task.cancel()
    qtbot.waitUntil(lambda: bool(heard))
    assert heard == ["cancelled"]
    assert closed_in != [threading.main_thread()]
    assert len(closed_in) == 1


def test_no_step_is_heard_after_cancelling(qtbot: QtBot, tasks: Tasks) -> None:
    heard: list[str] = []
    task = tasks.start(
        _counting(10_000),
        on_step=lambda _: (heard.append("step"), task.cancel()),
        on_result=lambda _: heard.append("result"),
        on_cancelled=lambda: heard.append("cancelled"),
    )
    qtbot.waitUntil(lambda: "cancelled" in heard)
    assert heard == ["step", "cancelled"]


def test_what_is_held_begins_in_order_once_it_may(qtbot: QtBot, tasks: Tasks) -> None:
    began: list[str] = []
    heard: list[str] = []

    def work(name: str) -> str:
        began.append(name)
        return name

    lane = tasks.lane("lane")
    tasks.hold()
    lane.call(lambda: work("first"), on_result=heard.append)
    lane.call(lambda: work("second"), on_result=heard.append)
    tasks.call(lambda: work("beside"), on_result=heard.append)
    tasks.lane("other").call(lambda: work("other"), on_result=heard.append)
    assert not any(thread.name.startswith(_NAMES) for thread in threading.enumerate())
    tasks.go()
    qtbot.waitUntil(lambda: len(heard) == 4)
    assert set(heard) == {"first", "second", "beside", "other"}
    assert began.index("first") < began.index("second")
    lane.call(lambda: work("third"), on_result=heard.append)
    qtbot.waitUntil(lambda: heard[-1] == "third")


def test_a_lane_that_is_closed_while_held_lets_go_of_what_it_had(tasks: Tasks) -> None:
    done: list[str] = []
    lane = tasks.lane("lane")
    tasks.hold()
    lane.call(lambda: done.append("work"), on_result=lambda _: done.append("heard"))
    lane.close(lambda: done.append("last"))
    tasks.close()
    assert done == ["work", "last"]


def test_closing_ends_what_is_held(tasks: Tasks) -> None:
    heard: list[str] = []
    tasks.hold()
    tasks.start(_counting(3), on_step=lambda _: heard.append("step"), on_result=heard.append)
    tasks.close()
    assert not heard


def test_closing_ends_running_jobs_and_says_nothing_more(tasks: Tasks) -> None:
    going, closed = threading.Event(), threading.Event()
    heard: list[object] = []

    def endless() -> Job[None]:
        try:
            while True:
                going.set()
                yield Step(done=0, total=None, message="")
        finally:
            closed.set()

    tasks.start(endless(), on_step=heard.append, on_cancelled=lambda: heard.append("cancelled"))
    assert going.wait(60)
    tasks.close()
    assert closed.is_set()
    assert not heard


def test_a_lane_runs_in_one_thread_and_is_silent_once_closed(qtbot: QtBot, tasks: Tasks) -> None:
    lane = tasks.lane("test")
    results: list[threading.Thread] = []
    lane.call(threading.current_thread, on_result=results.append)
    lane.call(threading.current_thread, on_result=results.append)
    qtbot.waitUntil(lambda: len(results) == 2)
    assert len(set(results)) == 1
    ended_in: list[threading.Thread] = []
    lane.call(threading.current_thread, on_result=results.append)
    lane.close(lambda: ended_in.append(threading.current_thread()))
    lane.join()
    lane.call(threading.current_thread, on_result=results.append)  # as by a timer that fires late
    qtbot.wait(50)
    assert ended_in == results[:1]
    assert len(results) == 2


@pytest.mark.allow_log("A background task failed")
def test_an_unexpected_error_keeps_its_traceback(
    qtbot: QtBot, tasks: Tasks, caplog: pytest.LogCaptureFixture
) -> None:
    tasks.call(lambda: 1 / 0)
    qtbot.waitUntil(lambda: "ZeroDivisionError" in caplog.text)


_ENDING = """
import atexit, sys, threading
from PySide6.QtCore import QCoreApplication, QObject
from crimeview.gui.tasks import Tasks

app, tasks, owner = QCoreApplication([]), Tasks(), QObject()
lane = tasks.lane("of it", of=owner)
done = threading.Event()
lane.call(done.set, on_result=lambda _none: None)
assert done.wait(60)

def destroy():
    owner.deleteLater()
    QCoreApplication.sendPostedEvents(owner, 52)  # QEvent.DeferredDelete
    lane.close(lambda: None)
    print("destroyed")

atexit.register(destroy)
"""


def test_a_lane_of_what_goes_at_the_interpreters_end_closes_in_silence() -> None:
    """Threads have ended by then, and take no work any more."""
    ended = subprocess.run(
        [sys.executable, "-c", _ENDING], capture_output=True, text=True, timeout=240, check=False
    )
    assert (ended.stdout, ended.stderr, ended.returncode) == ("destroyed\n", "", 0)
