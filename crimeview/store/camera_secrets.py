"""Addresses of cameras with their passwords: in the system's keyring and nowhere else."""

from contextlib import suppress
from pathlib import Path

import keyring
from keyring.errors import KeyringError, PasswordDeleteError

from crimeview.core.errors import CaseError

_SERVICE = "crimeview camera"


def load_secret(case: Path, name: str) -> str | None:
    """The whole address of a case's camera; None where there is none, or no keyring to ask."""
    try:
        return keyring.get_password(_SERVICE, _account(case, name))
    except KeyringError:
        return None


def save_secret(case: Path, name: str, address: str) -> None:
    """Raises CaseError where no keyring takes it; nothing is then kept."""
    try:
        keyring.set_password(_SERVICE, _account(case, name), address)
    except KeyringError as error:
        raise CaseError(
            f"No keyring of this computer could keep the password of “{name}”, so the camera was "
            "not kept; set one up (GNOME Keyring, KWallet, or the system's own), or give the "
            "address anew each time."
        ) from error


def delete_secret(case: Path, name: str) -> None:
    """Forget it, if there is one."""
    with suppress(PasswordDeleteError, KeyringError):
        keyring.delete_password(_SERVICE, _account(case, name))


def _account(case: Path, name: str) -> str:
    return f"{name} in {case}"
