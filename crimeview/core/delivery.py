"""To whom alarms are told, and how: what is configured, without its secrets."""

import secrets
from dataclasses import dataclass, replace
from enum import Enum
from typing import TypeAlias
from urllib.parse import urlsplit

from crimeview.core.address import MASK
from crimeview.core.errors import CrimeviewError, UsageError


class DeliveryError(CrimeviewError):
    """A message could not be delivered; `refused` where the other side has said that it is wrong.

    What was not refused is worth trying again.
    """

    def __init__(self, sentence: str, *, refused: bool = False) -> None:
        super().__init__(sentence)
        self.refused = refused


class DeliveryKind(Enum):
    """The ways in which an alarm leaves the window."""

    SYSTEM = "system"  # a notification of the desktop
    SOUND = "sound"
    WEBHOOK = "webhook"
    MQTT = "mqtt"
    EMAIL = "email"

    @property
    def is_local(self) -> bool:
        """Whether it stays on this computer: told at once or not at all."""
        return self in (DeliveryKind.SYSTEM, DeliveryKind.SOUND)


class Security(Enum):
    """How a connection is kept from being read by others."""

    TLS = "tls"  # from the first byte
    STARTTLS = "starttls"  # after the greeting
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class SystemSettings:
    """Nothing is to be chosen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SoundSettings:
    """`volume` is 0 to 1; the sound is played `times` times."""

    volume: float = 0.8
    times: int = 3

    def __post_init__(self) -> None:
        if not 0.0 < self.volume <= 1.0 or not 1 <= self.times <= 20:
            raise UsageError("The volume lies above 0 and at most at 1, the times from 1 to 20.")


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookSettings:
    """Each alarm is one POST of JSON to `url`, signed with the secret.

    Whoever knows such an address can often use it: a case keeps no more of it than `masked_url`
    shows, and the keyring the rest.
    `ca_file` holds the authority (PEM) that has signed the server's certificate, where it is none
    that this computer knows; the same of the other kinds.
    """

    url: str
    ca_file: str = ""

    def __post_init__(self) -> None:
        parts = urlsplit(self.url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise UsageError(
                f"“{self.url}” is no address of a webhook; write such as "
                "https://example.org/hooks/crimeview."
            )
        if parts.username or parts.password:
            raise UsageError(
                "Leave user and password out of the webhook's address: what is sent is signed with "
                "a secret that lies in the keyring."
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class MqttSettings:
    """A broker. `prefix` begins our topics, `discovery` those that Home Assistant listens to.

    With `discovery` empty nothing is announced to Home Assistant.
    """

    host: str
    port: int = 8883
    security: Security = Security.TLS
    user: str = ""
    prefix: str = "crimeview"
    discovery: str = "homeassistant"
    ca_file: str = ""

    def __post_init__(self) -> None:
        _check_server(self.host, self.port)
        if self.security is Security.STARTTLS:
            raise UsageError("MQTT knows no STARTTLS; choose tls or none.")
        for topic in (self.prefix, self.discovery):
            if any(sign in topic for sign in "#+\0") or topic.strip("/") != topic:
                raise UsageError(
                    f"“{topic}” cannot begin a topic; use no #, no + and no / at its ends."
                )
        if not self.prefix:
            raise UsageError("Topics need a prefix, such as crimeview.")


@dataclass(frozen=True, slots=True, kw_only=True)
class EmailSettings:
    """A mail server that takes letters from `sender` to `recipients`."""

    host: str
    sender: str
    recipients: tuple[str, ...]
    port: int = 587
    security: Security = Security.STARTTLS
    user: str = ""
    ca_file: str = ""

    def __post_init__(self) -> None:
        _check_server(self.host, self.port)
        if not self.recipients:
            raise UsageError("A letter needs at least one recipient.")
        for address in (self.sender, *self.recipients):
            name, at, domain = address.rpartition("@")
            if not (name and at and domain) or any(c.isspace() for c in address):
                raise UsageError(f"“{address}” is no e-mail address.")


DeliverySettings: TypeAlias = (
    SystemSettings | SoundSettings | WebhookSettings | MqttSettings | EmailSettings
)
SETTINGS_OF: dict[DeliveryKind, type[DeliverySettings]] = {
    DeliveryKind.SYSTEM: SystemSettings,
    DeliveryKind.SOUND: SoundSettings,
    DeliveryKind.WEBHOOK: WebhookSettings,
    DeliveryKind.MQTT: MqttSettings,
    DeliveryKind.EMAIL: EmailSettings,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One way that alarms are told; its secret, if it has one, is in the keyring under its id."""

    id: str
    name: str
    settings: DeliverySettings
    enabled: bool = True

    def __post_init__(self) -> None:
        if not self.name.strip():
            raise UsageError("A delivery needs a name.")

    @property
    def kind(self) -> DeliveryKind:
        return next(kind for kind, made in SETTINGS_OF.items() if type(self.settings) is made)

    @property
    def target(self) -> str:
        """Where it goes, as can be shown."""
        match self.settings:
            case WebhookSettings(url=url):
                return masked_url(url)
            case MqttSettings(host=host, port=port, prefix=prefix):
                return f"{host}:{port}/{prefix}"
            case EmailSettings(recipients=recipients):
                return ", ".join(recipients)
            case _:
                return ""


def masked_url(url: str) -> str:
    """A webhook's address as it can be shown: of what follows its host nothing."""
    parts = urlsplit(url)
    secret = parts.path.strip("/") or parts.query or parts.fragment
    return f"{parts.scheme}://{parts.netloc}/{MASK if secret else ''}"


def is_masked(settings: DeliverySettings) -> bool:
    """Whether they are a webhook's without the secret part of its address."""
    return isinstance(settings, WebhookSettings) and MASK in settings.url


def shown_settings(settings: DeliverySettings) -> DeliverySettings:
    """The settings as they can be shown and stored."""
    if isinstance(settings, WebhookSettings):
        return replace(settings, url=masked_url(settings.url))
    return settings


def new_delivery_id() -> str:
    """An id that no other delivery has, in whatever case: its secret is kept under it."""
    return secrets.token_hex(8)


def _check_server(host: str, port: int) -> None:
    if not host.strip() or any(sign in host for sign in "/@ "):
        raise UsageError(f"“{host}” is no name of a server; write such as mail.example.org.")
    if not 0 < port < 65536:
        raise UsageError(f"A port lies from 1 to 65535, not {port}.")
