"""What is found by comparing a recording with what is usual for its camera, and from what.

By run: the moments and objects of its recording, and the marks that its novelty left. What a camera
has learned is in scenes.py.
"""

import io
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import FromClause, select
from sqlalchemy.orm import Session, join

from crimeview.store.database import Database
from crimeview.store.features import FeatureWriter
from crimeview.store.runs import find_or_add_feature_set, of_present_content
from crimeview.store.schema import CameraRow, FeatureSetRow, MarksRow, RecordingRow, RunRow


@dataclass(frozen=True, slots=True)
class StoredObjects:
    """The rows of objects of a recording, what tells by what they were found, and its run."""

    finder: str
    settings_json: str  # of the run, see `CaseRun`
    writer: FeatureWriter


class Novelty:
    """What a case keeps of comparing; usable from any thread. Raises as `Case` does."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def moments_writer(self, run_id: int, *, version: str, clip_key: str) -> FeatureWriter:
        """What is stored of the moments of a run's content, to go on; compressed."""
        with self._database.writing() as session:
            run = session.get_one(RunRow, run_id)
            found = _packed_set(session, run, made_by=version, clip_key=clip_key)
            run.scene_set_id = found.id
            return FeatureWriter(self._database, found)

    def moments(self, recording_id: int, *, version: str) -> tuple[int, FeatureWriter] | None:
        """The newest run whose moments of that version are all stored, and the way to read them."""
        with self._database.reading() as session:
            found = session.execute(
                select(RunRow.id, FeatureSetRow)
                .join(FeatureSetRow, FeatureSetRow.id == RunRow.scene_set_id)
                .join(RecordingRow, of_present_content())
                .where(
                    RecordingRow.id == recording_id,
                    FeatureSetRow.encoder_sha256 == version,
                    FeatureSetRow.complete,
                )
                .order_by(RunRow.id.desc())
                .limit(1)
            ).first()
            return None if found is None else (found[0], FeatureWriter(self._database, found[1]))

    def objects_writer(self, run_id: int, *, finder_sha256: str, clip_key: str) -> FeatureWriter:
        """What is stored of the objects in a run's content, to go on: `core.objects.ROW` a look."""
        with self._database.writing() as session:
            run = session.get_one(RunRow, run_id)
            found = _packed_set(session, run, made_by=finder_sha256, clip_key=clip_key)
            run.objects_set_id = found.id
            return FeatureWriter(self._database, found)

    def objects(self, run_id: int) -> StoredObjects | None:
        """The objects of a run, if they were looked for to its end."""
        with self._database.reading() as session:
            found = session.execute(
                select(RunRow.settings, FeatureSetRow)
                .join(FeatureSetRow, RunRow.objects_set_id == FeatureSetRow.id)
                .where(RunRow.id == run_id, FeatureSetRow.complete)
            ).one_or_none()
            if found is None:
                return None
            settings, row = found
            writer = FeatureWriter(self._database, row)
            return StoredObjects(row.encoder_sha256, settings, writer)

    def save_marks(
        self, run_id: int, arrays: Mapping[str, NDArray[np.generic]], *, version: int = 0
    ) -> None:
        """Store where a run's novelty found what, in place of what was there.

        `version` is the camera's by which it was found.
        """
        packed = io.BytesIO()
        np.savez_compressed(packed, allow_pickle=False, **arrays)
        with self._database.writing() as session:
            session.merge(MarksRow(run_id=run_id, version=version, arrays=packed.getvalue()))

    def marks(self, recording_id: int) -> Mapping[str, NDArray[Any]] | None:
        """The arrays of the newest run on the content that the recording has now."""
        query = (
            select(MarksRow.arrays)
            .select_from(_marked_runs())
            .where(RecordingRow.id == recording_id)
            .order_by(RunRow.id.desc())
            .limit(1)
        )
        with self._database.reading() as session:
            content = session.scalars(query).first()
        if content is None:
            return None
        with np.load(io.BytesIO(content), allow_pickle=False) as arrays:
            return dict(arrays)

    def behind(self) -> list[int]:
        """The ids of the recordings that were last compared with what a person has changed since.

        That is left undone where the program ends between a change, or its undoing, and what
        follows of it. Of cameras that earlier versions had taught it is not known.
        """
        query = (
            select(RecordingRow.id, MarksRow.version < CameraRow.taught)
            .select_from(_marked_runs())
            .join(CameraRow, CameraRow.id == RecordingRow.camera_id)
            .where(CameraRow.taught > 0, RecordingRow.removed.is_(None))
            .order_by(RecordingRow.id, RunRow.id)
        )
        with self._database.reading() as session:
            newest = {row[0]: row[1] for row in session.execute(query)}
        return [recording_id for recording_id, behind in newest.items() if behind]


def _packed_set(session: Session, run: RunRow, *, made_by: str, clip_key: str) -> FeatureSetRow:
    """The compressed set of a run's content that was `made_by` a version or a network."""
    content = session.get_one(FeatureSetRow, run.feature_set_id).sha256
    return find_or_add_feature_set(
        session, sha256=content, encoder_sha256=made_by, clip_key=clip_key, packed=True
    )


def _marked_runs() -> FromClause:
    """The runs that left marks, with the recordings that have their contents now."""
    return (
        join(MarksRow, RunRow, RunRow.id == MarksRow.run_id)
        .join(FeatureSetRow, FeatureSetRow.id == RunRow.feature_set_id)
        .join(RecordingRow, of_present_content())
    )
