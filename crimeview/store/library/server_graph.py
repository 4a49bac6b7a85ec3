"""The graph (HNSW) of a space on a server, which only the owner of the tables could make.

Editors add spaces, too: they have functions that make and drop a graph with the owner's rights, and
nothing else.
"""

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from crimeview.store.library.schema import SpaceRow

LARGEST = 4000  # dimensions that pgvector's index of half precision takes
_MAKE, _DROP = "crimeview_make_graph", "crimeview_drop_graph"
# Links of each vector per level, and candidates kept while building. More of both takes longer to
# build, and then far fewer candidates while searching find as much.
_LINKS, _EFFORT_BUILDING = 24, 200
_PARAMETERS = f"m = {_LINKS}, ef_construction = {_EFFORT_BUILDING}"
# A graph that does not fit into this is built on the disk, which takes many times as long.
_BUILDING = "1GB"
_FUNCTIONS_LOCK = 0x43524C46
_NO_SHARED_MEMORY = ("53100", "53200")  # containers have little of it, which several builders need

# What is asked for is a number of the library's own spaces, whatever else is given.
_FUNCTIONS = (
    f"""
CREATE OR REPLACE FUNCTION {_MAKE}(wanted bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER
SET search_path FROM CURRENT SET maintenance_work_mem = '{_BUILDING}' AS $made$
DECLARE
    size integer;
BEGIN
    SELECT dimensions INTO STRICT size FROM spaces WHERE id = wanted;
    IF size <= {LARGEST} THEN
        EXECUTE format(
            'CREATE INDEX IF NOT EXISTS ix_embeddings_graph_%s ON embeddings USING hnsw '
            '((vector::halfvec(%s)) halfvec_cosine_ops) '
            'WITH ({_PARAMETERS}) WHERE space_id = %s',
            wanted, size, wanted);
    END IF;
    -- What the planner knows of the tables decides how a filtered search is done.
    ANALYZE segments;
    ANALYZE embeddings;
END $made$
""",  # noqa: S608 (numbers, and names of our own)
    f"""
CREATE OR REPLACE FUNCTION {_DROP}(wanted bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $made$
BEGIN
    EXECUTE format('DROP INDEX IF EXISTS ix_embeddings_graph_%s', wanted);
END $made$
""",
    f"REVOKE ALL ON FUNCTION {_MAKE}(bigint), {_DROP}(bigint) FROM PUBLIC",
)


def lacks_functions(session: Session) -> bool:
    """Whether the functions are not there as they are now, and this user owns the tables."""
    return bool(
        session.scalar(
            text(
                "SELECT NOT EXISTS (SELECT FROM pg_proc WHERE oid = to_regprocedure(:name) AND "
                "position(:parameters in prosrc) > 0) AND pg_has_role(current_user, relowner, "
                "'USAGE') FROM pg_class WHERE oid = 'embeddings'::regclass"
            ),
            {"name": f"{_MAKE}(bigint)", "parameters": _PARAMETERS},
        )
    )


def is_sparse(session: Session, space: SpaceRow) -> bool:
    """Whether the graph of a space was made by an earlier version, with fewer links."""
    options = session.scalar(
        text("SELECT reloptions FROM pg_class WHERE oid = to_regclass(:name)"),
        {"name": f"ix_embeddings_graph_{space.id}"},
    )
    return options is not None and f"m={_LINKS}" not in options


def make_functions(session: Session) -> None:
    """Make the functions, which takes the owner of the tables; nobody else may call them yet.

    Of several clients one makes them at a time: the server refuses the second otherwise.
    """
    session.execute(text("SELECT pg_advisory_xact_lock(:n)"), {"n": _FUNCTIONS_LOCK})
    for statement in _FUNCTIONS:
        session.execute(text(statement))


def allow_graphs(session: Session, *, role: str) -> None:
    """Let a role make and drop graphs."""
    session.execute(text(f"GRANT EXECUTE ON FUNCTION {_MAKE}(bigint), {_DROP}(bigint) TO {role}"))


def make_graph(session: Session, space: SpaceRow) -> None:
    """Have the server index a space; without, as of too many dimensions, all of it is looked at."""
    if space.dimensions > LARGEST or not _may(session, _MAKE):
        return
    asked = text(f"SELECT {_MAKE}(:space)"), {"space": space.id}
    try:
        with session.begin_nested():
            session.execute(*asked)
    except DBAPIError as error:
        if getattr(error.orig, "sqlstate", None) not in _NO_SHARED_MEMORY:
            raise
        session.execute(text("SET LOCAL max_parallel_maintenance_workers = 0"))
        session.execute(*asked)


def drop_graph(session: Session, space: SpaceRow) -> None:
    """Drop a space's index, as before very much is loaded."""
    if _may(session, _DROP):
        session.execute(text(f"SELECT {_DROP}(:space)"), {"space": space.id})


def _may(session: Session, function: str) -> bool:
    """Whether the function is there and this user may call it."""
    return bool(
        session.scalar(
            text(
                "SELECT coalesce(has_function_privilege(to_regprocedure(:name), 'EXECUTE'), false)"
            ),
            {"name": f"{function}(bigint)"},
        )
    )
