"""What the headers of a mail claim about where it comes from: signatures (DKIM), and what servers found of them.

Only the topmost `Authentication-Results`, written by one's own mail server, is worth anything (RFC 8601, 5 and 7.1):
anybody can write the others. Nothing is checked here, since the keys of a domain change and lie on the network.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from email import message_from_bytes
from email.policy import compat32

from dsar.mail.charset import one_line
from dsar.mail.headers import first, values

_TAG = re.compile(r"(?:^|;)\s*([a-z]{1,2})\s*=\s*([^;]*)")
_RESULT = re.compile(r"(?:^|;)\s*(dkim|spf|dmarc)\s*=\s*([a-z]+)", re.IGNORECASE)
_MOST = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Claims:
    """What a mail claims.

    `signed_by` are the domains of its DKIM signatures; `server` is who wrote the topmost results, and `results` what it
    found, as (method, result): ("dkim", "pass").
    """

    signed_by: tuple[str, ...] = ()
    server: str = ""
    results: tuple[tuple[str, str], ...] = ()


def claims(head: bytes) -> Claims:
    """Read the claims in the headers of a mail; never raises on what they hold."""
    mail = message_from_bytes(head.lstrip(b"\r\n"), policy=compat32)
    domains = []
    for value in values(mail, "DKIM-Signature")[:_MOST]:
        tags = dict(_TAG.findall(one_line(value)))
        domains += [tags["d"].strip().lower()] if tags.get("d", "").strip() else []
    top = first(mail, "Authentication-Results")
    server = top.partition(";")[0].split(" ")[0] if top else ""
    found = [(method.lower(), result.lower()) for method, result in _RESULT.findall(top)[:_MOST]]
    return Claims(signed_by=tuple(dict.fromkeys(domains)), server=server, results=tuple(dict.fromkeys(found)))
