"""A record of github.com/datenanfragen/data (CC0 1.0) as a controller of ours; its schema.json describes the fields."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from dsar.core.parties import Address, Controller
from dsar.directory.countries import country
from dsar.directory.elements import identity, special
from dsar.directory.words import domain

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from dsar.core.parties import Preferred, Sector

LICENCE = "CC0-1.0"
NAME = "datenanfragen.de"

# by the first of its categories in this order; what is not here is `general`
_SECTORS: tuple[tuple[str, Sector], ...] = (
    ("credit agency", "credit"),
    ("social media", "platform"),
    ("public body", "public"),
    ("addresses", "data-broker"),
    ("ads", "data-broker"),
)
_CHANNELS: Mapping[str, Preferred] = {"email": "email", "letter": "post", "fax": "fax", "webform": "portal"}
# a person of theirs has read the source; `imported` and `scraped` were read by a machine, or by somebody else
_READ = ("tested", "verified")
_ID_DOCUMENT = "Datenanfragen: it asks for a copy of an identity document with every request."


def company(record: Mapping[str, Any], retrieved_on: date) -> Controller:
    """A company record that follows the schema. What has no field of its own stays in the original beside it."""
    who, letters = identity(record.get("required-elements", ())), special(record)
    served = tuple(code.upper() for code in record["relevant-countries"] if code != "all")
    return Controller(
        id=record["slug"],
        name=record["name"],
        address=address(record["address"]),
        emails=(record["email"],) if "email" in record else (),
        form=site(record.get("webform", "")),
        sector="police" if letters.police else _sector(record.get("categories", ())),
        languages=(record["request-language"],) if "request-language" in record else (),
        identity_data=tuple(dict.fromkeys((*who.kinds, *letters.kinds))),
        habits=(_ID_DOCUMENT,) if record.get("needs-id-document") else (),
        source=_source(record, retrieved_on),
        checked=record["quality"] in _READ,
        website=site(record.get("web", "")),
        phone=record.get("phone", ""),
        fax=record.get("fax", ""),
        runs=tuple(record.get("runs", ())),
        serves=() if "all" in record["relevant-countries"] else served,
        preferred=_CHANNELS.get(record.get("suggested-transport-medium", ""), ""),
        required_identity=who.required,
        identity_notes=who.notes,
        id_document=record.get("needs-id-document"),
        templates=letters.templates,
        notes=(*record.get("comments", ()), *letters.notes),
        licence=LICENCE,
        retrieved_on=retrieved_on,
    )


def obsolete(record: Mapping[str, Any], retrieved_on: date) -> Controller:
    """A record that is out of use: its name, why, and who took its place."""
    return Controller(
        id=record["slug"],
        name=record["name"],
        address=Address(lines=(), country=""),
        source=_source(record, retrieved_on),
        obsolete=record["reason"],
        successor=record.get("redirect-to", ""),
        licence=LICENCE,
        retrieved_on=retrieved_on,
    )


def address(text: str) -> Address:
    """An address whose last line names the country, in whatever language; all its lines if that line does not."""
    lines = tuple(line.strip() for line in text.split("\n") if line.strip())
    code = country(lines[-1]) if lines else None
    return Address(lines=lines, country="") if code is None else Address(lines=lines[:-1], country=code)


def site(text: str) -> str:
    """The address of a page as a letter or a terminal may show it; empty if it is none."""
    return text if text.startswith(("https://", "http://")) and domain(text) else ""


def _sector(categories: tuple[str, ...]) -> Sector:
    return cast("Sector", next((sector for category, sector in _SECTORS if category in categories), "general"))


def _source(record: Mapping[str, Any], retrieved_on: date) -> str:
    return f"{NAME}, {retrieved_on.isoformat()} ({record['quality']}): {', '.join(record['sources'])}"
