"""Since when somebody is busy, by the clock of who says so

Revision ID: 0012_busy
Revises: 0011_prices
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012_busy"
down_revision = "0011_prices"
branch_labels = None
depends_on = None

OWNERS = ("learner", "address")


def upgrade() -> None:
    for owner in OWNERS:
        op.add_column(owner, sa.Column("busy_since", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    for owner in OWNERS:
        with op.batch_alter_table(owner) as table:
            table.drop_column("busy_since")
