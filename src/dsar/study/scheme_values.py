"""What a coder typed, checked: a value that the variable can have, and only where the variable is asked."""

from __future__ import annotations

import difflib
import re
from typing import TYPE_CHECKING, assert_never

from dsar.errors import UsageError
from dsar.study.scheme_facts import CHECKLIST, reserved, spelled
from dsar.study.scheme_shape import read_when

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dsar.core.coding import Code
    from dsar.study.scheme import Scheme

Values = dict[str, tuple[str, ...]]
"""What was coded: the values of each variable by its id."""

NONE = "none"
"""The value that excludes every other one, where there may be several."""
LONGEST = 2000
"""Characters that a free text may have."""

_NUMBER = re.compile(r"\d{1,9}(?:[.,]\d{1,3})?")


class BadValueError(UsageError):
    """A value that the variable cannot have."""

    sentence = "“{value}” is no value of {name}: {known}."


class UnknownVariableError(UsageError):
    """The scheme has no such variable."""

    sentence = "The scheme has no variable “{name}”{near}: `dsar code book` lists them."


class FactTypedError(UsageError):
    """Somebody wants to type what the log says."""

    sentence = "“{name}” is a fact of the log, which is computed and never typed: {mend}."


class NotAskedError(UsageError):
    """The variable does not apply to this case."""

    sentence = "“{name}” is coded only where {when}, and this case is not so."


def read_value(code: Code, text: str) -> tuple[str, ...]:
    """The values that a text names: none if it is empty; several ones are parted by commas.

    Raises:
        BadValueError: the variable cannot have it.
    """
    said = text.strip()
    if not said:
        return ()
    match code.kind:
        case "choice":
            return (_key(code, said),)
        case "several":
            wanted = {_key(code, part) for part in said.split(",") if part.strip()}
            if NONE in wanted and len(wanted) > 1:
                raise BadValueError(value=said, name=code.id, known=f"“{NONE}” stands alone")
            # in the order of the scheme, so that two coders who mean the same write the same
            return tuple(key for key, _ in code.values if key in wanted)
        case "number":
            return (number(code, said),)
        case "text":
            return (free(code.id, said),)
        case _:
            assert_never(code.kind)


def _key(code: Code, said: str) -> str:
    for key, words in code.values:
        if spelled(said) in {spelled(key), spelled(words)}:
            return key
    raise BadValueError(value=said, name=code.id, known=", ".join(key for key, _ in code.values))


def number(code: Code, said: str) -> str:
    """A number as it is kept: with a point, and no more digits than it needs."""
    if not _NUMBER.fullmatch(said) or not said.isascii():
        raise BadValueError(value=said, name=code.id, known="write a number, as 12 or 0.5")
    whole, _, rest = said.replace(",", ".").partition(".")
    rest = rest.rstrip("0")
    return f"{int(whole)}.{rest}" if rest else str(int(whole))


def free(name: str, said: str) -> str:
    """A free text on one line, without what steers a terminal.

    Raises:
        BadValueError: it is too long.
    """
    clean = " ".join("".join(char if char.isprintable() else " " for char in said).split())
    if len(clean) > LONGEST:
        raise BadValueError(value=f"{clean[:20]}…", name=name, known=f"at most {LONGEST} characters")
    return clean


def variable(scheme: Scheme, name: str, facts: frozenset[str] = frozenset()) -> Code:
    """The variable of that id; `facts` are names of facts that the study does not know by itself.

    Raises:
        FactTypedError: it is a fact.
        UnknownVariableError: there is none.
    """
    found = scheme.code(name)
    if found is not None:
        return found
    if spelled(name) in CHECKLIST:
        raise FactTypedError(name=name, mend="read the answer with `dsar review`")
    if spelled(name) in reserved() | facts:
        raise FactTypedError(name=name, mend="`dsar show` shows it, `dsar correct` corrects the log")
    near = difflib.get_close_matches(name, [code.id for code in scheme.codes], 1)
    raise UnknownVariableError(name=name, near=f" (did you mean {near[0]}?)" if near else "")


def is_asked(code: Code, values: Mapping[str, tuple[str, ...]], gates: Mapping[str, str]) -> bool:
    """Whether a variable applies: its `when` holds among the facts or what was coded before it."""
    if not code.when:
        return True
    name, wanted = read_when(code.when)
    held = (gates[name],) if name in gates else values.get(name, ())
    return any(value in wanted for value in held)


def asked(scheme: Scheme, values: Mapping[str, tuple[str, ...]], gates: Mapping[str, str]) -> tuple[Code, ...]:
    """The variables that apply to a case, in the order in which they are asked."""
    fitting: dict[str, tuple[str, ...]] = {}
    found = []
    for code in scheme.codes:
        if is_asked(code, fitting, gates):
            found.append(code)
            fitting[code.id] = values.get(code.id, ())
    return tuple(found)


def flat(values: Mapping[str, tuple[str, ...]]) -> tuple[tuple[str, str], ...]:
    """As a coding keeps them: one pair for each value."""
    return tuple((name, value) for name, several in values.items() for value in several)


def folded(pairs: tuple[tuple[str, str], ...]) -> Values:
    """The reverse of `flat`."""
    found: Values = {}
    for name, value in pairs:
        found[name] = (*found.get(name, ()), value)
    return found


def words(code: Code, values: tuple[str, ...]) -> str:
    """Values as a reader meets them."""
    known = dict(code.values)
    unit = f" {code.unit}" if code.unit and values else ""
    return ", ".join(known.get(value, value) for value in values) + unit
