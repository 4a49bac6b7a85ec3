"""Watching the cameras of a case by its rules, and recording around alarms into it."""

from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass

from crimeview.core.alarm_rule import AlarmTrack
from crimeview.core.clip_order import ClipOrder
from crimeview.core.errors import UsageError
from crimeview.core.job import Job
from crimeview.core.watching import Camera
from crimeview.jobs.alarm_judge import AlarmJudge
from crimeview.jobs.deliver import Notify, send_waiting
from crimeview.jobs.live_cameras import cameras_to_watch, move_secrets
from crimeview.jobs.live_rules import unheard, wanted_by, with_theft
from crimeview.jobs.models import ModelPair, TheftWish
from crimeview.jobs.wall_changes import WallChanges
from crimeview.jobs.watch import LiveStep, Watch, WatchSettings
from crimeview.store.case import Case
from crimeview.video.live_open import connected

MOST_CAMERAS = 16


@dataclass(frozen=True, slots=True)
class Watchers:
    """What watches a case: to be asked from any thread while the job runs."""

    watch: Watch
    judge: AlarmJudge
    follows: bool  # whether people are, so that rules on thefts are of use

    def read_rules(self) -> Sequence[str]:
        """Take up the rules as they are now; names of those that listen to what is not told."""
        self.judge.read_rules()
        if self.follows:
            return ()
        return [r.name for r in self.judge.rules if r.armed and r.track is AlarmTrack.THEFT]


def watch_case(
    case: Case,
    *,
    find_models: Callable[[], ModelPair],
    begun: Callable[[Watchers], None],
    notify: Notify | None = None,
) -> Job[None]:
    """Watch until closed; what is on then is ended and told.

    `begun` gets what watches, in this thread; `notify` shows a notification of the desktop.
    Raises ModelError, CaseError where the case is watched already, and UsageError where there is no
    camera or too many.
    """
    with case.watched():
        try:
            yield from _watched(case, find_models=find_models, begun=begun)
        finally:
            send_waiting(case, notify=notify)


def _watched(
    case: Case, *, find_models: Callable[[], ModelPair], begun: Callable[[Watchers], None]
) -> Job[None]:
    move_secrets(case)
    wall = WallChanges(case)
    cameras = cameras_to_watch(case)
    if not 1 <= len(cameras) <= MOST_CAMERAS:
        raise UsageError(f"From 1 to {MOST_CAMERAS} cameras are watched at once.")
    rules = case.alarms.rules()
    wanted = wanted_by(rules)
    models, no_theft = find_models(), None
    if wanted.theft:
        models, no_theft = with_theft(models, TheftWish())
    judge = AlarmJudge(case)
    settings = WatchSettings(
        violence=models.violence is not None,
        novelty=wanted.novelty or None,
        theft=wanted.theft,
        clips=case.live.recording(unless=ClipOrder()),
    )
    watch = Watch(
        cameras,
        models=models,
        judge=judge,
        settings=settings,
        case=case,
        unheard=unheard(rules, cameras, no_theft=no_theft),
    )
    begun(Watchers(watch, judge, follows=models.theft is not None))
    try:
        with closing(watch.run()) as watching:
            for step in watching:
                yield step
                changed = wall.cameras()
                if changed is not None:
                    if not changed:  # others have removed the last one
                        break
                    watch.change(changed[:MOST_CAMERAS])
    finally:
        judge.finish()
    yield LiveStep(done=0.0, total=None, message="Watched to the end", events=())


def try_camera(camera: Camera) -> Job[tuple[int, int, str]]:
    """Whether a camera can be read: the width, height and codec of its pictures.

    Takes up to five seconds in one step. Raises CameraError.
    """
    yield from ()
    with connected(camera) as connection:
        stream = connection.stream
        return stream.width, stream.height, stream.codec_context.name
