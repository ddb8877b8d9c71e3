"""A short letter as a `mailto:` link (RFC 6068): one click opens it in any mail program."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from dsar.errors import StateError
from dsar.paper.envelope import mail_subject, one_lines
from dsar.paper.glyphs import visible
from dsar.paper.letter_eml import mail_address
from dsar.paper.markdown import parse
from dsar.paper.text_blocks import lay_out

if TYPE_CHECKING:
    from dsar.core.letter import Letter

# Mail programs and the systems that start them cut a link off, at 2,000 characters at the earliest.
LONGEST = 2000
# A paragraph is one line, which the mail program wraps.
_UNWRAPPED = 100_000


class NoLinkError(StateError):
    """The letter cannot go as a link."""

    sentence = "No mailto: link can carry this letter ({why}): make a mail draft with --format eml."


def render_mailto(letter: Letter) -> str:
    """The link: addressee, subject, the text with the names under it. The addresses and the PDF stay behind.

    Raises:
        NoLinkError: it encloses something, has no e-mail address to go to, or is too long.
        MailAddressError: the addressee's e-mail address is none.
    """
    if letter.enclosures:
        raise NoLinkError(why="a link carries no enclosures")
    if not letter.recipient_email.strip():
        raise NoLinkError(why="there is no e-mail address that it could go to")
    lines = [
        *one_lines([letter.banner, *(f"{name} {value}" for name, value in letter.refs)]),
        "",
        *lay_out(parse(letter.body), _UNWRAPPED),
        "",
        *one_lines(letter.signature),
    ]
    text = "\r\n".join(visible("\n".join(lines)).strip("\n").split("\n"))
    to = quote(mail_address(letter.recipient_email), safe="@")
    link = f"mailto:{to}?subject={quote(visible(mail_subject(letter)), safe='')}&body={quote(text, safe='')}"
    if len(link) > LONGEST:
        raise NoLinkError(why=f"it would be {len(link):,} characters long, and only {LONGEST:,} are safe")
    return link
