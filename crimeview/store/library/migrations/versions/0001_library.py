"""The first tables of a library."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    on_server = op.get_bind().dialect.name == "postgresql"
    _make_recordings()
    _make_segments()
    _make_vectors(on_server=on_server)
    _make_pictures()


def _key(table: str, *columns: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint(*columns, name=f"pk_{table}")


def _of(table: str, column: str, target: str, *, ondelete: str | None) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], [target], name=f"fk_{table}_{column}", ondelete=ondelete
    )


def _text(*names: str, nullable: bool = False) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text(), nullable=nullable) for name in names]


def _numbers(*names: str, nullable: bool = False) -> list[sa.Column[float]]:
    return [sa.Column(name, sa.Float(53), nullable=nullable) for name in names]


def _make_recordings() -> None:
    op.create_table(
        "library",
        sa.Column("id", _ID, nullable=False),
        *_text("uid", "created"),
        _key("library", "id"),
    )
    op.create_table(
        "spaces",
        sa.Column("id", _ID, nullable=False),
        *_text("name"),
        sa.Column("dimensions", _ID, nullable=False),
        _key("spaces", "id"),
        sa.UniqueConstraint("name", name="uq_spaces_name"),
    )
    op.create_table(
        "recordings",
        sa.Column("id", _ID, nullable=False),
        *_text("uid"),
        *_text("sha256", nullable=True),
        sa.Column("size", _ID, nullable=True),
        *_text("name"),
        *_text("path", "case_name", nullable=True),
        *_numbers("duration", nullable=True),
        *_text("started", nullable=True),
        _key("recordings", "id"),
        sa.UniqueConstraint("uid", name="uq_recordings_uid"),
    )
    op.create_index("ix_recordings_sha256", "recordings", ["sha256"])


def _make_segments() -> None:
    op.create_table(
        "segments",
        sa.Column("id", _ID, nullable=False),
        *_text("uid"),
        sa.Column("recording_id", _ID, nullable=False),
        *_numbers("start", "end", "peak", "peak_time"),
        *_text("crime_type", "outcome", "notes", "camera", "place"),
        *_numbers("happened", nullable=True),
        *_text("added", "added_by"),
        sa.Column("duplicate_of", _ID, nullable=True),
        sa.Column("revision", _ID, nullable=False),
        _key("segments", "id"),
        sa.UniqueConstraint("uid", name="uq_segments_uid"),
        _of("segments", "recording_id", "recordings.id", ondelete="CASCADE"),
        _of("segments", "duplicate_of", "segments.id", ondelete="SET NULL"),
    )
    op.create_index("ix_segments_recording_id", "segments", ["recording_id"])
    op.create_index("ix_segments_duplicate_of", "segments", ["duplicate_of"])
    for name in ("crime_type", "camera", "place", "happened"):
        op.create_index(
            f"ix_segments_{name}_duplicate_of_id", "segments", [name, "duplicate_of", "id"]
        )


def _make_vectors(*, on_server: bool) -> None:
    if on_server:
        from pgvector.sqlalchemy import HALFVEC

        vector: sa.types.TypeEngine[Any] = HALFVEC()
    else:
        vector = sa.LargeBinary()
    op.create_table(
        "embeddings",
        sa.Column("id", _ID, nullable=False),
        sa.Column("segment_id", _ID, nullable=False),
        sa.Column("space_id", _ID, nullable=False),
        sa.Column("vector", vector, nullable=False),
        _key("embeddings", "id"),
        sa.UniqueConstraint("segment_id", "space_id", name="uq_embeddings_segment_id_space_id"),
        _of("embeddings", "segment_id", "segments.id", ondelete="CASCADE"),
        _of("embeddings", "space_id", "spaces.id", ondelete=None),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_embeddings_space_id", "embeddings", ["space_id"])
    op.create_table(
        "clip_sets",
        sa.Column("segment_id", _ID, nullable=False),
        sa.Column("space_id", _ID, nullable=False),
        *(sa.Column(n, sa.LargeBinary(), nullable=False) for n in ("times", "scores", "features")),
        _key("clip_sets", "segment_id", "space_id"),
        _of("clip_sets", "segment_id", "segments.id", ondelete="CASCADE"),
        _of("clip_sets", "space_id", "spaces.id", ondelete=None),
    )
    op.create_table(
        "index_states",
        sa.Column("id", _ID, nullable=False),
        *_text("token"),
        _key("index_states", "id"),
        sa.UniqueConstraint("token", name="uq_index_states_token"),
    )


def _make_pictures() -> None:
    op.create_table(
        "thumbnails",
        sa.Column("segment_id", _ID, nullable=False),
        *_numbers("time"),
        sa.Column("jpeg", sa.LargeBinary(), nullable=False),
        _key("thumbnails", "segment_id", "time"),
        _of("thumbnails", "segment_id", "segments.id", ondelete="CASCADE"),
    )
    op.create_table(
        "copies",
        sa.Column("segment_id", _ID, nullable=False),
        *_text("file", "sha256"),
        sa.Column("size", _ID, nullable=False),
        *_text("source_sha256"),
        *_numbers("start", "end"),
        _key("copies", "segment_id"),
        _of("copies", "segment_id", "segments.id", ondelete="CASCADE"),
    )
