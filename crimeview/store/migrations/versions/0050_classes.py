"""Runs, lessons and segments know the classes of objects that a camera shows."""

import sqlalchemy as sa
from alembic import op

revision = "0050"
down_revision = "0031"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # By hand: Alembic would make the tables anew, and dropping the old ones takes others with them.
    op.execute(
        sa.text(
            "ALTER TABLE runs ADD COLUMN objects_set_id INTEGER "
            "CONSTRAINT fk_runs_objects_set_id REFERENCES feature_sets (id)"
        )
    )
    op.create_index(op.f("ix_runs_objects_set_id"), "runs", ["objects_set_id"])
    op.execute(sa.text("ALTER TABLE lessons ADD COLUMN classes BLOB"))
    op.execute(sa.text("ALTER TABLE segments ADD COLUMN seen_class TEXT"))
    op.execute(sa.text("ALTER TABLE segments ADD COLUMN looks INTEGER"))
