"""A real SMTP server on this machine, with STARTTLS and a login, which hands mails on as a test wants."""

from __future__ import annotations

import ssl
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword

from .dovecot import PASSWORD, USER, free_ports

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

TAKEN = "250 OK: queued as 7"


@dataclass
class Post:
    """What the server took, and how it behaves: each hook may answer instead of the usual reply."""

    port: int
    mails: list[bytes] = field(default_factory=list)
    envelopes: list[tuple[str, list[str]]] = field(default_factory=list)
    greetings: list[str] = field(default_factory=list)
    on_mail: Callable[[], str] | None = None
    on_rcpt: Callable[[], str] | None = None
    on_data: Callable[[], str] | None = None
    deliver: Callable[[bytes], None] | None = None

    async def handle_EHLO(  # noqa: N802 - aiosmtpd's name, and its arguments
        self, _server: Any, session: Any, _envelope: Any, hostname: str, responses: list[str]
    ) -> list[str]:
        self.greetings.append(hostname)
        session.host_name = hostname
        return responses

    async def handle_MAIL(self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any) -> str:  # noqa: N802 - as above
        if self.on_mail is not None and (said := self.on_mail()):
            return said
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any) -> str:  # noqa: N802 - as above
        if self.on_rcpt is not None and (said := self.on_rcpt()):
            return said
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 - as above
        if self.on_data is not None and (said := self.on_data()):
            return said
        self.mails.append(envelope.original_content)
        self.envelopes.append((envelope.mail_from, envelope.rcpt_tos))
        if self.deliver is not None:
            self.deliver(envelope.original_content)
        return TAKEN


def _let_in(_server: Any, _session: Any, _envelope: Any, _mechanism: str, data: Any) -> AuthResult:
    good = isinstance(data, LoginPassword) and (data.login, data.password) == (USER.encode(), PASSWORD.encode())
    # with handled=True and no answer of our own, the caller would wait for ever
    return AuthResult(success=good, handled=False)


@contextmanager
def smtp(cert: tuple[Path, Path]) -> Iterator[Post]:
    """A server that runs until the end of the block."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*cert)
    (port,) = free_ports(1)  # aiosmtpd calls itself at the port it was given
    post = Post(port=port)
    controller = Controller(
        post,
        hostname="127.0.0.1",
        port=port,
        tls_context=context,
        require_starttls=True,
        authenticator=_let_in,
        auth_required=True,
    )
    controller.start()
    try:
        yield post
    finally:
        controller.stop()
