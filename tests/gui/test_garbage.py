import gc
import threading
import weakref

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from crimeview.gui.garbage import collect_due
from crimeview.gui.tasks import Tasks


class _Panel(QWidget):
    """Keeps itself, as whatever listens to its own signals does."""

    def __init__(self) -> None:
        super().__init__()
        self.itself = self


def _much_garbage() -> None:
    for _ in range(20 * gc.get_threshold()[0]):
        link: list[object] = []
        link.append(link)


def _destroyed_in(made: QObject) -> list[threading.Thread]:
    threads: list[threading.Thread] = []
    weakref.finalize(made, lambda: threads.append(threading.current_thread()))
    return threads


def test_what_a_worker_allocates_destroys_no_widget_there(qtbot: QtBot, tasks: Tasks) -> None:
    threads = _destroyed_in(_Panel())
    done: list[None] = []
    tasks.call(_much_garbage, on_result=done.append)
    # Workers alone are at work meanwhile: this thread waits without allocating.
    qtbot.waitUntil(lambda: bool(done))
    gc.collect()
    assert threads == [threading.main_thread()]


def test_garbage_is_collected_all_the_same(qtbot: QtBot, tasks: Tasks) -> None:
    threads = _destroyed_in(_Panel())
    tasks.call(_much_garbage)
    qtbot.waitUntil(lambda: threads == [threading.main_thread()])


def test_only_what_is_due_is_collected(tasks: Tasks) -> None:
    gc.collect()
    threads = _destroyed_in(_Panel())
    collect_due()
    assert threads == []
    _much_garbage()
    collect_due()
    assert threads == [threading.main_thread()]


def test_it_outlives_whoever_asked_for_it(qtbot: QtBot) -> None:
    made = Tasks()
    made.close()
    made.itself = made  # what a window and its tasks are, once closed
    threads = _destroyed_in(made)
    del made
    _much_garbage()
    qtbot.waitUntil(lambda: threads == [threading.main_thread()])
    panel = _destroyed_in(_Panel())
    _much_garbage()
    qtbot.waitUntil(lambda: panel == [threading.main_thread()])


def test_what_is_young_is_looked_through_once(tasks: Tasks) -> None:
    gc.collect()
    for _ in range(gc.get_threshold()[1] + 1):
        gc.collect(0)
    _much_garbage()
    looked: list[int] = []

    def note(phase: str, info: dict[str, int]) -> None:
        if phase == "start":
            looked.append(info["generation"])

    gc.callbacks.append(note)
    collect_due()
    gc.callbacks.remove(note)
    assert looked == [1]
