"""The tables of a library of crime videos, the same in SQLite and PostgreSQL.

Private to the store: others see the frozen values in rows.py.
"""

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import (
    BigInteger,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from crimeview.store.library.vectors import HalfVectorColumn

LIBRARY_VERSION = "0001"  # the newest migration

# SQLite numbers rows by itself only where the type is INTEGER.
_Id = BigInteger().with_variant(Integer(), "sqlite")


class LibraryBase(DeclarativeBase):
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
        int: _Id,
        float: Float(53),
        bytes: LargeBinary(),
    }


class LibraryRow(LibraryBase):
    """The library itself: one row. `uid` tells it from any other."""

    __tablename__ = "library"

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str]
    created: Mapped[str]


class SpaceRow(LibraryBase):
    """What vectors mean; only those of one space can be compared."""

    __tablename__ = "spaces"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    dimensions: Mapped[int]


class SourceRow(LibraryBase):
    """A recording that segments come from; the fingerprint is null where only features came."""

    __tablename__ = "recordings"

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(unique=True)
    sha256: Mapped[str | None] = mapped_column(index=True)
    size: Mapped[int | None]
    name: Mapped[str]
    path: Mapped[str | None]  # where it was seen last
    case_name: Mapped[str | None]
    duration: Mapped[float | None]
    started: Mapped[str | None]  # wall clock at its first frame, ISO 8601


class EntryRow(LibraryBase):
    """A segment of the library. Empty text means that nothing is known, never null.

    `happened` is seconds since 1970 (UTC) or null; `duplicate_of` another segment that shows the
    same. `revision` grows with every change, so that two editors do not undo each other.
    """

    __tablename__ = "segments"
    __table_args__ = (
        # All that a search by one of them asks for, so that it reads none of the rows.
        Index(None, "crime_type", "duplicate_of", "id"),
        Index(None, "camera", "duplicate_of", "id"),
        Index(None, "place", "duplicate_of", "id"),
        Index(None, "happened", "duplicate_of", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(unique=True)
    recording_id: Mapped[int] = mapped_column(
        ForeignKey("recordings.id", ondelete="CASCADE"), index=True
    )
    start: Mapped[float]
    end: Mapped[float]
    peak: Mapped[float]
    peak_time: Mapped[float]
    crime_type: Mapped[str]
    outcome: Mapped[str]
    notes: Mapped[str]
    camera: Mapped[str]
    place: Mapped[str]
    happened: Mapped[float | None]
    added: Mapped[str]
    added_by: Mapped[str]
    duplicate_of: Mapped[int | None] = mapped_column(
        ForeignKey("segments.id", ondelete="SET NULL"), index=True
    )
    revision: Mapped[int] = mapped_column(default=1)


class EmbeddingRow(LibraryBase):
    """The vector (d,) of a segment in a space, of length one.

    A row never changes and its number is never given again: an index holds what it held as long as
    the number is there.
    """

    __tablename__ = "embeddings"
    __table_args__ = (UniqueConstraint("segment_id", "space_id"), {"sqlite_autoincrement": True})

    id: Mapped[int] = mapped_column(primary_key=True)
    segment_id: Mapped[int] = mapped_column(ForeignKey("segments.id", ondelete="CASCADE"))
    space_id: Mapped[int] = mapped_column(ForeignKey("spaces.id"), index=True)
    vector: Mapped[NDArray[np.floating]] = mapped_column(HalfVectorColumn())


class ClipSetRow(LibraryBase):
    """The clips of a segment: times f64 (n, 2), scores f32 (n,), features f16 (n, d)."""

    __tablename__ = "clip_sets"

    segment_id: Mapped[int] = mapped_column(
        ForeignKey("segments.id", ondelete="CASCADE"), primary_key=True
    )
    space_id: Mapped[int] = mapped_column(ForeignKey("spaces.id"), primary_key=True)
    times: Mapped[bytes]
    scores: Mapped[bytes]
    features: Mapped[bytes]


class ThumbnailRow(LibraryBase):
    """Small pictures (JPEG) of a segment, in order of their times (s of the recording)."""

    __tablename__ = "thumbnails"

    segment_id: Mapped[int] = mapped_column(
        ForeignKey("segments.id", ondelete="CASCADE"), primary_key=True
    )
    time: Mapped[float] = mapped_column(primary_key=True)
    jpeg: Mapped[bytes]


class CopyRow(LibraryBase):
    """A piece of the recording that was copied packet by packet, around a segment.

    `start` and `end` are where it lies on the recording's clock, `sha256` is that of the copy and
    `source_sha256` that of the recording. `file` lies in the library's folder `clips`.
    """

    __tablename__ = "copies"

    segment_id: Mapped[int] = mapped_column(
        ForeignKey("segments.id", ondelete="CASCADE"), primary_key=True
    )
    file: Mapped[str]
    sha256: Mapped[str]
    size: Mapped[int]
    source_sha256: Mapped[str]
    start: Mapped[float]
    end: Mapped[float]


class IndexStateRow(LibraryBase):
    """A state of the vectors that an index may have been built of, newest last.

    Each change of the vectors adds one with a random token. An index that knows a token of this
    list was built of an earlier state of this very library and can be brought up to date.
    """

    __tablename__ = "index_states"

    id: Mapped[int] = mapped_column(primary_key=True)
    token: Mapped[str] = mapped_column(unique=True)
