"""The wall of the open case: its cameras, its alarms with their clips, and what tells of them.

All of it is read from the case and changed in it; what is seen while somebody watches is in
watching.py.
"""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal

from crimeview.core.alarm import Alarm
from crimeview.core.clip_order import ClipOrder
from crimeview.core.edit import Action, Edit
from crimeview.core.job import Changed, Job
from crimeview.core.outbox import OutboxEntry
from crimeview.core.watching import Camera, SavedClip
from crimeview.gui.reviewing import Reviewing
from crimeview.gui.tasks import Tasks
from crimeview.gui.text import translate
from crimeview.gui.told_text import fault_text
from crimeview.gui.workspace import Workspace
from crimeview.store.case import Case

if TYPE_CHECKING:
    from crimeview.jobs.live_cameras import GoneSecrets

T = TypeVar("T")

_LISTED = 200  # alarms


class Wall(QObject):
    """What the open case holds of its wall.

    `cameras` are those of the case, `alarms` its newest ones, `clips` what was recorded around
    alarms, `outbox` what waits to be told or was.
    """

    cameras_changed = Signal()
    cameras_edited = Signal()  # by a person here, before `cameras_changed` tells of it
    alarms_changed = Signal()
    outbox_changed = Signal()

    def __init__(self, workspace: Workspace, tasks: Tasks, reviewing: Reviewing) -> None:
        super().__init__()
        self.cameras: Sequence[Camera] = ()
        self.alarms: Sequence[Alarm] = ()
        self.clips: Sequence[SavedClip] = ()
        self.outbox: Sequence[OutboxEntry] = ()
        self.recording: ClipOrder | None = ClipOrder()  # how clips are kept, None: they are not
        self._workspace = workspace
        self._tasks = tasks
        self._reviewing = reviewing
        self._gone: GoneSecrets = {}
        self._reading = 0
        workspace.case_opened.connect(self._on_case_opened)
        reviewing.taken_back.connect(self._on_taken_back)

    @property
    def busy(self) -> bool:
        """Whether something was asked of the case that is not here yet."""
        return self._reading > 0

    def clip_of(self, alarm_id: str) -> SavedClip | None:
        """What was recorded around an alarm, if anything."""
        return next((clip for clip in self.clips if alarm_id in clip.alarms), None)

    def read(self) -> None:
        """Read cameras, alarms and the outbox anew, in the background."""
        self._reading += 1

        def answer(found: _Read | None) -> None:
            self._reading -= 1
            if found is not None:
                self._take(found)

        self._workspace.access.ask_quietly(_read, answer)

    # What a person does

    def keep(
        self,
        cameras: Sequence[Camera],
        *,
        shown: Sequence[Camera] | None = None,
        renamed: Mapping[str, str] | None = None,
        then: Callable[[], None] | None = None,
    ) -> None:
        """Watch these from now on, by an edit; those whose secret is not known here keep theirs.

        `shown` are the cameras as the person saw them, None: as they are now; what another window
        has changed of them since is not overwritten. `renamed` gives new names by old ones: rules
        go on listening to those cameras.
        """
        seen = list(self.cameras) if shown is None else list(shown)
        who = self._reviewing.reviewer

        def work(case: Case) -> list[Camera]:
            from crimeview.jobs.live_cameras import keep_cameras

            return keep_cameras(
                case, cameras, shown=seen, renamed=renamed, reviewer=who, gone=self._gone
            )

        def end(kept: list[Camera]) -> None:
            self._reviewing.refresh_stacks()
            self._show_edited(kept)
            if then is not None:
                then()

        self._change_cameras(work, end)

    def record(self, order: ClipOrder | None) -> None:
        """Keep clips around alarms like this, None: do not; from the next start of watching."""
        self._workspace.access.change(
            lambda case: case.live.set_recording(order),
            Changed.NOTHING,
            then=lambda _none: self.read(),
        )

    def acknowledge(self, alarm_ids: Sequence[str], *, by: str) -> None:
        """Note that a person has seen these alarms."""
        now = time.time()
        self._workspace.access.change(
            lambda case: case.alarms.acknowledge(alarm_ids, by=by, now=now),
            Changed.NOTHING,
            then=lambda _none: self.read(),
        )

    def try_camera(
        self,
        camera: Camera,
        take: Callable[..., None],
        *,
        owner: QObject,
        before: str | None = None,
    ) -> None:
        """Find out whether a camera can be read; `take` gets a sentence and whether it is good.

        `before` is what it is called now, which its password is kept under. Nothing is told once
        `owner` is gone.
        """
        case = self._workspace.case
        text = translate("Wall", "It sends pictures: {width} by {height}, {codec}.")
        alive = [True]
        owner.destroyed.connect(lambda: alive.clear())

        def tell(sentence: str, *, good: bool) -> None:
            if alive:
                take(sentence, good=good)

        def end(found: tuple[int, int, str]) -> None:
            width, height, codec = found
            tell(text.format(width=width, height=height, codec=codec), good=True)

        self._tasks.start(
            _try_camera(case, camera, before),
            on_result=end,
            on_error=lambda error: tell(fault_text(error), good=False),
        )

    # What comes of it

    def _on_taken_back(self, edit: Edit, _again: bool) -> None:  # noqa: FBT001 (a signal's)
        if edit.action is Action.WALL:
            self._change_cameras(partial(_taken_back, edit, self._gone), self._on_brought_back)

    def _on_brought_back(self, found: tuple[list[Camera], list[str]]) -> None:
        cameras, unknown = found
        self._show_edited(cameras)
        for name in unknown:
            text = translate(
                "Wall",
                "The password of “{name}” is not known any more; write it into the camera's "
                "address.",
            )
            self._workspace.noticed.emit(text.format(name=name))

    def _change_cameras(self, work: Callable[[Case], T], then: Callable[[T], None]) -> None:
        """Change the case's cameras; where that fails they are shown as they are."""
        self._reading += 1

        def end(result: T) -> None:
            self._reading -= 1
            then(result)

        def fail(error: Exception) -> None:
            self._reading -= 1
            self._workspace.notice(error)
            self.read()

        self._workspace.access.change(work, Changed.NOTHING, then=end, on_error=fail)

    def _show_edited(self, cameras: list[Camera]) -> None:
        self.cameras = cameras
        self.cameras_edited.emit()
        self.cameras_changed.emit()

    def _on_case_opened(self) -> None:
        self.cameras, self.alarms, self.clips, self.outbox = (), (), (), ()
        self._gone = {}
        self.cameras_changed.emit()
        self.read()

    def _take(self, found: "_Read") -> None:
        same = list(found.cameras) == [camera.plain for camera in self.cameras]
        self.alarms, self.clips, self.outbox = found.alarms, found.clips, found.outbox
        self.recording = found.recording
        if not same:
            self.cameras = found.cameras
            self.cameras_changed.emit()
        self.alarms_changed.emit()
        self.outbox_changed.emit()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    cameras: Sequence[Camera]
    alarms: Sequence[Alarm]
    clips: Sequence[SavedClip]
    outbox: Sequence[OutboxEntry]
    recording: ClipOrder | None


def _read(case: Case) -> _Read:
    return _Read(
        cameras=[camera.plain for camera in case.live.cameras()],
        alarms=case.alarms.alarms(most=_LISTED),
        clips=case.live.clips(),
        outbox=case.alarms.outbox(),
        recording=case.live.recording(unless=ClipOrder()),
    )


def _taken_back(edit: Edit, gone: "GoneSecrets", case: Case) -> tuple[list[Camera], list[str]]:
    """The cameras after an edit of them was undone; and which of them lack their password."""
    from crimeview.jobs.live_cameras import bring_back_secrets, cameras_to_watch

    unknown = bring_back_secrets(case, edit, gone)
    return cameras_to_watch(case), unknown


def _try_camera(case: Case, camera: Camera, before: str | None) -> Job[tuple[int, int, str]]:
    from crimeview.jobs.live_cameras import whole_camera
    from crimeview.jobs.watch_case import try_camera

    camera = whole_camera(case, camera, before=before)
    return (yield from try_camera(camera))
