"""A case: a folder with everything that was found out about a set of recordings."""

import os
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import delete, select

from crimeview.core.edit import CaseNote, Place
from crimeview.core.errors import CaseError
from crimeview.core.files import exists, is_file
from crimeview.core.look import Look
from crimeview.core.people import Finder, People
from crimeview.core.recording import Fingerprint, Recording, RecordingState
from crimeview.core.region import Region
from crimeview.core.segment import Segment
from crimeview.core.track import Track, TrackKind
from crimeview.store.alarms import Alarms
from crimeview.store.analyses import Analyses
from crimeview.store.clusters import Clusters
from crimeview.store.database import FILE_NAME, Database, told
from crimeview.store.edits import Edits
from crimeview.store.features import load_features
from crimeview.store.gates import load_skipped
from crimeview.store.live import Live
from crimeview.store.novelty import Novelty
from crimeview.store.people import find_people, people_finder
from crimeview.store.presets import Presets
from crimeview.store.recordings import load_recordings, present_recording
from crimeview.store.records import put_record, region_of
from crimeview.store.rows import CaseRecording, CaseSegment
from crimeview.store.runs import delete_unused_feature_sets, newest_feature_set
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
from crimeview.store.segments import load_confirmed, load_segments, replace_segments
from crimeview.store.stamps import clip_stamps
from crimeview.store.strip import Strips, delete_unused_strip
from crimeview.store.times import Times
from crimeview.store.tracks import Envelope, find_track, load_envelope, load_track
from crimeview.store.types import Types
from crimeview.store.watch_lock import watch_lock
from crimeview.store.worker import AT_WORK, Presence


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

    It holds recordings and what was found in them; what else it knows is in its parts.

    Every method raises CaseError where the case cannot be read or written, and KeyError where it
    holds no recording of the given id.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._presence = Presence(database.folder)
        self.analyses = Analyses(database)
        self.edits = Edits(database)
        self.times = Times(database)
        self.presets = Presets(database)
        self.strips = Strips(database)
        self.scenes = Scenes(database)
        self.novelty = Novelty(database)
        self.types = Types(database)
        self.clusters = Clusters(database)
        self.live = Live(database)
        self.alarms = Alarms(database)

    @property
    def folder(self) -> Path:
        return self._database.folder

    def revision(self) -> int:
        """A number that is another one whenever something was written to the case, by anybody."""
        return self._database.revision()

    def news(self) -> int:
        """The same, but for what is written within `known`."""
        with told(self.folder):
            return self._database.news.number()

    def known(self) -> AbstractContextManager[None]:
        """What this thread writes within is known to whoever asks for `news`."""
        return self._database.known()

    @contextmanager
    def watched(self) -> Iterator[None]:
        """Watch cameras for this case within: nobody else does.

        Raises CaseError where somebody does already, in this or another process.
        """
        with told(self.folder):
            lock = watch_lock(self.folder)
        with closing(lock):
            yield

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def close(self) -> None:
        self._presence.close()
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
            return load_recordings(session, state=self._presence.state)

    def recording(self, recording_id: int) -> CaseRecording:
        with self._database.reading() as session:
            found = load_recordings(session, recording_id, state=self._presence.state)
        if not found:
            raise KeyError(recording_id)
        return found[0]

    def describe(self, recording_id: int, recording: Recording) -> None:
        """Store what the file says about itself."""
        values = asdict(recording)
        del values["path"]  # the case's own path holds
        with self._database.writing() as session:
            present_recording(session, recording_id)
            session.merge(DescriptionRow(recording_id=recording_id, **values))

    def set_fingerprint(self, recording_id: int, fingerprint: Fingerprint) -> None:
        """Store the identity of the file's content; segments of another content are dropped."""
        with self._database.writing() as session:
            row = present_recording(session, recording_id)
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
        worker = self._presence.own()
        with self._database.writing() as session:
            row = present_recording(session, recording_id)
            if self._presence.state(row.state, row.worker) in AT_WORK:
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
        worker = self._presence.own() if state in AT_WORK else None
        with self._database.writing() as session:
            row = present_recording(session, recording_id)
            row.state = state
            row.worker = worker
            row.error = error
            row.note = note

    def remove_recording(self, recording_id: int) -> None:
        """Forget a recording, what was found in it and what people say of it, for good.

        The file itself is not touched. An edit with a `Place` removes it so that it can come back.
        """
        with self._database.writing() as session:
            row = present_recording(session, recording_id)
            session.execute(delete(RunRow).filter_by(recording_id=recording_id))
            delete_unused_feature_sets(session)
            content = row.sha256
            session.delete(row)
            session.flush()
            delete_unused_cameras(session)
            if content is not None:
                delete_unused_strip(session, content)

    # What analyses found

    def people(self, recording_id: int, *, start: float, end: float) -> list[tuple[float, People]]:
        """The people in each sampled frame from `start` to `end` (s), with the frame's time.

        The first frame is the newest at or before `start`. Empty where none were looked for.
        """
        with self._database.reading() as session:
            return find_people(session, recording_id, start, end)

    def people_finder(self, recording_id: int) -> Finder | None:
        """What stands for those people; None where none were looked for."""
        with self._database.reading() as session:
            return people_finder(session, recording_id)

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

    def clip_stamps(self) -> dict[int, str]:
        """By recording, what its features and clip scores are: others have another stamp.

        Recordings without scores have none.
        """
        with self._database.reading() as session:
            return clip_stamps(session)

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

    # Segments

    def replace_segments(self, recording_id: int, run_id: int, segments: Sequence[Segment]) -> None:
        """Store the recording's segments in place of the old; an equal one keeps its id."""
        with self._database.writing() as session:
            present_recording(session, recording_id)
            replace_segments(session, recording_id, run_id, segments)

    def segments(self, recording_id: int | None = None) -> list[CaseSegment]:
        """Segments of one recording or of all, the least expected first."""
        with self._database.reading() as session:
            return load_segments(session, recording_id)

    def confirmed(self, recording_id: int) -> NDArray[np.float64]:
        """The spans (n, 2; s) of a recording in which people confirmed something."""
        with self._database.reading() as session:
            return load_confirmed(session, recording_id)

    # What people say

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
            row = present_recording(session, recording_id)
            return Place(recording_id=row.id, path=Path(row.path), removed=row.removed)
