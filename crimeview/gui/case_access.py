"""The way to the open case: it is read and written in the background, in order."""

from collections.abc import Callable
from functools import partial
from typing import Protocol, TypeVar, cast

from PySide6.QtCore import QTimer

from crimeview.core.job import Changed
from crimeview.gui.contents import EVERYTHING, Contents, read_contents
from crimeview.gui.segment_index import SegmentIndex
from crimeview.gui.tasks import Tasks
from crimeview.store.case import Case

T = TypeVar("T")
_GATHERING = 150  # ms; an analysis reports changes more often than eyes can follow


class Holder(Protocol):
    """Who has the case, and takes what was read of it."""

    case: Case

    @property
    def index(self) -> SegmentIndex:
        """The segments that are shown."""

    def take(self, contents: Contents, changed: Changed) -> None:
        """Show what was read, which `changed` names."""

    def notice(self, error: Exception) -> None:
        """Tell the person what went wrong."""


class CaseAccess:
    """Calls of the holder's case, in one thread: what is read last counts.

    What comes back of another case than the one that is open by then is left out.
    """

    def __init__(self, holder: Holder, tasks: Tasks) -> None:
        self._holder = holder
        self._lane = tasks.lane("case reader")
        self._turns = tasks.turns
        self._editing = 0  # edits that are not stored yet
        self._readings = 0
        self._refreshing = 0  # readings of the contents
        self._unread = Changed.NOTHING
        self._gathering = QTimer(singleShot=True, interval=_GATHERING)
        self._gathering.timeout.connect(self._on_gathered)

    def close(self) -> None:
        self._gathering.stop()

    def release(self, case: Case) -> None:
        """Close a case that is no longer shown, after what is written to it by now.

        In the background: the database may have much to write down.
        """
        self._lane.call(case.close, on_result=lambda _: None)

    @property
    def unread(self) -> bool:
        """Whether something was noted or changed that has not been read anew yet."""
        return self._gathering.isActive() or self._readings > 0 or self._editing > 0

    @property
    def editing(self) -> bool:
        """Whether something that was changed here is not stored, or not read anew, yet."""
        return self._editing > 0 or self._refreshing > 0

    @property
    def changing(self) -> bool:
        """Whether what is read now may be out of date already."""
        return self._editing > 0 or self._gathering.isActive()

    def note(self, changed: Changed) -> None:
        """Something was written to the case; it is read anew within a moment."""
        if changed:
            self._unread |= changed
            if not self._gathering.isActive():
                self._gathering.start()

    def refresh(
        self, changed: Changed = EVERYTHING, *, then: Callable[[], None] | None = None
    ) -> None:
        """Read anew, in the background, what may have changed; call `then` when it is here."""
        case, known = self._holder.case, self._holder.index
        self._readings += 1
        self._refreshing += 1

        def end(answer: Callable[[], None]) -> None:
            self._readings -= 1
            self._refreshing -= 1
            if case is self._holder.case:
                answer()

        def take(contents: Contents) -> None:
            if case is self._holder.case:
                self._holder.take(contents, changed)
            # What comes of it is a matter of its own, before which this is painted.
            self._turns.take(lambda: end(then or _nothing))

        self._lane.call(
            lambda: read_contents(case, changed, known=known),
            on_result=take,
            on_error=lambda error: end(lambda: self._holder.notice(error)),
        )

    def change(
        self,
        work: Callable[[Case], T],
        changed: Changed | Callable[[T], Changed] = Changed.SEGMENTS,
        *,
        then: Callable[[T], None] | None = None,
        on_error: Callable[[Exception], None] | None = None,
    ) -> None:
        """Write to the case in the background, in order, and read anew what has changed.

        `changed` may be found from the result; nothing means that what is shown is so already.
        `then` is called with the result as soon as all is read. What fails is told, and the case
        shown as it is.
        """
        case = self._holder.case
        self._editing += 1

        def end(result: T | None, error: Exception | None) -> None:
            self._editing -= 1
            if case is not self._holder.case:
                return
            if error is not None:
                (on_error or self._holder.notice)(error)
                self.refresh()
                return
            kinds = changed if isinstance(changed, Changed) else changed(cast("T", result))
            follow = partial(then, cast("T", result)) if then is not None else None
            if kinds:
                self.refresh(kinds, then=follow)
            elif follow is not None:
                follow()

        def write() -> T:
            with case.known():
                return work(case)

        self._lane.call(
            write,
            on_result=lambda result: end(result, None),
            on_error=lambda error: end(None, error),
        )

    def ask(self, question: Callable[[Case], T], take: Callable[[T], None]) -> None:
        """Ask the case something in the background, after what is written to it by now."""
        case = self._holder.case
        self._readings += 1

        def end(answer: Callable[[], None]) -> None:
            self._readings -= 1
            if case is self._holder.case:
                answer()

        self._lane.call(
            lambda: question(case),
            on_result=lambda result: end(lambda: take(result)),
            on_error=lambda error: end(lambda: self._holder.notice(error)),
        )

    def ask_quietly(self, question: Callable[[Case], T], take: Callable[[T | None], None]) -> None:
        """Ask as `ask` does, but nobody waits for the answer, and None says that there is none."""
        case = self._holder.case

        def answer(result: T | None) -> None:
            if case is self._holder.case:
                take(result)

        self._lane.call(
            lambda: question(case), on_result=answer, on_error=lambda _error: answer(None)
        )

    def _on_gathered(self) -> None:
        changed, self._unread = self._unread, Changed.NOTHING
        self.refresh(changed)


def _nothing() -> None:
    """All is shown that there is."""
