"""What the keys do while a case is coded: a value, the next variable, back, undo. It knows no terminal."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from dsar.study.scheme_values import NONE, BadValueError, Values, asked, free, number

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dsar.core.coding import Code
    from dsar.study.scheme import Scheme

Wish = Literal["stay", "save", "next", "quit"]
NOTE = "note"


@dataclass(slots=True)
class Coded:
    """A case on the screen, as far as it has come.

    `at` is the variable before the coder, None after the last one. `only` limits the variables to some (those in which
    two coders differ). `typing` is what is being typed into a number, a text or the note; `said` the last remark.
    """

    scheme: Scheme
    gates: Mapping[str, str]
    values: Values = field(default_factory=dict)
    skipped: frozenset[str] = frozenset()
    note: str = ""
    only: frozenset[str] | None = None
    at: str | None = None
    typing: str | None = None
    into: str = ""
    said: str = ""
    _past: list[tuple[Values, frozenset[str], str, str | None]] = field(default_factory=list)

    @property
    def asked(self) -> tuple[Code, ...]:
        """The variables that apply, given the facts and what was said so far."""
        found = asked(self.scheme, self.values, self.gates)
        return tuple(code for code in found if self.only is None or code.id in self.only)

    @property
    def open(self) -> tuple[Code, ...]:
        """Those that have no value and were not skipped."""
        return tuple(code for code in self.asked if not self.values.get(code.id) and code.id not in self.skipped)

    @property
    def code(self) -> Code | None:
        """The variable before the coder."""
        return next((code for code in self.asked if code.id == self.at), None)

    def begin(self) -> None:
        """Go to the first variable that is open, or to the first."""
        first = self.open or self.asked
        self.at = first[0].id if first else None

    def press(self, key: str) -> Wish:
        """What a key does."""
        self.said = ""
        if self.typing is not None:
            self._type(key)
            return "stay"
        match key:
            case "q" | "end":
                return "quit"
            case "n":
                return "next"
            case "w":
                return "save"
            case "u":
                self._undo()
            case "t":
                self._open(NOTE, self.note)
            case "down" | "enter" | "right":
                self._move(1)
            case "up" | "left":
                self._move(-1)
            case "tab":
                self._group(1)
            case "back-tab":
                self._group(-1)
            case _ if self.code is not None:
                self._answer(self.code, key)
            case _:
                pass
        return "stay"

    def _answer(self, code: Code, key: str) -> None:
        match key:
            case "s":
                self._set(code, (), skip=True)
                self._move(1)
            case "backspace" | "0" if code.kind != "number" or key == "backspace":
                self._set(code, ())
            case "e" if code.kind in {"number", "text"}:
                self._open(code.id, "".join(self.values.get(code.id, ())))
            case _ if code.kind == "number" and key.isdecimal():
                self._open(code.id, key)
            case _ if key.isdecimal() and 1 <= int(key) <= len(code.values):
                self._choose(code, code.values[int(key) - 1][0])
            case _:
                pass

    def _choose(self, code: Code, value: str) -> None:
        if code.kind == "choice":
            self._set(code, (value,))
            self._move(1)
            return
        before = self.values.get(code.id, ())
        wanted = {value} if value == NONE and value not in before else ({*before} ^ {value}) - ({NONE} - {value})
        self._set(code, tuple(key for key, _ in code.values if key in wanted))

    def _set(self, code: Code, values: tuple[str, ...], *, skip: bool = False) -> None:
        self._remember()
        self.values = {**self.values, code.id: values}
        self.skipped = self.skipped | {code.id} if skip else self.skipped - {code.id}

    def _remember(self) -> None:
        self._past.append((self.values, self.skipped, self.note, self.at))

    def _undo(self) -> None:
        if not self._past:
            self.said = "Nothing to undo on this screen; dsar code REF --undo takes a saved version back."
            return
        self.values, self.skipped, self.note, self.at = self._past.pop()

    def _move(self, step: int) -> None:
        """To the next variable that applies, or the one before; after the last one there is an end."""
        names = [code.id for code in self.asked]
        here = names.index(self.at) if self.at in names else len(names)
        place = min(here + step, len(names))
        self.at = names[max(0, place)] if names and place < len(names) else None

    def _group(self, step: int) -> None:
        """To the first variable of the next group, or of the one before."""
        firsts: dict[str, str] = {}
        for code in self.asked:
            firsts.setdefault(code.group, code.id)
        groups = list(firsts)
        here = self.code
        place = (groups.index(here.group) if here is not None else len(groups)) + step
        self.at = firsts[groups[max(0, place)]] if place < len(groups) and groups else None

    def _open(self, into: str, text: str) -> None:
        self.into, self.typing = into, text

    def _type(self, key: str) -> None:
        text = self.typing or ""
        match key:
            case "enter":
                self._typed(text)
            case "escape" | "end":
                self.typing = None
            case "backspace":
                self.typing = text[:-1]
            case "clear":
                self.typing = ""
            case _ if len(key) == 1:
                self.typing = text + key
            case _:
                pass

    def _typed(self, text: str) -> None:
        """What was typed is taken, or stays on the line with what is wrong about it."""
        code = self.code
        try:
            if self.into == NOTE:
                note = free(NOTE, text)
                self._remember()
                self.note, self.typing = note, None
            elif code is not None:
                said = text.strip()
                value = number(code, said) if code.kind == "number" and said else free(code.id, said)
                self._set(code, (value,) if value else ())
                self.typing = None
                self._move(1)
        except BadValueError as error:
            self.said = str(error)
