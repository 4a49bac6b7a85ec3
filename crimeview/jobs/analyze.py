"""Analyzing recordings: features, scores and segments into a case, resumable at any moment."""

import os
from collections import deque
from collections.abc import Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal, cast

from crimeview.core.errors import CaseError, MediaError
from crimeview.core.job import Changed, Job, Step
from crimeview.core.look import SkipReport
from crimeview.core.recording import RecordingState
from crimeview.core.segment import SegmentRule
from crimeview.core.short_paths import short_paths
from crimeview.jobs.models import ModelPair
from crimeview.jobs.open_models import OpenModels, Wish, opened_models
from crimeview.jobs.recording_analysis import Found, Order, RecordingAnalysis
from crimeview.jobs.settle import settle
from crimeview.jobs.shares import Shares, shares
from crimeview.jobs.side_by_side import side_by_side
from crimeview.nets.catalog import Precision
from crimeview.nets.engine_names import Engine
from crimeview.nets.scorer import check_fit
from crimeview.store.case import Case
from crimeview.store.features import OvertakenError
from crimeview.video.source import opened


@dataclass(frozen=True, slots=True, kw_only=True)
class AnalyzeSettings:
    """`rule` None: the scorer's own threshold. `step` None: the encoder's own, in frames.

    With `gate` the networks see only that in which something moves; with `novelty` what is usual
    for the camera is learned, and what is not is found as well. `engine` and `precision` are what
    the networks are to be run by, “auto” leaving it to `nets.choice`. `lanes` is how many
    recordings are analyzed at the same time, None being what this computer can do without harm.
    """

    rule: SegmentRule | None = None
    step: int | None = None
    gate: bool = True
    novelty: bool = True
    engine: Engine | Literal["auto"] = "auto"
    precision: Precision | Literal["auto"] = "auto"
    lanes: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one recording: `message` is a sentence, `segments` how many were found.

    `skip` says how closely it was looked at, None where all of it was analyzed.
    """

    path: Path
    recording_id: int
    state: RecordingState
    message: str
    segments: int
    skip: SkipReport | None


def analyze(
    paths: Sequence[Path],
    *,
    case: Case,
    models: ModelPair,
    settings: AnalyzeSettings | None = None,
) -> Job[list[Outcome]]:
    """Analyze video files into the case; gives an outcome for each, in order.

    A file that cannot be read becomes a failed recording with its sentence and the batch goes on.
    What the case already holds of a file's content (not path) is not computed again. Where the
    models have one for violence, its track is stored beside the scores, and segments stay those of
    the scores. Steps count seconds of video. Closing the job leaves the rest stopped; the next
    analysis goes on there. Raises ModelError where the models do not fit or cannot run, and
    CaseError where the case cannot be written.
    """
    check_fit(models.encoder, models.scorer)
    batch = _Batch(case, models, settings or AnalyzeSettings())
    try:
        return (yield from batch.run(paths))
    finally:
        batch.let_go()


@dataclass(slots=True)
class _Entry:
    """A recording of the batch; `analyzed` and `duration` are seconds of its clock.

    `name` is what it is called: with folders where others of the case have the same. `state`
    and `note` are what it goes back to where the batch ends before its turn.
    """

    path: Path
    id: int
    name: str
    state: RecordingState = RecordingState.STOPPED
    note: str | None = None
    analyzed: float = 0.0
    duration: float = 0.0
    outcome: Outcome | None = None


class _Batch:
    """The recordings of one job, and how far all of them are."""

    def __init__(self, case: Case, models: ModelPair, settings: AnalyzeSettings) -> None:
        self._case = case
        self._models = models
        self._settings = settings
        self._entries: list[_Entry] = []
        self._queue: deque[_Entry] = deque()
        self._overtaken: list[_Entry] = []  # perhaps by a copy in another lane
        self._looking = True  # not all durations are known yet

    def run(self, paths: Sequence[Path]) -> Job[list[Outcome]]:
        files = dict.fromkeys(Path(os.path.abspath(p)) for p in paths)  # noqa: PTH100
        names = short_paths([*files, *(known.path for known in self._case.recordings())])
        for number, path in enumerate(files, start=1):
            entry = self._take_in(path, names[path])
            looking = f"Looking at {entry.name} ({number} of {len(files)})"
            message = entry.outcome.message if entry.outcome else looking
            yield self._step(entry, message, Changed.RECORDINGS)
        self._looking = False
        self._queue.extend(e for e in self._entries if e.outcome is None)
        share = shares(recordings=len(self._queue), lanes=self._settings.lanes)
        with closing(side_by_side([self._lane(share) for _ in range(share.lanes)])) as lanes:
            yield from lanes
        if self._overtaken:
            self._queue.extend(self._overtaken)
            yield from self._lane(shares(recordings=1, lanes=1))
        yield from self._settle()
        return [entry.outcome for entry in self._entries if entry.outcome is not None]

    def _settle(self) -> Job[None]:
        """Compare the first recordings of a camera with what the last ones have shown."""
        done = [e for e in self._entries if e.outcome and e.outcome.state is RecordingState.DONE]
        cameras = {}
        for entry in done if self._settings.novelty else []:
            camera = self._case.scenes.camera_of(entry.id)
            if camera is not None:
                cameras[camera.id] = (camera, entry)
        for camera, entry in cameras.values():
            with closing(settle(self._case, camera)) as settling:
                for step in settling:
                    yield self._step(entry, step.message, step.changed)
        for entry in done if cameras else []:
            found = len(self._case.segments(entry.id))
            if entry.outcome is not None and found != entry.outcome.segments:
                entry.outcome = replace(entry.outcome, segments=found)

    def let_go(self) -> None:
        """Leave what was not reached for the next analysis."""
        for entry in self._entries:
            if entry.outcome is None:
                # A case that cannot be written any more has raised its own error already.
                with suppress(CaseError):
                    self._case.set_state(entry.id, entry.state, note=entry.note)

    def _take_in(self, path: Path, name: str) -> _Entry:
        entry = _Entry(path, self._case.add_recording(path), name)
        known = self._case.recording(entry.id)
        self._entries.append(entry)
        if not self._case.claim(entry.id):
            message = f"{name} is being analyzed already, by another window or command."
            self._end(entry, known.state, message)
            return entry
        if known.state is RecordingState.DONE:
            entry.state, entry.note = known.state, known.note
        try:
            with opened(path) as source:
                self._case.describe(entry.id, source.recording)
        except MediaError as error:
            self._fail(entry, error)
        else:
            entry.duration = source.recording.duration
            entry.analyzed = known.analyzed
        return entry

    def _lane(self, share: Shares) -> Job[None]:
        """Analyze one recording after the other until none is left."""
        if not self._queue:
            return
        wish = Wish(engine=self._settings.engine, precision=self._settings.precision)
        with opened_models(self._models, wish=wish, threads=share.cores) as models:
            while self._queue:
                try:
                    entry = self._queue.popleft()
                except IndexError:  # another lane was quicker
                    return
                yield from self._analyze(entry, models, share)

    def _analyze(self, entry: _Entry, models: OpenModels, share: Shares) -> Job[None]:
        self._case.set_state(entry.id, RecordingState.ANALYZING)
        yield self._step(entry, f"Reading {entry.name}", Changed.RECORDINGS)
        order = Order(
            rule=self._settings.rule or SegmentRule(threshold=models.scorer.threshold),
            step=self._settings.step,
            gate=self._settings.gate,
            novelty=self._settings.novelty,
            threads=share.decode_threads,
            workers=share.cores,
        )
        known = self._case.recording(entry.id)
        work = RecordingAnalysis(self._case, known, name=entry.name, models=models, order=order)
        try:
            found = yield from self._followed(entry, work)
        except MediaError as error:
            message = self._fail(entry, error)
        except OvertakenError as error:
            if share.lanes > 1:
                self._overtaken.append(entry)
                return
            message = str(error)
            self._case.set_state(entry.id, RecordingState.STOPPED)
            self._end(entry, RecordingState.STOPPED, message)
        else:
            message = self._done(entry, found)
        yield self._step(entry, message, Changed.RECORDINGS)

    def _followed(self, entry: _Entry, work: RecordingAnalysis) -> Job[Found]:
        """The steps of the work on one recording, as steps of the batch."""
        with closing(work.run()) as job:
            while True:
                try:
                    step = next(job)
                except StopIteration as end:
                    return cast("Found", end.value)
                entry.analyzed = step.done
                if work.extracting:
                    entry.state, entry.note = RecordingState.STOPPED, None
                yield self._step(entry, step.message, step.changed)

    def _done(self, entry: _Entry, found: Found) -> str:
        self._case.set_state(entry.id, RecordingState.DONE, note=found.note)
        count = f"{found.segments} segment{'' if found.segments == 1 else 's'}"
        message = f"{entry.name} is analyzed: {count}."
        if found.note:
            message += f" {found.note}"
        self._end(entry, RecordingState.DONE, message, segments=found.segments)
        return message

    def _fail(self, entry: _Entry, error: MediaError) -> str:
        message = str(error)
        self._case.set_state(entry.id, RecordingState.FAILED, error=message)
        self._end(entry, RecordingState.FAILED, message)
        return message

    def _end(
        self, entry: _Entry, state: RecordingState, message: str, *, segments: int = 0
    ) -> None:
        done = state is RecordingState.DONE
        entry.outcome = Outcome(
            path=entry.path,
            recording_id=entry.id,
            state=state,
            message=message,
            segments=segments,
            skip=self._case.recording(entry.id).skip if done else None,
        )
        entry.duration = entry.analyzed  # what has not been analyzed now will not be

    def _step(self, entry: _Entry, message: str, changed: Changed = Changed.NOTHING) -> Step:
        unknown = self._looking or any(
            e.outcome is None and e.duration == 0.0 for e in self._entries
        )
        return Step(
            done=sum(e.analyzed for e in self._entries),
            total=None if unknown else sum(max(e.duration, e.analyzed) for e in self._entries),
            message=message,
            changed=changed,
            recording_id=entry.id,
        )
