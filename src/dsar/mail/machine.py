"""Whether a machine wrote a mail, and whether it says that ours did not arrive: as its headers claim, no more."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dsar.mail.charset import raw_bytes
from dsar.mail.headers import addresses, first, values
from dsar.mail.parts import inner, leaves

if TYPE_CHECKING:
    from email.message import Message as Part

# Headers that vacation programs set beside or instead of the standard one; their presence says it.
_REPLIERS = ("X-Autoreply", "X-Auto-Reply", "X-Autorespond", "X-Autoresponder")
_PRECEDENCE = frozenset({"bulk", "junk", "auto_reply"})
_DAEMON = re.compile(r"(?:^|<)(?:mailer-daemon|postmaster)(?:@|>|$)", re.IGNORECASE)
_ACTION = re.compile(rb"^action:[ \t]*([a-z]+)", re.IGNORECASE | re.MULTILINE)


def is_automatic(mail: Part) -> bool:
    """RFC 3834, 5: Auto-Submitted other than `no`; or what was in use before it; or a delivery status."""
    # RFC 3834, 5.1: parameters may follow the keyword after a semicolon, and comments after that
    submitted = re.split(r"[;\s(]", first(mail, "Auto-Submitted").lower(), maxsplit=1)[0]
    precedence = first(mail, "Precedence").lower().replace("-", "_")
    replier = any(first(mail, name).lower() not in {"", "no"} for name in _REPLIERS)
    return submitted not in {"", "no"} or precedence in _PRECEDENCE or replier or _status(mail) is not None


def is_bounce(mail: Part) -> bool:
    """A delivery status (RFC 3464) that does not only report delay or success; or an old daemon's letter.

    RFC 3464, 2.3.3: the actions are failed, delayed, delivered, relayed and expanded; only the first means that the
    mail did not arrive. A status without a readable action counts as a failure: a person decides.
    """
    status = _status(mail)
    if status is not None:
        actions = {found.lower() for found in _ACTION.findall(status)}
        return not actions or b"failed" in actions
    returns = [value.strip() for value in values(mail, "Return-Path")]
    return "<>" in returns and any(_DAEMON.search(address) for address in addresses(mail, "From"))


def _status(mail: Part) -> bytes | None:
    """The fields of the delivery-status part; empty if the mail only says that it is such a report."""
    for part in leaves(mail):
        if part.get_content_type() == "message/delivery-status":
            fields = [field for block in inner(part) for field in block.raw_items()]
            return b"\n".join(raw_bytes(f"{name}: {value}") for name, value in fields)
    report = str(mail.get_param("report-type", "")).lower()
    return b"" if mail.get_content_type() == "multipart/report" and report == "delivery-status" else None
