"""Finding anew, in the background, what follows of an edit that was undone or made again."""

from collections import deque
from collections.abc import Callable
from functools import partial
from typing import TypeAlias

from PySide6.QtCore import QObject

from crimeview.core.edit import SUGGESTING, Action, Edit
from crimeview.core.job import Job
from crimeview.gui.errands import Errands
from crimeview.gui.reviewing import Reviewing
from crimeview.gui.text import translate
from crimeview.gui.workspace import Workspace
from crimeview.store.case import Case

_Waiting: TypeAlias = tuple[str, Callable[[Case], Job[None]]]  # its title, and what it is
_CAMERAS = (Action.TEACH, Action.FORGET, Action.CAMERA)


class EditEffects(QObject):
    """Runs what follows as errands, one after the other; what is under way is waited for.

    What an earlier window has left, as it was closed before all was found, is found when the case
    is opened.
    """

    def __init__(self, workspace: Workspace, errands: Errands, reviewing: Reviewing) -> None:
        super().__init__()
        self._workspace = workspace
        self._errands = errands
        self._waiting: deque[_Waiting] = deque()
        reviewing.taken_back.connect(self._on_taken_back)
        errands.changed.connect(self._go_on)
        workspace.case_opened.connect(self._on_case_opened)
        self._look_for_what_was_left()

    @property
    def waiting(self) -> bool:
        return bool(self._waiting)

    def _on_taken_back(self, edit: Edit, _again: bool) -> None:  # noqa: FBT001 (a signal's)
        if edit.action in SUGGESTING:
            title = _types_title()
        elif edit.action in _CAMERAS:
            title = _cameras_title()
        else:
            return
        self._waiting.append((title, partial(_effects, edit)))
        self._go_on()

    def _on_case_opened(self) -> None:
        self._waiting.clear()
        self._look_for_what_was_left()

    def _look_for_what_was_left(self) -> None:
        access = self._workspace.access
        access.ask_quietly(_is_behind, partial(self._on_behind, _cameras_title(), _score))
        access.ask_quietly(_types_behind, partial(self._on_behind, _types_title(), _suggest))

    def _on_behind(
        self,
        title: str,
        job: Callable[[Case], Job[None]],
        behind: bool | None,  # noqa: FBT001 (an answer)
    ) -> None:
        if behind:
            self._waiting.append((title, job))
            self._go_on()

    def _go_on(self) -> None:
        if self._errands.busy or not self._waiting:
            return
        title, job = self._waiting.popleft()
        self._errands.run(title, job(self._workspace.case), then=lambda _: None)


def _cameras_title() -> str:
    return translate("EditEffects", "Finding anew what is unusual")


def _types_title() -> str:
    return translate("EditEffects", "Suggesting types anew")


# Imported where they run: OpenCV is slow to load.


def _effects(edit: Edit, case: Case) -> Job[None]:
    from crimeview.jobs.edit_effects import edit_effects

    yield from edit_effects(case, edit)


def _is_behind(case: Case) -> bool:
    if not case.novelty.behind():  # nearly always
        return False
    from crimeview.jobs.catch_up import recordings_behind

    return bool(recordings_behind(case))


def _types_behind(case: Case) -> bool:
    return case.types.behind


def _score(case: Case) -> Job[None]:
    from crimeview.jobs.catch_up import score_behind

    yield from score_behind(case)


def _suggest(case: Case) -> Job[None]:
    from crimeview.jobs.catch_up import suggest_behind

    yield from suggest_behind(case)
