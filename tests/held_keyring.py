"""A keyring in memory, in place of the computer's own."""

from keyring.backend import KeyringBackend
from keyring.errors import PasswordDeleteError


class HeldKeyring(KeyringBackend):
    """Keeps what it is given in `held`, by service and name."""

    priority = 1.0  # type: ignore[assignment]

    def __init__(self) -> None:
        super().__init__()
        self.held: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.held.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.held[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        if (service, username) not in self.held:
            raise PasswordDeleteError(username)
        del self.held[service, username]
