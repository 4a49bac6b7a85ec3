"""Watching the cameras of a case by its rules, and recording around alarms into it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from crimeview.core.clip_order import ClipOrder
from crimeview.core.errors import UsageError
from crimeview.core.job import Job
from crimeview.core.watching import Camera
from crimeview.jobs.alarm_judge import AlarmJudge
from crimeview.jobs.live_cameras import kept_cameras
from crimeview.jobs.models import ModelPair
from crimeview.jobs.watch import LiveStep, Watch, WatchSettings
from crimeview.store.camera_secrets import load_secret
from crimeview.store.case import Case
from crimeview.video.live_open import connected

MOST_CAMERAS = 16


@dataclass(frozen=True, slots=True)
class Watchers:
    """What watches a case: to be asked from any thread while the job runs."""

    watch: Watch
    judge: AlarmJudge


def watch_case(
    case: Case, *, find_models: Callable[[], ModelPair], begun: Callable[[Watchers], None]
) -> Job[None]:
    """Watch until closed; what is on then is ended. `begun` gets what watches, in this thread.

    Raises ModelError, CaseError, and UsageError where there is no camera or too many.
    """
    cameras = kept_cameras(case)
    if not 1 <= len(cameras) <= MOST_CAMERAS:
        raise UsageError(f"From 1 to {MOST_CAMERAS} cameras are watched at once.")
    models = find_models()
    judge = AlarmJudge(case)
    settings = WatchSettings(violence=models.violence is not None, clips=ClipOrder())
    watch = Watch(cameras, models=models, judge=judge, settings=settings, case=case)
    begun(Watchers(watch, judge))
    try:
        yield from watch.run()
    finally:
        judge.finish()
    yield LiveStep(done=0.0, total=None, message="Watched to the end", events=())


def with_secrets(case: Case, cameras: Sequence[Camera]) -> list[Camera]:
    """The cameras with the secrets that the keyring has for their addresses, where they lack one.

    Raises CaseError where the keyring does not answer; it is asked of these cameras only.
    """
    kept = case.live.cameras_with_secrets()
    names = {camera.address: camera.name for camera in case.live.cameras() if camera.name in kept}
    return [
        replace(camera, secret=load_secret(case.folder, names[camera.address]))
        if camera.secret is None and camera.address in names
        else camera
        for camera in cameras
    ]


def try_camera(camera: Camera) -> Job[tuple[int, int, str]]:
    """Whether a camera can be read: the width, height and codec of its pictures.

    Takes up to five seconds in one step. Raises CameraError.
    """
    yield from ()
    with connected(camera) as connection:
        stream = connection.stream
        return stream.width, stream.height, stream.codec_context.name
