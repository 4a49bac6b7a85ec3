"""The servers of `servers` behind TLS, with certificates of an authority made for the test."""

import socket
import socketserver
import ssl
from dataclasses import dataclass
from pathlib import Path

import trustme

from tests.messaging.servers import Broker, HookServer, MailHandler, MailServer


@dataclass(frozen=True)
class Authority:
    """An authority that nobody else knows; `file` holds it as PEM."""

    made: trustme.CA
    file: Path

    @classmethod
    def of(cls, folder: Path, *, name: str = "ca.pem") -> "Authority":
        made = trustme.CA()
        file = folder / name
        made.cert_pem.write_to_path(str(file))
        return cls(made, file)

    def context(self, host: str = "127.0.0.1") -> ssl.SSLContext:
        """What a server of that name shows."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.made.issue_cert(host).configure_cert(context)
        return context


class _Secured(socketserver.TCPServer):
    """TLS from the first byte."""

    context: ssl.SSLContext

    def get_request(self) -> tuple[socket.socket, object]:
        connection, address = super().get_request()
        connection.settimeout(60.0)
        return self.context.wrap_socket(connection, server_side=True), address

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that does not trust us leaves; the test sees that on its own side."""


class SecuredBroker(_Secured, Broker):
    """MQTT over TLS."""

    def __init__(self, context: ssl.SSLContext, *, user: str = "", password: str = "") -> None:
        self.context = context
        Broker.__init__(self, user=user, password=password)


class SecuredHooks(_Secured, HookServer):
    """Webhooks over https."""

    def __init__(self, context: ssl.SSLContext) -> None:
        self.context = context
        HookServer.__init__(self)

    @property
    def url(self) -> str:
        return f"https://127.0.0.1:{self.server_port}/hooks/alarm"


class SecuredMail(_Secured, MailServer):
    """Letters over TLS from the first byte, as on port 465."""

    def __init__(self, context: ssl.SSLContext, *, user: str = "", password: str = "") -> None:
        self.context = context
        MailServer.__init__(self, user=user, password=password)


class _Upgraded(MailHandler):
    """Offers STARTTLS, and nothing else before it."""

    def handle(self) -> None:
        server = self.server
        assert isinstance(server, UpgradedMail)
        self.say("220 test")
        while word := self.rfile.readline().decode().strip().upper():
            if word.startswith("EHLO"):
                self.say("250-test", "250 STARTTLS")
            elif word == "STARTTLS":
                self.say("220 go on")
                break
            else:
                self.say("530 STARTTLS first")
        self.connection = server.context.wrap_socket(self.connection, server_side=True)
        with (
            self.connection,
            self.connection.makefile("rb") as self.rfile,
            self.connection.makefile("wb", buffering=0) as self.wfile,
        ):
            server.upgraded += 1
            self.converse()

    def finish(self) -> None:
        """Everything is closed already."""


class UpgradedMail(MailServer):
    """Letters after STARTTLS, as on port 587; nobody signs in before."""

    def __init__(self, context: ssl.SSLContext, *, user: str = "", password: str = "") -> None:
        self.context, self.upgraded = context, 0
        super().__init__(user=user, password=password, handler=_Upgraded)

    def handle_error(self, request: object, client_address: object) -> None:
        """See `_Secured`."""
