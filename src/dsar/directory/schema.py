"""What a record of Datenanfragen must look like, after its schema.json: everything else is refused, with its reason."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

Check = tuple["Callable[[Any], bool]", str]

_SLUG = re.compile(r"[a-z0-9-]+")
_COUNTRY = re.compile(r"all|[a-z]{2}")
_LANGUAGE = re.compile(r"[a-z]{2}")
_EMAIL = re.compile(r"[^\s<>,;:\"'()@]+@[^\s<>,;:\"'()@]+\.[^\s<>,;:\"'()@]+")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_LONGEST = 4000
_MANY = 2000


def _line(value: object) -> bool:
    return isinstance(value, str) and 0 < len(value) <= _LONGEST and value.strip() == value and value.isprintable()


def _text(value: object) -> bool:
    known = isinstance(value, str) and bool(value.strip()) and len(value) <= _LONGEST
    return known and all(char.isprintable() or char in "\n\t\u00a0\u00ad\u200b\u202f" for char in str(value))


def _like(pattern: re.Pattern[str]) -> Callable[[object], bool]:
    return lambda value: isinstance(value, str) and pattern.fullmatch(value) is not None


def _email(value: object) -> bool:
    return _line(value) and _like(_EMAIL)(value)


def _uri(value: object) -> bool:
    # whatever its scheme: what is no http or https address is kept, and never used as a site
    return isinstance(value, str) and _line(value) and " " not in value and _SCHEME.match(value) is not None


def _one_of(*words: str) -> Check:
    return (lambda value: value in words if isinstance(value, str) else False), f"must be one of {', '.join(words)}"


def _list_of(check: Check, *, least: int = 0) -> Check:
    def holds(value: object) -> bool:
        return isinstance(value, list) and least <= len(value) <= _MANY and all(map(check[0], value))

    return holds, f"must be a list in which each item {check[1]}"


def _element(value: object) -> bool:
    return (
        isinstance(value, dict)
        and _text(value.get("desc"))
        and value.get("type") in {"input", "textarea", "email", "address", "name", "birthdate"}
        and isinstance(value.get("optional", False), bool)
        and set(value) <= {"desc", "type", "optional"}
    )


_SLUGS: Check = (_like(_SLUG), "must be lower-case letters, digits and hyphens")
_LINES: Check = (_line, "must be a text on one line")
_TEXTS: Check = (_text, "must be a text")
_URIS: Check = (_uri, "must be the address of a page")
_FLAGS: Check = ((lambda value: isinstance(value, bool)), "must be true or false")

_COMPANY: Mapping[str, Check] = {
    "slug": _SLUGS,
    "name": _LINES,
    "address": _TEXTS,
    "relevant-countries": _list_of((_like(_COUNTRY), "must be a country or all"), least=1),
    "sources": _list_of(_LINES, least=1),
    "quality": _one_of("tested", "verified", "imported", "scraped"),
    "categories": _list_of(_LINES),
    "runs": _list_of(_LINES),
    "phone": _LINES,
    "fax": _LINES,
    "email": (_email, "must be an e-mail address"),
    "webform": _URIS,
    "web": _URIS,
    "pgp-fingerprint": _LINES,
    "pgp-url": _URIS,
    "required-elements": _list_of((_element, "must be an element with desc and type")),
    "request-language": (_like(_LANGUAGE), "must be a language such as fr"),
    "custom-access-template": _LINES,
    "custom-erasure-template": _LINES,
    "custom-rectification-template": _LINES,
    "custom-objection-template": _LINES,
    "needs-id-document": _FLAGS,
    "suggested-transport-medium": _one_of("fax", "letter", "email", "webform"),
    "comments": _list_of(_TEXTS),
    "facet-group": _LINES,
    "nsfw": _FLAGS,
}
_OBSOLETE: Mapping[str, Check] = {
    "slug": _SLUGS,
    "name": _LINES,
    "reason": _LINES,
    "redirect-to": _SLUGS,
    "sources": _list_of(_LINES, least=1),
    "quality": _one_of("obsolete"),
}
_PACK: Mapping[str, Check] = {
    "slug": _SLUGS,
    "type": _one_of("add-all", "choose"),
    "companies": _list_of(_SLUGS, least=1),
}
_OPTIONAL = {"redirect-to"}


def company(record: object) -> Iterator[str]:
    """What is wrong with a company record; nothing if it can be used. Unknown keys are kept, and no error."""
    needed = ("slug", "name", "address", "relevant-countries", "sources", "quality")
    return _problems(record, _COMPANY, needed)


def obsolete(record: object) -> Iterator[str]:
    """What is wrong with a record that is out of use."""
    return _problems(record, _OBSOLETE, tuple(key for key in _OBSOLETE if key not in _OPTIONAL))


def pack(record: object) -> Iterator[str]:
    """What is wrong with a pack of companies."""
    return _problems(record, _PACK, tuple(_PACK))


def unknown(record: Mapping[str, object]) -> tuple[str, ...]:
    """The keys of a company record that the schema does not have."""
    return tuple(sorted(key for key in record if key not in _COMPANY))


def _problems(record: object, checks: Mapping[str, Check], needed: tuple[str, ...]) -> Iterator[str]:
    if not isinstance(record, dict):
        yield "must be an object"
        return
    for key in needed:
        if key not in record:
            yield f"{key} is missing"
    for key, (holds, words) in checks.items():
        if key in record and not holds(record[key]):
            yield f"{key} {words}"
