"""All that spoke for and against with a choice; and what may be written instead of tapped

Revision ID: 0004_choice_reasons
Revises: 0003_picks
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004_choice_reasons"
down_revision = "0003_picks"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("pathway_choice", sa.Column("against", sa.JSON(), server_default="{}", nullable=False))
    op.add_column("pathway_choice", sa.Column("best", sa.JSON(), server_default="[]", nullable=False))
    op.add_column(
        "pathway_choice", sa.Column("weights_version", sa.String(length=8), server_default="", nullable=False)
    )
    op.add_column("message", sa.Column("hears", sa.JSON(), nullable=True))


def downgrade() -> None:
    op.drop_column("message", "hears")
    for name in ("weights_version", "best", "against"):
        op.drop_column("pathway_choice", name)
