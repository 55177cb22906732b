"""What is found: the words that lead to things, and full texts with the engine's index of them."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

_INDEX_SQLITE = (
    """
    CREATE VIRTUAL TABLE texts_index USING fts5(
        words, content='texts', content_rowid='id', columnsize=0, prefix='1 2 3',
        tokenize='ascii tokenchars ''=~%_"*.'''
    )
    """,
    """
    CREATE TRIGGER texts_are_indexed AFTER INSERT ON texts BEGIN
        INSERT INTO texts_index(rowid, words) VALUES (NEW.id, NEW.words);
    END
    """,
    """
    CREATE TRIGGER texts_leave_the_index AFTER DELETE ON texts BEGIN
        INSERT INTO texts_index(texts_index, rowid, words) VALUES ('delete', OLD.id, OLD.words);
    END
    """,
    """
    CREATE TRIGGER texts_are_indexed_anew AFTER UPDATE ON texts WHEN OLD.words <> NEW.words BEGIN
        INSERT INTO texts_index(texts_index, rowid, words) VALUES ('delete', OLD.id, OLD.words);
        INSERT INTO texts_index(rowid, words) VALUES (NEW.id, NEW.words);
    END
    """,
)
_INDEX_POSTGRESQL = """
CREATE INDEX texts_index ON texts
USING gin (array_to_tsvector(string_to_array(btrim(words), ' ')))
"""


def upgrade() -> None:
    """Add both tables; what stands in them is made from the rows after all migrations."""
    on_server = op.get_context().dialect.name == "postgresql"
    by_characters = sa.String(length=80, collation="C" if on_server else None)
    op.create_table(
        "terms",
        sa.Column("way", sa.SmallInteger(), nullable=False, autoincrement=False),
        sa.Column("term", by_characters, nullable=False),
        sa.Column("kind", sa.SmallInteger(), nullable=False, autoincrement=False),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("way", "term", "kind", "subject", name=op.f("pk_terms")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_terms_subject"), "terms", ["kind", "subject"])
    op.create_table(
        "texts",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
            autoincrement=False,
        ),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_texts")),
    )
    for statement in [_INDEX_POSTGRESQL] if on_server else _INDEX_SQLITE:
        op.execute(statement)
