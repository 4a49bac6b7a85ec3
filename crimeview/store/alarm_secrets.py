"""What deliveries of alarms are signed or signed in with: in the keyring and nowhere else.

A webhook's address is kept there too, beside its secret: many are secrets themselves.
"""

import keyring
from keyring.errors import KeyringError, PasswordDeleteError

from crimeview.core.errors import CaseError

_SERVICE = "crimeview alarms"


def load_secret(delivery_id: str) -> str | None:
    """None where there is none; raises CaseError where the keyring does not answer."""
    try:
        return keyring.get_password(_SERVICE, delivery_id)
    except KeyringError as error:
        raise CaseError(
            "The keyring of this computer could not be asked for a secret; unlock it, or set one "
            "up (GNOME Keyring, KWallet, or the system's own)."
        ) from error


def save_secret(delivery_id: str, secret: str) -> None:
    """Raises CaseError where no keyring takes it; nothing is then kept."""
    try:
        keyring.set_password(_SERVICE, delivery_id, secret)
    except KeyringError as error:
        raise CaseError(
            "No keyring of this computer could keep the secret, so it was not kept; set one up "
            "(GNOME Keyring, KWallet, or the system's own) and try again."
        ) from error


def delete_secret(delivery_id: str) -> None:
    """Forget it, if there is one and a keyring to ask."""
    try:
        keyring.delete_password(_SERVICE, delivery_id)
    except (KeyringError, PasswordDeleteError):
        return


def load_address(delivery_id: str) -> str | None:
    """A webhook's whole address; as `load_secret`."""
    return load_secret(_address(delivery_id))


def save_address(delivery_id: str, url: str) -> None:
    """As `save_secret`."""
    save_secret(_address(delivery_id), url)


def delete_address(delivery_id: str) -> None:
    """As `delete_secret`."""
    delete_secret(_address(delivery_id))


def _address(delivery_id: str) -> str:
    return f"{delivery_id} address"
