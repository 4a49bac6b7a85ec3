"""When a message was last tried, and until when somebody is sending it."""

import sqlalchemy as sa
from alembic import op

revision = "0095"
down_revision = "0090"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("alarm_outbox", sa.Column("tried", sa.Float(), nullable=True))
    op.add_column(
        "alarm_outbox", sa.Column("claimed", sa.Float(), nullable=False, server_default="0")
    )
    # What waits and has failed may be tried at once again: when it was tried last is not known.
    op.execute(
        sa.text("UPDATE alarm_outbox SET tried = created WHERE attempts > 0 AND state = 'waiting'")
    )
