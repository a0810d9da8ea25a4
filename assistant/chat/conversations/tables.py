"""The tables: a conversation, its messages, the answers behind them, what readers thought of them.

The failure this prevents: a message, an answer or an opinion that outlives its conversation.
"""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Index, MetaData, SmallInteger, String, Table, Text

ID = 64
NAME = 200
REASON = 2000
"""Characters."""

METADATA = MetaData()

conversations = Table(
    "conversation",
    METADATA,
    Column("id", String(ID), primary_key=True),
    Column("owner", String(ID), nullable=False),
    Column("name", String(NAME), nullable=False, server_default=""),
    Column("profile", String(ID), nullable=False, server_default=""),
    Column("created", String(40), nullable=False),
    Column("used", String(40), nullable=False),
    Index("conversation_owner", "owner", "used"),
)
"""`created` and `used` (the last question): ISO 8601, UTC."""


def _of(table: str) -> Column[str]:
    return Column(table, String(ID), ForeignKey(f"{table}.id", ondelete="CASCADE"), nullable=False, index=True)


messages = Table(
    "message",
    METADATA,
    Column("id", String(ID), primary_key=True),
    _of("conversation"),
    Column("parent", String(ID)),
    Column("type", String(ID), nullable=False),
    Column("author", String(NAME), nullable=False, server_default=""),
    Column("text", Text, nullable=False, server_default=""),
    Column("created", String(40), nullable=False),
    Column("failed", Boolean, nullable=False, server_default="0"),
)

answers = Table(
    "answer",
    METADATA,
    Column("message", String(ID), primary_key=True),
    _of("conversation"),
    Column("created", String(40), nullable=False),
    Column("body", Text, nullable=False),
)
"""`body`: the answer as JSON; kept just before its message is, hence no key on that table."""

opinions = Table(
    "opinion",
    METADATA,
    Column("message", String(ID), ForeignKey("message.id", ondelete="CASCADE"), primary_key=True),
    Column("value", SmallInteger, nullable=False),
    Column("reason", String(REASON), nullable=False, server_default=""),
    Column("created", String(40), nullable=False),
)
"""`value`: 1 useful, 0 not."""
