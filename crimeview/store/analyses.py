"""What analyses write: runs, the features that they share, and score tracks."""

from collections.abc import Generator, Iterable

from sqlalchemy.orm import Session

from crimeview.core.track import Track, TrackKind
from crimeview.store.database import Database
from crimeview.store.features import FeatureWriter
from crimeview.store.recordings import present_recording
from crimeview.store.rows import CaseRun
from crimeview.store.runs import find_or_add_feature_set, newest_run, now_text
from crimeview.store.schema import FeatureSetRow, RunRow
from crimeview.store.tracks import save_track, saving_track


class Analyses:
    """The analyses of a case; usable from any thread. Raises as `Case` does."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def begin(
        self,
        recording_id: int,
        *,
        encoder_sha256: str,
        scorer_sha256: str,
        clip_key: str,
        settings_json: str,
    ) -> int:
        """Note that an analysis of the recording's present content begins; gives the run's id."""
        with self._database.writing() as session:
            row = present_recording(session, recording_id)
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

    def finish(self, run_id: int) -> None:
        with self._database.writing() as session:
            session.get_one(RunRow, run_id).finished = now_text()

    def newest(self, recording_id: int | None = None) -> CaseRun | None:
        """The run begun last, of one recording or of all."""
        with self._database.reading() as session:
            return newest_run(session, recording_id)

    def set_settings(self, run_id: int, settings_json: str) -> None:
        """Store what the run's segments are found with, where that was changed afterwards."""
        with self._database.writing() as session:
            session.get_one(RunRow, run_id).settings = settings_json

    # Features

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

    # Tracks

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
