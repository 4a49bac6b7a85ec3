"""Small servers on loopback that alarms are really sent to: HTTP, SMTP and MQTT 3.1.1."""

import base64
import socketserver
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

_PATIENCE = 60.0  # s that a client who fell silent is waited for


@contextmanager
def served(server: socketserver.BaseServer) -> Iterator[Any]:
    """The server at work in a thread, until the end of the block.

    After it, all that its clients have sent has been taken in: closing joins those who read it.
    """
    thread = threading.Thread(target=lambda: server.serve_forever(0.02), name="test server")
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@dataclass
class Post:
    path: str
    headers: dict[str, str]
    body: bytes


class HookServer(ThreadingHTTPServer):
    """Takes POSTs; answers with `statuses` in turn, the last one again and again."""

    daemon_threads = False

    def __init__(self, statuses: list[int] | None = None, port: int = 0) -> None:
        self.posts: list[Post] = []
        self.statuses = statuses or [204]
        super().__init__(("127.0.0.1", port), _Hook)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/hooks/alarm?x=1"


class _Hook(BaseHTTPRequestHandler):
    timeout = _PATIENCE

    def do_POST(self) -> None:
        server = self.server
        assert isinstance(server, HookServer)
        body = self.rfile.read(int(self.headers["content-length"]))
        headers = {name.lower(): value for name, value in self.headers.items()}
        server.posts.append(Post(self.path, headers, body))
        statuses = server.statuses
        self.send_response(statuses.pop(0) if len(statuses) > 1 else statuses[0])
        self.send_header("location", "http://127.0.0.1:1/elsewhere")
        self.end_headers()

    def log_message(self, *_arguments: object) -> None:
        pass


@dataclass
class Letter:
    sender: str
    recipients: list[str]
    text: str


class MailServer(socketserver.ThreadingTCPServer):
    """Takes letters of those who sign in as `user`, and refuses `refused` recipients."""

    daemon_threads = False
    allow_reuse_address = True

    def __init__(
        self,
        *,
        user: str = "",
        password: str = "",
        refused: str = "",
        handler: "type[MailHandler] | None" = None,
    ) -> None:
        self.letters: list[Letter] = []
        self.user, self.password, self.refused = user, password, refused
        super().__init__(("127.0.0.1", 0), handler or MailHandler)

    @property
    def port(self) -> int:
        return int(self.server_address[1])


class MailHandler(socketserver.StreamRequestHandler):
    timeout = _PATIENCE

    def handle(self) -> None:
        self.say("220 test")
        self.converse()

    def converse(self) -> None:
        server = self.server
        assert isinstance(server, MailServer)
        sender, recipients, signed_in = "", [], not server.user
        while line := self.rfile.readline():
            word = line.decode().strip()
            match word.split(" ")[0].upper():
                case "EHLO":
                    self.say("250-test", "250 AUTH PLAIN" if server.user else "250 SIZE 100000")
                case "AUTH":
                    given = base64.b64decode(word.split(" ")[2]).decode().split("\0")
                    signed_in = given[1:] == [server.user, server.password]
                    self.say("235 ok" if signed_in else "535 wrong")
                case "MAIL" if signed_in:
                    sender = word.split("<")[1].split(">")[0]
                    self.say("250 ok")
                case "RCPT":
                    to = word.split("<")[1].split(">")[0]
                    taken = to != server.refused
                    recipients += [to] if taken else []
                    self.say("250 ok" if taken else "550 nobody of that name")
                case "DATA":
                    self.say("354 go on")
                    text = b""
                    while (line := self.rfile.readline()) != b".\r\n":
                        text += line
                    server.letters.append(Letter(sender, list(recipients), text.decode()))
                    self.say("250 ok")
                case "QUIT":
                    self.say("221 bye")
                    return
                case "RSET":
                    self.say("250 ok")
                case _:
                    self.say("530 sign in first")

    def say(self, *lines: str) -> None:
        self.wfile.write("".join(f"{line}\r\n" for line in lines).encode())


@dataclass
class Kept:
    topic: str
    payload: str
    retained: bool
    quality: int


@dataclass
class Connect:
    user: str | None = None
    password: str | None = None
    flags: int = 0
    will: tuple[str, str] | None = None  # topic and payload that are told if it vanishes


class Broker(socketserver.ThreadingTCPServer):
    """MQTT 3.1.1: CONNECT with a last will, PUBLISH with QoS 0 and 1, PINGREQ, DISCONNECT.

    `silent` says nothing to a publication. With a `user` nobody else is let in.
    """

    daemon_threads = False
    allow_reuse_address = True

    def __init__(self, *, user: str = "", password: str = "", silent: bool = False) -> None:
        self.kept: list[Kept] = []
        self.connects: list[Connect] = []
        self.user, self.password, self.silent = user, password, silent
        self.disconnects = 0
        super().__init__(("127.0.0.1", 0), _Client)

    @property
    def port(self) -> int:
        return int(self.server_address[1])


@dataclass
class _Packet:
    kind: int
    flags: int
    body: bytes
    at: int = field(default=0)

    def number(self) -> int:
        (value,) = struct.unpack_from("!H", self.body, self.at)
        self.at += 2
        return int(value)

    def text(self) -> str:
        length = self.number()
        self.at += length
        return self.body[self.at - length : self.at].decode()


class _Client(socketserver.StreamRequestHandler):
    timeout = _PATIENCE

    def handle(self) -> None:
        server = self.server
        assert isinstance(server, Broker)
        will = None
        while (packet := self._read()) is not None:
            match packet.kind:
                case 1:
                    if not self._let_in(server, packet):
                        return
                    will = server.connects[-1].will
                case 3:
                    self._take(server, packet)
                case 12:
                    self.wfile.write(b"\xd0\x00")
                case 14:
                    server.disconnects += 1
                    return
        if will is not None:
            server.kept.append(Kept(*will, retained=True, quality=1))

    def _read(self) -> _Packet | None:
        try:
            head = self.rfile.read(1)
        except OSError:  # the connection was cut
            return None
        if not head:
            return None
        length = shift = 0
        while True:
            (byte,) = self.rfile.read(1)
            length |= (byte & 0x7F) << shift
            shift += 7
            if byte < 0x80:
                return _Packet(head[0] >> 4, head[0] & 0xF, self.rfile.read(length))

    def _let_in(self, server: Broker, packet: _Packet) -> bool:
        assert packet.text() == "MQTT"
        packet.at += 1  # the level of the protocol
        connect = Connect(flags=packet.body[packet.at])
        packet.at += 3
        packet.text()  # the client's id
        if connect.flags & 0x04:
            connect.will = (packet.text(), packet.text())
        if connect.flags & 0x80:
            connect.user = packet.text()
        if connect.flags & 0x40:
            connect.password = packet.text()
        server.connects.append(connect)
        known = not server.user or (connect.user, connect.password) == (
            server.user,
            server.password,
        )
        self.wfile.write(bytes([0x20, 2, 0, 0 if known else 4]))
        return known

    def _take(self, server: Broker, packet: _Packet) -> None:
        quality = packet.flags >> 1 & 3
        topic = packet.text()
        number = packet.number() if quality else 0
        payload = packet.body[packet.at :].decode()
        server.kept.append(Kept(topic, payload, bool(packet.flags & 1), quality))
        if quality and not server.silent:
            self.wfile.write(struct.pack("!BBH", 0x40, 2, number))
