"""What in a copy for one complainant would name another one: names in any order, addresses, numbers, references."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

from dsar.desk.evidence import MAIL
from dsar.desk.extracting import texts

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dsar.core.dossier import Exhibit
    from dsar.desk.collective_groups import Joining
    from dsar.desk.office import Desk

# What stands before a surname, as `plain` writes it.
_TITLES: Final = re.compile(
    "mr|mrs|ms|miss|mx|dear|herrn?|frau|hr|fr|m|mme|mlle|monsieur|madame|mademoiselle|sig|sigra|signora?|signore|dott|"
    "dottssa|sr|sra|srta|senora?|senorita|don|dona|dhr|heer|mevrouw|mevr|mw|dr|prof"
)
_OURS: Final = frozenset({"mandate", "letter", "proof"})
_WORD: Final = re.compile(r"\w+")
# A number or an address that tells one person from others; a town or a short number stands everywhere.
_TELLING: Final = re.compile(r"@|\d\D?\d\D?\d")


def plain(text: str) -> str:
    """The words of a text without case, accents and punctuation, with a space around each."""
    bare = "".join(char for char in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(char))
    return f" {' '.join(_WORD.findall(bare))} "


@dataclass(frozen=True)
class Known:
    """By what one complainant could be known in a text."""

    joining: Joining

    @cached_property
    def words(self) -> frozenset[str]:
        """Each in the form in which it is looked for."""
        one = self.joining
        numbers = (value for value in one.known_by if _TELLING.search(value))
        found = (one.ref, one.mandate.id, one.subject.email, *names(one.subject.name), *numbers)
        return frozenset(text for text in map(plain, found) if text.strip())

    @cached_property
    def surname(self) -> str:
        """The last word of the name; empty where there is only one."""
        return _surname(self.joining.subject.name)


def names(name: str) -> Iterator[str]:
    """A name as it may be written: first or last name first, without the middle ones, with an initial."""
    yield name
    words = plain(name).split()
    if len(words) > 1:
        first, last = words[0], words[-1]
        yield from (f"{first} {last}", f"{last} {first}", f"{last} {' '.join(words[:-1])}")
        yield from (f"{' '.join(words[1:])} {first}", f"{first[0]} {last}", f"{last} {first[0]}")


def _surname(name: str) -> str:
    words = plain(name).split()
    return words[-1] if len(words) > 1 else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """The words of a file with its name and those in it; `whole`: there is nothing in it that was not read."""

    said: str
    whole: bool


class Reader:
    """Reads files for the copies, those that several have only once."""

    def __init__(self, desk: Desk) -> None:
        """Nothing is read yet."""
        self._desk = desk
        self._kept: dict[str, Read] = {}

    def read(self, each: Exhibit, *, keep: bool) -> Read:
        """What can be read of a file; `keep` it for the next copy."""
        made = self._kept.get(each.evidence.sha256) or self._read(each)
        if keep:
            self._kept[each.evidence.sha256] = made
        return made

    def _read(self, each: Exhibit) -> Read:
        found = tuple(texts(self._desk, each.evidence))
        said = [each.evidence.name, *(part for pair in found for part in pair)]
        whole = all(text.strip() for _, text in found)
        if each.evidence.media == MAIL:
            from dsar.mail.every_word import every_word  # noqa: PLC0415 - only where a copy is made

            every = every_word(self._desk.vault.evidence_bytes(each.evidence.sha256))
            said.append(every or "")
            whole = whole and every is not None
        return Read(said="\n".join(said), whole=whole)


class Silence:
    """Whether a text or a file may be shown to `one`: it names none of the others, as far as it can be read."""

    def __init__(self, reader: Reader, one: Known, everybody: Sequence[Known]) -> None:
        """Take what is looked for; what the person is known by is theirs, also where somebody else shares it."""
        self._reader = reader
        self._own = sorted(one.words, key=len, reverse=True)
        others = [each for each in everybody if each is not one]
        # who acts for them is named everywhere, and may be one of them
        agent = one.joining.mandate.agent
        acts = frozenset(map(plain, (agent.email, *names(agent.name))))
        self._words = frozenset().union(*(each.words for each in others)) - one.words - acts
        self._surnames = {each.surname for each in others} - {"", one.surname, _surname(agent.name)}

    def text(self, text: str) -> bool:
        """Whether a text names nobody else."""
        said = plain(text)
        for own in self._own:
            said = said.replace(own, " · ")
        if any(word in said for word in self._words):
            return False
        words = said.split()
        return not any(word in self._surnames and _TITLES.fullmatch(words[n]) for n, word in enumerate(words[1:]))

    def common(self, each: Exhibit) -> bool:
        """Whether what proves the constitution of the body, or what several hold, may be shown.

        What several hold must be read to be sure; the proofs of the body are its own, and shown also as a scan.
        """
        read = self._reader.read(each, keep=True)
        return self.text(read.said) and (read.whole or not each.entry)

    def own(self, each: Exhibit) -> bool:
        """Whether what this person alone has may be shown.

        What we wrote, and the proof that it was sent, is not read: only its name is looked at.
        """
        if each.kind in _OURS:
            return self.text(each.evidence.name)
        return self.text(self._reader.read(each, keep=False).said)
