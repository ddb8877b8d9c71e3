"""An HTML mail as plain text. Nothing is loaded, nothing is run: tags give structure, the rest is words."""

from __future__ import annotations

import re
from html.parser import HTMLParser

_BLOCKS = frozenset(
    "address article aside blockquote dd div dl dt footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section"
    " table tr ul".split()
)
_SILENT = frozenset({"script", "style", "head", "title", "template", "noscript"})
_TAG = re.compile(r"<[^<>]*>")
_SPACES = re.compile(r"[ \t\r\n]+")
_AROUND = re.compile(r" *\n[ \n]*\n *| *\n *")
