from pathlib import Path
from typing import TypeVar

import numpy as np
import pytest

from crimeview.core.errors import UsageError
from crimeview.core.job import Job
from crimeview.jobs.compose import compose, compose_cached, plan_folder
from crimeview.training.data.composition import CompositionRecipe
from crimeview.training.data.examples import Example
from crimeview.training.data.framecache import FrameCache, entry_name
from crimeview.training.data.labels_table import read_labels_table
from crimeview.video.encode import VideoWriter
from crimeview.video.frames import FrameReader
from crimeview.video.source import opened
from tests.training.made_examples import SPEC

T = TypeVar("T")
RECIPE = CompositionRecipe(count=4, seconds=8.0, events=2, seed=3)


def _record(path: Path, *, level: int, seconds: float, size: tuple[int, int], rate: float) -> Path:
    with VideoWriter(path, rate=rate, height=size[0], width=size[1]) as video:
        for _ in range(round(seconds * rate)):
            video.write(np.full((*size, 3), level, np.uint8))
    return path


def _examples(folder: Path) -> list[Example]:
    """Dark quiet footage and bright events of another size and rate, in two folds."""
    made = []
    for fold in range(2):
        quiet = folder / f"quiet{fold}.mp4"
        _record(quiet, level=40, seconds=2.5, size=(48, 64), rate=10)
        event = folder / f"event{fold}.mp4"
        _record(event, level=220, seconds=1.0, size=(64, 64), rate=25)
        for path, label in ((quiet, "normal"), (event, "fight")):
            made.append(
                Example(
                    path=path,
                    data="made",
                    label=label,
                    group=path.stem,
                    fold=fold,
                    central=None if label == "normal" else 2.0,
                )
            )
    return made


def _finish(job: Job[T]) -> T:
    while True:
        try:
            next(job)
        except StopIteration as end:
            result: T = end.value
            return result


def test_labels_are_exact_and_backgrounds_alone_have_none(tmp_path: Path) -> None:
    made = _finish(compose(_examples(tmp_path), out=tmp_path / "out", recipe=RECIPE))
    recordings = read_labels_table(made.labels.parent)
    assert [e.fold for e in recordings] == [0, 1]  # numbers 2 to 4 are of folds without footage
    assert {e.group for e in recordings} == {"out/quiet0", "out/quiet1"}
    assert sum(len(e.anomalous_frames) for e in recordings) > 0
    for example in recordings:
        with FrameReader(example.path) as reader:
            seen = reader.recording
            bright = np.array([reader.at(n / 10 + 0.01).picture.mean() > 195 for n in range(80)])
        assert (seen.width, seen.height, seen.frame_rate) == (64, 48, 10)
        assert seen.duration == pytest.approx(8.0)
        shown, faded = np.zeros(80, bool), np.zeros(80, bool)
        for start, end in example.anomalous_frames:
            assert end - start == 10
            shown[start + 3 : end - 3] = True
            faded[[*range(start, start + 3), *range(end - 3, end)]] = True
        assert (bright == shown)[~faded].all()
    quiet = read_labels_table(made.backgrounds.parent)
    assert [e.path.name for e in quiet] == [e.path.name for e in recordings]
    assert not any(e.anomalous_frames for e in quiet)
    table = (tmp_path / "out" / "fold-1.csv").read_text(encoding="utf-8").splitlines()
    assert len(table) == 2
    assert table[0] == "path,anomalous_frames,fold,group,kinds"


def test_a_stopped_job_goes_on_and_keeps_what_is_finished(tmp_path: Path) -> None:
    examples, out = _examples(tmp_path), tmp_path / "out"
    job = compose(examples, out=out, recipe=RECIPE)
    for step in job:
        if step.done > 10 and step.message.startswith("Composing"):
            break
    job.close()
    (first,) = out.glob("*.mp4")  # no half-written one
    stamp = first.stat().st_mtime_ns
    _finish(compose(examples, out=out, recipe=RECIPE))
    assert first.stat().st_mtime_ns == stamp
    whole = {p.name: p.read_bytes() for p in out.glob("*.mp4")}
    _finish(compose(examples, out=tmp_path / "again", recipe=RECIPE))
    assert {p.name: p.read_bytes() for p in (tmp_path / "again").glob("*.mp4")} == whole
    other = CompositionRecipe(count=4, seconds=8.0, events=2, seed=4)
    _finish(compose(examples, out=out, recipe=other))
    assert first.stat().st_mtime_ns != stamp


def test_folds_may_be_composed_one_by_one(tmp_path: Path) -> None:
    examples, out = _examples(tmp_path), tmp_path / "out"
    _finish(compose(examples, out=out, recipe=RECIPE, folds=[1]))
    assert [e.fold for e in read_labels_table(out)] == [1]
    _finish(compose(examples, out=out, recipe=RECIPE, folds=[0]))
    assert [e.fold for e in read_labels_table(out)] == [0, 1]


def test_without_quiet_footage_there_is_nothing_to_compose(tmp_path: Path) -> None:
    events = [e for e in _examples(tmp_path) if e.label != "normal"]
    with pytest.raises(UsageError, match="no quiet footage"):
        _finish(compose(events, out=tmp_path / "out", recipe=RECIPE))


def test_cached_frames_are_composed_alike(tmp_path: Path) -> None:
    examples = _examples(tmp_path)
    cache, cached = FrameCache(tmp_path / "cache", SPEC), {}
    for example in examples:
        with opened(example.path) as source:
            list(cache.add(entry_name(example.path), source.clips(cache.spec)))
        cached[example.path] = cache.read(entry_name(example.path))
    plans = _finish(plan_folder(examples, RECIPE))
    _finish(compose(examples, out=tmp_path / "out", recipe=RECIPE))
    for plan, labeled in zip(plans, read_labels_table(tmp_path / "out"), strict=True):
        frames, spans = compose_cached(plan, cached, rate=10)
        assert frames.pictures.shape == (80, 20, 20, 1)
        assert tuple(spans) == labeled.anomalous_frames
        for start, end in spans:
            assert frames.pictures[start + 3 : end - 3].min() > 210
