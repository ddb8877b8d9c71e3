"""What a template may call: citations, dates, lists and numbered demands in the words of its language."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

from dsar.core.brief import AskedItem, Grievance
from dsar.letters.errors import NoParallelError, PrecedentError
from dsar.letters.escape import Markdown, clean, escape

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from dsar.core.law import Law, Precedent
    from dsar.core.under import Under
    from dsar.letters.words import Words

_ENDS = (".", "!", "?", "…", ".”", ".“", ".»", ". »", "!”", "!“", "?”", "?“")


class Voice:
    """The filters and functions of a letter. Whatever they return is escaped when it is printed."""

    def __init__(self, words: Words, law: Law, under: Under | None = None) -> None:
        """Speak in `words`, cite from `law`; `under` is the law of the case, where it is not that of the law book."""
        self._words = words
        self._law = law
        self._under = under if under is not None and not under.home else None
        self._told: set[str] = set()

    def filters(self) -> dict[str, Callable[..., object]]:
        """By the name used in templates."""
        return {
            "cites": self._words.cites,
            "citing": self.citing,
            "day": self._words.day,
            "exhibits": self.exhibits,
            "labels": self.labels,
            "listed": self.listed,
            "numbered": self.numbered,
            "sentence": sentence,
        }

    def functions(self) -> dict[str, Callable[..., object]]:
        """By the name used in templates."""
        return {
            "cite": self.cite,
            "decisions": self.decisions,
            "precedent": self.precedent,
            "say": self._words.say,
            "short": self.short,
        }

    def cite(self, *keys: str) -> str:
        """`cite("gdpr:12.3", "gdpr:15")`: the citations as one phrase, each as the law of the case has it.

        Raises:
            NoParallelError: the law of the case has no such provision.
        """
        return self._words.cites([self._own(key) for key in keys])

    def _own(self, key: str) -> str:
        if self._under is None:
            return key
        found = self._under.cite(key)
        if found is None:
            raise NoParallelError(key=key, regime=self._under.regime)
        return found

    def precedent(self, name: str) -> str:
        """A decision of the law book that was read at its source; PrecedentError otherwise."""
        found = self._law.precedents.get(name)
        if found is None or not found.checked:
            raise PrecedentError(id=name)
        return self._written(found)

    def decisions(self, item: AskedItem | Grievance) -> tuple[tuple[str, str], ...]:
        """The decisions that sharpen a demand or support a grievance, as (citation, holding); only checked ones.

        A letter tells each decision once. A guideline is no decision: it is cited by its paragraph, as an act. What
        was decided on the GDPR is told under no other law.
        """
        lang = self._words.lang
        if self._under is not None:
            return ()
        told = []
        for name in self._supporting(item):
            one = self._law.precedents.get(name)
            known = one is not None and one.checked and name not in lang.sources
            if one is not None and known and name not in self._told:
                self._told.add(name)
                told.append((self._written(one), self._words.say("holdings", name)))
        return tuple(told)

    def short(self, item: AskedItem) -> str:
        """A demand in a few words; nothing for a question of the data subject's own."""
        key = f"{item.id}.short"
        return self._words.say("demands", key) if self._words.has("demands", key) else ""

    def numbered(self, items: Sequence[AskedItem]) -> Markdown:
        """The demands under their numbers: a list where the numbers follow each other, else a paragraph for each."""
        shown = [(item.n, escape(self.citing(item.words, item.cites))) for item in items]
        if all(after == before + 1 for (before, _), (after, _) in pairwise(shown)):
            return Markdown("\n".join(f"{n}. {text}" for n, text in shown))
        return Markdown("\n\n".join(f"**{n}.** {text}" for n, text in shown))

    def citing(self, text: str, keys: Sequence[str]) -> str:
        """A sentence with its citations in brackets before its full stop."""
        line = clean(text)
        if not keys:
            return sentence(line)
        return f"{line.removesuffix('.')} ({self._words.cites(keys)})."

    def labels(self, keys: Sequence[str], table: str) -> str:
        """Several labels as a list: "access and erasure"."""
        return self._words.join([self._words.label(table, key) for key in keys])

    def listed(self, items: Sequence[object]) -> str:
        """A list in words: "a, b and c"; dates in words."""
        return self._words.join([self._text(item) for item in items])

    def exhibits(self, numbers: Sequence[int]) -> str:
        """The reference to exhibits: "Exhibit 3", "Exhibits 1 and 3", or nothing."""
        if not numbers:
            return ""
        key = "layout.exhibit" if len(numbers) == 1 else "layout.exhibits"
        return self._words.say("labels", key, n=self._words.join([str(n) for n in numbers]))

    def _supporting(self, item: AskedItem | Grievance) -> tuple[str, ...]:
        match item:
            case Grievance():
                return item.precedents
            case AskedItem():
                rule = self._law.demands.get(item.id)
                return rule.precedents if rule else ()

    def _written(self, one: Precedent) -> str:
        lang = self._words.lang
        body = lang.bodies.get(one.body, one.body)
        return lang.precedent.format(body=body, number=one.number, date=self._words.day(one.on))

    def _text(self, item: object) -> str:
        return self._words.day(item) if isinstance(item, date) else clean(str(item))


def sentence(text: str) -> str:
    """`text` with a full stop at its end, if it has no end of its own."""
    line = clean(text)
    return line if not line or line.endswith(_ENDS) else line + "."
