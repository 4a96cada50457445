"""What waits for its time is not read to find what is due

Revision ID: 0013_due
Revises: 0012_busy
"""

from __future__ import annotations

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision = "0013_due"
down_revision = "0012_busy"
branch_labels = None
depends_on = None

INDEX = "ix_message_queue"
AT_ONCE = datetime(1970, 1, 1, tzinfo=UTC)


def upgrade() -> None:
    times = [sa.column(name, sa.DateTime(timezone=True)) for name in ("not_before", "created_at")]
    message = sa.table("message", sa.column("status", sa.String), *times)
    never_told_to_wait = (message.c.status.in_(("todo", "doing")), message.c.not_before == message.c.created_at)
    op.execute(message.update().where(*never_told_to_wait).values(not_before=AT_ONCE))
    op.drop_index(INDEX, "message")
    op.create_index(INDEX, "message", ["direction", "status", "not_before", "id"])


def downgrade() -> None:
    op.drop_index(INDEX, "message")
    op.create_index(INDEX, "message", ["direction", "status", "id"])
