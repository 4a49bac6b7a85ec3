import json
import shutil
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from crimeview.cli.main import main
from crimeview.core.address import camera_of
from crimeview.core.alarm import Alarm
from crimeview.core.alarm_rule import AlarmTrack
from crimeview.core.outbox import Moment
from crimeview.store.case import open_case


@pytest.fixture
def case(analyzed: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(analyzed, tmp_path / "case"))


def run(*arguments: object) -> int:
    return main(list(map(str, arguments)), open_window=lambda *_, **__: 1)


def listed(case: Path, capsys: pytest.CaptureFixture[str], *words: object) -> Any:
    capsys.readouterr()
    assert run("alarms", *words, "--json", "--case", case) == 0
    return json.loads(capsys.readouterr().out)


def test_a_rule_is_added_tried_armed_and_removed(
    case: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("alarms", "list", "--case", case) == 0
    assert "no alarm rules yet" in capsys.readouterr().err
    fields = ("--schedule", "always", "--min-duration", 1, "--camera", "night", "--cooldown", 5)
    assert run("alarms", "add", "gate", *fields, "--case", case) == 0
    assert "not armed" in capsys.readouterr().err
    (rule,) = listed(case, capsys, "list")
    assert (rule["name"], rule["track"], rule["armed"]) == ("gate", "events", False)
    assert rule["min_duration"] == 1.0
    trial = listed(case, capsys, "try", "gate")
    assert len(trial["alarms"]) == 3, "the recording has three bursts of motion"
    assert trial["recordings"] == 1
    assert "would have raised 3 alarms" in trial["sentences"][0]
    assert run("alarms", "try", "gate", "--case", case) == 0
    assert "night.mp4" in capsys.readouterr().out
    assert run("alarms", "try", "gate", "--last-night", "--case", case) == 0
    assert "known to be of last night" in capsys.readouterr().out
    calmer = listed(case, capsys, "try", "gate", "--cooldown", 100)
    assert len(calmer["alarms"]) == 2, "the second burst comes 68 s after the first"
    assert listed(case, capsys, "list") == [rule], "trying changes nothing"
    assert run("alarms", "change", "gate", "--arm", "--name", "yard", "--case", case) == 0
    (rule,) = listed(case, capsys, "list")
    assert (rule["name"], rule["armed"]) == ("yard", True)
    assert run("alarms", "list", "--case", case) == 0
    assert "armed     yard: events from" in capsys.readouterr().out
    assert run("alarms", "remove", "yard", "--case", case) == 0
    assert listed(case, capsys, "list") == []


def test_an_alarm_of_a_trial_is_of_one_recording_where_others_have_its_name(
    case: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with open_case(case) as opened:
        (recording,) = opened.recordings()
        opened.add_recording(tmp_path / "other" / recording.path.name)
    assert run("alarms", "try", "--case", case) == 0
    told = capsys.readouterr().out
    assert f"  {Path(*recording.path.parts[-2:])}" in told


def test_last_night_is_known_by_the_names_of_files_where_no_window_was_opened(
    bursts: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    night = datetime.now().astimezone().date() - timedelta(days=1)
    file = tmp_path / "yard" / f"{night:%Y%m%d}-213000.mp4"
    file.parent.mkdir()
    shutil.copy(bursts, file)
    case = tmp_path / "case"
    assert run("analyze", file, "--case", case) == 0
    trial = listed(case, capsys, "try", "--last-night")
    assert trial["recordings"] == 1
    assert len(trial["alarms"]) == 3


def test_changes_of_rules_are_undone(case: Path, capsys: pytest.CaptureFixture[str]) -> None:
    who = ("--reviewer", "kim", "--case", case)
    states = [listed(case, capsys, "list")]
    for words in (
        ("add", "gate", "--schedule", "Mon-Fri 22:00-06:00"),
        ("change", "gate", "--name", "yard", "--arm"),
        ("snooze", "all", 30),
        ("remove", "yard"),
    ):
        assert run("alarms", *words, *who) == 0
        states.append(listed(case, capsys, "list"))
    for state in states[-2::-1]:
        assert run("review", "undo", *who) == 0
        assert "Undone: alarm rules (1 change)" in capsys.readouterr().err
        assert listed(case, capsys, "list") == state


def test_a_rule_that_can_raise_nothing_is_listed_with_the_reason(
    case: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    (tmp_path / "none").mkdir()
    monkeypatch.setenv("CRIMEVIEW_MODELS", str(tmp_path / "none"))
    with open_case(case) as opened:
        opened.live.set_cameras([camera_of("north=rtsp://north")])
    for name in ("novelty", "theft"):
        words = ("--track", name, "--hysteresis", 0.5, "--merge-gap", 3, "--threshold", 0.8)
        assert run("alarms", "add", name, *words, "--arm", "--case", case) == 0
    capsys.readouterr()
    assert run("alarms", "list", "--case", case) == 0
    told = capsys.readouterr().out
    assert "“novelty” raises nothing: nothing was learned of “north”" in told
    assert "“theft” raises nothing: the models that score theft are not there" in told
    assert "ends below 0.40" in told
    assert "joined within 3 s" in told


def test_a_rule_is_tried_without_being_stored(
    case: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    trial = listed(case, capsys, "try", "--last-night")
    assert trial["recordings"] == 0, "nothing of this recording says when it was made"
    assert len(listed(case, capsys, "try")["alarms"]) == 3
    assert listed(case, capsys, "list") == []


def test_a_rule_is_snoozed_and_woken(case: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run("alarms", "add", "gate", "--arm", "--case", case)
    assert run("alarms", "snooze", "all", 30, "--case", case) == 0
    assert "Quiet until" in capsys.readouterr().err
    assert listed(case, capsys, "list")[0]["snoozed_until"] is not None
    assert run("alarms", "list", "--case", case) == 0
    assert capsys.readouterr().out.startswith("snoozed")
    assert run("alarms", "snooze", "gate", "--off", "--case", case) == 0
    assert listed(case, capsys, "list")[0]["snoozed_until"] is None
    assert run("alarms", "snooze", "gate", 0, "--case", case) == 2


def test_alarms_are_listed_and_acknowledged(case: Path, capsys: pytest.CaptureFixture[str]) -> None:
    alarm = Alarm(
        id="x1", rule_id="r", rule="gate", camera="yard", track=AlarmTrack.EVENTS, zone="",
        start=1_700_000_000.0, end=1_700_000_004.0, peak=0.8, peak_time=1_700_000_001.0,
        threshold=0.5,
    )  # fmt: skip
    assert run("alarms", "history", "--case", case) == 0
    assert capsys.readouterr().err == "No rule has raised an alarm yet.\n"
    with open_case(case) as opened:
        opened.alarms.record(alarm, [], moment=Moment.ENDED, now=1_700_000_005.0)
    (stored,) = listed(case, capsys, "history", "--unseen")
    assert stored["sentence"] == ("yard: an unusual event, score 0.80 of 0.50, 4 s (rule “gate”).")
    assert run("alarms", "acknowledge", "x1", "--reviewer", "kim", "--case", case) == 0
    assert listed(case, capsys, "history", "--unseen") == []
    assert run("alarms", "history", "--unseen", "--case", case) == 0
    assert capsys.readouterr().err == "All alarms were seen.\n"
    assert listed(case, capsys, "history")[0]["acknowledged_by"] == "kim"
    assert run("alarms", "acknowledge", "--case", case) == 2
    assert run("alarms", "acknowledge", "y", "--case", case) == 2
    assert run("alarms", "acknowledge", "--all", "--case", case) == 0


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("remove", "door"), "no alarm rule “door”"),
        (("add", "gate", "--schedule", "at night"), "is no time of a schedule"),
        (("add", "gate", "--threshold", 2), "threshold must lie above 0"),
        (("add", "gate", "--tell", "pager"), "no delivery “pager”"),
        (("add", "gate", "--time-zone", "Moon"), "no time zone “Moon”"),
    ],
)
def test_what_makes_no_sense_is_told_in_a_sentence(
    case: Path, capsys: pytest.CaptureFixture[str], words: tuple[object, ...], told: str
) -> None:
    assert run("alarms", *words, "--case", case) == 2
    assert told in capsys.readouterr().err


def test_two_rules_cannot_have_one_name(case: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run("alarms", "add", "gate", "--case", case)
    assert run("alarms", "add", "gate", "--case", case) == 2
    assert "a rule “gate” already" in capsys.readouterr().err
