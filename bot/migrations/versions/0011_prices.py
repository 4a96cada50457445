"""What a service took for a message

Revision ID: 0011_prices
Revises: 0010_review
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011_prices"
down_revision = "0010_review"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("message", sa.Column("price", sa.Integer(), nullable=True))
    op.add_column("message", sa.Column("price_unit", sa.String(length=3), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("message") as message:
        message.drop_column("price_unit")
        message.drop_column("price")
