"""Projects and their scores."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

__all__: list[str] = []

revision = "1"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "project",
        sa.Column("id", sa.String(40), primary_key=True),
        sa.Column("title", sa.String(400), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("created", sa.String(40), nullable=False),
        sa.Column("updated", sa.String(40), nullable=False),
        sa.Column("view", sa.Text(), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
    )
    op.create_index("ix_project_updated", "project", ["updated"])
    op.create_table(
        "score",
        sa.Column(
            "project_id", sa.String(40), sa.ForeignKey("project.id", ondelete="CASCADE"),
            primary_key=True,
        ),
        sa.Column("digest", sa.String(40), primary_key=True),
        sa.Column("data", sa.LargeBinary(), nullable=False),
    )  # fmt: skip


def downgrade() -> None:
    """Take the tables away."""
    op.drop_table("score")
    op.drop_table("project")
