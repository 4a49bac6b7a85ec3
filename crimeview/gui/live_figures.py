"""The newest scores of a camera as figures: what is high stands first."""

from collections.abc import Callable
from dataclasses import dataclass

from crimeview.core.alarm_rule import AlarmTrack, track_of
from crimeview.core.track import TrackKind
from crimeview.gui.sight import Sight
from crimeview.gui.wall_text import newest_score_text

Thresholds = Callable[[AlarmTrack], float | None]  # of the rule in force; None: there is none


@dataclass(frozen=True, slots=True)
class LiveFigure:
    """A score as it is written, and whether it is high."""

    text: str
    high: bool


def figures_of(sight: Sight, thresholds: Thresholds) -> list[LiveFigure]:
    """Those of all that is scored; high is what a rule would take for high, or else the model."""
    newest = [(TrackKind.CLIP_SCORES, *sight.scores[-1][1:])] if sight.scores else []
    newest += [(each.kind, each.score, each.threshold) for each in sight.others.values()]
    figures = []
    for kind, score, own in newest:
        track = track_of(kind)
        by_rule = thresholds(track) if track is not None else None
        threshold = by_rule if by_rule is not None else own
        text = newest_score_text(kind, score, threshold=threshold, alone=len(newest) == 1)
        figures.append(LiveFigure(text, score >= threshold))
    return sorted(figures, key=lambda figure: not figure.high)
