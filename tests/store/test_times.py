from datetime import datetime
from pathlib import Path

from crimeview.core.edit import Action, Change, Edit, Record
from crimeview.core.ground_truth import RecordingTruth, TruthSpan
from crimeview.core.segment import RulePreset, SegmentRule
from crimeview.core.wall_clock import WallClock, WallClockSource
from crimeview.store.case import Case, open_case
from crimeview.store.rows import CaseClock
from tests.store.earlier import as_of

CLOCK = CaseClock(
    camera="gate",
    clock=WallClock(
        start=datetime(2024, 5, 17, 16, 42, 11, 250_000),  # noqa: DTZ001
        zone="Asia/Seoul",
        offset=-3.5,
        source=WallClockSource.GIVEN,
    ),
)


def _preset(name: str, threshold: float, *, camera: str = "gate") -> RulePreset:
    return RulePreset(camera=camera, name=name, rule=SegmentRule(threshold=threshold))


def _keep(case: Case, before: RulePreset | None, after: RulePreset | None) -> None:
    _make(case, Action.PRESET, before, after)


def _make(case: Case, action: Action, before: Record | None, after: Record | None) -> None:
    change = Change(before=before, after=after)
    case.edits.make(Edit(action=action, changes=(change,)), reviewer="kim")


def test_clocks_are_kept_and_go_with_their_recording(tmp_path: Path) -> None:
    with open_case(tmp_path / "case") as case:
        first, second = (case.add_recording(tmp_path / name) for name in ("a.mp4", "b.mp4"))
        case.times.set_clocks({first: CLOCK, second: CLOCK, 99: CLOCK})
        assert case.times.clocks() == {first: CLOCK, second: CLOCK}
        case.remove_recording(first)
        assert case.times.clocks() == {second: CLOCK}


def test_presets_are_kept_by_camera_and_name(tmp_path: Path) -> None:
    with open_case(tmp_path / "case") as case:
        for preset in (_preset("Night", 0.7), _preset("Day", 0.5), _preset("Day", 0.6, camera="a")):
            _keep(case, None, preset)
        _keep(case, _preset("Night", 0.7), _preset("Night", 0.8))
        assert case.presets.all() == [
            _preset("Day", 0.6, camera="a"),
            _preset("Day", 0.5),
            _preset("Night", 0.8),
        ]
        _keep(case, _preset("Day", 0.5), None)
        assert len(case.presets.all()) == 2


def _tell(case: Case, number: int, *spans: tuple[float, float]) -> None:
    told = [TruthSpan(start=a, end=b, label="fight") for a, b in spans]
    known = case.times.truths().get(number)
    _make(case, Action.TRUTH, known, RecordingTruth.of(number, told))


def test_the_truth_is_replaced(tmp_path: Path) -> None:
    with open_case(tmp_path / "case") as case:
        number = case.add_recording(tmp_path / "a.mp4")
        _tell(case, number, (5.0, 6.0), (1.0, 2.0), (1.0, 3.0))
        assert [(t.start, t.end) for t in case.times.truth(number)] == [(1.0, 3.0), (5.0, 6.0)]
        _tell(case, number)
        assert case.times.truth(number) == []


def test_a_case_from_before_there_were_clocks_opens(tmp_path: Path) -> None:
    folder = tmp_path / "case"
    with open_case(folder) as case:
        number = case.add_recording(tmp_path / "a.mp4")
    as_of(folder, "0021")
    with open_case(folder) as case:
        assert [row.id for row in case.recordings()] == [number]
        case.times.set_clocks({number: CLOCK})
        assert case.times.clocks() == {number: CLOCK}
