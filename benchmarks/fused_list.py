"""What violence adds to the ranked list: false alarms in quiet recordings, and fights found.

Usage: python -m benchmarks.fused_list [DATA] [--models DIR] [--fold K] [--still] [--seconds S]

DATA is the folder of data sets (default: ../shared/data). Quiet recordings are those of
DATA/recordings and the training clips of Ped2 and Avenue, each camera's first half calibrating the
second. For fights, recordings are composed of quiet footage, fights and as many ordinary clips of
the sources of one fold, and listed by the same analysis with and without violence; with --still the
quiet footage is a picture that stands still, with noise. --models is a folder with a violence
network that was not trained on that fold: the one that ships was, so that what it finds says
little. The network of events that ships was trained on all of them.
"""

import argparse
import json
import tempfile
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.scene import _interval, _last
from crimeview.core.alarm_rate import TWO_AN_HOUR, block_peaks, of_peaks
from crimeview.core.found_by import FoundBy
from crimeview.core.segment import Segment, SegmentRule, find_segments
from crimeview.core.track import Track, TrackKind
from crimeview.jobs.analyze import AnalyzeSettings, analyze
from crimeview.jobs.compose import compose
from crimeview.jobs.fuse import found_segments, tracks_beside, violent_segments
from crimeview.jobs.models import VIOLENCE, ModelPair, default_models
from crimeview.jobs.quiet_time import PRIORS, logit, score_of
from crimeview.jobs.resegment import rule_of
from crimeview.nets.catalog import find_model
from crimeview.nets.frame_classifier import FrameClassifier
from crimeview.store.case import Case, open_case
from crimeview.training.data.composition import CompositionRecipe
from crimeview.training.data.data_sets import read_data_sets
from crimeview.training.data.examples import NORMAL, Example
from crimeview.training.data.folds import with_folds
from crimeview.video.encode import VideoWriter
from crimeview.video.frames import FrameReader
from crimeview.video.source import opened

_QUIET = ("recordings", "ucsd_ped2", "avenue")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data", nargs="?", type=Path, default=Path("../shared/data"))
    parser.add_argument("--models", type=Path, help="with the violence network (default: ships)")
    parser.add_argument("--fold", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=300.0, help="of a composed recording")
    parser.add_argument("--still", action="store_true", help="fights where nothing else moves")
    parser.add_argument("--work", type=Path, help="where composed recordings are kept")
    args = parser.parse_args()
    if not args.data.is_dir():
        print(f"There are no data sets in {args.data}: nothing to measure.")
        return
    models = replace(default_models(), objects=None)
    if args.models is not None:
        models = replace(models, violence=find_model(VIOLENCE, args.models))
    examples = _examples(args.data)
    if not args.still:
        _quiet(examples, models)
    with tempfile.TemporaryDirectory() as name:
        _fights(examples, models, args, args.work or Path(name))


def _examples(data: Path) -> list[Example]:
    """All that violence is trained on, with folds; crashes are none of its business."""
    sets = [s for s in read_data_sets(data) if s.name not in ("shoplifting", "ucf_crime")]
    return with_folds([e for s in sets for e in s.part("train") if not e.weak])


# Quiet recordings


@dataclass(frozen=True, slots=True, kw_only=True)
class _Judged:
    """The second half of a camera's quiet time: its seconds, and the alarms in it."""

    seconds: float
    calibrated: int
    at_model_threshold: int


def _quiet(examples: Sequence[Example], models: ModelPair) -> None:
    """Alarms in the second half of each camera's quiet time, by what the first half shows."""
    cameras: dict[str, list[Path]] = {}
    for example in examples:
        if example.data in _QUIET and example.central is None and example.label == NORMAL:
            cameras.setdefault(example.group, []).append(example.path)
    judged: dict[str, list[_Judged]] = {}
    assert models.violence is not None, "there is one"
    with FrameClassifier(models.violence, threads=1) as classifier:
        for camera, paths in sorted(cameras.items()):
            tracks = [_probabilities(path, classifier) for path in sorted(paths)]
            halves = _halves(camera, tracks, threshold=classifier.model.manifest.threshold or 0.5)
            judged.setdefault(camera.split("/")[0], []).append(halves)
    judged["all"] = [row for found in judged.values() for row in found]
    for name, rows in judged.items():
        _tell_rate(f"{name}, calibrated", rows, [row.calibrated for row in rows])
        _tell_rate(
            f"{name}, at the model's threshold", rows, [row.at_model_threshold for row in rows]
        )


def _probabilities(path: Path, classifier: FrameClassifier) -> Track:
    times, values = [], []
    with opened(path, threads=1) as source, closing(source.clips(classifier.spec)) as clips:
        for clip in clips:
            times.append((clip.start, clip.end))
            values.append(classifier.probability(clip.frames))
    spans = np.array(times, np.float64).reshape(-1, 2)
    return Track(TrackKind.VIOLENCE, spans, np.array(values, np.float32))


def _halves(camera: str, tracks: Sequence[Track], *, threshold: float) -> _Judged:
    tracks = [track for track in tracks if len(track.times)]
    left = sum(map(_seconds, tracks)) / 2
    first, second = [], []
    for track in tracks:
        known = track.times[:, 1] <= track.times[0, 0] + left
        first.append(_part(track, known))
        second.append(_part(track, ~known))
        left -= _seconds(track)
    peaks = [block_peaks(track.times, logit(track.values)) for track in first]
    rate = of_peaks(np.concatenate(peaks), busy=1.0, prior=PRIORS[TrackKind.VIOLENCE])
    rule = SegmentRule(threshold=threshold)
    found = _Judged(
        seconds=sum(map(_seconds, second)),
        calibrated=sum(len(violent_segments(track, rate)) for track in second),
        at_model_threshold=sum(len(find_segments(track, rule)) for track in second),
    )
    begins = score_of(rate.score_at(TWO_AN_HOUR))
    highest = max(float(track.values.max()) for track in second if len(track.times))
    print(
        f"- {camera}: {found.calibrated} alarms in {found.seconds:.0f} s; an alarm begins at "
        f"{'no probability' if begins is None else f'{begins:.4f}'}, the highest is {highest:.2f}",
        flush=True,
    )
    return found


def _seconds(track: Track) -> float:
    return float(track.times[-1, 1] - track.times[0, 0]) if len(track.times) else 0.0


def _part(track: Track, rows: NDArray[np.bool_]) -> Track:
    return replace(track, times=track.times[rows], values=track.values[rows])


def _tell_rate(name: str, rows: Sequence[_Judged], alarms: Sequence[int]) -> None:
    hours, count = sum(row.seconds for row in rows) / 3600, sum(alarms)
    low, high = _interval(count)
    print(
        f"{name}: {count} alarms in {hours * 3600:.0f} s, {count / hours:.1f} an hour, "
        f"95 % interval {low / hours:.1f} to {high / hours:.1f}"
    )


# Fights


@dataclass(slots=True)
class _Listed:
    """A list over all recordings: what was found, and whether it is a fight (its number)."""

    rows: list[tuple[Segment, int | None]] = field(default_factory=list)

    def add(
        self, segments: Sequence[Segment], fights: Sequence[tuple[float, float]], *, first: int
    ) -> None:
        for segment in segments:
            hits = [n for n, (a, b) in enumerate(fights) if segment.start < b and segment.end > a]
            self.rows.append((segment, first + hits[0] if hits else None))

    def tell(self, name: str, *, fights: int, hours: float) -> None:
        ranked = sorted(self.rows, key=lambda row: row[0].rank)
        numbers = [number for _, number in ranked]
        found = {number for number in numbers if number is not None}
        allowed = int(TWO_AN_HOUR * hours)
        wrong = np.cumsum([number is None for number in numbers])
        early = {
            n for n, count in zip(numbers, wrong, strict=True) if n is not None and count <= allowed
        }
        violent = [n for s, n in ranked if s.found_by is FoundBy.VIOLENCE]
        print(
            f"| {name} | {len(found)} of {fights} | {numbers.count(None)} | {len(early)} | "
            f"{_average_precision(numbers, fights):.2f} | {len(violent)}, "
            f"{sum(n is not None for n in violent)} of them fights |"
        )


def _average_precision(numbers: Sequence[int | None], fights: int) -> float:
    """Of a ranked list; each fight counts where it comes first."""
    seen: set[int] = set()
    total = 0.0
    for place, number in enumerate(numbers, start=1):
        if number is not None and number not in seen:
            seen.add(number)
            total += len(seen) / place
    return total / max(1, fights)


def _fights(
    examples: Sequence[Example], models: ModelPair, args: argparse.Namespace, work: Path
) -> None:
    recipe = CompositionRecipe(seconds=args.seconds, events=8, decoys=8)
    chosen = [e for e in examples if e.label != "crash" and e.data != "hockey_fights"]
    folder = work / f"fold-{args.fold}{'-still' if args.still else ''}"
    if args.still:
        chosen = [*_still(chosen, args.fold, work), *(e for e in chosen if e.central is not None)]
    _last(compose(chosen, out=folder, recipe=recipe, folds=[args.fold]))
    paths = sorted(folder.glob("*.mp4"))
    with tempfile.TemporaryDirectory() as name, open_case(Path(name) / "case") as case:
        _last(analyze(paths, case=case, models=models, settings=AnalyzeSettings(lanes=1)))
        _compare(case)


def _still(examples: Sequence[Example], fold: int, folder: Path) -> list[Example]:
    """Four cameras before which nothing moves: a picture of the fold each, with a sensor's noise.

    Each is a data set of its own, so that every composed recording has another.
    """
    clips = [e for e in examples if e.fold == fold and e.label == NORMAL and e.central is not None]
    by_group = {e.group: e for e in clips}
    folder.mkdir(parents=True, exist_ok=True)
    made = []
    for number, example in enumerate(list(by_group.values())[:4]):
        with FrameReader(example.path) as reader:
            shown = reader.at(0.0).picture
        height, width = shown.shape[0] // 2 * 2, shown.shape[1] // 2 * 2
        picture = shown[:height, :width, 2::-1].astype(np.float32)
        random = np.random.default_rng(number)
        path = folder / f"still-{number}.mp4"
        with VideoWriter(path, rate=25, width=width, height=height) as writer:
            for _ in range(20 * 25):
                noisy = picture + random.normal(0, 2, picture.shape)
                writer.write(np.clip(np.rint(noisy), 0, 255).astype(np.uint8))
        made.append(
            replace(
                example, path=path, data=f"still-{number}", group=f"still/{number}", central=None
            )
        )
    return made


def _compare(case: Case) -> None:
    lists = {
        name: _Listed() for name in ("events, novelty", "events, novelty, violence", "violence")
    }
    fights, seconds = 0, 0.0
    for recording in case.recordings():
        run, scores = (
            case.analyses.newest(recording.id),
            case.track(recording.id, TrackKind.FRAME_SCORES),
        )
        assert run is not None
        assert scores is not None
        facts = json.loads(recording.path.with_suffix(".json").read_text(encoding="utf-8"))
        frames = [event["frames"] for event in facts["events"]]
        spans = [
            (scores.times[a, 0], scores.times[min(b, len(scores.times)) - 1, 1]) for a, b in frames
        ]
        events, beside = find_segments(scores, rule_of(run)), tracks_beside(case, run)
        without = replace(beside, violence=None)
        alone = replace(beside, novelty=None)
        for listed, segments in zip(
            lists.values(),
            (
                found_segments(case, recording.id, events, without),
                found_segments(case, recording.id, events, beside),
                found_segments(case, recording.id, [], alone),
            ),
            strict=True,
        ):
            listed.add(segments, spans, first=fights)
        fights, seconds = fights + len(spans), seconds + _seconds(scores)
    print(
        f"\n{fights} fights in {seconds:.0f} s of composed recordings:\n\n"
        "| list | fights in it | others in it | fights before two others an hour | "
        "average precision | found by violence alone |\n|---|---|---|---|---|---|"
    )
    for name, listed in lists.items():
        listed.tell(name, fights=fights, hours=seconds / 3600)


if __name__ == "__main__":
    main()
