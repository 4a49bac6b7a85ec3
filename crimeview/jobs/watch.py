"""Watching cameras: their pictures, scores and alarms as they come."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from crimeview.core.job import Job, Step
from crimeview.core.watching import Camera, CameraHealth, Judge, LiveEvent, LivePicture
from crimeview.jobs.models import ModelPair
from crimeview.nets.catalog import Precision
from crimeview.nets.engine_names import Engine
from crimeview.store.case import Case


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveStep(Step):
    """A step of watching: `done` is seconds since it began, `events` what has happened since."""

    events: tuple[LiveEvent, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ClipOrder:
    """How what cameras show around alarms is kept.

    `pre` and `post` are seconds before an alarm's beginning and after its end, `longest` seconds
    that a clip may last, `memory` bytes that a camera's packets may take. Clips are deleted after
    `days`, the oldest first where all of them are over `most` bytes (None: never).
    """

    pre: float = 10.0
    post: float = 10.0
    longest: float = 300.0
    memory: int = 64_000_000
    days: float | None = 30.0
    most: int | None = 20_000_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchSettings:
    """`violence`: score that as well. `clips` None: nothing is recorded.

    `health_every` are seconds between two reports of a camera's health.
    """

    violence: bool = True
    novelty: bool = False
    clips: ClipOrder | None = None
    health_every: float = 2.0
    engine: Engine | Literal["auto"] = "auto"
    precision: Precision | Literal["auto"] = "auto"


class Watch:
    """Watches cameras. `run` is the job; everything else may be called from any thread."""
        raise NotImplementedError

    def __init__(
        self,
        cameras: Sequence[Camera],
        *,
        models: ModelPair,
        judge: Judge,
        settings: WatchSettings | None = None,
        case: Case | None = None,
    ) -> None:
        raise NotImplementedError

    def run(self) -> Job[None]:
        """Watch until closed, or until all files played as cameras are over; yields LiveSteps.

        A step comes at least four times a second. Raises ModelError.
        """
        raise NotImplementedError

    def show(self, camera: str, *, height: int | None) -> None:
        """Make pictures of that many lines of a camera, None: none (they cost time)."""
        raise NotImplementedError

    def picture(self, camera: str) -> LivePicture | None:
        """The newest picture of a camera, None before the first. Costs nothing."""
        raise NotImplementedError

    def health(self, camera: str) -> CameraHealth:
        """How it is with a camera now. Raises KeyError where there is none of that name."""
        raise NotImplementedError

    def change(self, cameras: Sequence[Camera]) -> None:
        """Watch these from now on: those that stay are not interrupted.

        Zones of a camera that stays are those given here from then on.
        """
        raise NotImplementedError
