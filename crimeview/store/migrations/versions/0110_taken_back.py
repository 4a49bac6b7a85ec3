"""Clusters and their names as rows, and by what a camera knew something was found."""

import sqlalchemy as sa
from alembic import op

revision = "0110"
down_revision = "0100"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "clusters",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("space", sa.Text(), nullable=False),
        sa.Column("center", sa.LargeBinary(), nullable=False),
        sa.Column("members", sa.LargeBinary(), nullable=False),
        sa.Column("name", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clusters")),
        sa.UniqueConstraint("space", "name", name=op.f("uq_clusters_space_name")),
    )
    # Nobody knows of what was found before whether it is of the newest that a person has said.
    for table, column in (("cameras", "taught"), ("marks", "version")):
        op.add_column(table, sa.Column(column, sa.Integer(), nullable=False, server_default="0"))
