"""What the types cannot say about the directory: sites, codes, references between records, packs."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from dsar.lawbook.files import scan_list
from dsar.lawbook.records import Pack

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from dsar.core.parties import Controller
    from dsar.lawbook.files import Found, Scan
    from dsar.lawbook.shapes import Problem

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_DOMAIN = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)+")
_COUNTRY = re.compile(r"[A-Z]{2}")
_LANGUAGE = re.compile(r"[a-z]{2}")


def problems(root: Path, controllers: Scan[Controller]) -> Iterator[Problem]:
    """Everything wrong in the records and in the packs; references only where every record could be read."""
    known = {each.record.id for each in controllers.found}
    for each in controllers.found:
        yield from _sites(each)
        yield from _channels(each)
        yield from _lists(each)
        if not controllers.problems:
            yield from _succession(each, known)
    packs = scan_list(root, "packs", Pack)
    yield from packs.problems
    for pack in packs.found:
        yield from _pack(pack, known if not controllers.problems else set(pack.record.controllers))
    for name, times in Counter(pack.record.id for pack in packs.found).items():
        if times > 1:
            last = [pack for pack in packs.found if pack.record.id == name][-1]
            yield last.problem("id", f"{name!r} is there twice")


def _sites(each: Found[Controller]) -> Iterator[Problem]:
    one = each.record
    if one.website and not one.website.startswith(("https://", "http://")):
        yield each.problem("website", "must begin with https:// or http://")
    for domain in one.domains:
        if not _DOMAIN.fullmatch(domain):
            yield each.problem("domains", f"{domain!r} is no domain such as kite.example")


def _channels(each: Found[Controller]) -> Iterator[Problem]:
    """The channel that a controller asks for must be one that its record has."""
    one = each.record
    has = {"email": one.emails, "portal": one.form, "post": one.address.lines, "fax": one.fax, "": True}
    if not has[one.preferred]:
        yield each.problem("preferred", f"is {one.preferred}, and the record has no such address")


def _lists(each: Found[Controller]) -> Iterator[Problem]:
    one = each.record
    for code in one.serves:
        if not _COUNTRY.fullmatch(code):
            yield each.problem("serves", f"{code!r} is no country")
    for code in one.languages:
        if not _LANGUAGE.fullmatch(code):
            yield each.problem("languages", f"{code!r} is no language such as fr")
    for kind in one.identity_data:
        if not _ID.fullmatch(kind):
            yield each.problem("identity_data", f"{kind!r} must be lower-case words with hyphens")
    for kind in one.required_identity:
        if kind not in one.identity_data:
            yield each.problem("required_identity", f"{kind!r} is not in identity_data")


def _succession(each: Found[Controller], known: set[str]) -> Iterator[Problem]:
    one = each.record
    if one.successor and not one.obsolete:
        yield each.problem("successor", "stands without obsolete, which says why")
    if one.successor and one.successor not in known:
        yield each.problem("successor", f"{one.successor!r} is not in law/controllers")


def _pack(each: Found[Pack], known: set[str]) -> Iterator[Problem]:
    pack = each.record
    if not _ID.fullmatch(pack.id):
        yield each.problem("id", f"{pack.id!r} must be lower-case words with hyphens")
    if not pack.controllers:
        yield each.problem("controllers", "is empty")
    for name, times in Counter(pack.controllers).items():
        if name not in known:
            yield each.problem("controllers", f"{name!r} is not in law/controllers")
        if times > 1:
            yield each.problem("controllers", f"{name!r} is there twice")
