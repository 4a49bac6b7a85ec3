"""Composing long recordings of visible clips in quiet footage, with exact labels.

A folder of compositions has `labels.csv` (path, anomalous_frames, fold, group, kinds), a table
`fold-K.csv` of the same form for each fold, and the same again in `backgrounds/`: the very same
backgrounds without events.
"""

import csv
import json
from collections.abc import Collection, Generator, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from crimeview.core.clip import ClipSpec
from crimeview.core.errors import MediaError, UsageError
from crimeview.core.files import is_file
from crimeview.core.job import Job, Step
from crimeview.training.data.composition import (
    Composition,
    CompositionRecipe,
    Picture,
    composed,
    plan_compositions,
    spans_of,
)
from crimeview.training.data.examples import FOLDS, Example
from crimeview.training.data.framecache import Frames
from crimeview.training.data.windows import frames_at
from crimeview.video.encode import VideoWriter
from crimeview.video.probe import probe
from crimeview.video.source import opened

_EDITION = 1  # to be raised when the same plan gives other pictures
_FRAMES_A_STEP = 5
_DECODED = 4  # frames
_LATE = 0.001  # s; a picture that ends this little after a tick is no longer shown at it
_QUALITY = 21  # x264's crf


@dataclass(frozen=True, slots=True)
class ComposedFolder:
    """The tables of composed recordings and of their backgrounds alone."""

    labels: Path
    backgrounds: Path


def plan_folder(examples: Sequence[Example], recipe: CompositionRecipe) -> Job[list[Composition]]:
    """Look at the lengths of the examples and plan; raises MediaError, and UsageError."""
    lengths = {}
    for number, example in enumerate(examples):
        lengths[example.path] = probe(example.path).recording.duration
        yield Step(done=number + 1, total=len(examples), message="Measuring recordings")
    plans = plan_compositions(examples, lengths, recipe)
    if not plans:
        raise UsageError("There is no quiet footage to compose recordings of; add some to --data.")
    return plans


def compose(
    examples: Sequence[Example],
    *,
    out: Path,
    recipe: CompositionRecipe | None = None,
    folds: Collection[int] = range(FOLDS),
) -> Job[ComposedFolder]:
    """Compose recordings of these folds, with and without events, into a folder.

    `examples` need folds. Recordings that are there, complete and of the same plan, are kept: a
    stopped job goes on where it was, and folds may be composed one after the other. Steps count
    seconds of video.
    """
    recipe = recipe or CompositionRecipe()
    planned = yield from plan_folder(examples, recipe)
    quiet = [replace(plan, inserts=()) for plan in planned]
    folders = ((out, planned), (out / "backgrounds", quiet))
    total = sum(plan.seconds for _, plans in folders for plan in plans if plan.fold in folds)
    done = 0.0
    for folder, plans in folders:
        folder.mkdir(parents=True, exist_ok=True)
        for plan in plans:
            if plan.fold not in folds:
                continue
            for seconds in _compose_one(plan, folder):
                yield Step(done=done + seconds, total=total, message="Composing recordings")
            done += plan.seconds
            yield Step(done=done, total=total, message="Composing recordings")
        _write_tables(plans, folder)
    return ComposedFolder(out / "labels.csv", out / "backgrounds" / "labels.csv")


def compose_cached(
    plan: Composition, cached: Mapping[Path, Frames], *, rate: float
) -> tuple[Frames, list[tuple[int, int]]]:
    """A composition from cached frames, at their size, and its events' spans in frames."""

    def show(path: Path) -> Iterator[Picture]:
        frames = cached[path]
        start, end = frames.times[0, 0], frames.times[-1, 1]
        count = max(1, round((end - start) * rate))
        rows = frames_at(frames.times, start=float(start), interval=1 / rate, count=count)
        return (np.asarray(frames.pictures[row]) for row in rows)

    count = round(plan.seconds * rate)
    pictures = np.empty((count, *cached[plan.background[0]].pictures.shape[1:]), np.uint8)
    shown = []
    for number, (picture, insert) in enumerate(composed(plan, rate=rate, show=show)):
        pictures[number] = picture
        shown.append(insert)
    starts = np.arange(count) / rate
    frames = Frames(pictures, np.column_stack([starts, starts + 1 / rate]))
    return frames, [(start, end) for _, start, end in spans_of(shown, plan)]


def _compose_one(plan: Composition, folder: Path) -> Generator[float, None, None]:
    """Gives the seconds written now and then; nothing where the recording is there."""
    path, facts = folder / f"{plan.name}.mp4", folder / f"{plan.name}.json"
    if is_file(path) and _facts(facts).get("plan") == _key(plan):
        return
    facts.unlink(missing_ok=True)
    like = probe(plan.background[0]).recording
    rate, size = like.frame_rate, (like.height // 2 * 2, like.width // 2 * 2)
    shown = []
    with (
        closing(composed(plan, rate=rate, show=partial(_shown, size=size, rate=rate))) as pictures,
        VideoWriter(path, rate=rate, height=size[0], width=size[1], crf=_QUALITY) as writer,
    ):
        for number, (picture, insert) in enumerate(pictures):
            writer.write(picture)
            shown.append(insert)
            if number % _FRAMES_A_STEP == 0:
                yield number / rate
    events = [
        {"kind": event.label, "source": event.group, "frames": [start, end]}
        for event, start, end in spans_of(shown, plan)
    ]
    # Written last: together with the recording it says that the recording is complete.
    text = json.dumps({"plan": _key(plan), "events": events}, indent=2) + "\n"
    facts.write_text(text, encoding="utf-8")


def _shown(path: Path, *, size: tuple[int, int], rate: float) -> Iterator[Picture]:
    """A recording's pictures (height, width, 3) of that size, on screen at each tick of `rate`."""
    spec = ClipSpec(frames=_DECODED, rate=None, step=_DECODED, resize=size, crop=size, color="rgb")
    count, start = 0, None
    with opened(path) as source, closing(source.clips(spec)) as clips:
        for clip in clips:
            for picture, (begin, end) in zip(clip.frames, clip.frame_times, strict=False):
                start = begin if start is None else start
                while start + count / rate < end - _LATE:
                    yield picture
                    count += 1
    if count == 0:
        raise MediaError(f"“{path}” has no readable picture; leave it out of the data.")


def _write_tables(plans: Sequence[Composition], folder: Path) -> None:
    """Tables of the recordings that are there, of all folds and of each."""
    rows = []
    for plan in plans:
        facts = _facts(folder / f"{plan.name}.json")
        if facts.get("plan") == _key(plan):
            spans = ";".join(f"{e['frames'][0]}-{e['frames'][1]}" for e in facts["events"])
            kinds = ";".join(e["kind"] for e in facts["events"])
            rows.append((f"{plan.name}.mp4", spans, plan.fold, plan.group, kinds))
    _write_table(folder / "labels.csv", rows)
    for fold in sorted({row[2] for row in rows}):
        _write_table(folder / f"fold-{fold}.csv", [row for row in rows if row[2] == fold])


def _write_table(file: Path, rows: Sequence[tuple[str, str, int, str, str]]) -> None:
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(("path", "anomalous_frames", "fold", "group", "kinds"))
        writer.writerows(rows)


def _key(plan: Composition) -> str:
    return f"{_EDITION} {plan}"


def _facts(file: Path) -> dict[str, Any]:
    """What stands beside a finished recording; nothing where it is not finished."""
    try:
        facts = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return facts if isinstance(facts, dict) else {}
