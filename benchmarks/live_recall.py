"""Whether watching misses what a rule finds in the recording: its recall as a trial states it.

Usage: python -m benchmarks.live_recall [--passes N] [--at-once]

Fights are cut into quiet footage. It is analyzed as a recording, and rules are tried on it: which
of the fights a rule raises a sure alarm at is its stated recall. Then the same footage comes from
an RTSP server, again and again, and the same rules, armed, judge what is watched. The first pass is
not counted: what is usual for the camera is not known then. With --at-once no server and no clock:
the same clips are scored and judged as if watched, with nothing left out.
"""

import argparse
import os
import shutil
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")

import numpy as np

from benchmarks.live import FOLDER, Camera, camera, footage_of, run_for
from crimeview.core.address import camera_of
from crimeview.core.alarm_evaluator import AlarmEvaluator
from crimeview.core.alarm_rule import AlarmRule, AlarmTrack
from crimeview.core.alarm_trial import Trial
from crimeview.core.live_spec import StreamShape
from crimeview.core.watching import CameraHealth, Capacity, LiveAlarm, LiveEvent, LiveScore
from crimeview.jobs.alarm_judge import AlarmJudge
from crimeview.jobs.alarm_rules import usual_threshold
from crimeview.jobs.analyze import AnalyzeSettings, analyze
from crimeview.jobs.live_scores import EventsTrack, ViolenceTrack
from crimeview.jobs.models import default_models
from crimeview.jobs.open_models import Wish, opened_models
from crimeview.jobs.try_alarm import try_rule
from crimeview.jobs.watch import Watch
from crimeview.jobs.watched_scores import WatchedScores
from crimeview.store.case import Case, open_case
from crimeview.video.source import opened

# Rare enough not to become what is usual for the camera: a scorer holds a clip against that.
EVENTS = tuple((at, at + 4.0) for at in np.arange(45.0, 600.0, 75.0).tolist())
LENGTH = 600.0  # s
EVERY = 5  # of the fights, which there are more of than events
_NEAR = 1.5  # s around an event that belong to it: clips last that long


@dataclass(frozen=True)
class Found:
    """An alarm of a rule at an event; `late` s from the end of the clip that decided it."""

    rule: str
    event: int
    late: float


def main(arguments: Sequence[str]) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--passes", type=int, default=1, help="that are counted")
    parser.add_argument("--at-once", action="store_true")
    options = parser.parse_args(arguments)
    file = footage_of(FOLDER / "recall.ts", EVENTS, length=LENGTH, every=EVERY)
    folder = FOLDER / ("recall-at-once.case" if options.at_once else "recall.case")
    shutil.rmtree(folder, ignore_errors=True)
    with open_case(folder) as case:
        settings = AnalyzeSettings(gate=False, novelty=False)
        for _ in analyze([file], case=case, models=default_models(), settings=settings):
            pass
        rules = rules_at(usual_threshold(case))
        trials = {rule.name: tried(case, rule) for rule in rules}
        stated = {name: events_of(trial) for name, trial in trials.items()}
        for name, trial in trials.items():
            tell_of_trial(name, trial)
        if options.at_once:
            scores = {
                kind: as_watched(file, kind, passes=options.passes)
                for kind in {rule.track for rule in rules}
            }
            for rule in rules:
                found = list(judged(rule, scores[rule.track], passes=options.passes))
                tell(rule, stated[rule.name], found, options.passes)
            return
        for rule in rules:
            case.alarms.put_rule(rule)
        with camera(gstreamer=False, file=file) as server:
            watch = Watch(
                [camera_of(f"a={server.address}")], models=default_models(), judge=AlarmJudge(case)
            )
            arrived = run_for(watch, (options.passes + 1) * LENGTH + 10)
            found = list(live(arrived, server, passes=options.passes))
    tell_of_health(arrived)
    for rule in rules:
        tell(rule, stated[rule.name], [f for f in found if f.rule == rule.name], options.passes)


def rules_at(threshold: float) -> list[AlarmRule]:
    """Rules as people make them: on events, at once and after two seconds, and on violence."""

    def rule(name: str, track: AlarmTrack, threshold: float, duration: float) -> AlarmRule:
        return AlarmRule(
            id=name.replace(" ", "-"),
            name=name,
            track=track,
            threshold=threshold,
            min_duration=duration,
            cooldown=0.0,
            armed=True,
        )

    return [
        rule("events at once", AlarmTrack.EVENTS, threshold, 0.0),
        rule("events of 2 s", AlarmTrack.EVENTS, threshold, 2.0),
        rule("violence of 1 s", AlarmTrack.VIOLENCE, 0.5, 1.0),
    ]


def tried(case: Case, rule: AlarmRule) -> Trial:
    with closing(WatchedScores()) as watched:
        job = try_rule(case, rule, watched=watched)
        while True:
            try:
                next(job)
            except StopIteration as end:
                trial: Trial = end.value
                return trial


def events_of(trial: Trial) -> set[int]:
    """The events at which the rule would have raised an alarm for sure."""
    sure = [alarm for alarm in trial.alarms if alarm.sure]
    return {
        number
        for number, (start, end) in enumerate(EVENTS)
        if any(a.start < end + _NEAR and a.end > start - _NEAR for a in sure)
    }


def tell_of_trial(name: str, trial: Trial) -> None:
    """What is not sure is no part of the stated recall."""
    print(
        f"{name}, tried: {len(trial.alarms)} alarms, {trial.sure} of them sure, and {trial.early} "
        "until it is known what is usual"
    )


def live(
    arrived: Sequence[tuple[float, LiveEvent]], server: Camera, *, passes: int
) -> Iterator[Found]:
    """The alarms at events in the last passes, each at the first that it covers."""
    last = server.sent[0]  # when the newest pass began
    while last + LENGTH > arrived[-1][0] - 1.0:
        last -= LENGTH
    begins = [last - LENGTH * n for n in range(passes)]
    decided: dict[str, LiveScore] = {}
    ends = {e.id: e.end for _, e in arrived if isinstance(e, LiveAlarm) and e.end is not None}
    for at, event in arrived:
        if isinstance(event, LiveScore):
            decided[event.kind.value] = event
        if not isinstance(event, LiveAlarm) or event.end is not None or event.kind is None:
            continue
        late = at - decided[event.kind.value].end
        until = ends.get(event.id, at)
        for begin in begins:
            for number, (start, end) in enumerate(EVENTS):
                if event.start < begin + end + _NEAR and until > begin + start - _NEAR:
                    yield Found(event.rule, number, late)


def as_watched(file: Path, kind: AlarmTrack, *, passes: int) -> list[LiveScore]:
    """The scores of all clips of the footage, again and again."""
    with opened_models(default_models(), wish=Wish(), threads=1) as models:
        track: EventsTrack | ViolenceTrack = EventsTrack("a", models, [])
        if kind is AlarmTrack.VIOLENCE and models.violence is not None:
            track = ViolenceTrack("a", models.violence)
        spec = track.spec.of(StreamShape(0, 0, 0.0))
        assert spec is not None
        with opened(file) as source:
            clips = [(clip.frames, clip.start, clip.end) for clip in source.clips(spec)]
        return [
            score
            for number in range(passes + 1)
            for frames, start, end in clips
            for score in track.take(frames, number * LENGTH + start, number * LENGTH + end)
        ]


def judged(rule: AlarmRule, scores: Sequence[LiveScore], *, passes: int) -> Iterator[Found]:
    """What a rule raises of these scores, in all passes but the first."""
    for _, number in sorted(events_raised(rule, scores, passes=passes)):
        yield Found(rule.name, number, 0.0)


def events_raised(
    rule: AlarmRule, scores: Sequence[LiveScore], *, passes: int
) -> set[tuple[int, int]]:
    """The passes, from 1 on, and the events in them at which a rule raises an alarm."""
    evaluator = AlarmEvaluator(rule, place=None)
    raised = [r for s in scores for r in evaluator.take(s.start, s.end, s.score)]
    raised += evaluator.finish()
    return {
        (n, number)
        for alarm in raised
        if alarm.end is not None
        for n in range(1, passes + 1)
        for number, (start, end) in enumerate(EVENTS)
        if alarm.start < n * LENGTH + end + _NEAR and alarm.end > n * LENGTH + start - _NEAR
    }


def tell_of_health(arrived: Sequence[tuple[float, LiveEvent]]) -> None:
    """What was left out: an event may lie in it."""
    health = [e for _, e in arrived if isinstance(e, CameraHealth)][-1]
    every = max(e.every for _, e in arrived if isinstance(e, Capacity))
    print(
        f"watched for {arrived[-1][0] - arrived[0][0]:.0f} s: {health.drops} pictures and "
        f"{health.skipped} clips left out, looked at every {every:.2f} s at most"
    )


def tell(rule: AlarmRule, stated: set[int], found: Sequence[Found], passes: int) -> None:
    counts = {number: sum(f.event == number for f in found) for number in range(len(EVENTS))}
    kept = sum(min(passes, counts[number]) for number in stated)
    more = sum(min(passes, n) for number, n in counts.items() if number not in stated)
    late = [f.late for f in found]
    middle, most = (np.median(late), max(late)) if late else (0.0, 0.0)
    print(
        f"{rule.name} (threshold {rule.threshold:.2f}): stated recall {len(stated)} of "
        f"{len(EVENTS)}; watched {passes} times: {kept} of {passes * len(stated)} of these told, "
        f"{more} others; {middle:.2f} s from the end of the deciding clip to the alarm (median), "
        f"{most:.2f} at most; load of the machine {os.getloadavg()[0]:.1f}"
    )


if __name__ == "__main__":
    main(sys.argv[1:])
