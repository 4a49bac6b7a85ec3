"""What went wrong with a library's database, as a sentence to act on."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from crimeview.core.errors import LibraryError
from crimeview.store.sqlite import BUSY_SECONDS, fault_name


@contextmanager
def told(place: str) -> Iterator[None]:
    """Turn a fault of the database, the disk or the line within into a LibraryError.

    What the server says is told by kind and not in its own words, which may hold values.
    """
    try:
        yield
    except DBAPIError as error:
        raise LibraryError(_sentence(error.orig, place)) from error
    except SQLAlchemyError as error:
        raise LibraryError(
            f"The library {place} could not be used ({type(error).__name__}); try again."
        ) from error
    except (sqlite3.Error, OSError) as error:
        raise LibraryError(_sentence(error, place)) from error


@contextmanager
def told_by_driver(place: str) -> Iterator[None]:
    """The same of what psycopg itself raises."""
    import psycopg  # only who has a library on a server needs it

    try:
        yield
    except psycopg.Error as error:
        raise LibraryError(_sentence(error, place)) from error


def _sentence(error: BaseException | None, place: str) -> str:
    if isinstance(error, sqlite3.Error | OSError):
        return _file_sentence(error, place)
    state = getattr(error, "sqlstate", None) or ""
    return _server_sentence(str(state), str(error), place)


def _file_sentence(error: BaseException, place: str) -> str:
    match fault_name(error):
        case "FULL":
            return (
                f"The disk with the library {place} is full; free some space and try again: what "
                "was added before is kept."
            )
        case "CORRUPT" | "NOTADB":
            return (
                f"The database of the library {place} is damaged; bring back a copy of the folder, "
                "or import a package that was exported from it."
            )
        case "READONLY" | "CANTOPEN" | "PERM":
            return (
                f"The library {place} cannot be written; allow writing in that folder or choose "
                "another one."
            )
        case "BUSY" | "LOCKED":
            return (
                f"Another program has held the library {place} for {BUSY_SECONDS:.0f} seconds; "
                "close it and try again."
            )
        case _:
            return (
                f"The library {place} could not be read or written ({error}); check the disk and "
                "try again."
            )


def _server_sentence(state: str, words: str, place: str) -> str:
    by_state = {
        "42501": f"You may read the library {place}, but not change it; ask its administrator to "
        "make you an editor.",
        "28P01": f"The server did not accept the name or password for {place}; give the password "
        "with “crimeview library login URL”.",
        "28000": f"The server does not let you into {place}; check the name in the URL and ask its "
        "administrator.",
        "3D000": f"The server has no such database: {place}; have it made, or correct the URL.",
        "53100": f"The disk of the server of {place} is full; tell its administrator.",
        "53300": f"The server of {place} has too many visitors at the moment; try again later.",
        "57P01": f"The server of {place} was shut down; what was acknowledged is kept. Try later.",
        "0A000": f"The server of {place} lacks the extension pgvector; have it installed.",
        "58P01": f"The server of {place} lacks the extension pgvector; have it installed.",
    }
    if state in by_state:
        return by_state[state]
    if not state:  # there was no answer
        return _line_sentence(words.lower(), place)
    return f"The server of {place} refused (SQLSTATE {state}); tell its administrator."


def _line_sentence(words: str, place: str) -> str:
    if "invalid uri query parameter" in words or "invalid connection option" in words:
        option = re.search(r'"(\w+)"', words)
        named = f" (“{option[1]}”)" if option is not None else ""
        return (
            f"The URL {place} asks for something that no driver knows{named}; correct what follows "
            "“?”."
        )
    if "password" in words and "supplied" in words:
        return (
            f"The server of {place} wants a password; give it with “crimeview library login URL”."
        )
    if "password authentication failed" in words:
        return (
            f"The server did not accept the name or password for {place}; give the password with "
            "“crimeview library login URL”."
        )
    if "certificate" in words or "ssl" in words:
        return (
            f"No secure line to {place} could be made; check sslmode, sslrootcert and the "
            "certificates in the URL."
        )
    if "does not exist" in words:
        return f"The server has no such database or name: {place}; correct the URL."
    return (
        f"The server of {place} cannot be reached; check its name in the URL and the network. "
        "Your own library works without it."
    )
