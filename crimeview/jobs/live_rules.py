"""What a case's rules want scored of cameras that are watched, and what they will not get."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from crimeview.core.alarm_rule import AlarmRule, AlarmTrack
from crimeview.core.errors import ModelError
from crimeview.core.track import TrackKind
from crimeview.core.watching import Camera, NotScored
from crimeview.jobs.models import ModelPair, TheftWish
from crimeview.jobs.theft_models import theft_models


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """`novelty` and `theft`: whether an armed rule listens to them."""

    novelty: bool
    theft: bool


def wanted_by(rules: Sequence[AlarmRule]) -> Wanted:
    """What the rules want scored."""
    tracks = {rule.track for rule in rules if rule.armed}
    return Wanted(novelty=AlarmTrack.NOVELTY in tracks, theft=AlarmTrack.THEFT in tracks)


def with_theft(models: ModelPair, wish: TheftWish) -> tuple[ModelPair, str | None]:
    """The models with those that look for thefts; or as they are, and why in a sentence."""
    if models.theft is not None:
        return models, None
    try:
        found = theft_models(detector=wish.detector, tiles=wish.tiles)
    except ModelError as error:
        return models, str(error)
    return replace(models, theft=found), None


def unheard(
    rules: Sequence[AlarmRule], cameras: Sequence[Camera], *, no_theft: str | None
) -> list[NotScored]:
    """Armed rules that listen to thefts in vain; `no_theft` is why, None where they are told.

    What else is in the way of rules `core.alarm_obstacles` says.
    """
    if no_theft is None:
        return []
    told = []
    for rule in rules:
        heard = [c for c in cameras if not rule.cameras or c.name in rule.cameras]
        if rule.armed and rule.track is AlarmTrack.THEFT and heard:
            message = f"The rule “{rule.name}” raises nothing: {no_theft}"
            told.append(NotScored(camera=heard[0].name, kind=TrackKind.THEFT, message=message))
    return told
