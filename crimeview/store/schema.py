"""The tables of a case. Private to the store: others see the frozen values in rows.py."""

import os
from functools import cache
from typing import Any

from sqlalchemy import (
    Enum,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Text,
    TypeDecorator,
    UniqueConstraint,
)
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from crimeview.core.edit import Action, EditKind
from crimeview.core.found_by import FoundBy
from crimeview.core.look import Refusal
from crimeview.core.novelty import Reason
from crimeview.core.recording import ClockSource, RecordingState
from crimeview.core.region import RegionUse
from crimeview.core.review import Origin, ReviewState
from crimeview.core.scene import Lesson
from crimeview.core.track import TrackKind
from crimeview.core.wall_clock import WallClockSource

SCHEMA_VERSION = "0120"  # the newest migration


class PathText(TypeDecorator[str]):
    """A path as text; one that is not valid Unicode (possible on Linux) as its bytes."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> Any:  # noqa: ARG002
        if value is None:
            return None
        try:
            value.encode()
        except UnicodeEncodeError:
            return os.fsencode(value)
        return value

    def process_result_value(self, value: Any, dialect: Dialect) -> str | None:  # noqa: ARG002
        return os.fsdecode(value) if value is not None else None


class FoundByText(TypeDecorator[FoundBy]):
    """Scorers as their words, parted by spaces."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: FoundBy | None, dialect: Dialect) -> Any:  # noqa: ARG002
        return " ".join(value.words) if value is not None else None

    def process_result_value(self, value: Any, dialect: Dialect) -> FoundBy | None:  # noqa: ARG002
        return _found_by(value) if value is not None else None


@cache  # thousands of segments are read, of a few scorers
def _found_by(words: str) -> FoundBy:
    return FoundBy.of_words(words.split())


def _values(kind: type) -> Enum:
    return Enum(
        kind,
        values_callable=lambda members: [member.value for member in members],
        native_enum=False,
        length=16,
    )


class Base(DeclarativeBase):
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {  # noqa: RUF012 (SQLAlchemy's own protocol)
        str: Text(),
        float: Float(),
        bytes: LargeBinary(),
        RecordingState: _values(RecordingState),
        ClockSource: _values(ClockSource),
        TrackKind: _values(TrackKind),
        Refusal: _values(Refusal),
        FoundBy: FoundByText(),
        Reason: _values(Reason),
        Lesson: _values(Lesson),
        WallClockSource: _values(WallClockSource),
        ReviewState: _values(ReviewState),
        Origin: _values(Origin),
        RegionUse: _values(RegionUse),
        EditKind: _values(EditKind),
        Action: _values(Action),
    }


class RecordingRow(Base):
    """A file of the case; the fingerprint is null until the file has been read.

    `removed` is since when (ISO 8601, UTC) it does not belong to the case, null where it does.
    """

    __tablename__ = "recordings"

    id: Mapped[int] = mapped_column(primary_key=True)
    path: Mapped[str] = mapped_column(PathText(), unique=True)
    state: Mapped[RecordingState]
    worker: Mapped[str | None]  # who waits or analyzes, see worker.py
    note: Mapped[str | None]
    error: Mapped[str | None]
    sha256: Mapped[str | None]
    size: Mapped[int | None]
    camera_id: Mapped[int | None] = mapped_column(ForeignKey("cameras.id"), index=True)
    removed: Mapped[str | None]


class DescriptionRow(Base):
    """What a recording's file says about itself; absent until it has been opened."""

    __tablename__ = "descriptions"

    recording_id: Mapped[int] = mapped_column(
        ForeignKey("recordings.id", ondelete="CASCADE"), primary_key=True
    )
    duration: Mapped[float]
    width: Mapped[int]
    height: Mapped[int]
    frame_rate: Mapped[float]
    codec: Mapped[str]
    container: Mapped[str]
    rotation: Mapped[int]
    clock: Mapped[ClockSource]


class FeatureSetRow(Base):
    """Features of one content (not path) by one encoder with one clip setting, and how far.

    A frame classifier's probabilities are kept in the same way: features of one dimension. The
    counts say how the rows were looked at: those that are in none of them by the network.
    """

    __tablename__ = "feature_sets"
    __table_args__ = (UniqueConstraint("sha256", "encoder_sha256", "clip_key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    sha256: Mapped[str]
    encoder_sha256: Mapped[str]
    clip_key: Mapped[str]
    complete: Mapped[bool]
    damage: Mapped[str | None]
    rows: Mapped[int]
    dimensions: Mapped[int]
    analyzed: Mapped[float]
    cursor_origin: Mapped[float | None]
    cursor_index: Mapped[int | None]
    cursor_last_frame: Mapped[float | None]
    by_keyframes: Mapped[int]
    by_pictures: Mapped[int]
    audited_still: Mapped[int]
    audited_moving: Mapped[int]
    packed: Mapped[bool] = mapped_column(server_default="0")  # features are compressed by zlib


class GateRow(Base):
    """What of a recording is decoded for a feature set: times (k, 2) f64, the clock in packed bits.

    `kept` is null where everything is decoded.
    """

    __tablename__ = "gates"

    feature_set_id: Mapped[int] = mapped_column(
        ForeignKey("feature_sets.id", ondelete="CASCADE"), primary_key=True
    )
    refusal: Mapped[Refusal | None]
    spacing: Mapped[float]
    kept: Mapped[bytes | None]
    audited: Mapped[bytes]
    clock: Mapped[bytes]


class GateProgressRow(Base):
    """How far the search for a gate is, as arrays in NumPy's own format (.npz)."""

    __tablename__ = "gate_progress"

    feature_set_id: Mapped[int] = mapped_column(
        ForeignKey("feature_sets.id", ondelete="CASCADE"), primary_key=True
    )
    arrays: Mapped[bytes]


class FeatureChunkRow(Base):
    """A run of clips: times (rows, 2) f64, features (rows, d) f16, frame_times (frames, 2) f64.

    `looks` (rows,) u8 are values of `Look`, null where the network saw every clip.
    """

    __tablename__ = "feature_chunks"

    feature_set_id: Mapped[int] = mapped_column(
        ForeignKey("feature_sets.id", ondelete="CASCADE"), primary_key=True
    )
    first_row: Mapped[int] = mapped_column(Integer, primary_key=True)
    times: Mapped[bytes]
    features: Mapped[bytes]
    frame_times: Mapped[bytes]
    looks: Mapped[bytes | None]


class StripPictureRow(Base):
    """A small picture (JPEG) of a content (not path) at a time (s), for scrubbing."""

    __tablename__ = "strip_pictures"

    sha256: Mapped[str] = mapped_column(primary_key=True)
    time: Mapped[float] = mapped_column(primary_key=True)
    jpeg: Mapped[bytes]


class RunRow(Base):
    """One analysis of a recording: what with, and when (ISO 8601, UTC).

    `violence_set_id` is the set of the probabilities of violence, `scene_set_id` that of the
    recording's moments for its scene, `objects_set_id` that of objects of all classes beside them,
    `people_set_id` that of the people in sampled frames; null where none were asked for.
    """

    __tablename__ = "runs"

    id: Mapped[int] = mapped_column(primary_key=True)
    recording_id: Mapped[int] = mapped_column(
        ForeignKey("recordings.id", ondelete="CASCADE"), index=True
    )
    feature_set_id: Mapped[int] = mapped_column(ForeignKey("feature_sets.id"), index=True)
    violence_set_id: Mapped[int | None] = mapped_column(ForeignKey("feature_sets.id"), index=True)
    people_set_id: Mapped[int | None] = mapped_column(ForeignKey("feature_sets.id"), index=True)
    scene_set_id: Mapped[int | None] = mapped_column(ForeignKey("feature_sets.id"), index=True)
    objects_set_id: Mapped[int | None] = mapped_column(ForeignKey("feature_sets.id"), index=True)
    scorer_sha256: Mapped[str]
    settings: Mapped[str]
    started: Mapped[str]
    finished: Mapped[str | None]


class TrackRow(Base):
    """A score track of a feature set; `scorer_sha256` made it."""

    __tablename__ = "tracks"
    __table_args__ = (UniqueConstraint("feature_set_id", "scorer_sha256", "kind"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    feature_set_id: Mapped[int] = mapped_column(ForeignKey("feature_sets.id", ondelete="CASCADE"))
    scorer_sha256: Mapped[str]
    kind: Mapped[TrackKind]
    levels: Mapped[int]  # of the pyramid, the track itself included


class TrackChunkRow(Base):
    """A piece of one level of a track's pyramid; level 0 is the track itself.

    `starts` and `ends` f64, `lows` and `highs` f32; at level 0 `highs` is null: it equals `lows`.
    The small columns come first and have an index of their own, so that finding chunks reads none
    of the large ones.
    """

    __tablename__ = "track_chunks"
    __table_args__ = (Index(None, "track_id", "level", "begin", "finish"),)

    track_id: Mapped[int] = mapped_column(
        ForeignKey("tracks.id", ondelete="CASCADE"), primary_key=True
    )
    level: Mapped[int] = mapped_column(primary_key=True)
    first_entry: Mapped[int] = mapped_column(primary_key=True)
    begin: Mapped[float]
    finish: Mapped[float]
    starts: Mapped[bytes]
    ends: Mapped[bytes]
    lows: Mapped[bytes]
    highs: Mapped[bytes | None]


class SegmentRow(Base):
    __tablename__ = "segments"

    id: Mapped[int] = mapped_column(primary_key=True)
    recording_id: Mapped[int] = mapped_column(
        ForeignKey("recordings.id", ondelete="CASCADE"), index=True
    )
    run_id: Mapped[int] = mapped_column(ForeignKey("runs.id", ondelete="CASCADE"), index=True)
    start: Mapped[float]
    end: Mapped[float]
    peak: Mapped[float] = mapped_column(index=True)
    peak_time: Mapped[float]
    mean: Mapped[float]
    found_by: Mapped[FoundBy] = mapped_column(server_default="events")
    per_hour: Mapped[float | None]
    reason: Mapped[Reason | None]
    number: Mapped[float | None]
    seen_class: Mapped[str | None]
    looks: Mapped[int | None]


class CameraRow(Base):
    """A named group of recordings of one place from one view, whose usual is learned together.

    `folder` is where its first recording lies, `grid` the cells of its picture (“rowsxcolumns”),
    `background` their usual brightness, u8. `version` grows with everything learned or forgotten;
    `taught` is the one since the newest change by a person: what was found by an older one is
    behind.
    """

    __tablename__ = "cameras"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    folder: Mapped[str] = mapped_column(PathText())
    grid: Mapped[str]
    background: Mapped[bytes]
    version: Mapped[int]
    taught: Mapped[int] = mapped_column(server_default="0")


class LessonRow(Base):
    """What a camera learned from a span (s) of a recording, as counts (.npz), and as what.

    `classes` are counts of classes of objects (.npz), null where no detector looked.
    `version` is the camera's when it was learned, `made` when (ISO 8601, UTC). `forgotten` is since
    when it does not count, null where it does: it stays, and can be learned again.
    """

    __tablename__ = "lessons"

    id: Mapped[int] = mapped_column(primary_key=True)
    camera_id: Mapped[int] = mapped_column(ForeignKey("cameras.id", ondelete="CASCADE"), index=True)
    recording_id: Mapped[int] = mapped_column(
        ForeignKey("recordings.id", ondelete="CASCADE"), index=True
    )
    kind: Mapped[Lesson]
    start: Mapped[float]
    end: Mapped[float]
    version: Mapped[int]
    made: Mapped[str]
    counts: Mapped[bytes]
    classes: Mapped[bytes | None]
    forgotten: Mapped[str | None]


class MarksRow(Base):
    """Where in the picture what a run's novelty found is, as arrays (.npz).

    `version` is the camera's by which it was found.
    """

    __tablename__ = "marks"

    run_id: Mapped[int] = mapped_column(ForeignKey("runs.id", ondelete="CASCADE"), primary_key=True)
    version: Mapped[int] = mapped_column(server_default="0")
    arrays: Mapped[bytes]


class WallClockRow(Base):
    """When a recording was made (ISO 8601, local, without zone) and by which camera."""

    __tablename__ = "wall_clocks"

    recording_id: Mapped[int] = mapped_column(
        ForeignKey("recordings.id", ondelete="CASCADE"), primary_key=True
    )
    camera: Mapped[str]
    start: Mapped[str]
    zone: Mapped[str | None]
    offset: Mapped[float]
    source: Mapped[WallClockSource]


class RulePresetRow(Base):
    """A rule by name, kept for a camera."""

    __tablename__ = "rule_presets"

    camera: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(primary_key=True)
    threshold: Mapped[float]
    hysteresis: Mapped[float]
    merge_gap: Mapped[float]
    min_length: Mapped[float]


class TruthSpanRow(Base):
    """What a recording really shows from `start` to `end` (s), by an annotation file."""

    __tablename__ = "truth_spans"

    recording_id: Mapped[int] = mapped_column(
        ForeignKey("recordings.id", ondelete="CASCADE"), primary_key=True
    )
    start: Mapped[float] = mapped_column(primary_key=True)
    end: Mapped[float]
    label: Mapped[str]


class ReviewRow(Base):
    """A person's word on a span, see `core.review`; `tags` is a JSON array.

    The scores are those of the newest track, null where there is none.
    """

    __tablename__ = "reviews"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    recording_id: Mapped[int] = mapped_column(
        ForeignKey("recordings.id", ondelete="CASCADE"), index=True
    )
    start: Mapped[float]
    end: Mapped[float]
    seen_start: Mapped[float]
    seen_end: Mapped[float]
    state: Mapped[ReviewState]
    origin: Mapped[Origin]
    kind: Mapped[str | None]
    note: Mapped[str]
    tags: Mapped[str]
    reviewer: Mapped[str]
    changed: Mapped[str]
    content: Mapped[str | None]
    peak: Mapped[float | None]
    peak_time: Mapped[float | None]
    mean: Mapped[float | None]


class EditRow(Base):
    """An entry of the log of what people changed: nothing in it is ever altered or deleted.

    `changes` is a JSON array of [kind, before, after], `of` the entry that is undone or redone, or
    has lapsed.
    """

    __tablename__ = "edits"

    id: Mapped[int] = mapped_column(primary_key=True)
    made: Mapped[str]
    reviewer: Mapped[str] = mapped_column(index=True)
    kind: Mapped[EditKind]
    of: Mapped[int | None]
    action: Mapped[Action]
    changes: Mapped[str]


class CaseNoteRow(Base):
    """One of the case's own settings."""

    __tablename__ = "case_notes"

    name: Mapped[str] = mapped_column(primary_key=True)
    text: Mapped[str]


class RegionRow(Base):
    """A polygon in a recording's picture; `points` is a JSON array of [x, y], 0 to 1."""

    __tablename__ = "regions"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    recording_id: Mapped[int] = mapped_column(
        ForeignKey("recordings.id", ondelete="CASCADE"), index=True
    )
    use: Mapped[RegionUse]
    name: Mapped[str]
    points: Mapped[str]


class TypeSuggestionRow(Base):
    """What type a span of a recording may be of; `likeliest` is a JSON array of [type, chance].

    `kind` is null where it is unknown, or nothing of a type.
    """

    __tablename__ = "type_suggestions"

    recording_id: Mapped[int] = mapped_column(
        ForeignKey("recordings.id", ondelete="CASCADE"), primary_key=True
    )
    start: Mapped[float] = mapped_column(primary_key=True)
    end: Mapped[float] = mapped_column(primary_key=True)
    kind: Mapped[str | None]
    confidence: Mapped[float]
    likeliest: Mapped[str]
    source: Mapped[str]


class SuggestedByRow(Base):
    """Up to which entry of the log of edits types were suggested; one row at most."""

    __tablename__ = "suggested_by"

    id: Mapped[int] = mapped_column(primary_key=True)
    edit_id: Mapped[int]


class TypeLessonRow(Base):
    """What was learned of types from what people said of segments, as arrays (.npz).

    `space` says what vectors mean, `figures` (JSON) how it did on segments that it had not seen.
    The newest that is `used` is used; one that was forgotten stays, and can be used again.
    """

    __tablename__ = "type_lessons"

    id: Mapped[int] = mapped_column(primary_key=True)
    space: Mapped[str]
    made: Mapped[str]
    reviewer: Mapped[str]
    used: Mapped[bool]
    figures: Mapped[str]
    arrays: Mapped[bytes]


class ClusterRow(Base):
    """A cluster of segments that a person named at some time; `name` is null where it has none now.

    `space` says what vectors mean; `center` (d,) and `members` (k,) are f32, see `atlas.naming`.
    """

    __tablename__ = "clusters"
    __table_args__ = (UniqueConstraint("space", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    space: Mapped[str]
    center: Mapped[bytes]
    members: Mapped[bytes]
    name: Mapped[str | None]


class LiveCameraRow(Base):
    """A camera that is watched. `zones` is a JSON array of [name, [[x, y] ...]].

    Passwords in `address` are masked; where it `has_secret` the keyring has the whole address.
    """

    __tablename__ = "live_cameras"

    name: Mapped[str] = mapped_column(primary_key=True)
    place: Mapped[int]  # among the cameras, from 0
    address: Mapped[str]
    has_secret: Mapped[bool]
    looped: Mapped[bool]
    zones: Mapped[str]


class LiveClipRow(Base):
    """A file recorded around alarms (`alarms`, a JSON array of ids), times since 1970.

    Only files that stand here are ever deleted by the program.
    """

    __tablename__ = "live_clips"

    id: Mapped[int] = mapped_column(primary_key=True)
    recording_id: Mapped[int | None] = mapped_column(
        ForeignKey("recordings.id", ondelete="SET NULL"), index=True
    )
    camera: Mapped[str]
    alarms: Mapped[str]
    path: Mapped[str] = mapped_column(PathText(), unique=True)
    start: Mapped[float] = mapped_column(index=True)
    end: Mapped[float]
    sha256: Mapped[str]
    size: Mapped[int]
