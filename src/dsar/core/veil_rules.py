"""The rules of a veil: from a name, an address, an identifier to every way in which it may be written.

Over-masking is harmless and a leak is not: where a rule must choose, it takes more.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Final

from dsar.core.veil import Rule, folded

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dsar.core.veil import RuleId

# Between the words of a value: what joins or parts them in a text, an address, a file name.
_BETWEEN: Final = r"[\s\-–'’._,\\>/|*+()\"]{1,4}"
_PERHAPS: Final = r"(?:(?![\U000F0000-\U000FFFFD])[\W_]){0,3}"
# Inside a word: a hyphen at the end of a line (quoted or not), or letters set apart.
_INSIDE: Final = r"(?:[ \-_.*·|]|-?\s{0,3}\n[ \t>]{0,8})?"
_NO_LETTER_BEFORE: Final = r"(?<![^\W\d_])"
_NO_LETTER_AFTER: Final = r"(?![^\W\d_])"
# What languages of Europe put behind a name, folded: genitives, datives, instrumentals, possessives, feminines.
_ENDINGS: Final = (
    "s es en n ns ens e a i o u y t em om am um im ov ova ove ovi ovej ou ie ii ego emu ej in ina ine ini je ja ju jem "
    "nak nek val vel ban ben nal nel tol rol hoz hez ra re ne ssa lle lta lla sta ta te le al as os us ui ai aus is "
    "iai ow ami ach owi owie ka ke ko ku ky eva ev ului ul ei lui la"
)
_VOWEL_ENDINGS: Final = "a e i o u y ej am om em ou ie ii ego emu ich ami ach ow ek ke ce ze se"
_VOWELS: Final = "aeiouy"
# Never a name by themselves; together with one they belong to it.
_PARTICLES: Final = (
    "de du des la le les van von der den dem del della delle dello di da dos das do el al bin ibn bint af av y e und "
    "zu zum zur ten ter ver of the d l o mc st san"
)
_NO_NAMES: Final = frozenset(_PARTICLES.split())
_UMLAUTS: Final = (("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("å", "aa"), ("ø", "oe"))
_SHORT: Final = 2
_SPACED_FROM: Final = 5
_STEM_FROM: Final = 4
_JOINED_FROM: Final = 6
_DIGITS_OF_PHONE: Final = 8
_LEAST_VALUE: Final = 4
_CITY_FROM: Final = 3
_LEAST_DIGITS: Final = 5
_LEAST_IN_CODE: Final = 3


def words(text: str) -> list[str]:
    """The words of a value, folded."""
    return re.findall(r"[^\W_]+", folded(text)[0])


def name_rules(id: RuleId, name: str) -> list[Rule]:  # noqa: A002 - the field's own name
    """A name: whole, in any order and case, its parts alone and declined, joined as in a file name or an address."""
    found: list[Rule] = []
    for spelling in _spellings(name):
        parts = words(spelling)
        own = [part for part in parts if part not in _NO_NAMES and len(part) > 1]
        if not own:
            continue
        found += [_joined(id, own)] if len(own) > 1 else []
        found.append(_sequence(id, parts, own))
    short = [part for part in re.findall(r"[^\W_]+", name) if len(part) == _SHORT and part.lower() not in _NO_NAMES]
    for part in short:
        exact = "|".join(re.escape(one) for one in (part, part.upper(), part.title()))
        found.append(Rule(id=id, pattern=re.compile(f"{_NO_LETTER_BEFORE}(?:{exact}){_NO_LETTER_AFTER}"), folded=False))
    return found


def full_name_rule(id: RuleId, name: str) -> list[Rule]:  # noqa: A002 - as above
    """A name only as a whole: its parts may be ordinary words ("Privacy Desk")."""
    parts = words(name)
    if not parts or len("".join(parts)) < _LEAST_VALUE:
        return []
    body = _BETWEEN.join(map(_spaced, parts))
    turned = _BETWEEN.join(map(_spaced, reversed(parts)))
    return [_bounded(id, f"(?:{body}|{turned})")]


def _spellings(name: str) -> tuple[str, ...]:
    """The name, and as it is written where a keyboard has no umlauts, or has them where the name has none."""
    spread = without = name.casefold()
    for letter, spelled in _UMLAUTS:
        spread, without = spread.replace(letter, spelled), without.replace(spelled, letter)
    return tuple(dict.fromkeys((name, spread, without)))


def _sequence(id: RuleId, parts: list[str], own: list[str]) -> Rule:  # noqa: A002 - as above
    one = "(?:" + "|".join(_declined(part) for part in sorted(own, key=len, reverse=True) if len(part) > _SHORT) + ")"
    if one == "(?:)":  # nothing but short parts: they are looked for together, or as they are written
        one = "(?:" + _BETWEEN.join(own) + ")"
    initials = "[" + "".join(sorted({part[0] for part in own})) + r"]\."
    also = sorted({part for part in parts if part in _NO_NAMES or len(part) <= _SHORT})
    other = f"(?:{one}|{initials}" + "".join(f"|{re.escape(part)}" for part in also) + ")"
    before = f"(?:{initials}{_PERHAPS}){{0,3}}"
    rest = f"(?:{_BETWEEN}(?:{other}{_BETWEEN}){{0,4}}{one}|{_BETWEEN}{initials}){{0,6}}"
    return _bounded(id, f"{before}{one}{rest}")


def _joined(id: RuleId, own: list[str]) -> Rule:  # noqa: A002 - as above
    """Without a space: `adaexemple`, `exempleada`, `aexemple`, `exemplea`."""
    pairs = [(one, other) for one in own for other in own if one != other]
    whole = ["".join(own), "".join(reversed(own)), *(one + other for one, other in pairs)]
    short = [made for one, other in pairs for made in (one[0] + other, other + one[0])]
    loose = [one for one in whole if len(one) >= _JOINED_FROM]
    tight = [one for one in (*whole, *short) if one not in loose]
    made = "|".join(sorted({re.escape(one) for one in loose}, key=len, reverse=True))
    bound = "|".join(f"{_NO_LETTER_BEFORE}{re.escape(one)}{_NO_LETTER_AFTER}" for one in dict.fromkeys(tight))
    return Rule(id=id, pattern=re.compile("|".join(part for part in (made, bound) if part)))


def _declined(part: str) -> str:
    endings = "|".join(sorted(set(_ENDINGS.split()), key=lambda one: (-len(one), one)))
    made = f"{_spaced(part)}(?:{endings})?"
    if len(part) >= _STEM_FROM and part[-1] in _VOWELS:
        changed = "|".join(sorted(set(_VOWEL_ENDINGS.split()), key=lambda one: (-len(one), one)))
        made = f"(?:{made}|{re.escape(part[:-1])}(?:{changed}){_NO_LETTER_AFTER})"
    return made


def _spaced(part: str) -> str:
    """A word, whose letters may be set apart or divided at the end of a line where it is long enough to tell."""
    letters = [re.escape(letter) for letter in part]
    return _INSIDE.join(letters) if len(part) >= _SPACED_FROM else "".join(letters)


def _bounded(id: RuleId, body: str) -> Rule:  # noqa: A002 - as above
    return Rule(id=id, pattern=re.compile(f"{_NO_LETTER_BEFORE}(?:{body}){_NO_LETTER_AFTER}"))


def address_rules(lines: Iterable[str]) -> list[Rule]:
    """The lines of a postal address; what stands beside their numbers (street, town); the postal code."""
    found: list[Rule] = []
    for line in lines:
        parts = words(line)
        if len("".join(parts)) < _CITY_FROM:
            continue
        found.append(_value("address", _PERHAPS.join(map(re.escape, parts))))
        named = [part for part in parts if not any(char.isdigit() for char in part)]
        if named and named != parts and sum(map(len, named)) >= _CITY_FROM:
            found.append(_bounded("address", _BETWEEN.join(map(re.escape, named))))
        codes = [part for part in parts if sum(char.isdigit() for char in part) >= _LEAST_VALUE]
        found += [_value("address", re.escape(code)) for code in codes]
    return found


def email_rule(address: str) -> list[Rule]:
    """One e-mail address, however its @ and its dots are written, and its local part alone where that is telling."""
    local, at, domain = address.strip().rpartition("@")
    if not at:
        return []
    mark = r"\W{0,3}(?:@|\bat\b|%40|\uff20)\W{0,3}"
    dotted = [r"[\W_]{0,3}(?:dot[\W_]{0,3})?".join(map(re.escape, words(part))) for part in (local, domain)]
    return [_value("email", mark.join(dotted))]


def identifier_rules(id: RuleId, value: str) -> list[Rule]:  # noqa: A002 - as above
    """An identifier as it stands and with other separators; a telephone number with or without its country; a date."""
    day = _date(value)
    if day is not None:
        return _date_rules(id, day)
    if "@" in value:
        return [Rule(id=id, pattern=rule.pattern) for rule in email_rule(value)]
    parts = words(value)
    plain = "".join(parts)
    if len(plain) < _LEAST_VALUE:
        return [_value(id, re.escape(plain))] if plain else []
    found = [_value(id, r"[\W_]{0,2}".join(map(re.escape, plain)))]
    if plain.isdigit() and len(plain) >= _DIGITS_OF_PHONE:
        core = r"[\W_]{0,2}".join(plain[-_DIGITS_OF_PHONE:])
        found.append(Rule(id=id, pattern=re.compile(rf"\+?(?:\d[\W_]{{0,2}}){{0,6}}(?<!\d\d\d\d\d\d\d){core}(?!\d)")))
    return found


def _value(id: RuleId, body: str) -> Rule:  # noqa: A002 - as above
    return Rule(id=id, pattern=re.compile(rf"(?<![^\W_])(?:{body})(?![^\W_])"))


def _date(value: str) -> date | None:
    try:
        return date.fromisoformat(value.strip())
    except ValueError:
        pass
    found = re.fullmatch(r"(\d{1,2})[./ -](\d{1,2})[./ -](\d{4})", value.strip())
    try:
        return date(int(found[3]), int(found[2]), int(found[1])) if found is not None else None
    except ValueError:
        return None


def _date_rules(id: RuleId, day: date) -> list[Rule]:  # noqa: A002 - as above
    """A day of birth in figures, in either order, and with its month in words of any language."""
    d, m, y = f"0?{day.day}", f"0?{day.month}", f"(?:{day.year}|{day.year % 100:02d})"
    gap = r"[./\- ]{1,2}"
    word = r"(?:st|nd|rd|th|er|\.|ª|º)?,? +(?:de +)?[^\W\d_]{3,12}\.?,? +(?:de +)?"
    turned = rf"[^\W\d_]{{3,12}}\.? +{d}(?:st|nd|rd|th)?,? +{day.year}"
    ways = (
        f"{d}{gap}{m}{gap}{y}", f"{m}{gap}{d}{gap}{y}", f"{day.year}{gap}{m}{gap}{d}", f"{day:%Y%m%d}", f"{day:%d%m%Y}",
        f"{d}{word}{day.year}", turned,
    )  # fmt: skip
    return [_value(id, "|".join(ways))]


def shape_rules() -> list[Rule]:
    """What looks like a link, an e-mail address, or a reference: in a text for strangers, whosever it is."""
    link = r"(?:https?|ftp)://[^\s<>\"]+|(?<![\w@.\-])www\.[^\s<>\"]+|(?<![\w@.\-])[\w-]{1,63}(?:\.[\w-]{1,63}){1,9}/[^\s<>\"]{3,}"
    marks = "\U000f0000-\U000ffffd"  # a name in an address is masked already
    local = rf"[\w.+\-\\!#$%&'*/=?^`{{|}}~{marks}]{{1,80}}"
    host = rf"[\w\-\\{marks}]{{1,80}}"
    at = r"\s?(?:[@\uff20]|\(at\)|\[at\]|\{at\})\s?"
    mail = rf"{local}{at}{host}(?:\\?\.{host})*|mailto:\S+"
    # groups with digits in them: references, telephone and account numbers, codes; or one long mixed token
    group = r"[A-Za-z]{0,6}[#:]?\d[A-Za-z0-9]*"
    run = rf"(?<!\w)\+?\(?{group}(?:[ \u00a0\u202f./\-–_()]{{1,2}}{group})*(?!\w)"
    mixed = r"(?<![\w\-])(?=[\w\-]{0,40}\d)[\w\-]{16,}"
    code = r"(?<![\w\-/])(?=[\w\-/]{0,39}[A-Z])[\w\-/]{4,40}(?!\w)"
    return [
        Rule(id="link", pattern=re.compile(link, re.IGNORECASE), folded=False, value=False),
        Rule(id="email", pattern=re.compile(mail, re.IGNORECASE), folded=False, value=False),
        Rule(id="number", pattern=re.compile(mixed), folded=False, value=False),
        Rule(id="number", pattern=re.compile(code), folded=False, value=False, least_digits=_LEAST_IN_CODE),
        Rule(id="number", pattern=re.compile(run), folded=False, value=False, least_digits=_LEAST_DIGITS),
    ]
