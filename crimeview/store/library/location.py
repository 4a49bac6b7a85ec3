"""Where a library is: a folder on this computer, or a database on a server."""

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import platformdirs
from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from crimeview.core.errors import UsageError
from crimeview.core.files import is_file

FILE_NAME = "library.db"
_PACKAGE = ("manifest.json", "segments.parquet")
_SERVER_SCHEMES = ("postgresql", "postgres", "postgresql+psycopg")
# What libpq takes and nobody else may see: a URL is shown, stored, and in the list of processes.
_SECRETS = frozenset(
    ("password", "sslpassword", "oauth_client_secret", "scram_client_key", "scram_server_key")
)


@dataclass(frozen=True, slots=True)
class Location:
    """`folder` of a library of one's own, or `url` (without a password) of a shared one."""

    folder: Path | None = None
    url: URL | None = None

    def __str__(self) -> str:
        """For people: never shows a password."""
        if self.url is None:
            return str(self.folder)
        return self.url.set(drivername="postgresql").render_as_string(hide_password=True)


def default_library_folder() -> Path:
    """The library that is used where none is named."""
    return Path(platformdirs.user_data_dir("crimeview", appauthor=False)) / "library"


def is_library(folder: Path) -> bool:
    """Whether the folder holds a library."""
    return is_file(folder / FILE_NAME)


def is_package(folder: Path) -> bool:
    """Whether the folder looks like a package of a library, as other programs write it, too."""
    return all(is_file(folder / name) for name in _PACKAGE)


def kept_folder(uid: str) -> Path:
    """Where this computer keeps what it has made of a library on a server."""
    return default_library_folder().parent / "shared" / uid


def locate(text: str | None) -> Location:
    """A folder, or a server's URL (postgresql://user@host/database?sslmode=verify-full).

    Raises UsageError for a URL that makes no sense, or that holds a password: it would be in the
    shell's history and in every list of processes.
    """
    if not text:
        return Location(folder=default_library_folder())
    if "://" not in text:
        return Location(folder=Path(text))
    scheme = urlsplit(text).scheme
    if scheme not in _SERVER_SCHEMES:
        raise UsageError(
            f"A library cannot be at a “{scheme}” address; give a folder, or a URL as "
            "postgresql://name@server/database?sslmode=verify-full."
        )
    try:
        url = make_url(text)
    except (ArgumentError, ValueError) as error:
        raise UsageError(
            "The library's URL cannot be read; give one as "
            "postgresql://name@server:5432/database?sslmode=verify-full."
        ) from error
    if url.password or "password" in url.query:
        raise UsageError(
            "Leave the password out of the library's URL, where others can read it; "
            "“crimeview library login URL” asks for it and keeps it in your keyring."
        )
    secret = sorted(_SECRETS & {name.lower() for name in url.query})
    if secret:
        raise UsageError(
            f"Leave {secret[0]} out of the library's URL, where others can read it; use a key file "
            "that only you may read."
        )
    return Location(url=url.set(drivername="postgresql+psycopg"))
