"""Runs know the people that were found beside their features."""

import sqlalchemy as sa
from alembic import op

revision = "0060"
down_revision = "0050"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # By hand: Alembic would make the table anew, and dropping the old one takes segments with it.
    op.execute(
        sa.text(
            "ALTER TABLE runs ADD COLUMN people_set_id INTEGER "
            "CONSTRAINT fk_runs_people_set_id REFERENCES feature_sets (id)"
        )
    )
    op.create_index(op.f("ix_runs_people_set_id"), "runs", ["people_set_id"])
