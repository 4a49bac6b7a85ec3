"""Analyzing recordings: features, scores and segments into a case, resumable at any moment."""

import json
import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing, suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TypeVar, cast

from crimeview.core.errors import CaseError, MediaError
from crimeview.core.job import Changed, Job, Step
from crimeview.core.manifest import Input
from crimeview.core.recording import ClockSource, Fingerprint, RecordingState
from crimeview.core.segment import SegmentRule
from crimeview.jobs.extract import Extraction, extract
from crimeview.jobs.models import ModelPair
from crimeview.jobs.score import score_recording
from crimeview.jobs.violence import row_of, save_violence
from crimeview.nets.encoder import Encoder
from crimeview.nets.frame_classifier import FrameClassifier
from crimeview.nets.scorer import Scorer, check_fit
from crimeview.store.case import Case
from crimeview.store.features import FeatureWriter, OvertakenError
from crimeview.video.fingerprint import fingerprint
from crimeview.video.source import opened

T = TypeVar("T")

_HASH_REPORT = 0.1  # s between steps while a file is hashed
_PREVIEW_SECONDS = 10.0  # at least, between previews of the scores of a long recording
_PREVIEW_SHARE = 0.05  # of the time, at most, spent on them


@dataclass(frozen=True, slots=True, kw_only=True)
class AnalyzeSettings:
    """`rule` None: the scorer's own threshold. `step` None: the encoder's own, in frames."""

    rule: SegmentRule | None = None
    step: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one recording: `message` is a sentence, `segments` how many were found."""

    path: Path
    recording_id: int
    state: RecordingState
    message: str
    segments: int


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
    the scores. Steps count
    seconds of video. Closing the job leaves the rest stopped; the next analysis goes on there.
    Raises ModelError where the models do not fit and CaseError where the case cannot be written.
    """
    check_fit(models.encoder, models.scorer)
    with ExitStack() as nets:
        encoder = nets.enter_context(Encoder(models.encoder))
        scorer = nets.enter_context(Scorer(models.scorer))
        violence = nets.enter_context(FrameClassifier(models.violence)) if models.violence else None
        batch = _Batch(case, encoder, scorer, violence, settings or AnalyzeSettings())
        try:
            return (yield from batch.run(paths))
        finally:
            batch.let_go()


@dataclass(slots=True)
class _Entry:
    """A recording of the batch; `analyzed` and `duration` are seconds of its clock.

    `state` and `note` are what it goes back to where the batch ends before its turn.
    """

    path: Path
    id: int
    state: RecordingState = RecordingState.STOPPED
    note: str | None = None
    clock: ClockSource = ClockSource.TIMESTAMPS
    analyzed: float = 0.0
    duration: float = 0.0
    outcome: Outcome | None = None

    def end(self, state: RecordingState, message: str, *, segments: int = 0) -> None:
        self.outcome = Outcome(
            path=self.path,
            recording_id=self.id,
            state=state,
            message=message,
            segments=segments,
        )
        self.duration = self.analyzed  # what has not been analyzed now will not be


class _Batch:
    """The recordings of one job, and how far all of them are."""

    def __init__(
        self,
        case: Case,
        encoder: Encoder,
        scorer: Scorer,
        violence: FrameClassifier | None,
        settings: AnalyzeSettings,
    ) -> None:
        self._case = case
        self._encoder = encoder
        self._scorer = scorer
        self._violence = violence
        self._spec = replace(encoder.spec, step=settings.step or encoder.spec.step)
        self._rule = settings.rule or SegmentRule(threshold=scorer.threshold)
        self._entries: list[_Entry] = []
        self._looking = True  # not all durations are known yet

    def run(self, paths: Sequence[Path]) -> Job[list[Outcome]]:
        files = dict.fromkeys(Path(os.path.abspath(p)) for p in paths)  # noqa: PTH100
        for number, path in enumerate(files, start=1):
            entry = self._take_in(path)
            looking = f"Looking at {path.name} ({number} of {len(files)})"
            message = entry.outcome.message if entry.outcome else looking
            yield self._step(entry, message, Changed.RECORDINGS)
        self._looking = False
        for entry in self._entries:
            if entry.outcome is None:
                yield from self._analyze(entry)
        return [entry.outcome for entry in self._entries if entry.outcome is not None]

    def let_go(self) -> None:
        """Leave what was not reached for the next analysis."""
        for entry in self._entries:
            if entry.outcome is None:
                # A case that cannot be written any more has raised its own error already.
                with suppress(CaseError):
                    self._case.set_state(entry.id, entry.state, note=entry.note)

    def _take_in(self, path: Path) -> _Entry:
        entry = _Entry(path, self._case.add_recording(path))
        known = self._case.recording(entry.id)
        if not self._case.claim(entry.id):
            message = f"{path.name} is being analyzed already, by another window or command."
            entry.end(known.state, message)
            self._entries.append(entry)
            return entry
        if known.state is RecordingState.DONE:
            entry.state, entry.note = known.state, known.note
        self._entries.append(entry)
        try:
            with opened(path) as source:
                self._case.describe(entry.id, source.recording)
        except MediaError as error:
            self._fail(entry, error)
        else:
            entry.clock = source.recording.clock
            entry.duration = source.recording.duration
            entry.analyzed = known.analyzed
        return entry

    def _analyze(self, entry: _Entry) -> Job[None]:
        self._case.set_state(entry.id, RecordingState.ANALYZING)
        yield self._step(entry, f"Reading {entry.path.name}", Changed.RECORDINGS)
        try:
            segments = yield from self._find(entry)
        except MediaError as error:
            message = self._fail(entry, error)
        except OvertakenError as error:
            message = str(error)
            self._case.set_state(entry.id, RecordingState.STOPPED)
            entry.end(RecordingState.STOPPED, message)
        else:
            found = f"{segments} segment{'' if segments == 1 else 's'}"
            message = f"{entry.path.name} is analyzed: {found}."
            if entry.note:
                message += f" {entry.note}"
            entry.end(RecordingState.DONE, message, segments=segments)
        yield self._step(entry, message, Changed.RECORDINGS)

    def _find(self, entry: _Entry) -> Job[int]:
        before = _stamp(entry.path)
        content = yield from self._fingerprint(entry)
        self._case.set_fingerprint(entry.id, content)
        run = self._begin(entry, content)
        wanted = [extraction for extraction in run.extractions if not extraction.writer.complete]
        entry.analyzed = min(extraction.writer.analyzed for extraction in run.extractions)
        if wanted:
            entry.state, entry.note = RecordingState.STOPPED, None
            preview = _Preview(lambda: self._score(entry, run), seconds=lambda: entry.analyzed)
            extraction = extract(entry.path, wanted, after_chunk=preview.steps)
            damage = yield from self._within(entry, extraction)
            if _stamp(entry.path) != before:
                raise MediaError(
                    f"“{entry.path.name}” changed while it was analyzed; "
                    "analyze it again when it is complete."
                )
            for done in wanted:
                done.writer.finish(damage)
        segments = yield from self._within(entry, self._score(entry, run))
        self._case.finish_run(run.id)
        entry.note = _note(run.features.damage, entry.clock)
        self._case.set_state(entry.id, RecordingState.DONE, note=entry.note)
        return segments

    def _score(self, entry: _Entry, run: "_Run") -> Job[int]:
        if run.violence is not None:
            yield from save_violence(self._case, run.id, name=entry.path.name, writer=run.violence)
        return (
            yield from score_recording(
                self._case,
                recording_id=entry.id,
                run_id=run.id,
                name=entry.path.name,
                writer=run.features,
                scorer=self._scorer,
                rule=self._rule,
            )
        )

    def _begin(self, entry: _Entry, content: Fingerprint) -> "_Run":
        encoder, scorer = self._encoder.model.manifest, self._scorer.model.manifest
        clip_key = f"{self._spec.key()} {_input_key(encoder.input)}"
        run_id = self._case.begin_run(
            entry.id,
            encoder_sha256=encoder.sha256,
            scorer_sha256=scorer.sha256,
            clip_key=clip_key,
            settings_json=json.dumps(
                {
                    "encoder": encoder.name,
                    "scorer": scorer.name,
                    "rule": asdict(self._rule),
                    "step": self._spec.step,
                }
            ),
        )
        features = Extraction(
            spec=self._spec,
            numbers=self._encoder.features,
            writer=self._case.feature_writer(
                content.sha256, encoder_sha256=encoder.sha256, clip_key=clip_key
            ),
            clock=True,
        )
        if self._violence is None:
            return _Run(run_id, [features])
        manifest = self._violence.model.manifest
        clip_key = f"{self._violence.spec.key()} {_input_key(manifest.input)}"
        violence = Extraction(
            spec=self._violence.spec,
            numbers=row_of(self._violence),
            writer=self._case.violence_writer(
                run_id, model_sha256=manifest.sha256, clip_key=clip_key
            ),
            clock=False,
        )
        return _Run(run_id, [features, violence])

    def _fingerprint(self, entry: _Entry) -> Job[Fingerprint]:
        told = time.monotonic()
        with closing(fingerprint(entry.path)) as hashing:
            while True:
                try:
                    done = next(hashing)
                except StopIteration as end:
                    return cast("Fingerprint", end.value)
                if time.monotonic() - told >= _HASH_REPORT:
                    yield self._step(entry, f"Reading {entry.path.name} ({done / 1e6:.0f} MB)")
                    told = time.monotonic()

    def _within(self, entry: _Entry, job: Job[T]) -> Job[T]:
        """The steps of a job on one recording, as steps of the batch."""
        with closing(job):
            while True:
                try:
                    step = next(job)
                except StopIteration as end:
                    return cast("T", end.value)
                entry.analyzed = max(entry.analyzed, step.done)
                yield self._step(entry, step.message, step.changed)

    def _fail(self, entry: _Entry, error: MediaError) -> str:
        message = str(error)
        self._case.set_state(entry.id, RecordingState.FAILED, error=message)
        entry.end(RecordingState.FAILED, message)
        return message

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


class _Run:
    """One analysis of a recording: its id and what is extracted for it, the features first."""

    def __init__(self, run_id: int, extractions: list[Extraction]) -> None:
        self.id = run_id
        self.extractions = extractions

    @property
    def features(self) -> FeatureWriter:
        return self.extractions[0].writer

    @property
    def violence(self) -> FeatureWriter | None:
        return self.extractions[1].writer if len(self.extractions) > 1 else None


class _Preview:
    """Scores of a long recording while it is still analyzed: what was found shows early."""

    def __init__(self, score: Callable[[], Job[int]], *, seconds: Callable[[], float]) -> None:
        """`seconds` is how far the analysis is, which scoring does not change."""
        self._score, self._seconds = score, seconds
        self._due = time.monotonic() + _PREVIEW_SECONDS

    def steps(self) -> Iterator[Step]:
        began = time.monotonic()
        if began >= self._due:
            with closing(self._score()) as scoring:
                for step in scoring:
                    yield replace(step, done=self._seconds())
            now = time.monotonic()
            self._due = now + max(_PREVIEW_SECONDS, (now - began) / _PREVIEW_SHARE)


def _input_key(wanted: Input) -> str:
    """The manifest's part in a clip's numbers, which the ONNX file's checksum does not cover."""
    return f"layout={wanted.layout} scale={wanted.scale} mean={wanted.mean} std={wanted.std}"


def _stamp(path: Path) -> tuple[int, int]:
    """The file's size and time of change: some cameras write into a file of a fixed size."""
    try:
        found = path.stat()
    except OSError as error:
        raise MediaError(
            f"“{path.name}” disappeared while it was analyzed; bring it back and analyze it again."
        ) from error
    return found.st_size, found.st_mtime_ns


def _note(damage: str | None, clock: ClockSource) -> str | None:
    notes = [damage] if damage else []
    if clock is ClockSource.FRAME_RATE:
        notes.append("The file has no time stamps; times are counted from its frame rate.")
    return " ".join(notes) or None
