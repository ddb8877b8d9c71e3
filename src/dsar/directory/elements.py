"""What a record of Datenanfragen asks a person for, in the words that the letters have for identity data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dsar.directory.words import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

# the type of an element says little: people file an e-mail address under `name`; a word of its description says more
_BY_WORD: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("url", ("website", "domain", "link")),
    ("email", ("email", "mail", "electronica")),
    ("phone", ("phone", "telefon", "telefonnummer", "handynummer", "appel", "telephonique", "telefono")),
    ("username", ("username", "nutzername", "benutzername", "user name")),
    ("birth-date", ("geburtsdatum", "birth", "birthdate")),
    ("other", ("geburtsort", "geburtsname", "company", "unternehmen")),
    ("address", ("adresse", "address", "adress", "addresse", "anschrift", "anschriften", "direccion")),
    (
        "customer-number",
        (
            *("kundennummer", "kundenummer", "customer", "mitgliedsnummer", "vertragsnummer", "auftragsnummer"),
            *("contrat", "number", "nummer", "id", "nr", "no", "matrikelnummer", "tchibocard"),
        ),
    ),
)
_BY_TYPE = {"name": "name", "email": "email", "address": "address", "birthdate": "birth-date"}
# a description that says no more than the kind does
_USUAL = frozenset(
    {
        *(
            "name",
            "nom",
            "naam",
            "nombre",
            "nome",
            "full name",
            "adresse",
            "address",
            "adress",
            "anschrift",
            "direccion",
        ),
        *("email", "e mail", "e mail adresse", "email address", "e mail address", "adresse e mail", "adresse email"),
        *("geburtsdatum", "date of birth", "birthdate", "username", "benutzername", "nutzername", "phone", "telefon"),
        *("phone number", "telefonnummer", "kundennummer", "kundenummer", "vollstandiger name"),
    }
)
# an identifier that only an authority hands out: never volunteered, whatever it is called
_OFFICIAL = ("insurance", "nif", "dni", "bfs")


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """`kinds` in the order of the record, `required` those that it cannot do without, `notes` its special words."""

    kinds: tuple[str, ...]
    required: tuple[str, ...]
    notes: tuple[str, ...]


def identity(elements: Iterable[Mapping[str, Any]]) -> Identity:
    """Read the required elements of a record."""
    kinds: dict[str, bool] = {}
    notes = []
    for element in elements:
        said, optional = str(element["desc"]), element.get("optional") is True
        kind = _kind(said, str(element["type"]))
        kinds[kind] = kinds.get(kind, False) or not optional
        if plain(said) not in _USUAL:
            notes.append(f"{said} (optional)" if optional else said)
    required = tuple(kind for kind, needed in kinds.items() if needed)
    return Identity(kinds=tuple(kinds), required=required, notes=tuple(notes))


def _kind(said: str, of_type: str) -> str:
    words = set(plain(said).split())
    if words & set(_OFFICIAL):
        return "other"
    for kind, known in _BY_WORD:
        if words & set(known):
            return kind
    return _BY_TYPE.get(of_type, "other")


# what it says of a controller that the source keeps a letter of this name for it
_POLICE_NOTE = "A police authority: for its police work another law than the GDPR holds."
_TEMPLATES: tuple[tuple[str, str], ...] = (
    ("access-tracking", "It knows devices, not names: give the cookie or advertising identifiers that it has set."),
    ("kirche", "A church: its own data-protection law may take the place of the GDPR, and it has its own authority."),
    ("access-bundespolizei", _POLICE_NOTE),
    ("access-lka", _POLICE_NOTE),
)
_TRACKING = ("cookie-id", "advertising-id")
_POLICE = ("access-bundespolizei", "access-lka")


@dataclass(frozen=True, slots=True, kw_only=True)
class Special:
    """What follows from the letters that the source keeps for one controller."""

    templates: tuple[str, ...]
    notes: tuple[str, ...]
    kinds: tuple[str, ...]
    police: bool


def special(record: Mapping[str, Any]) -> Special:
    """Read the names of the custom templates of a record."""
    rights = ("access", "erasure", "rectification", "objection")
    named = {right: str(name) for right in rights if (name := record.get(f"custom-{right}-template"))}
    notes = [note for word, note in _TEMPLATES if any(word in name for name in named.values())]
    notes += [
        f"Datenanfragen keeps a letter of its own for {right} here ({name}): its wording is not part of dsar."
        for right, name in named.items()
    ]
    return Special(
        templates=tuple(f"{right}:{name}" for right, name in named.items()),
        notes=tuple(dict.fromkeys(notes)),
        kinds=_TRACKING if "access-tracking" in named.values() else (),
        police=any(name.startswith(_POLICE) for name in named.values()),
    )
