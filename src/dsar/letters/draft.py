"""The editable draft: subject and enclosures in TOML between `+++` lines, then the Markdown of the letter."""

from __future__ import annotations

import json
import re
import tomllib
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from dsar.letters.errors import DraftError
from dsar.letters.escape import clean, clean_body
from dsar.letters.front import split_front

if TYPE_CHECKING:
    from dsar.core.letter import Letter

# The marks that people leave in a text to be filled in later: a draft that holds one is refused, never issued. Values
# from the case are escaped, so an unescaped bracket was typed.
_LEFT_OVER = (
    re.compile(r"(?<!\\)\[[^\]\n]*(?<!\\)\](?!\()"),
    re.compile(r"(?<!\\)\{[{%#]"),
    re.compile(r"\bTODO\b|\bXXX+\b|\?\?\?|_{4,}|(?<!\\)<[^>\n]{1,60}>"),
)


def to_text(letter: Letter) -> str:
    """The draft that an editor is given."""
    enclosures = "".join(f"  {_quoted(one)},\n" for one in letter.enclosures)
    front = f"subject = {_quoted(letter.subject)}\nenclosures = [\n{enclosures}]\n"
    return f"+++\n{front}+++\n\n{letter.body}"


def from_text(text: str, letter: Letter) -> Letter:
    """`letter` with the subject, the enclosures and the text of the edited draft.

    Raises:
        DraftError: the draft is broken or empty, or still holds a placeholder that `letter` does not hold.
    """
    parts = split_front(text)
    if parts is None:
        raise DraftError(problem="its head must stand between two lines +++")
    head = _head(parts[0])
    subject, enclosures = clean(head["subject"]), tuple(clean(one) for one in head["enclosures"])
    body = clean_body(parts[1]).strip("\n") + "\n"
    if not subject or not body.strip():
        raise DraftError(problem="a letter has a subject and a text")
    before = (letter.subject, *letter.enclosures, letter.body)
    _refuse_left_over("\n".join((subject, *enclosures, body)), "\n".join(before))
    return replace(letter, subject=subject, enclosures=enclosures, body=body)


def _head(text: str) -> dict[str, Any]:
    try:
        head = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise DraftError(problem=f"its head is not TOML ({error})") from error
    if set(head) != {"subject", "enclosures"}:
        raise DraftError(problem="its head holds `subject` and `enclosures`, and nothing else")
    listed = head["enclosures"]
    texts = isinstance(listed, list) and all(isinstance(one, str) for one in listed)
    if not isinstance(head["subject"], str) or not texts:
        raise DraftError(problem="`subject` must be a text and `enclosures` a list of texts")
    return head


def _refuse_left_over(text: str, before: str) -> None:
    for pattern in _LEFT_OVER:
        known = pattern.findall(before)
        for match in pattern.findall(text):
            if match not in known:
                raise DraftError(problem=f"the placeholder “{clean(match)[:40]}” is still in it")


def _quoted(text: str) -> str:
    """A TOML basic string; JSON's escapes are a subset of TOML's (control characters are already gone)."""
    return json.dumps(text, ensure_ascii=False)
