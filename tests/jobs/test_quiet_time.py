"""What is to be expected of a network's scores in a camera's quiet time."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from crimeview.core.recording import Fingerprint
from crimeview.core.review import ReviewState
from crimeview.core.track import TrackKind
from crimeview.jobs.quiet_time import QuietPeaks, QuietTime, logit, score_of
from crimeview.jobs.review import Reviewer, marked
from crimeview.store.case import Case, open_case
from tests.store.begun import begin, score_track

KIM = Reviewer(name="kim", now="2026-01-02T03:04:05+00:00")
INCIDENT = slice(100, 400)  # s of 1200: longer than a quarter is not known to be robust
_RATE, _SCALE = 2.0, 0.4


@pytest.fixture
def case(tmp_path: Path) -> Iterator[Case]:
    with open_case(tmp_path / "case") as case:
        yield case


def _scores(*, seed: int, incident: float | None = None) -> np.ndarray:
    """20 min of logits about -1, of which some are an incident's."""
    logits = np.random.default_rng(seed).gumbel(-1.0, _SCALE, int(1200 * _RATE))
    if incident is not None:
        logits[INCIDENT.start * 2 : INCIDENT.stop * 2] += incident
    return 1 / (1 + np.exp(-logits))


def _recording(case: Case, number: int, kind: TrackKind, values: np.ndarray) -> tuple[int, int]:
    content = Fingerprint(sha256=f"{number:064}", size=1)
    recording, run = begin(case, f"{number}.mp4", content=content)
    case.analyses.save_track(run, score_track(values, kind=kind, rate=_RATE))
    return recording, run


def _novel(case: Case, run: int) -> None:
    values = np.full(1200, 0.1)
    values[INCIDENT] = 0.9
    case.analyses.save_track(run, score_track(values, kind=TrackKind.NOVELTY, rate=1.0))


def _confirmed(case: Case, recording: int) -> None:
    row = next(r for r in case.recordings() if r.id == recording)
    edit = marked(row, start=INCIDENT.start, end=INCIDENT.stop, by=KIM)
    case.edits.make(edit, reviewer="kim")


@pytest.mark.parametrize("kind", [TrackKind.VIOLENCE, TrackKind.FRAME_SCORES])
@pytest.mark.parametrize("told", ["novelty", "person"])
def test_incidents_do_not_raise_what_is_to_be_expected(
    case: Case, kind: TrackKind, told: str
) -> None:
    recording, run = _recording(case, 1, kind, _scores(seed=0, incident=3.0))
    with_incident = QuietTime(case, recording).rate(kind)
    if told == "novelty":
        _novel(case, run)
    else:
        _confirmed(case, recording)
    quiet = QuietTime(case, recording).rate(kind)
    other, _ = _recording(case, 2, kind, _scores(seed=0))
    plain = QuietTime(case, other).rate(kind)
    assert with_incident.score_at(2.0) > quiet.score_at(2.0) + 1.0
    assert quiet.score_at(2.0) == pytest.approx(plain.score_at(2.0), abs=0.3)


def test_what_is_no_longer_confirmed_is_quiet_time(case: Case) -> None:
    kind = TrackKind.VIOLENCE
    recording, _ = _recording(case, 1, kind, _scores(seed=0, incident=3.0))
    before = QuietTime(case, recording).rate(kind)
    _confirmed(case, recording)
    (row,) = case.segments(recording)
    assert row.state is ReviewState.CONFIRMED
    assert QuietTime(case, recording).rate(kind) != before
    case.edits.undo(reviewer="kim")
    assert QuietTime(case, recording).rate(kind) == before


def test_all_recordings_of_the_camera_count(case: Case) -> None:
    kind = TrackKind.VIOLENCE
    alone, _ = _recording(case, 1, kind, _scores(seed=0)[:20])  # 10 s
    other, _ = _recording(case, 2, kind, _scores(seed=1))
    unknown = QuietTime(case, alone).rate(kind)
    for recording in (alone, other):
        case.scenes.find_or_add(
            recording,
            name="gate",
            folder=Path("cameras"),
            background=np.zeros((2, 2), np.uint8),
            fits=lambda _sight: True,
        )
    known = QuietTime(case, alone).rate(kind)
    peaks = QuietPeaks(case)
    assert QuietTime(case, alone, peaks).rate(kind) == known
    assert QuietTime(case, alone, peaks).rate(kind) == known, "as it was read before"
    assert known.scale < unknown.scale / 2, "little is known of ten seconds"
    assert known.score_at(2.0) == pytest.approx(QuietTime(case, other).rate(kind).score_at(2.0))


def test_the_rate_is_that_of_later_quiet_time(case: Case) -> None:
    """Two alarms an hour where two are meant, by scores that it has not seen."""
    kind = TrackKind.VIOLENCE
    recording, _ = _recording(case, 1, kind, _scores(seed=0))
    threshold = QuietTime(case, recording).rate(kind).score_at(2.0)
    hours = 100
    rows = int(5 * _RATE)
    later = np.random.default_rng(5).gumbel(-1.0, _SCALE, (hours * 720, rows)).max(axis=1)
    assert 0.5 < (later >= threshold).sum() / hours < 4.0


def test_a_recording_without_the_track_has_what_is_assumed(case: Case) -> None:
    recording, _ = begin(case)
    rate = QuietTime(case, recording).rate(TrackKind.VIOLENCE)
    assert rate.location == -0.2


def test_logits_of_certain_scores_are_finite_and_come_back() -> None:
    assert np.isfinite(logit(np.array([0.0, 0.5, 1.0]))).all()
    for score in (0.01, 0.5, 0.999):
        assert score_of(float(logit(np.array(score)))) == pytest.approx(score)
    assert score_of(20.0) is None, "no score is told apart from certainty"
    low = score_of(-100.0)
    assert low is not None
    assert low > 0
