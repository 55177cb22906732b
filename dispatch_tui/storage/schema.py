"""The tables; a row of `tickets` is the folded journal and nothing else."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    SmallInteger,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from dispatch_tui.storage.types import UTCDateTime

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

_ROW_ID = BigInteger().with_variant(Integer(), "sqlite")

journal = Table(
    "journal",
    metadata,
    Column("id", _ROW_ID, primary_key=True, autoincrement=True),
    Column("subject_kind", String(20), nullable=False),
    Column("subject", String(200), nullable=False),
    Column("seq", Integer, nullable=False),
    Column("kind", String(40), nullable=False),
    Column("data", Text, nullable=False),
    Column("actor", String(80), nullable=False),
    Column("occurred_at", UTCDateTime, nullable=False),
    Column("recorded_at", UTCDateTime, nullable=False),
    Column("command_key", String(80), unique=True),
    Column("prev_hash", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
    UniqueConstraint("subject_kind", "subject", "seq"),
    sqlite_autoincrement=True,
)

tickets = Table(
    "tickets",
    metadata,
    Column("number", String(20), primary_key=True),
    Column("kind", String(20), nullable=False),
    Column("priority", String(20), nullable=False),
    Column("severity", String(20), nullable=False),
    Column("status", String(20), nullable=False),
    Column("is_open", Boolean, nullable=False),
    Column("customer", String(40), nullable=False),
    Column("device", String(120), nullable=False),
    Column("reported_at", UTCDateTime, nullable=False),
    Column("ended_at", UTCDateTime),
    Column("next_due_at", UTCDateTime),
    Column("version", Integer, nullable=False),
    Column("folded", Text, nullable=False),
    Index(
        "ix_tickets_open",
        "next_due_at",
        sqlite_where=text("is_open"),
        postgresql_where=text("is_open"),
    ),
    Index(
        "ix_tickets_over",
        "number",
        sqlite_where=text("NOT is_open"),
        postgresql_where=text("NOT is_open"),
    ),
    Index("ix_tickets_ended", "ended_at", "reported_at"),
    Index("ix_tickets_device", "device", "number"),
    Index("ix_tickets_customer", "customer", "number"),
)

day_numbers = Table(
    "day_numbers",
    metadata,
    Column("day", String(6), primary_key=True),
    Column("last", Integer, nullable=False),
)

stations = Table(
    "stations",
    metadata,
    Column("code", String(40), primary_key=True),
    Column("name", String(200), nullable=False),
    Column("city", String(80), nullable=False),
    Column("address", String(300), nullable=False),
    Column("phone", String(60), nullable=False),
    Column("latitude", Float),
    Column("longitude", Float),
)

customers = Table(
    "customers",
    metadata,
    Column("code", String(40), primary_key=True),
    Column("name", String(200), nullable=False),
    Column("short_name", String(80), nullable=False),
    Column("former_name", String(200), nullable=False),
    Column("kind", String(80), nullable=False),
    Column("level", String(40), nullable=False),
    Column("city", String(80), nullable=False),
    Column("address", String(300), nullable=False),
    Column("phone", String(60), nullable=False),
    Column("alias", String(200), nullable=False),
    Column("initials", Text, nullable=False),
    Column("latitude", Float),
    Column("longitude", Float),
    Column("departments", String(500), nullable=False, server_default=""),
    Column("responsible", String(80), nullable=False, server_default=""),
    Column("call_every_days", Integer, nullable=False, server_default="0"),
    Column("next_call_on", Date),
    Column("notes", Text, nullable=False, server_default=""),
)

contacts = Table(
    "contacts",
    metadata,
    Column("customer", ForeignKey("customers.code"), primary_key=True),
    Column("name", String(80), primary_key=True),
    Column("phone", String(60), primary_key=True),
    Column("department", String(80), nullable=False),
    Column("position", String(80), nullable=False),
)

devices = Table(
    "devices",
    metadata,
    Column("id", String(120), primary_key=True),
    Column("serial", String(80), nullable=False),
    Column("maker", String(120), nullable=False),
    Column("model", String(120), nullable=False),
    Column("name", String(120), nullable=False),
    Column("kind", String(40), nullable=False),
    Column("customer", ForeignKey("customers.code"), nullable=False, index=True),
    Column("department", String(80), nullable=False),
    Column("asset_number", String(80), nullable=False),
    Column("udi", String(120), nullable=False, server_default=""),
    Column("made_on", Date),
    Column("accepted_on", Date),
    Column("warranty_months", Integer, nullable=False),
    Column("core", Boolean, nullable=False),
    Column("contract_from", Date),
    Column("contract_until", Date),
    Column("registration_number", String(120), nullable=False, server_default=""),
    Column("delivered_on", Date),
    Column("manuals", String(500), nullable=False, server_default=""),
    Column("software", String(120), nullable=False, server_default=""),
    Column("state", String(20), nullable=False, server_default="in_use"),
    Column("notes", Text, nullable=False, server_default=""),
    UniqueConstraint("maker", "serial"),
)

contracts = Table(
    "contracts",
    metadata,
    Column("customer", ForeignKey("customers.code"), primary_key=True),
    Column("number", String(80), primary_key=True),
    Column("device", String(120), nullable=False),
    Column("since", Date, nullable=False),
    Column("until", Date, nullable=False),
    Column("response_minutes", Integer),
    Column("on_site_hours", Integer),
    Column("repair_hours", Integer),
    Column("inspection_months", Integer),
    Column("note", String(500), nullable=False),
)

parts = Table(
    "parts",
    metadata,
    Column("code", String(80), primary_key=True),
    Column("name", String(200), nullable=False),
    Column("maker", String(120), nullable=False),
    Column("model", String(120), nullable=False),
    Column("unit", String(20), nullable=False),
    Column("price", String(40), nullable=False),
    Column("note", String(500), nullable=False),
)

stock = Table(
    "stock",
    metadata,
    Column("part", ForeignKey("parts.code"), primary_key=True),
    Column("station", ForeignKey("stations.code"), primary_key=True),
    Column("count", Integer, nullable=False),
    Column("minimum", Integer, nullable=False),
    CheckConstraint("count >= 0", name="never_below_zero"),
)

consignments = Table(
    "consignments",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("part", ForeignKey("parts.code"), nullable=False),
    Column("count", Integer, nullable=False),
    Column("origin", String(40), nullable=False),
    Column("destination", ForeignKey("stations.code"), nullable=False),
    Column("ticket", String(20), nullable=False),
    Column("sent_at", UTCDateTime, nullable=False),
    Column("due_on", Date),
    Column("received_at", UTCDateTime),
    Index(
        "ix_consignments_under_way",
        "destination",
        sqlite_where=text("received_at IS NULL"),
        postgresql_where=text("received_at IS NULL"),
    ),
)

staff = Table(
    "staff",
    metadata,
    Column("login", String(80), primary_key=True),
    Column("name", String(120), nullable=False),
    Column("role", String(20), nullable=False),
    Column("title", String(120), nullable=False),
    Column("group", String(20), nullable=False),
    Column("station", String(40), nullable=False),
    Column("phone", String(60), nullable=False),
    Column("skills", Text, nullable=False),
    Column("active", Boolean, nullable=False),
    Column("language", String(20), nullable=False, server_default=""),
)

certificates = Table(
    "certificates",
    metadata,
    Column("login", ForeignKey("staff.login"), primary_key=True),
    Column("kind", String(80), primary_key=True),
    Column("level", String(40), nullable=False),
    Column("number", String(80), nullable=False),
    Column("expires_on", Date),
)

travel = Table(
    "travel",
    metadata,
    Column("origin", String(80), primary_key=True),
    Column("destination", String(80), primary_key=True),
    Column("minutes", Integer, nullable=False),
)

rotation_plans = Table(
    "rotation_plans",
    metadata,
    Column("name", String(80), primary_key=True),
    Column("groups", String(200), nullable=False),
    Column("starts_at", String(19), nullable=False),
    Column("every", Integer, nullable=False),
    Column("unit", String(10), nullable=False),
    Column("zone", String(60), nullable=False),
)

shifts = Table(
    "shifts",
    metadata,
    Column("login", ForeignKey("staff.login"), primary_key=True),
    Column("shifts", Text, nullable=False),
)

holidays = Table(
    "holidays",
    metadata,
    Column("name", String(80), primary_key=True),
    Column("turns", Text, nullable=False),
)

overrides = Table(
    "overrides",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("kind", String(20), nullable=False),
    Column("login", ForeignKey("staff.login"), nullable=False),
    Column("by", String(80), nullable=False),
    Column("since", UTCDateTime, nullable=False, index=True),
    Column("until", UTCDateTime, nullable=False),
    Column("reason", String(500), nullable=False),
)
"""The migration that made it lets no two overlap that touch the same person."""

lendings = Table(
    "lendings",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("login", ForeignKey("staff.login"), nullable=False),
    Column("station", ForeignKey("stations.code"), nullable=False),
    Column("since", UTCDateTime, nullable=False),
    Column("until", UTCDateTime, nullable=False),
    Column("what_for", String(500), nullable=False),
    Column("back_at", UTCDateTime),
)

alarms = Table(
    "alarms",
    metadata,
    Column("id", _ROW_ID, primary_key=True, autoincrement=True),
    Column("ticket", ForeignKey("tickets.number"), nullable=False),
    Column("clock", String(20), nullable=False),
    Column("level", String(20), nullable=False),
    Column("due_at", UTCDateTime, nullable=False),
    Column("raised_at", UTCDateTime, nullable=False),
    UniqueConstraint("ticket", "clock", "level", "due_at"),
    sqlite_autoincrement=True,
)

alarms_seen = Table(
    "alarms_seen",
    metadata,
    Column("login", String(80), primary_key=True),
    Column("alarm", ForeignKey("alarms.id"), primary_key=True),
)

_TERM = String(80).with_variant(String(80, collation="C"), "postgresql")

terms = Table(
    "terms",
    metadata,
    Column("way", SmallInteger, primary_key=True, autoincrement=False),
    Column("term", _TERM, primary_key=True),
    Column("kind", SmallInteger, primary_key=True, autoincrement=False),
    Column("subject", String(200), primary_key=True),
    Index("ix_terms_subject", "kind", "subject"),
    sqlite_with_rowid=False,
)
"""The words by which things are looked up; compared by characters, not as a language sorts."""

texts = Table(
    "texts",
    metadata,
    Column("id", _ROW_ID, primary_key=True, autoincrement=False),
    Column("kind", String(20), nullable=False),
    Column("subject", String(200), nullable=False),
    Column("words", Text, nullable=False),
)
"""The tokens of full texts; beside it the engine keeps what is named after `TEXTS_INDEX`."""

TEXTS_INDEX = "texts_index"
"""The engine's own index of full texts, made by the migration: FTS5 with its tables, or GIN."""

drafts = Table(
    "drafts",
    metadata,
    Column("login", String(80), primary_key=True),
    Column("form", String(80), primary_key=True),
    Column("body", Text, nullable=False),
    Column("saved_at", UTCDateTime, nullable=False),
)

sessions = Table(
    "sessions",
    metadata,
    Column("login", String(80), primary_key=True),
    Column("state", Text, nullable=False),
    Column("saved_at", UTCDateTime, nullable=False),
)
"""Where somebody was and what they had chosen, to go on from there at any terminal."""

presence = Table(
    "presence",
    metadata,
    Column("console", String(40), primary_key=True),
    Column("login", String(80), nullable=False),
    Column("ticket", String(20), nullable=False),
    Column("doing", String(40), nullable=False),
    Column("pressed_at", UTCDateTime, nullable=False),
    Index("ix_presence_pressed_at", "pressed_at"),
)
"""Who has which ticket open in which console; it fades with the last key that was pressed."""

staff_keys = Table(
    "staff_keys",
    metadata,
    Column("fingerprint", String(80), primary_key=True),
    Column("login", ForeignKey("staff.login"), nullable=False, index=True),
    Column("kind", String(60), nullable=False),
    Column("body", Text, nullable=False),
    Column("comment", String(120), nullable=False),
    Column("added_at", UTCDateTime, nullable=False),
)
"""The SSH keys by which people are known; `body` is the key itself in base64."""

settings = Table(
    "settings",
    metadata,
    Column("name", String(80), primary_key=True),
    Column("value", Text, nullable=False),
)
