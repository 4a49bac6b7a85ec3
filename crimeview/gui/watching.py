"""Cameras that are watched while the window is open: pictures, scores, health and alarms."""

import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

from crimeview.core.alarm import Alarm
from crimeview.core.clip_order import ClipOrder
from crimeview.core.edit import Action, Edit
from crimeview.core.job import Changed, Job, Step
from crimeview.core.outbox import OutboxEntry, OutboxState
from crimeview.core.track import TrackKind
from crimeview.core.watching import (
    Camera,
    CameraHealth,
    Capacity,
    LiveAlarm,
    LivePicture,
    LiveScore,
    LostClip,
    NotScored,
    SavedClip,
)
from crimeview.gui.notifying import Notifying
from crimeview.gui.reviewing import Reviewing
from crimeview.gui.tasks import Task, Tasks
from crimeview.gui.text import translate
from crimeview.gui.told_text import fault_text, told_text
from crimeview.gui.workspace import Workspace
from crimeview.store.case import Case

if TYPE_CHECKING:
    from crimeview.jobs.live_cameras import GoneSecrets
    from crimeview.jobs.models import ModelPair
    from crimeview.jobs.watch_case import Watchers

T = TypeVar("T")

KEPT = 150.0  # s of scores that curves show
_LISTED = 200  # alarms
_TRY_AGAIN = 30_000  # ms between looks at what waits while nobody watches


@dataclass(slots=True)
class Sight:
    """What is known of one camera: its health, and its last scores (time, score, threshold).

    `others` are the newest scores of other tracks than events, in the order they first came.
    """

    health: CameraHealth | None = None
    scores: deque[tuple[float, float, float]] = field(default_factory=lambda: deque(maxlen=2000))
    others: dict[TrackKind, LiveScore] = field(default_factory=dict)
    alarms: dict[str, LiveAlarm] = field(default_factory=dict)  # that are on


class Watching(QObject):
    """Watches the cameras of the open case when told to, and tells of alarms.

    `cameras` are those of the case, `alarms` its newest ones, `clips` what was recorded around
    alarms, `outbox` what waits to be told or was.
    """

    cameras_changed = Signal()
    running_changed = Signal()
    health_changed = Signal(str)  # a camera
    capacity_changed = Signal()
    raised = Signal(str)  # an alarm of a camera has begun
    alarms_changed = Signal()
    outbox_changed = Signal()

    def __init__(
        self,
        workspace: Workspace,
        tasks: Tasks,
        notifying: Notifying,
        reviewing: Reviewing,
        *,
        find_models: "Callable[[], ModelPair]",
    ) -> None:
        super().__init__()
        self.cameras: Sequence[Camera] = ()
        self.alarms: Sequence[Alarm] = ()
        self.clips: Sequence[SavedClip] = ()
        self.outbox: Sequence[OutboxEntry] = ()
        self.recording: ClipOrder | None = ClipOrder()  # how clips are kept, None: they are not
        self.capacity: Capacity | None = None
        self.looked_at = False  # whether the wall is on the screen
        self.sights: dict[str, Sight] = {}
        self._workspace = workspace
        self._tasks = tasks
        self._notifying = notifying
        self._reviewing = reviewing
        self.find_models = find_models
        self._task: Task | None = None
        self._post: Task | None = None
        self._watchers: Watchers | None = None
        self._heights: dict[str, int | None] = {}
        self._gone: GoneSecrets = {}
        self._reading = 0
        self._resumed = False  # whether what waited when the case was opened was tried
        self._again = QTimer(self, singleShot=True, interval=_TRY_AGAIN)
        self._again.timeout.connect(self.deliver_now)
        workspace.case_opened.connect(self._on_case_opened)
        reviewing.taken_back.connect(self._on_taken_back)

    # What there is

    @property
    def running(self) -> bool:
        return self._task is not None

    @property
    def busy(self) -> bool:
        """Whether something was asked of the case that is not here yet."""
        return self._reading > 0

    @property
    def on(self) -> Sequence[LiveAlarm]:
        """The alarms that go on."""
        return [alarm for sight in self.sights.values() for alarm in sight.alarms.values()]

    def sight(self, camera: str) -> Sight:
        return self.sights.setdefault(camera, Sight())

    def picture(self, camera: str) -> LivePicture | None:
        """The newest picture; costs nothing."""
        watchers = self._watchers
        return watchers.watch.picture(camera) if watchers is not None else None

    def show(self, camera: str, *, height: int | None) -> None:
        """Have pictures of so many lines made of a camera, or none."""
        if self._heights.get(camera) == height:
            return
        self._heights[camera] = height
        if self._watchers is not None:
            self._watchers.watch.show(camera, height=height)

    def clip_of(self, alarm_id: str) -> SavedClip | None:
        """What was recorded around an alarm, if anything."""
        return next((clip for clip in self.clips if alarm_id in clip.alarms), None)

    # What a person does

    def read(self) -> None:
        """Read cameras, alarms and the outbox anew, in the background."""
        self._ask(_read, self._take)

    def keep(
        self,
        cameras: Sequence[Camera],
        *,
        renamed: Mapping[str, str] | None = None,
        then: Callable[[], None] | None = None,
    ) -> None:
        """Watch these from now on, by an edit; those whose secret is not known here keep theirs.

        `renamed` gives new names by old ones: rules go on listening to those cameras.
        """
        shown, who = list(self.cameras), self._reviewing.reviewer

        def work(case: Case) -> list[Camera]:
            from crimeview.jobs.live_cameras import keep_cameras

            return keep_cameras(
                case, cameras, shown=shown, renamed=renamed, reviewer=who, gone=self._gone
            )

        def end(kept: list[Camera]) -> None:
            self._reviewing.refresh_stacks()
            self._watch_these(kept)
            if then is not None:
                then()

        self._change_cameras(work, end)

    def _on_taken_back(self, edit: Edit, _again: bool) -> None:  # noqa: FBT001 (a signal's)
        if edit.action is Action.WALL:
            self._change_cameras(partial(_taken_back, edit, self._gone), self._on_brought_back)

    def _on_brought_back(self, found: tuple[list[Camera], list[str]]) -> None:
        cameras, unknown = found
        self._watch_these(cameras)
        for name in unknown:
            text = translate(
                "Watching",
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

    def _watch_these(self, cameras: list[Camera]) -> None:
        """Show these, and have whoever watches watch them."""
        self.cameras = cameras
        self.sights = {c.name: self.sight(c.name) for c in cameras}
        if self._watchers is not None:
            self._watchers.watch.change(cameras)
        self.cameras_changed.emit()
        if not cameras:
            self.stop()

    def record(self, order: ClipOrder | None) -> None:
        """Keep clips around alarms like this, None: do not; from the next start of watching."""
        self._workspace.access.change(
            lambda case: case.live.set_recording(order),
            Changed.NOTHING,
            then=lambda _none: self.read(),
        )

    def start(self) -> None:
        """Watch, and tell of alarms; nothing where there is no camera or it is under way."""
        if self._task is not None or not self.cameras:
            return
        case = self._workspace.case
        self._task = self._tasks.start(
            _watch(case, self.find_models, self._set_watchers, self._notifying.notify),
            on_step=self._on_step,
            on_result=lambda _none: self._on_ended(),
            on_error=self._on_failed,
            on_cancelled=self._on_ended,
        )
        self._deliver(case)
        self.running_changed.emit()

    def stop(self) -> None:
        """Watch no longer; takes a moment."""
        for task in (self._task, self._post):
            if task is not None:
                task.cancel()

    def close(self) -> None:
        """Watch no longer, and show no more notifications."""
        self.stop()
        self._again.stop()
        self._notifying.close()

    def toggle(self) -> None:
        if self.running:
            self.stop()
        else:
            self.start()

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
        text = translate("Watching", "It sends pictures: {width} by {height}, {codec}.")
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

    def acknowledge(self, alarm_ids: Sequence[str], *, by: str) -> None:
        """Note that a person has seen these alarms."""
        now = time.time()
        self._workspace.access.change(
            lambda case: case.alarms.acknowledge(alarm_ids, by=by, now=now),
            Changed.NOTHING,
            then=lambda _none: self.read(),
        )

    def rules_changed(self) -> None:
        """Rules or deliveries are others now: whoever watches takes them up."""
        watchers = self._watchers
        if watchers is not None:
            self._tasks.call(watchers.read_rules, on_result=self._on_rules_read)

    def notify(self, title: str, text: str) -> None:
        """Show a notification of the desktop; for any thread."""
        self._notifying.notify(title, text)

    def show_notifications(self) -> None:
        """Show those that other threads have left."""
        self._notifying.show_waiting()

    def deliver_now(self) -> None:
        """Send what waits, once where nobody watches."""
        self.read()
        if not self.running:
            self._deliver(self._workspace.case, until_empty=True)

    # What comes

    def _on_rules_read(self, unheard: Sequence[str]) -> None:
        if unheard:
            text = translate(
                "Watching",
                "The rule “{rule}” listens to thefts: they are looked for from the next time that "
                "watching is started.",
            )
            self._workspace.noticed.emit(text.format(rule=unheard[0]))

    def _set_watchers(self, watchers: "Watchers") -> None:
        """Called by the thread that watches, before its first step."""
        for camera, height in list(self._heights.items()):
            watchers.watch.show(camera, height=height)
        self._watchers = watchers

    def _on_step(self, step: Step) -> None:
        self._workspace.access.note(step.changed)
        for event in getattr(step, "events", ()):
            match event:
                case LiveScore() if not event.zone:
                    self._take_score(event)
                case CameraHealth():
                    self.sight(event.camera).health = event
                    self.health_changed.emit(event.camera)
                case LiveAlarm():
                    self._take_alarm(event)
                case Capacity():
                    self.capacity = event
                    self.capacity_changed.emit()
                case SavedClip():
                    self._workspace.access.note(Changed.RECORDINGS | Changed.SEGMENTS)
                    self.read()
                case LostClip() | NotScored():
                    self._workspace.noticed.emit(told_text(event.message))

    def _take_score(self, score: LiveScore) -> None:
        if score.kind is TrackKind.CLIP_SCORES:
            self.sight(score.camera).scores.append((score.time, score.score, score.threshold))
        else:
            self.sight(score.camera).others[score.kind] = score

    def _take_alarm(self, alarm: LiveAlarm) -> None:
        on = self.sight(alarm.camera).alarms
        if alarm.end is not None:
            on.pop(alarm.id, None)
        else:
            on[alarm.id] = alarm
            self.raised.emit(alarm.camera)
            self._notifying.call_attention()
            if not self.looked_at:
                text = translate("Watching", "Alarm of {camera}, rule “{rule}”: the wall shows it.")
                told = text.format(camera=alarm.camera, rule=alarm.rule)
                self._workspace.noticed.emit(told)
        self.read()

    def _on_ended(self) -> None:
        self._task = None
        self._watchers = None
        self.capacity = None
        for sight in self.sights.values():
            sight.alarms.clear()
            sight.others.clear()
            sight.health = None
        if self._post is not None:
            self._post.cancel()
        self.running_changed.emit()
        self.capacity_changed.emit()
        # Clips that were being recorded are completed at the end, and no step tells of them.
        self._workspace.access.note(Changed.RECORDINGS | Changed.SEGMENTS)
        self.read()

    def _on_failed(self, error: Exception) -> None:
        self._on_ended()
        self._workspace.notice(error)

    # Telling

    def _deliver(self, case: Case, *, until_empty: bool = False) -> None:
        if self._post is not None:
            return

        def end() -> None:
            self._post = None

        def fail(error: Exception) -> None:
            end()
            self._workspace.notice(error)

        self._post = self._tasks.start(
            _deliver(case, self._notifying.notify, until_empty=until_empty),
            on_step=self._on_delivered,
            on_result=lambda _count: end(),
            on_error=fail,
            on_cancelled=end,
        )

    def _on_delivered(self, step: Step) -> None:
        self._notifying.show_waiting()
        settled: Sequence[OutboxEntry] = getattr(step, "settled", ())
        if not settled:
            return
        # Told once, not at each try: the list of messages has the rest.
        failed = [e for e in settled if e.error and (e.attempts == 1 or e.done is not None)]
        if failed:
            told = translate("Watching", "An alarm could not be told: {why}")
            self._workspace.noticed.emit(told.format(why=told_text(failed[-1].error)))
        self.read()

    # The case

    def _on_case_opened(self) -> None:
        self.stop()
        self.cameras, self.alarms, self.clips, self.outbox = (), (), (), ()
        self.sights = {}
        self._gone = {}
        self._resumed = False
        self.cameras_changed.emit()
        self.read()

    def _ask(self, question: "Callable[[Case], _Read]", take: "Callable[[_Read], None]") -> None:
        self._reading += 1

        def answer(found: "_Read | None") -> None:
            self._reading -= 1
            if found is not None:
                take(found)

        self._workspace.access.ask_quietly(question, answer)

    def _take(self, found: "_Read") -> None:
        same = list(found.cameras) == [camera.plain for camera in self.cameras]
        self.alarms, self.clips, self.outbox = found.alarms, found.clips, found.outbox
        self.recording = found.recording
        if not same:
            self.cameras = found.cameras
            self.sights = {c.name: self.sight(c.name) for c in found.cameras}
            self.cameras_changed.emit()
        self.alarms_changed.emit()
        self.outbox_changed.emit()
        waiting = any(entry.state is OutboxState.WAITING for entry in self.outbox)
        if waiting and not self.running:
            self._again.start()  # for as long as the window is open
        if not self._resumed:
            self._resumed = True
            if waiting:
                self.deliver_now()  # what an earlier window could not tell


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


def _watch(
    case: Case,
    find_models: "Callable[[], ModelPair]",
    begun: "Callable[[Watchers], None]",
    notify: Callable[[str, str], None],
) -> Job[None]:
    from crimeview.jobs.watch_case import watch_case  # only watching needs it

    yield from watch_case(case, find_models=find_models, begun=begun, notify=notify)


def _deliver(case: Case, notify: Callable[[str, str], None], *, until_empty: bool) -> Job[int]:
    from crimeview.jobs.deliver import deliver

    return (yield from deliver(case, notify=notify, until_empty=until_empty))


def _try_camera(case: Case, camera: Camera, before: str | None) -> Job[tuple[int, int, str]]:
    from crimeview.jobs.live_cameras import whole_camera
    from crimeview.jobs.watch_case import try_camera

    camera = whole_camera(case, camera, before=before)
    return (yield from try_camera(camera))
