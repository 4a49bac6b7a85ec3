from dataclasses import replace

from crimeview.core.alarm_trial import trial_sentences
from crimeview.core.watching import SavedClip
from crimeview.store.case import Case
from tests.jobs.test_try_alarm import add, case, tried

__all__ = ["case"]


def keep_as_clip(case: Case, recording_id: int) -> None:
    """As if a recording had been kept around an alarm."""
    path = case.recording(recording_id).path
    clip = SavedClip(
        camera="gate",
        alarms=("a",),
        path=path,
        start=0.0,
        end=5.0,
        sha256="0" * 64,
        size=1,
        recording_id=recording_id,
    )
    case.live.add_clip(clip)


def test_clips_around_alarms_are_no_recordings_to_try_a_rule_on(case: Case) -> None:
    """They overlap, so one event would count twice, and hold hardly anything but events."""
    add(case, "day.mp4", [0.0] * 50 + [0.9] + [0.0] * 49)
    before = tried(case)
    for name in ("one.mp4", "two.mp4"):
        keep_as_clip(case, add(case, name, [0.0, 0.9, 0.0]))
    trial = tried(case)
    assert replace(trial, clips=0) == before
    assert trial.clips == 2
    assert trial_sentences(trial) == [
        "This rule would have raised 1 alarm in 0:01:40 of 1 recording.",
        "2 clips around alarms were left out: these are cut where scores are high.",
    ]


def test_with_clips_alone_there_is_nothing_to_try_it_on(case: Case) -> None:
    keep_as_clip(case, add(case, "one.mp4", [0.0, 0.9, 0.0]))
    trial = tried(case)
    assert trial.recordings == 0
    assert trial.alarms == ()
    assert trial.without_track == 0
    assert trial_sentences(trial)[0].startswith("There are no events scores")
    assert trial_sentences(trial)[1].startswith("1 clip around alarms")
