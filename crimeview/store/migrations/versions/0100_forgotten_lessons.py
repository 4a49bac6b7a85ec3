"""Lessons that were forgotten stay, so that they can be learned again."""

import sqlalchemy as sa
from alembic import op

revision = "0100"
down_revision = "0096"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("lessons", sa.Column("forgotten", sa.Text(), nullable=True))
