"""A segment may have been found by any scorers together, of which violence is one."""

import sqlalchemy as sa
from alembic import op

revision = "0090"
down_revision = "0081"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # By hand: Alembic would make the table anew. The old column held one of three words.
    for statement in (
        "ALTER TABLE segments ADD COLUMN scorers TEXT NOT NULL DEFAULT 'events'",
        (
            "UPDATE segments SET scorers = "
            "CASE found_by WHEN 'both' THEN 'events novelty' ELSE found_by END"
        ),
        "ALTER TABLE segments DROP COLUMN found_by",
        "ALTER TABLE segments RENAME COLUMN scorers TO found_by",
    ):
        op.execute(sa.text(statement))
