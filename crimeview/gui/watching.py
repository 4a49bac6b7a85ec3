"""Cameras that are watched while the window is open: pictures, scores, health and alarms."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from crimeview.core.job import Changed, Job, Step
from crimeview.core.watching import (
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
from crimeview.gui.sight import Sight
from crimeview.gui.tasks import Task, Tasks
from crimeview.gui.telling import Telling
from crimeview.gui.text import translate
from crimeview.gui.told_text import told_text
from crimeview.gui.wall import Wall
from crimeview.gui.workspace import Workspace
from crimeview.store.case import Case

if TYPE_CHECKING:
    from crimeview.jobs.models import ModelPair
    from crimeview.jobs.watch_case import Watchers


class Watching(QObject):
    """Watches the cameras of the wall when told to; whoever watches is told of alarms."""

    running_changed = Signal()
    health_changed = Signal(str)  # a camera
    capacity_changed = Signal()
    raised = Signal(str)  # an alarm of a camera has begun

    def __init__(
        self,
        workspace: Workspace,
        tasks: Tasks,
        wall: Wall,
        notifying: Notifying,
        *,
        telling: Telling,
        find_models: "Callable[[], ModelPair]",
    ) -> None:
        super().__init__()
        self.capacity: Capacity | None = None
        self.looked_at = False  # whether the wall is on the screen
        self.sights: dict[str, Sight] = {}
        self._workspace = workspace
        self._tasks = tasks
        self._wall = wall
        self._notifying = notifying
        self._telling = telling
        self._find_models = find_models
        self._task: Task | None = None
        self._watchers: Watchers | None = None
        self._heights: dict[str, int | None] = {}
        workspace.case_opened.connect(self.stop)
        workspace.changed.connect(self._on_changed)
        wall.cameras_edited.connect(self._on_edited)
        wall.cameras_changed.connect(self._look_at_cameras)

    # What there is

    @property
    def running(self) -> bool:
        return self._task is not None

    @property
    def shown(self) -> bool:
        """Whether the wall is on the screen, or is watched without."""
        return self.looked_at or self.running

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

    # What a person does

    def start(self) -> None:
        """Watch, and tell of alarms; nothing where there is no camera or it is under way."""
        if self._task is not None or not self._wall.cameras:
            return
        self._task = self._tasks.start(
            _watch(
                self._workspace.case, self._find_models, self._set_watchers, self._notifying.notify
            ),
            on_step=self._on_step,
            on_result=lambda _none: self._on_ended(),
            on_error=self._on_failed,
            on_cancelled=self._on_ended,
        )
        self._telling.follow()
        self.running_changed.emit()

    def stop(self) -> None:
        """Watch no longer; takes a moment."""
        if self._task is not None:
            self._task.cancel()
        self._telling.unfollow()

    def close(self) -> None:
        """Watch no longer, and show no more notifications."""
        self.stop()
        self._telling.close()

    def toggle(self) -> None:
        if self.running:
            self.stop()
        else:
            self.start()

    def rules_changed(self) -> None:
        """Rules or deliveries are others now: whoever watches takes them up."""
        watchers = self._watchers
        if watchers is not None:
            self._tasks.call(watchers.read_rules, on_result=self._on_rules_read)

    # What comes

    def _look_at_cameras(self) -> None:
        self.sights = {c.name: self.sight(c.name) for c in self._wall.cameras}

    def _on_changed(self, changed: Changed) -> None:
        """Another window or command has changed something; who watches by now does so anew."""
        if changed & Changed.WALL and self.shown:
            self._wall.read()

    def _on_edited(self) -> None:
        """Have whoever watches watch what a person has made of the cameras."""
        cameras = list(self._wall.cameras)
        if self._watchers is not None:
            self._watchers.watch.change(cameras)
        if not cameras:
            self.stop()

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
                    self.sight(event.camera).take_score(event)
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
                    self._wall.read()
                case LostClip() | NotScored():
                    self._workspace.noticed.emit(told_text(event.message))

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
        self._wall.read()

    def _on_ended(self) -> None:
        self._task = None
        self._watchers = None
        self.capacity = None
        for sight in self.sights.values():
            sight.forget_present()
        self._telling.unfollow()
        self.running_changed.emit()
        self.capacity_changed.emit()
        # Clips that were being recorded are completed at the end, and no step tells of them.
        self._workspace.access.note(Changed.RECORDINGS | Changed.SEGMENTS)
        self._wall.read()

    def _on_failed(self, error: Exception) -> None:
        self._on_ended()
        self._workspace.notice(error)


def _watch(
    case: Case,
    find_models: "Callable[[], ModelPair]",
    begun: "Callable[[Watchers], None]",
    notify: Callable[[str, str], None],
) -> Job[None]:
    from crimeview.jobs.watch_case import watch_case  # only watching needs it

    yield from watch_case(case, find_models=find_models, begun=begun, notify=notify)
