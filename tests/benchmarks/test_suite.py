"""The benchmarks' machinery: order, resuming, tables and what a process took."""

import importlib.util
import json
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.__main__ import PARTS, command
from benchmarks.candidates import CANDIDATES, GATED
from benchmarks.comparisons import BUSY, HEADLINES, MATRIX, TARGETS, Comparison, Target, suite
from benchmarks.growth import Point, draw, works
from benchmarks.profiling import stage_of
from benchmarks.recordings import Recipe
from benchmarks.results import Results, Run
from benchmarks.speed import order
from benchmarks.tables import comparison_table, target_rows, target_table
from benchmarks.timing import FailedError, time_command

FAST, SLOW = "fast", "slow"
COMPARISON = Comparison(
    name=BUSY, recipe=Recipe(), seconds=10.0, rounds=3, candidates=(FAST, SLOW, "absent")
)


def run(candidate: str, number: int, wall: float, *, peak_mb: float = 100.0) -> Run:
    return Run(
        candidate=candidate,
        round=number,
        video=10.0,
        rate=25.0,
        wall=wall,
        cpu=2 * wall,
        peak_mb=peak_mb,
    )


@pytest.fixture
def results(tmp_path: Path) -> Results:
    """Three rounds on a machine that is twice as slow in the last."""
    results = Results(tmp_path / "speed.json")
    found = results.begin(BUSY, "first program")
    for number, slowness in enumerate((1.0, 1.1, 2.0)):
        found.runs.append(run(FAST, number, 1.0 * slowness, peak_mb=300 + number))
        found.runs.append(run(SLOW, number, 4.0 * slowness))
    found.missing["absent"] = "it is not installed"
    return results


def test_candidates_run_in_turn_and_each_round_begins_with_another() -> None:
    turns = order(COMPARISON)
    assert sorted(turns) == sorted((r, n) for r in range(3) for n in COMPARISON.candidates)
    assert [name for _, name in turns[::3]] == list(COMPARISON.candidates)
    assert [turn for turn, _ in turns] == [0, 0, 0, 1, 1, 1, 2, 2, 2]


def test_ratios_are_of_the_same_round(results: Results) -> None:
    found = results.comparisons[BUSY]
    assert found.ratio(FAST, SLOW) == pytest.approx(4.0)
    assert found.ratio(FAST, "absent") is None
    assert found.speed(FAST) == pytest.approx(10 / 1.1)
    assert found.peak_mb(FAST) == 302


def test_what_was_measured_is_there_after_a_stop(results: Results, tmp_path: Path) -> None:
    results.save()
    again = Results.load(tmp_path / "speed.json")
    kept = again.begin(BUSY, "first program")
    assert kept.has(FAST, 2)
    assert not kept.has(FAST, 3)
    assert kept.runs == results.comparisons[BUSY].runs
    assert not kept.has("absent", 0)  # it may have been installed since
    assert not again.begin(BUSY, "second program").runs


def test_a_comparison_as_a_table(results: Results) -> None:
    lines = comparison_table(COMPARISON, results.comparisons[BUSY]).splitlines()
    assert lines[2] == "| fast | 9.09 | 5 to 10 | 8.80 | 302 |  |"
    assert lines[3] == "| slow | 2.27 | 1.25 to 2.5 | 35.20 | 100 | 4.00 |"
    assert "it is not installed" in lines[4]


def test_targets_say_whether_they_are_met(results: Results) -> None:
    target = Target(
        what="w", comparison=BUSY, candidate=FAST, figure="ratio", against=SLOW, wanted=3.9
    )
    memory = replace(target, figure="peak MB", against=None, wanted=301.0)
    elsewhere = replace(target, comparison="not measured")
    rows = target_rows([target, replace(target, wanted=4.1), memory, elsewhere], results)
    assert [row["met"] for row in rows] == [True, False, False, None]
    table = target_table(rows).splitlines()
    assert table[2] == "| w | at least 3.9 | 4 | yes |"
    assert table[4] == "| w | at most 301 | 302 | no |"
    assert table[5] == "| w | at least 3.9 | not measured |  |"


def test_every_target_is_of_something_that_is_measured() -> None:
    comparisons = {comparison.name: comparison for comparison in HEADLINES}
    for target in TARGETS:
        names = comparisons[target.comparison].candidates
        assert target.candidate in names
        assert target.against is None or target.against in names
    every = (*HEADLINES, *MATRIX)
    assert len({comparison.name for comparison in every}) == len(every)
    assert {name for c in every for name in c.candidates} <= set(CANDIDATES)
    assert {c.name for c in suite(quick=True)} <= {c.name for c in suite(quick=False)}


def test_memory_and_time_of_a_command_are_its_own() -> None:
    ballast = bytearray(300_000_000)  # what this process holds must not count
    code = "import time; held = bytearray(50_000_000); time.sleep(0.3); print('said')"
    timed = time_command([sys.executable, "-c", code])
    assert len(ballast) == 300_000_000
    assert timed.said == "said\n"
    assert 50 < timed.peak_mb < 150
    assert timed.wall > 0.3
    assert timed.cpu < timed.wall


def test_a_command_that_fails_says_why() -> None:
    with pytest.raises(FailedError, match="ended with 3: no such option"):
        time_command(
            [
                sys.executable,
                "-c",
                "import sys; print('no such option', file=sys.stderr);sys.exit(3)",
            ]
        )


def test_an_analysis_is_measured_as_a_user_runs_it(tmp_path: Path) -> None:
    with pytest.raises(FailedError, match="does not exist"):
        CANDIDATES[GATED].run(tmp_path / "nothing.mp4", tmp_path)


@pytest.mark.parametrize("quick", [True, False])
def test_every_part_of_the_suite_is_a_module_that_can_be_started(*, quick: bool) -> None:
    for part in PARTS:
        started = command(part, quick=quick)
        module = started[started.index("-m") + 1]
        assert importlib.util.find_spec(module) is not None


def test_growth_is_drawn_of_every_axis(tmp_path: Path) -> None:
    points = [
        Point(
            axis=work.axis,
            scene=work.recipe.scene,
            at=work.at,
            round=0,
            video=sum(work.seconds),
            wall=sum(work.seconds) / 50,
            cpu=1.0,
            peak_mb=100.0,
        )
        for work in works(quick=True)
    ]
    assert {point.axis for point in points} == {"resolution", "frame rate", "length", "recordings"}
    assert draw(points, tmp_path / "growth.png").read_bytes().startswith(b"\x89PNG")


def test_a_stack_belongs_to_its_innermost_stage() -> None:
    seen: list[str] = []
    code = compile("look()", "crimeview/scene/still.py", "exec")
    exec(code, {"look": lambda: seen.append(stage_of(sys._getframe()))})
    seen.append(stage_of(None))
    assert seen == ["gate on pictures", "the rest of the program"]


def test_results_are_plain_json(results: Results, tmp_path: Path) -> None:
    results.targets = target_rows(TARGETS, results)
    results.save()
    kept = json.loads((tmp_path / "speed.json").read_text(encoding="utf-8"))
    assert kept["comparisons"][BUSY]["runs"][0]["candidate"] == FAST
    assert {row["what"] for row in kept["targets"]} == {target.what for target in TARGETS}
