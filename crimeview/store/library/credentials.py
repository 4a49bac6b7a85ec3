"""Passwords of library servers: in the system's keyring and nowhere else."""

import keyring
from keyring.errors import KeyringError, PasswordDeleteError

from crimeview.core.errors import LibraryError
from crimeview.store.library.location import Location

_SERVICE = "crimeview library"


def load_password(location: Location) -> str | None:
    """The stored password; None where there is none, or no keyring to ask."""
    try:
        return keyring.get_password(_SERVICE, _account(location))
    except KeyringError:
        return None  # a computer without one: certificates or .pgpass may be in use


def save_password(location: Location, password: str) -> None:
    """Raises LibraryError where no keyring takes it; nothing is then kept."""
    try:
        keyring.set_password(_SERVICE, _account(location), password)
    except KeyringError as error:
        raise LibraryError(
            "No keyring of this computer could keep the password, so it was not kept; set one up "
            "(GNOME Keyring, KWallet, or the system's own), or use a client certificate or a "
            ".pgpass file."
        ) from error


def delete_password(location: Location) -> bool:
    """Whether there was one. Raises LibraryError where the keyring does not answer."""
    try:
        keyring.delete_password(_SERVICE, _account(location))
    except PasswordDeleteError:
        return False
    except KeyringError as error:
        raise LibraryError(
            "The keyring of this computer could not be asked; unlock it and try again."
        ) from error
    return True


def _account(location: Location) -> str:
    url = location.url
    if url is None:
        raise ValueError("a library in a folder has no password")
    return f"{url.username or ''}@{url.host or ''}:{url.port or 5432}/{url.database or ''}"
