"""A case: a folder with everything that was found out about a set of recordings."""

import os
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from threading import Lock
from typing import Self

import numpy as np
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from crimeview.core.edit import CaseNote, Edit, EditKind, EditStacks, LoggedEdit, Place
from crimeview.core.errors import CaseError
from crimeview.core.files import exists, is_file
from crimeview.core.look import Look
from crimeview.core.people import People
from crimeview.core.recording import Fingerprint, Recording, RecordingState
from crimeview.core.region import Region
from crimeview.core.segment import Segment
from crimeview.core.track import Track, TrackKind
from crimeview.store.alarms import Alarms
from crimeview.store.database import FILE_NAME, Database, told
from crimeview.store.edits import edit_stacks, load_log, make_edit, take_back
from crimeview.store.features import FeatureWriter, load_features
from crimeview.store.gates import load_skipped
from crimeview.store.live import Live
from crimeview.store.people import find_people
from crimeview.store.recordings import load_recordings
from crimeview.store.records import put_record, region_of
from crimeview.store.rows import (
    CaseClock,
    CaseRecording,
    CaseRun,
    CaseSegment,
    RulePreset,
    TruthSpan,
)
from crimeview.store.runs import (
    delete_unused_feature_sets,
    find_or_add_feature_set,
    newest_feature_set,
    newest_run,
    now_text,
)
from crimeview.store.scenes import Scenes, delete_unused_cameras
from crimeview.store.schema import (
    CaseNoteRow,
    DescriptionRow,
    FeatureSetRow,
    LessonRow,
    RecordingRow,
    RegionRow,
    RunRow,
    SegmentRow,
)
from crimeview.store.segments import load_segments, replace_segments
from crimeview.store.strip import StripWriter, delete_unused_strip, find_picture
from crimeview.store.timeline import (
    delete_preset,
    load_clocks,
    load_presets,
    load_truth,
    replace_truth,
    save_clock,
    save_preset,
)
from crimeview.store.tracks import (
    Envelope,
    find_track,
    load_envelope,
    load_track,
    save_track,
    saving_track,
)
from crimeview.store.types import Types
from crimeview.store.worker import Worker, is_alive

_AT_WORK = (RecordingState.WAITING, RecordingState.ANALYZING)


def open_case(folder: Path, *, create: bool = True) -> "Case":
    """Open the case in `folder`, making it where there is none and `create` is set.

    Raises CaseError, one sentence: not a folder, not a case, not writable, damaged, a full disk, or
    written by a newer crimeview.
    """
    folder = Path(os.path.abspath(folder))  # noqa: PTH100 (resolve() would follow links)
    _check_folder(folder, create=create)
    database = Database(folder)
    try:
        database.prepare()
    except BaseException:
        database.close()
        raise
    return Case(database)


def _check_folder(folder: Path, *, create: bool) -> None:
    file = folder / FILE_NAME
    if not create and not is_file(file):
        raise CaseError(f"There is no case in {folder}; analyze a recording into it first.")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except FileExistsError as error:
        raise CaseError(f"{folder} is a file; a case needs a folder.") from error
    except OSError as error:
        raise CaseError(
            f"The case folder {folder} cannot be made ({error.strerror}); choose another place."
        ) from error
    written = [path for path in (folder, file) if exists(path)]
    if not all(os.access(path, os.W_OK) for path in written):
        raise CaseError(
            f"The case {folder} cannot be written; allow writing in that folder or choose "
            "another one."
        )


class Case:
    """An open case; a context manager, usable from any thread.

    Every method raises CaseError where the case cannot be read or written, and KeyError where it
    holds no recording of the given id.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._worker: Worker | None = None
        self._worker_lock = Lock()
        self.scenes = Scenes(database)
        self.types = Types(database)
        self.live = Live(database)
        self.alarms = Alarms(database)

    @property
    def folder(self) -> Path:
        return self._database.folder

    def revision(self) -> int:
        """A number that is another one whenever something was written to the case, by anybody."""
        return self._database.revision()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def close(self) -> None:
        with self._worker_lock:
            if self._worker is not None:
                self._worker.close()
                self._worker = None
        self._database.close()

    # Recordings

    def add_recording(self, path: Path) -> int:
        """The id of the recording at that path, which is added where it is new or was removed."""
        text = os.path.abspath(path)  # noqa: PTH100 (resolve() would follow links)
        with self._database.writing() as session:
            found = session.scalar(select(RecordingRow).where(RecordingRow.path == text))
            if found is not None:
                found.removed = None  # with all that was found in it and said of it
                return found.id
            row = RecordingRow(path=text, state=RecordingState.NEW)
            session.add(row)
            session.flush()
            return row.id

    def recordings(self) -> list[CaseRecording]:
        """All recordings, in the order they were added."""
        with self._database.reading() as session:
            return load_recordings(session, state=self._state)

    def recording(self, recording_id: int) -> CaseRecording:
        with self._database.reading() as session:
            found = load_recordings(session, recording_id, state=self._state)
        if not found:
            raise KeyError(recording_id)
        return found[0]

    def describe(self, recording_id: int, recording: Recording) -> None:
        """Store what the file says about itself."""
        values = asdict(recording)
        del values["path"]  # the case's own path holds
        with self._changing(recording_id) as (session, _):
            session.merge(DescriptionRow(recording_id=recording_id, **values))

    def set_fingerprint(self, recording_id: int, fingerprint: Fingerprint) -> None:
        """Store the identity of the file's content; segments of another content are dropped."""
        with self._changing(recording_id) as (session, row):
            if row.sha256 not in (None, fingerprint.sha256):
                session.execute(delete(SegmentRow).filter_by(recording_id=recording_id))
                session.execute(delete(LessonRow).filter_by(recording_id=recording_id))
            before, row.sha256 = row.sha256, fingerprint.sha256
            row.size = fingerprint.size
            if before is not None:
                delete_unused_strip(session, before)

    def claim(self, recording_id: int) -> bool:
        """Set the recording waiting for whoever asks; False where it waits or is analyzed already.

        What was left waiting by a process that died is free to claim.
        """
        worker = self._own_worker()
        with self._changing(recording_id) as (_, row):
            if self._state(row) in _AT_WORK:
                return False
            row.state = RecordingState.WAITING
            row.worker = worker
            row.error = None
            return True

    def set_state(
        self,
        recording_id: int,
        state: RecordingState,
        *,
        error: str | None = None,
        note: str | None = None,
    ) -> None:
        """Set the state; `error` and `note` replace what was there."""
        worker = self._own_worker() if state in _AT_WORK else None
        with self._changing(recording_id) as (_, row):
            row.state = state
            row.worker = worker
            row.error = error
            row.note = note

    def remove_recording(self, recording_id: int) -> None:
        """Forget a recording, what was found in it and what people say of it, for good.

        The file itself is not touched. An edit with a `Place` removes it so that it can come back.
        """
        with self._changing(recording_id) as (session, row):
            session.execute(delete(RunRow).filter_by(recording_id=recording_id))
            delete_unused_feature_sets(session)
            content = row.sha256
            session.delete(row)
            session.flush()
            delete_unused_cameras(session)
            if content is not None:
                delete_unused_strip(session, content)

    # Analysis

    def begin_run(
        self,
        recording_id: int,
        *,
        encoder_sha256: str,
        scorer_sha256: str,
        clip_key: str,
        settings_json: str,
    ) -> int:
        """Note that an analysis of the recording's present content begins; gives the run's id."""
        with self._changing(recording_id) as (session, row):
            if row.sha256 is None:
                raise ValueError("a run needs the recording's fingerprint")
            feature_set = find_or_add_feature_set(
                session, sha256=row.sha256, encoder_sha256=encoder_sha256, clip_key=clip_key
            )
            run = RunRow(
                recording_id=recording_id,
                feature_set_id=feature_set.id,
                scorer_sha256=scorer_sha256,
                settings=settings_json,
                started=now_text(),
            )
            session.add(run)
            session.flush()
            return run.id

    def finish_run(self, run_id: int) -> None:
        with self._database.writing() as session:
            session.get_one(RunRow, run_id).finished = now_text()

    def newest_run(self, recording_id: int | None = None) -> CaseRun | None:
        """The run begun last, of one recording or of all."""
        with self._database.reading() as session:
            return newest_run(session, recording_id)

    def set_run_settings(self, run_id: int, settings_json: str) -> None:
        """Store what the run's segments are found with, where that was changed afterwards."""
        with self._database.writing() as session:
            session.get_one(RunRow, run_id).settings = settings_json

    def feature_writer(self, sha256: str, *, encoder_sha256: str, clip_key: str) -> FeatureWriter:
        """What is stored for a content (fingerprint), an encoder and a clip setting, to go on."""
        with self._database.writing() as session:
            feature_set = find_or_add_feature_set(
                session, sha256=sha256, encoder_sha256=encoder_sha256, clip_key=clip_key
            )
            return FeatureWriter(self._database, feature_set)

    def violence_writer(self, run_id: int, *, model_sha256: str, clip_key: str) -> FeatureWriter:
        """What is stored of a frame classifier's probabilities for a run's content, to go on.

        They are features of one dimension, kept as long as a run uses them.
        """
        with self._database.writing() as session:
            run, found = _beside(session, run_id, model_sha256, clip_key, packed=False)
            run.violence_set_id = found.id
            return FeatureWriter(self._database, found)

    def people_writer(self, run_id: int, *, finder_sha256: str, clip_key: str) -> FeatureWriter:
        """What is stored of the people in a run's content, to go on.

        They are features too, `core.people.ROW` a frame, kept as long as a run uses them.
        """
        with self._database.writing() as session:
            run, found = _beside(session, run_id, finder_sha256, clip_key, packed=True)
            run.people_set_id = found.id
            return FeatureWriter(self._database, found)

    def people(self, recording_id: int, *, start: float, end: float) -> list[tuple[float, People]]:
        """The people in each sampled frame from `start` to `end` (s), with the frame's time.

        The first frame is the newest at or before `start`. Empty where none were looked for.
        """
        with self._database.reading() as session:
            return find_people(session, recording_id, start, end)

    def save_track(self, run_id: int, track: Track) -> None:
        """Store a score track ((n,) values as float32) with its pyramid."""
        self.save_track_parts(run_id, track.kind, [track])

    def save_track_parts(self, run_id: int, kind: TrackKind, parts: Iterable[Track]) -> None:
        """The same of a track that comes in parts, in order; what stood before stays until then."""
        with self._database.writing() as session:
            save_track(session, run_id, kind, parts)

    def saving_track(self, run_id: int, track: Track) -> Generator[None, None, None]:
        """Store a score track as `save_track` does, a part at a time; closed early, not at all.

        Others have to wait until the last part, so it must not be left for long.
        """
        with self._database.writing() as session:
            yield from saving_track(session, run_id, track)

    def track(self, recording_id: int, kind: TrackKind) -> Track | None:
        """The newest score track of the recording's present content, or its features."""
        if kind is TrackKind.FEATURES:
            return self.features(recording_id)
        with self._database.reading() as session:
            row = find_track(session, recording_id, kind)
            return load_track(session, row) if row is not None else None

    def features(self, recording_id: int) -> Track | None:
        """The features (n, d) float16 of the newest run, as far as they are stored."""
        with self._database.reading() as session:
            row = newest_feature_set(session, recording_id)
            return load_features(session, row) if row is not None else None

    def feature_parts(self, recording_id: int, *, rows: int) -> Iterator[Track]:
        """The same in order, about `rows` clips at a time; nothing where there are none."""
        with self._database.reading() as session:
            found = newest_feature_set(session, recording_id)
            number, stored = (found.id, found.rows) if found is not None else (0, 0)
        for first in range(0, stored, rows):
            with self._database.reading() as session:
                row = session.get(FeatureSetRow, number)
                if row is None:
                    return
                part = load_features(session, row, first=first, stop=first + rows)
            yield part

    def skipped(self, recording_id: int) -> list[tuple[float, float, Look]]:
        """Spans (s) of the newest run's clips that no network has seen, and how each was looked at.

        In order; neighbors that were looked at alike are one.
        """
        with self._database.reading() as session:
            row = newest_feature_set(session, recording_id)
            return load_skipped(session, row.id) if row is not None else []

    def envelope(
        self, recording_id: int, kind: TrackKind, *, start: float, end: float, entries: int
    ) -> Envelope:
        """What a score track looks like from `start` to `end` (s) in at most `entries` entries.

        Gives times (m, 2), lows (m,) and highs (m,): the extreme scores of each span, so that no
        peak is lost. Empty where there is no track. Read from the pyramid: quick for any length.
        """
        with self._database.reading() as session:
            row = find_track(session, recording_id, kind)
            if row is not None:
                return load_envelope(session, row, start=start, end=end, entries=entries)
        nothing = np.empty(0, np.float32)
        return np.empty((0, 2)), nothing, nothing

    # The strip

    def strip_writer(self, sha256: str) -> StripWriter:
        """What is stored of the small pictures of a content (fingerprint), to go on."""
        return StripWriter(self._database, sha256)

    def strip_picture(self, recording_id: int, seconds: float) -> tuple[float, bytes] | None:
        """The newest small picture (JPEG) at or before a time (s), with its own time.

        None where there is none. Quick enough to be asked at every move of the mouse.
        """
        with self._database.reading() as session:
            return find_picture(session, recording_id, seconds)

    # Time

    def clocks(self) -> dict[int, CaseClock]:
        """When recordings were made and by which camera, by their ids, as far as it is known."""
        with self._database.reading() as session:
            return load_clocks(session)

    def set_clocks(self, clocks: Mapping[int, CaseClock]) -> None:
        """Store when these recordings were made; those that were removed meanwhile are left out."""
        with self._database.writing() as session:
            for recording_id, known in clocks.items():
                if session.get(RecordingRow, recording_id) is not None:
                    save_clock(session, recording_id, known)

    def truth(self, recording_id: int) -> list[TruthSpan]:
        """What the recording really shows, by annotations that were read, in order of time."""
        with self._database.reading() as session:
            return load_truth(session, recording_id)

    def replace_truth(self, truth: Mapping[int, Sequence[TruthSpan]]) -> None:
        """Store what these recordings really show, in place of what was known of them."""
        with self._database.writing() as session:
            replace_truth(session, truth)

    # Segments

    def presets(self) -> list[RulePreset]:
        """Rules by name, in order of camera and name."""
        with self._database.reading() as session:
            return load_presets(session)

    def save_preset(self, preset: RulePreset) -> None:
        """Keep a rule by name, in place of one that its camera has of that name."""
        with self._database.writing() as session:
            save_preset(session, preset)

    def delete_preset(self, preset: RulePreset) -> None:
        with self._database.writing() as session:
            delete_preset(session, preset)

    def replace_segments(self, recording_id: int, run_id: int, segments: Sequence[Segment]) -> None:
        """Store the recording's segments in place of the old; an equal one keeps its id."""
        with self._changing(recording_id) as (session, _):
            replace_segments(session, recording_id, run_id, segments)

    def segments(self, recording_id: int | None = None) -> list[CaseSegment]:
        """Segments of one recording or of all, the least expected first."""
        with self._database.reading() as session:
            return load_segments(session, recording_id)

    # What people change

    def edit(self, edit: Edit, *, reviewer: str) -> int:
        """Make a person's changes, all or none, and log them; gives the entry's id.

        Raises ConflictError where something is not as the edit found it.
        """
        with self._database.writing() as session:
            return make_edit(session, edit, reviewer=reviewer)

    def undo(self, *, reviewer: str) -> Edit | None:
        """Take back the person's newest edit; gives the edit that did it, None without one.

        Raises ConflictError where others have changed the same since.
        """
        with self._database.writing() as session:
            return take_back(session, reviewer=reviewer, kind=EditKind.UNDONE)

    def redo(self, *, reviewer: str) -> Edit | None:
        """Make the edit again that the person took back last; as `undo`."""
        with self._database.writing() as session:
            return take_back(session, reviewer=reviewer, kind=EditKind.REDONE)

    def edit_stacks(self, *, reviewer: str) -> EditStacks:
        """What a person can undo and redo."""
        with self._database.reading() as session:
            return edit_stacks(session, reviewer=reviewer)

    def log(self) -> list[LoggedEdit]:
        """All that people changed, the oldest first."""
        with self._database.reading() as session:
            return load_log(session)

    def regions(self, recording_id: int | None = None) -> list[Region]:
        """The regions of one recording or of all, in the order of their ids."""
        query = select(RegionRow).order_by(RegionRow.recording_id, RegionRow.id)
        if recording_id is not None:
            query = query.filter_by(recording_id=recording_id)
        with self._database.reading() as session:
            return [region_of(row) for row in session.scalars(query)]

    def note(self, note: CaseNote) -> None:
        """Store one of the case's own settings as it is found, which nobody is to undo."""
        with self._database.writing() as session:
            put_record(session, note)

    def notes(self) -> dict[str, str]:
        """The case's own settings by name."""
        with self._database.reading() as session:
            return {row.name: row.text for row in session.scalars(select(CaseNoteRow))}

    def removed_recordings(self) -> list[Place]:
        """The recordings that were taken out of the case and could come back."""
        query = select(RecordingRow).where(RecordingRow.removed.is_not(None))
        with self._database.reading() as session:
            return [
                Place(recording_id=row.id, path=Path(row.path), removed=row.removed)
                for row in session.scalars(query.order_by(RecordingRow.id))
            ]

    def place(self, recording_id: int) -> Place:
        """Where a recording lies, be it removed or not."""
        with self._database.reading() as session:
            row = session.get(RecordingRow, recording_id)
            if row is None:
                raise KeyError(recording_id)
            return Place(recording_id=row.id, path=Path(row.path), removed=row.removed)

    @contextmanager
    def _changing(self, recording_id: int) -> Iterator[tuple[Session, RecordingRow]]:
        with self._database.writing() as session:
            row = session.get(RecordingRow, recording_id)
            if row is None:
                raise KeyError(recording_id)
            yield session, row

    def _state(self, row: RecordingRow) -> RecordingState:
        """The state, but stopped where whoever was at work has died."""
        if row.state not in _AT_WORK:
            return row.state
        with self._worker_lock:
            own = self._worker is not None and self._worker.name == row.worker
        alive = own or (row.worker is not None and is_alive(self.folder, row.worker))
        return row.state if alive else RecordingState.STOPPED

    def _own_worker(self) -> str:
        with self._worker_lock, told(self.folder):
            if self._worker is None:
                self._worker = Worker(self.folder)
            return self._worker.name


def _beside(
    session: Session, run_id: int, model_sha256: str, clip_key: str, *, packed: bool
) -> tuple[RunRow, FeatureSetRow]:
    """A run, and the set of what a further model made of its content."""
    run = session.get_one(RunRow, run_id)
    content = session.get_one(FeatureSetRow, run.feature_set_id).sha256
    found = find_or_add_feature_set(
        session, sha256=content, encoder_sha256=model_sha256, clip_key=clip_key, packed=packed
    )
    return run, found
