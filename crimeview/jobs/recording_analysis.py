"""Analyzing one recording: from its file to its segments in the case."""

import json
import time
from contextlib import closing
from dataclasses import asdict, dataclass, replace
from functools import partial
from pathlib import Path
from typing import TypeVar, cast

from crimeview.core.errors import MediaError
from crimeview.core.job import Changed, Job, Step
from crimeview.core.look import Gate
from crimeview.core.manifest import Input
from crimeview.core.recording import ClockSource, Fingerprint, Recording
from crimeview.core.region import regions_key
from crimeview.core.segment import SegmentRule
from crimeview.core.track import Track, TrackKind
from crimeview.jobs.extract import Extraction, extract
from crimeview.jobs.fuse import THEFT_SETTING, Beside
from crimeview.jobs.gate import find_gate
from crimeview.jobs.hiding import hidden_from_clips, hidden_from_keyframes
from crimeview.jobs.looking import observed
from crimeview.jobs.moments import VERSION, scene_grid, scene_rows, scene_spec
from crimeview.jobs.objects import objects_extraction
from crimeview.jobs.open_models import OpenModels
from crimeview.jobs.preview import Preview
from crimeview.jobs.scene import learn_and_score
from crimeview.jobs.scene_classes import NAMES, stored_looks
from crimeview.jobs.score import score_recording
from crimeview.jobs.strip import StripExtraction
from crimeview.jobs.suggest_types import store_suggestions
from crimeview.jobs.theft import people_extraction, save_theft
from crimeview.jobs.type_judge import TypeJudge
from crimeview.jobs.violence import row_of, save_violence
from crimeview.store.case import Case
from crimeview.store.features import FeatureWriter
from crimeview.store.rows import CaseRecording
from crimeview.video.fingerprint import fingerprint
from crimeview.video.source import Source, opened

T = TypeVar("T")

_HASH_REPORT = 0.1  # s between steps while a file is hashed
_PART = 4096  # clips
_GATED = " gate=2"  # of a feature set's key: the version of the rules by which clips are skipped
_UNSEEN = " unseen=1"  # of a scene's where there are regions: what is ignored has no brightness


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """How recordings are to be analyzed.

    `step` is the encoder's, in frames, None its own. With `gate` only that is analyzed in which
    something moves; with `novelty` what is usual for its camera is learned as well. `threads` is
    how many decode a recording, `workers` how many its keyframes.
    """

    rule: SegmentRule
    step: int | None
    gate: bool
    novelty: bool
    threads: int
    workers: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """How many segments there are, and what is to be said of the recording, if anything."""

    segments: int
    note: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Run:
    """One analysis of a recording: its id, and what is extracted for it."""

    id: int
    features: Extraction
    violence: Extraction | None
    scene: Extraction | None
    objects: Extraction | None
    people: Extraction | None

    @property
    def extractions(self) -> list[Extraction]:
        wanted = (self.features, self.violence, self.scene, self.objects, self.people)
        return [e for e in wanted if e is not None]


class RecordingAnalysis:
    """The work on one recording of the case; what is stored of its content is not done again.

    `analyzed` is how far it is, in seconds of the recording; `extracting` is set as soon as the
    features that the case has of it are not those of the whole recording. `name` is what it is
    called where it is told of.
    """

    def __init__(
        self, case: Case, recording: CaseRecording, *, name: str, models: OpenModels, order: Order
    ) -> None:
        self._name = name
        self._case, self._id, self._path = case, recording.id, recording.path
        self._recording = recording.recording
        self._models, self._order = models, order
        self._spec = replace(models.encoder.spec, step=order.step or models.encoder.spec.step)
        self._regions = case.regions(recording.id)
        self.analyzed = recording.analyzed
        self.extracting = False

    def run(self) -> Job[Found]:
        """Raises MediaError, and OvertakenError where another process works on the same content."""
        before = _stamp(self._path, self._name)
        content = yield from self._fingerprint()
        self._case.set_fingerprint(self._id, content)
        with opened(self._path, threads=self._order.threads) as source:
            run = self._begin(content, source.recording)
            clock = source.recording.clock
            damage = yield from self._extract(source, run, content)
            reached = run.features.writer.analyzed
            if reached > source.recording.duration:  # some files say too little
                self._case.describe(self._id, replace(source.recording, duration=reached))
        wanted = [extraction for extraction in run.extractions if not extraction.writer.complete]
        if wanted and _stamp(self._path, self._name) != before:
            raise MediaError(
                f"“{self._name}” changed while it was analyzed; "
                "analyze it again when it is complete."
            )
        for extraction in wanted:
            extraction.writer.finish(damage)
        novelty = yield from self._novelty(run, source.recording)
        yield from self._theft(run)
        beside = yield from self._beside(run, novelty)
        segments = yield from self._score(run, beside=beside)
        yield from self._suggest(run)
        self._case.analyses.finish(run.id)
        return Found(segments=segments, note=_note(run.features.writer.damage, clock))

    def _fingerprint(self) -> Job[Fingerprint]:
        told = time.monotonic()
        with closing(fingerprint(self._path)) as hashing:
            while True:
                try:
                    done = next(hashing)
                except StopIteration as end:
                    return cast("Fingerprint", end.value)
                if time.monotonic() - told >= _HASH_REPORT:
                    yield self._step(f"Reading {self._name} ({done / 1e6:.0f} MB)")
                    told = time.monotonic()

    def _begin(self, content: Fingerprint, recording: Recording) -> _Run:
        models, encoder = self._models, self._models.encoder
        clip_key = f"{self._spec.key()} {_input_key(encoder.model.manifest.input)}"
        if self._order.gate:
            clip_key += _GATED
        clip_key += self._regions_key()
        run_id = self._case.analyses.begin(
            self._id,
            encoder_sha256=encoder.sha256,
            scorer_sha256=models.scorer.model.manifest.sha256,
            clip_key=clip_key,
            settings_json=json.dumps(
                {
                    "encoder": encoder.model.manifest.name,
                    "scorer": models.scorer.model.manifest.name,
                    "running": asdict(encoder.running),
                    "rule": asdict(self._order.rule),
                    "step": self._spec.step,
                    "gate": self._order.gate,
                    "novelty": self._order.novelty,
                    "regions": regions_key(self._regions),
                    NAMES: self._class_names(),
                    THEFT_SETTING: self._theft_threshold(),
                }
            ),
        )
        features = Extraction(
            spec=self._spec,
            rows=observed(
                encoder.features,
                self._spec,
                hidden=hidden_from_clips(self._regions, self._spec, encoder.model.manifest.input),
            ),
            writer=self._case.analyses.feature_writer(
                content.sha256, encoder_sha256=encoder.sha256, clip_key=clip_key
            ),
            clock=True,
        )
        return _Run(
            id=run_id,
            features=features,
            violence=self._violence(run_id),
            scene=self._scene(run_id),
            objects=self._objects(run_id, recording),
            people=self._people(run_id, recording),
        )

    def _people(self, run_id: int, recording: Recording) -> Extraction | None:
        if self._models.theft is None:
            return None
        gated = f"{_GATED} of={self._spec.frames}@{self._spec.rate}" if self._order.gate else ""
        return people_extraction(
            self._case,
            run_id,
            finder=self._models.theft.finder,
            recording=recording,
            regions=self._regions,
            key=gated + self._regions_key(),
        )

    def _theft_threshold(self) -> float | None:
        return self._models.theft.classifier.threshold if self._models.theft is not None else None

    def _theft(self, run: _Run) -> Job[None]:
        """Once, at the end: following people begins at the recording's beginning."""
        if self._models.theft is None or run.people is None:
            return
        saving = save_theft(
            self._case,
            run.id,
            name=self._name,
            people=run.people,
            classifier=self._models.theft.classifier,
        )
        yield from self._counted(saving)

    def _violence(self, run_id: int) -> Extraction | None:
        classifier = self._models.violence
        if classifier is None:
            return None
        manifest = classifier.model.manifest
        clip_key = f"{classifier.spec.key()} {_input_key(manifest.input)}"
        if self._order.gate:  # which is found for clips as long as the encoder's
            clip_key += f"{_GATED} of={self._spec.frames}@{self._spec.rate}"
        clip_key += self._regions_key()
        writer = self._case.analyses.violence_writer(
            run_id,
            model_sha256=classifier.sha256,
            clip_key=clip_key,
        )
        return Extraction(
            spec=classifier.spec,
            rows=observed(
                row_of(classifier),
                classifier.spec,
                hidden=hidden_from_clips(self._regions, classifier.spec, manifest.input),
            ),
            writer=writer,
            clock=False,
        )

    def _scene(self, run_id: int) -> Extraction | None:
        recording = self._recording
        if not self._order.novelty or recording is None:
            return None
        spec = scene_spec(recording)
        clip_key = spec.key()
        if self._order.gate:
            clip_key += f"{_GATED} of={self._spec.frames}@{self._spec.rate}"
        if self._regions_key():
            clip_key += self._regions_key() + _UNSEEN
        writer = self._case.novelty.moments_writer(run_id, version=VERSION, clip_key=clip_key)
        rows = partial(scene_rows, regions=self._regions)
        return Extraction(spec=spec, rows=rows, writer=writer, clock=False)

    def _class_names(self) -> tuple[str, ...]:
        """What the detector calls its classes; none where it does not look."""
        detector = self._models.objects
        return detector.vocabulary if detector is not None and self._order.novelty else ()

    def _objects(self, run_id: int, recording: Recording) -> Extraction | None:
        detector = self._models.objects
        if detector is None or not self._order.novelty:
            return None
        gated = f"{_GATED} of={self._spec.frames}@{self._spec.rate}" if self._order.gate else ""
        return objects_extraction(
            self._case,
            run_id,
            detector=detector,
            recording=recording,
            regions=self._regions,
            key=gated + self._regions_key(),
        )

    def _novelty(self, run: _Run, recording: Recording) -> Job[Track | None]:
        if run.scene is None:
            return None
        grid = scene_grid(recording)
        learning = learn_and_score(
            self._case,
            recording_id=self._id,
            run_id=run.id,
            path=self._path,
            name=self._name,
            grid=grid,
            writer=run.scene.writer,
            looks=stored_looks(self._case, run.id, grid),
        )
        return (yield from self._counted(learning))

    def _regions_key(self) -> str:
        """Of a feature set's key: empty where nothing is ignored, so that older ones still fit."""
        key = regions_key(self._regions)
        return f" regions={key}" if key else ""

    def _extract(self, source: Source, run: _Run, content: Fingerprint) -> Job[str | None]:
        """Extract what is missing; gives the sentence on damage, if any."""
        self.analyzed = min(extraction.writer.analyzed for extraction in run.extractions)
        wanted = [extraction for extraction in run.extractions if not extraction.writer.complete]
        if not wanted:
            return None
        self.extracting = True
        strip = StripExtraction(source.recording, writer=self._case.strips.writer(content.sha256))
        gate = yield from self._gate(source, run.features.writer, strip, content)
        preview = Preview(lambda: self._preview(run), seconds=lambda: self.analyzed)
        extracting = extract(
            source,
            wanted,
            name=self._name,
            gate=gate,
            # Where keyframes were looked at, they are the strip, also of what is not decoded.
            strip=strip if gate is None or gate.kept is None else None,
            after_chunk=preview.steps,
        )
        return (yield from self._counted(extracting))

    def _gate(
        self, source: Source, writer: FeatureWriter, strip: StripExtraction, content: Fingerprint
    ) -> Job[Gate | None]:
        """What is to be decoded; found once, so that going on later means the same."""
        if not self._order.gate:
            return None
        gate = writer.gate()
        if gate is None:
            clip = self._spec.frames / (self._spec.rate or source.recording.frame_rate)
            finding = find_gate(
                source,
                writer=writer,
                strip=strip,
                clip=clip,
                name=self._name,
                seed=content.sha256,
                workers=self._order.workers,
                hidden=hidden_from_keyframes(self._regions, rotation=source.recording.rotation),
            )
            gate = yield from self._counted(finding)
            writer.save_gate(gate)
        return gate

    def _beside(self, run: _Run, novelty: Track | None) -> Job[Beside]:
        """What else the recording is scored for, once all of it has been looked at."""
        yield from self._save_violence(run)
        violence = None
        if run.violence is not None:
            violence = self._case.track(self._id, TrackKind.VIOLENCE)
        threshold = self._theft_threshold()
        if threshold is None:
            return Beside(violence=violence, novelty=novelty)
        return Beside(
            violence=violence,
            novelty=novelty,
            theft=self._case.track(self._id, TrackKind.THEFT),
            theft_threshold=threshold,
        )

    def _save_violence(self, run: _Run) -> Job[None]:
        if run.violence is not None:
            saving = save_violence(self._case, run.id, name=self._name, writer=run.violence.writer)
            yield from self._counted(saving)

    def _preview(self, run: _Run) -> Job[int]:
        """What the network's scores have found so far; others' need all of the recording."""
        yield from self._save_violence(run)
        return (yield from self._score(run))

    def _score(self, run: _Run, *, beside: Beside | None = None) -> Job[int]:
        name = self._name
        scoring = score_recording(
            self._case,
            recording_id=self._id,
            run_id=run.id,
            name=name,
            writer=run.features.writer,
            scorer=self._models.scorer,
            rule=self._order.rule,
            beside=beside,
        )
        return (yield from self._counted(scoring))

    def _suggest(self, run: _Run) -> Job[None]:
        """Suggest types for what was found; a person's own are none of its business."""
        writer = run.features.writer
        scores = self._case.track(self._id, TrackKind.CLIP_SCORES)
        if scores is None or len(scores.times) == 0:
            return
        yield self._step(f"Suggesting types for {self._name}")
        manifest = self._models.encoder.model.manifest
        space = manifest.feature_space or manifest.name
        judge = TypeJudge(self._case, space=space, classifier=self._models.types)
        store_suggestions(
            self._case, self._id, parts=writer.parts(rows=_PART), scores=scores, judge=judge
        )
        yield replace(self._step(f"Suggesting types for {self._name}"), changed=Changed.SEGMENTS)

    def _counted(self, job: Job[T]) -> Job[T]:
        """The steps of a part of the work; how far all of it is never falls."""
        with closing(job):
            while True:
                try:
                    step = next(job)
                except StopIteration as end:
                    return cast("T", end.value)
                self.analyzed = max(self.analyzed, step.done)
                yield replace(step, done=self.analyzed)

    def _step(self, message: str) -> Step:
        return Step(done=self.analyzed, total=None, message=message)


def _input_key(wanted: Input) -> str:
    """The manifest's part in a clip's numbers, which the ONNX file's checksum does not cover."""
    return f"layout={wanted.layout} scale={wanted.scale} mean={wanted.mean} std={wanted.std}"


def _stamp(path: Path, name: str) -> tuple[int, int]:
    """The file's size and time of change: some cameras write into a file of a fixed size."""
    try:
        found = path.stat()
    except OSError as error:
        raise MediaError(
            f"“{name}” disappeared while it was analyzed; bring it back and analyze it again."
        ) from error
    return found.st_size, found.st_mtime_ns


def _note(damage: str | None, clock: ClockSource) -> str | None:
    notes = [damage] if damage else []
    if clock is ClockSource.FRAME_RATE:
        notes.append("The file has no time stamps; times are counted from its frame rate.")
    return " ".join(notes) or None
