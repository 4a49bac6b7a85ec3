"""Cameras, what was learned of each, and why and how often a segment is to be expected."""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "cameras",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("folder", sa.Text(), nullable=False),
        sa.Column("grid", sa.Text(), nullable=False),
        sa.Column("background", sa.LargeBinary(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_cameras"),
    )
    op.create_table(
        "lessons",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("camera_id", sa.Integer(), nullable=False),
        sa.Column("recording_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("start", sa.Float(), nullable=False),
        sa.Column("end", sa.Float(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("made", sa.Text(), nullable=False),
        sa.Column("counts", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["camera_id"], ["cameras.id"], name="fk_lessons_camera_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["recording_id"], ["recordings.id"], name="fk_lessons_recording_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_lessons"),
    )
    op.create_index(op.f("ix_lessons_camera_id"), "lessons", ["camera_id"])
    op.create_index(op.f("ix_lessons_recording_id"), "lessons", ["recording_id"])
    op.create_table(
        "marks",
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("arrays", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["run_id"], ["runs.id"], name="fk_marks_run_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("run_id", name="pk_marks"),
    )
    # By hand: Alembic would make the tables anew, and dropping the old ones takes rows with them.
    for statement in (
        "ALTER TABLE feature_sets ADD COLUMN packed BOOLEAN NOT NULL DEFAULT 0",
        (
            "ALTER TABLE runs ADD COLUMN scene_set_id INTEGER "
            "CONSTRAINT fk_runs_scene_set_id REFERENCES feature_sets (id)"
        ),
        (
            "ALTER TABLE recordings ADD COLUMN camera_id INTEGER "
            "CONSTRAINT fk_recordings_camera_id REFERENCES cameras (id)"
        ),
        "ALTER TABLE segments ADD COLUMN found_by VARCHAR(16) NOT NULL DEFAULT 'events'",
        "ALTER TABLE segments ADD COLUMN per_hour FLOAT",
        "ALTER TABLE segments ADD COLUMN reason VARCHAR(16)",
        "ALTER TABLE segments ADD COLUMN number FLOAT",
    ):
        op.execute(sa.text(statement))
    op.create_index(op.f("ix_runs_scene_set_id"), "runs", ["scene_set_id"])
    op.create_index(op.f("ix_recordings_camera_id"), "recordings", ["camera_id"])
