"""Who may do what with a library on a server: reviewers read, editors change."""

from sqlalchemy import text
from sqlalchemy.orm import Session

REVIEWER, EDITOR = "crimeview_reviewer", "crimeview_editor"


def make_roles(session: Session) -> None:
    """Make the two roles, which people are then made members of, and give them their rights.

    Roles belong to the whole server: those of another library on it are taken as they are.
    """
    for role in (REVIEWER, EDITOR):
        known = session.scalar(text("SELECT 1 FROM pg_roles WHERE rolname = :r"), {"r": role})
        if known is None:
            session.execute(text(f"CREATE ROLE {role} NOLOGIN"))
    schema = session.scalar(text("SELECT quote_ident(current_schema())"))
    for role in (REVIEWER, EDITOR):
        session.execute(text(f"GRANT USAGE ON SCHEMA {schema} TO {role}"))
    _grant(session, "SELECT", f"ALL TABLES IN SCHEMA {schema}", REVIEWER)
    _grant(session, "SELECT, INSERT, UPDATE, DELETE", f"ALL TABLES IN SCHEMA {schema}", EDITOR)
    _grant(session, "USAGE, SELECT", f"ALL SEQUENCES IN SCHEMA {schema}", EDITOR)
    # The schema's version is the administrator's.
    session.execute(text(f"REVOKE INSERT, UPDATE, DELETE ON alembic_version FROM {EDITOR}"))


def _grant(session: Session, rights: str, on: str, role: str) -> None:
    session.execute(text(f"GRANT {rights} ON {on} TO {role}"))
