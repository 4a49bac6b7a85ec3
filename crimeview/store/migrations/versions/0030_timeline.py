"""When recordings were made and by which camera, rules by name, and what recordings really show."""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "wall_clocks",
        sa.Column("recording_id", sa.Integer(), nullable=False),
        sa.Column("camera", sa.Text(), nullable=False),
        sa.Column("start", sa.Text(), nullable=False),
        sa.Column("zone", sa.Text(), nullable=True),
        sa.Column("offset", sa.Float(), nullable=False),
        sa.Column("source", sa.String(16), nullable=False),
        sa.ForeignKeyConstraint(
            ["recording_id"],
            ["recordings.id"],
            name="fk_wall_clocks_recording_id",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("recording_id", name="pk_wall_clocks"),
    )
    op.create_table(
        "rule_presets",
        sa.Column("camera", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("threshold", sa.Float(), nullable=False),
        sa.Column("hysteresis", sa.Float(), nullable=False),
        sa.Column("merge_gap", sa.Float(), nullable=False),
        sa.Column("min_length", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("camera", "name", name="pk_rule_presets"),
    )
    op.create_table(
        "truth_spans",
        sa.Column("recording_id", sa.Integer(), nullable=False),
        sa.Column("start", sa.Float(), nullable=False),
        sa.Column("end", sa.Float(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["recording_id"],
            ["recordings.id"],
            name="fk_truth_spans_recording_id",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("recording_id", "start", name="pk_truth_spans"),
    )
