"""A server of one conversation, which says what a test wants, however wrong."""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

_PATIENCE = 30


class Talk:
    """The server's end of a connection."""

    def __init__(self, sock: socket.socket) -> None:
        self._sock = sock
        self._file = sock.makefile("rb")
        self.heard: list[bytes] = []

    def say(self, *lines: bytes) -> None:
        for line in lines:
            self._sock.sendall(line + b"\r\n")

    def send(self, data: bytes) -> None:
        self._sock.sendall(data)

    def hear(self) -> bytes:
        """The next line, or nothing at the end."""
        line = self._file.readline().rstrip(b"\r\n")
        self.heard.append(line)
        return line

    def until_it_goes(self) -> None:
        """Say nothing more until the other side hangs up."""
        while self._file.read(4096):
            pass

    def close(self) -> None:
        self._file.close()
        self._sock.close()


@contextmanager
def talking(script: Callable[[Talk], None], cert: tuple[Path, Path] | None) -> Iterator[tuple[int, list[bytes]]]:
    """A port where one caller at a time meets the script, over TLS if there is a certificate; and what was heard."""
    heard: list[bytes] = []
    listening = socket.create_server(("127.0.0.1", 0))
    listening.settimeout(_PATIENCE)
    context = None
    if cert is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*cert)

    def serve() -> None:
        with contextlib.suppress(OSError):  # the test is over, or the caller hung up
            while True:
                plain, _ = listening.accept()
                plain.settimeout(_PATIENCE)
                with contextlib.suppress(OSError):
                    sock = context.wrap_socket(plain, server_side=True) if context is not None else plain
                    talk = Talk(sock)
                    talk.heard = heard
                    try:
                        script(talk)
                    finally:
                        talk.close()
                plain.close()

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        yield listening.getsockname()[1], heard
    finally:
        with contextlib.suppress(OSError):
            listening.shutdown(socket.SHUT_RDWR)
        listening.close()
        thread.join(_PATIENCE)
