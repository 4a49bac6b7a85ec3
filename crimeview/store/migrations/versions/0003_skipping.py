"""What was not looked at closely, and small pictures for scrubbing."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_COUNTS = ("by_keyframes", "by_pictures", "audited_still", "audited_moving")


def upgrade() -> None:
    # By hand: Alembic would make the tables anew, and dropping the old ones takes rows with them.
    for name in _COUNTS:
        op.execute(
            sa.text(f"ALTER TABLE feature_sets ADD COLUMN {name} INTEGER NOT NULL DEFAULT 0")
        )
    op.execute(sa.text("ALTER TABLE feature_chunks ADD COLUMN looks BLOB"))
    op.create_table(
        "gates",
        sa.Column("feature_set_id", sa.Integer(), nullable=False),
        sa.Column("refusal", sa.String(16), nullable=True),
        sa.Column("spacing", sa.Float(), nullable=False),
        sa.Column("kept", sa.LargeBinary(), nullable=True),
        sa.Column("audited", sa.LargeBinary(), nullable=False),
        sa.Column("clock", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["feature_set_id"],
            ["feature_sets.id"],
            name="fk_gates_feature_set_id",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("feature_set_id", name="pk_gates"),
    )
    op.create_table(
        "gate_progress",
        sa.Column("feature_set_id", sa.Integer(), nullable=False),
        sa.Column("arrays", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["feature_set_id"],
            ["feature_sets.id"],
            name="fk_gate_progress_feature_set_id",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("feature_set_id", name="pk_gate_progress"),
    )
    op.create_table(
        "strip_pictures",
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("time", sa.Float(), nullable=False),
        sa.Column("jpeg", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", "time", name="pk_strip_pictures"),
    )
