"""Who is named in the exhibits of a dossier though it is not about them: people of this vault whom somebody else sees.

A mail to a list, or a table that came with it, names everybody in it. Nothing is left out for that: it is said, and the
person who files decides what is blacked out. What a scan shows nobody reads for it.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from dsar.desk.collective_silence import Reader, names, plain
from dsar.desk.counting import facts_of
from dsar.desk.evidence import parsed
from dsar.desk.extracting import texts
from dsar.desk.people import SELF, subjects

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from dsar.core.dossier import Exhibit, Redaction
    from dsar.core.parties import Person
    from dsar.desk.collective_groups import Group
    from dsar.desk.office import Desk, File

_REFERENCE: Final = re.compile(r"\b\d{4}-[0-9A-Z]{5}\b")
_OURS: Final = frozenset({"mandate", "letter"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Naming:
    """An exhibit, by its number, and how many people it names who are not in the dossier."""

    number: int
    count: int

    @property
    def sentence(self) -> str:
        """What is said of it."""
        whom = "a person who is" if self.count == 1 else f"{self.count} people who are"
        return (
            f"exhibit {self.number} names {whom} not in this dossier: look at it, and black them out with --redact "
            f"{self.number}:PAGE:AREA=REASON"
        )


class Strangers:
    """Looks for everybody in the vault but those whom a dossier is about."""

    def __init__(self, desk: Desk, about: Collection[str], agents: Sequence[Person] = ()) -> None:
        """`about` are the ids of those it is about; `agents` act for them, and are named everywhere."""
        self._desk = desk
        self._reader = Reader(desk)
        self._about = frozenset(about)
        skipped = self._about | {SELF}
        mine = frozenset(form for one in agents for form in _forms(one))
        everybody = subjects(desk.vault)
        # what somebody in the dossier is called too is theirs
        mine |= {form for one in everybody if one.id in self._about for form in _forms(one)}
        self._known: dict[str, list[tuple[str, str]]] = {}
        for one in everybody:
            if one.id not in skipped:
                for form in _forms(one) - mine:
                    self._known.setdefault(form.split()[0], []).append((form, one.id))
        self._refs = frozenset(desk.vault.lists.refs()) if self._known else frozenset()

    def naming(self, exhibits: Sequence[Exhibit], redactions: Sequence[Redaction] = ()) -> Iterator[Naming]:
        """The exhibits that name others; one that somebody redacts has been looked at."""
        seen = {one.exhibit.partition(".")[0] for one in redactions}
        for each in exhibits:
            if self._known and each.kind not in _OURS and str(each.number) not in seen:
                count = len(self._in(self._said(each)))
                if count:
                    yield Naming(number=each.number, count=count)

    def _said(self, each: Exhibit) -> str:
        """What of an exhibit is shown, on its pages or as the untouched file."""
        if not each.returned:
            return self._reader.read(each, keep=False).said
        message = parsed(self._desk, each.evidence)
        if message is None:
            return ""
        said = [message.subject, message.sender, *message.to, *message.cc, message.text]
        shown = {part.name for n, part in enumerate(message.attachments, 1) if f"{each.number}.{n}" in each.shows}
        said += [text for name, text in texts(self._desk, each.evidence) if name in shown]
        return "\n".join(said)

    def _in(self, said: str) -> set[str]:
        """The ids of the people whom a text names."""
        bare = plain(said)
        found = {who for word in set(bare.split()) for form, who in self._known.get(word, ()) if f" {form} " in bare}
        refs = set(_REFERENCE.findall(said)) & self._refs
        found |= {facts_of(self._desk, ref).subject for ref in refs}
        return found - self._about


def worth_reading(exhibits: Iterable[Exhibit]) -> list[Exhibit]:
    """The exhibits of many cases, each once, by number, but for the slips that one case alone holds.

    Reading a PDF takes another program, and a thousand slips of delivery would take minutes; one that several cases
    hold is a list of the post, which is read.
    """
    first: dict[int, Exhibit] = {}
    held: Counter[int] = Counter()
    for each in exhibits:
        first.setdefault(each.number, each)
        held[each.number] += 1
    return [
        one
        for number, one in sorted(first.items())
        if held[number] > 1 or one.kind != "proof" or one.evidence.media != "application/pdf"
    ]


def of_case(desk: Desk, file: File) -> Strangers:
    """Who looks for everybody but the person of a case."""
    opened = file.case.opened
    return Strangers(desk, {opened.subject.id}, [opened.mandate.agent] if opened.mandate is not None else [])


def among(desk: Desk, group: Group) -> Strangers:
    """Who looks for everybody who does not complain with the others."""
    agents = [one.mandate.agent for one in group.members]
    return Strangers(desk, {one.subject.id for one in group.members}, agents)


def _forms(one: Person) -> frozenset[str]:
    """By what a person is found in a text: the name in any order, the address."""
    forms = (plain(text).strip() for text in (*names(one.name), one.email))
    # a name of one word is a word of every text
    return frozenset(form for form in forms if " " in form)
