"""Text for pages and for file names: what is printed stays within its line, what names a file stays a plain name."""

from __future__ import annotations

import re
import unicodedata

from dsar.paper.glyphs import printable

_NOT_PLAIN = re.compile(r"[^A-Za-z0-9]+")
# Letters that Unicode does not decompose into an ASCII letter and a mark.
_SPELLED = str.maketrans(
    {"ß": "ss", "æ": "ae", "Æ": "Ae", "œ": "oe", "Œ": "Oe", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D"}
)
_LONGEST_NAME = 80


def one_line(text: str, longest: int = 160) -> str:
    """`text` on one line, at most `longest` characters, nothing invisible in it: for titles and names from outside."""
    line = " ".join(str(printable(text)).split())
    return line if len(line) <= longest else line[: longest - 1] + "…"


def plain_name(text: str) -> str:
    """1 to 80 ASCII letters, digits and single hyphens that say what `text` says, as portals accept them (B21)."""
    spelled = unicodedata.normalize("NFKD", text.translate(_SPELLED))
    # An accent goes with nothing left behind; anything else that is not ASCII, as a curly apostrophe, leaves a gap.
    bare = "".join(char for char in spelled if not unicodedata.combining(char))
    ascii_only = bare.encode("ascii", "replace").decode("ascii")
    return _NOT_PLAIN.sub("-", ascii_only)[:_LONGEST_NAME].strip("-") or "x"


def piece_stem(number: str, title: str) -> str:
    """The name of a piece's file without its ending: `03_Reponse-de-la-societe`, `03-1_photo-jpg` (B1)."""
    whole, _, part = number.partition(".")
    return f"{int(whole):02d}{'-' + part if part else ''}_{plain_name(title)}"


def amount(size: int) -> str:
    """A count of bytes in thousands, as `184 kB`; the unit is the international one."""
    return f"{-(-size // 1000):,} kB".replace(",", "\u202f")
