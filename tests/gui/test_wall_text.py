"""Words on the wall."""

import pytest

from crimeview.core.alarm_rule import AlarmTrack
from crimeview.core.track import TrackKind
from crimeview.core.watching import CameraHealth, CameraState, LiveScore
from crimeview.gui.live_figures import figures_of
from crimeview.gui.sight import Sight
from crimeview.gui.wall_text import health_text, newest_score_text


def test_pictures_and_clips_that_were_left_out_are_told_together() -> None:
    health = CameraHealth(
        camera="gate",
        time=1.0,
        state=CameraState.LIVE,
        since=0.0,
        frame_rate=25.0,
        drops=3,
        skipped=4,
    )
    assert "7" in health_text(health)
    assert health.left_out == 7


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        (TrackKind.CLIP_SCORES, "score"),
        (TrackKind.VIOLENCE, "violence"),
        (TrackKind.NOVELTY, "novelty"),
        (TrackKind.THEFT, "theft"),
    ],
)
def test_each_figure_says_whose_it_is_and_without_color_that_it_is_high(
    kind: TrackKind, name: str
) -> None:
    assert newest_score_text(kind, 0.42, threshold=0.5) == f"{name} 0.42"
    assert newest_score_text(kind, 0.5, threshold=0.5) == f"▲ {name} 0.50"


def seen(kind: TrackKind, score: float) -> LiveScore:
    return LiveScore(
        camera="gate",
        kind=kind,
        start=1.0,
        end=2.0,
        score=score,
        threshold=0.5,
        known=100.0,
        told=2.0,
    )


def test_what_is_high_stands_first_and_by_the_rules_threshold() -> None:
    sight = Sight()
    sight.scores.append((1.5, 0.55, 0.6))
    assert [f.text for f in figures_of(sight, lambda _track: None)] == ["score 0.55"]
    for kind, score in ((TrackKind.VIOLENCE, 0.2), (TrackKind.NOVELTY, 0.7)):
        sight.others[kind] = seen(kind, score)
    told = figures_of(sight, lambda _track: None)
    assert [f.text for f in told] == ["▲ novelty 0.70", "events 0.55", "violence 0.20"]
    assert [f.high for f in told] == [True, False, False]
    rules = {AlarmTrack.EVENTS: 0.5, AlarmTrack.NOVELTY: 0.9}
    told = figures_of(sight, rules.get)
    assert [f.text for f in told] == ["▲ events 0.55", "violence 0.20", "novelty 0.70"]
