"""An HTML mail as plain text. Nothing is loaded, nothing is run: tags give structure, the rest is words.

`html.parser` of the standard library is not used: sixty kilobytes of `<a <a <a` keep it busy for half a minute. This
reader looks at each character a bounded number of times.
"""

from __future__ import annotations

import re
from html import unescape

_NAME = re.compile(r"</?([A-Za-z][A-Za-z0-9:-]{0,40})")
_QUOTED_END = re.compile(r"""(?>[^"'>]++|"[^"]*+"|'[^']*+')*+>""")
_HREF = re.compile(r"""\shref\s{0,8}=\s{0,8}["']?((?:https?://|mailto:)[^"'\s<>]{1,2000})""", re.IGNORECASE)
_SPACES = re.compile(r"[ \t\r\n\f]+")
_WINDOW = 2048

_LINES = frozenset(["address", "br", "dd", "div", "dt", "footer", "form", "header", "hr", "li", "pre", "section", "tr"])
_PARAGRAPHS = frozenset(["blockquote", "dl", "h1", "h2", "h3", "h4", "h5", "h6", "ol", "p", "table", "ul"])
_CELLS = frozenset(["td", "th"])
_SILENT = frozenset(["script", "style", "title", "template"])


class _Reader:
    """One pass over a page: a place in it, and the pieces of text found so far."""

    def __init__(self, page: str) -> None:
        self._page = page
        self._at = 0
        self._link = ""
        self._out: list[str] = []
        self._absent: set[str] = set()

    def read(self) -> str:
        while self._at < len(self._page):
            start = self._find("<")
            self._say(self._page[self._at : start])
            self._at = start
            if start < len(self._page):
                self._mark_up()
        return "".join(self._out)

    def _mark_up(self) -> None:
        name = _NAME.match(self._page, self._at)
        if self._page.startswith("<!--", self._at):
            self._skip_to("-->")
        elif name:
            self._tag(name[1].lower(), closing=self._page.startswith("</", self._at))
        elif self._page.startswith(("<!", "<?"), self._at):
            self._skip_to(">")
        else:
            self._say("<")
            self._at += 1

    def _tag(self, name: str, *, closing: bool) -> None:
        start = self._at
        quoted = _QUOTED_END.match(self._page, start, start + _WINDOW)
        if quoted:
            self._at = quoted.end()
        else:
            self._skip_to(">")
        if name in _SILENT and not closing:
            self._skip_to(f"</{name}")
        elif name == "a":
            self._anchor(self._page[start : min(self._at, start + _WINDOW)], closing=closing)
        elif name in _PARAGRAPHS:
            self._out.append("\n\n")
        elif name in _LINES and not (closing and name == "br"):
            self._out.append("\n- " if name == "li" and not closing else "\n")
        elif name in _CELLS:
            self._out.append(" ")

    def _anchor(self, tag: str, *, closing: bool) -> None:
        if closing and self._link:
            # words that show another address than the one they lead to are what a reader must see
            self._say(f" <{self._link}>")
        found = None if closing else _HREF.search(tag)
        self._link = found[1] if found else ""

    def _say(self, text: str) -> None:
        if text:
            self._out.append(_SPACES.sub(" ", _unescaped(text)))

    def _find(self, what: str) -> int:
        """Where `what` comes next, else the end; what was once not found is not looked for again."""
        pattern = re.compile(re.escape(what), re.IGNORECASE | re.ASCII)
        found = None if what in self._absent else pattern.search(self._page, self._at)
        if found is None:
            self._absent.add(what)
        return found.start() if found else len(self._page)

    def _skip_to(self, what: str) -> None:
        """Go behind `what`; where it is missing, the mark-up is broken and its own sign is read as text."""
        end = self._find(what)
        if end == len(self._page):
            self._say(self._page[self._at : self._at + 1])
            self._at += 1
        else:
            self._at = end + (0 if what.startswith("</") else len(what))


def text_of(page: str) -> str:
    """The words of an HTML page, with a blank line between paragraphs and the address behind each link."""
    lines = [_SPACES.sub(" ", line).strip() for line in _Reader(page).read().split("\n")]
    kept = [line for line, before in zip(lines, ["", *lines], strict=False) if line or before]
    return "\n".join(kept).strip("\n")


def _unescaped(text: str) -> str:
    try:
        return unescape(text)
    except ValueError:  # a character number of more than 4,300 digits
        return text
