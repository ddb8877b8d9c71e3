"""The register to look at: the list of people, one person with everything held about them, and the list as CSV."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

from dsar.core.cells import cell
from dsar.core.mandate_states import state
from dsar.core.parties import Person
from dsar.desk.enrolling import ENROLLED, in_group
from dsar.desk.forgetting import About, about
from dsar.desk.mandate_register import of_subject
from dsar.desk.people import SELF, SUBJECT
from dsar.directory.words import plain
from dsar.vault.wire import from_plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dsar.core.register import Enrolled
    from dsar.desk.office import Desk

COLUMNS = (
    "number",
    "name",
    "email",
    "address",
    "country",
    "region",
    "language",
    "groups",
    "purpose",
    "consent_on",
    "keep_until",
    "staff",
    "pseudonym",
    "id",
)
"""The columns of the list as CSV; `dsar subject import` knows all but the last two."""


def listed(desk: Desk, *, group: str = "", find: str = "") -> list[dict[str, Any]]:
    """The people of a group, or whose name, e-mail, number or pseudonym holds a text; oneself first, then by name.

    Raises:
        NoGroupError: nobody is in that group.
    """
    members = set(in_group(desk, group)) if group else None
    kept = desk.vault.records(ENROLLED)
    wanted = plain(find)
    rows = []
    for name, body in desk.vault.records(SUBJECT).items():
        more = kept.get(name, {})
        if members is not None and name not in members:
            continue
        said = f"{body['name']} {body['email']} {more.get('external', '')} {more.get('pseudonym', '')} {name}"
        if find and wanted not in plain(said) and find.casefold() not in said.casefold():
            continue
        rows.append(person_row(from_plain(body, Person)) | _short(more))
    return sorted(rows, key=lambda row: (row["id"] != SELF, row["name"], row["id"]))


def _short(more: dict[str, object]) -> dict[str, Any]:
    return {
        "number": more.get("external") or None,
        "pseudonym": more.get("pseudonym"),
        "groups": more.get("groups", []),
        "keep_until": more.get("keep_until"),
    }


def person_row(one: Person) -> dict[str, Any]:
    """A person as `--json` shows them."""
    return {
        "id": one.id,
        "name": one.name,
        "email": one.email,
        "address": list(one.address.lines),
        "country": one.address.country,
        "language": one.language,
        "organisation": one.organisation,
    }


def register_row(one: Enrolled | None) -> dict[str, Any] | None:
    """What the register keeps of a person beside name and address."""
    if one is None:
        return None
    return {
        "number": one.external or None,
        "pseudonym": one.pseudonym,
        "purpose": one.purpose or None,
        "id_data": [{"kind": kind, "value": value} for kind, value in one.id_data],
        "groups": list(one.groups),
        "staff": one.staff,
        "consent_on": one.consent_on.isoformat() if one.consent_on else None,
        "keep_until": one.keep_until.isoformat() if one.keep_until else None,
        "enrolled_on": one.enrolled_on.isoformat() if one.enrolled_on else None,
        "region": one.region or None,
    }


def whole(desk: Desk, id: str) -> dict[str, Any]:  # noqa: A002 - the field's own name
    """Everything that is held about one person, and where; nothing about anybody else.

    Raises:
        NoPersonError, SeveralPeopleError: nobody, or not only one, is called so.
    """
    found: About = about(desk, id)
    mandates = [
        {
            "id": one.id,
            "state": state(one, desk.today),
            "controllers": [one.controller, *one.also],
            "until": one.until.isoformat() if one.until else None,
        }
        for one in of_subject(desk, found.person.id)
    ]
    return {
        **person_row(found.person),
        "register": register_row(found.enrolled),
        "mandates": mandates,
        "cases": list(found.cases),
        "campaigns": sorted({name.partition("/")[0] for name in found.seats}),
        "messages": len(found.mails),
    }


def as_csv(desk: Desk, *, group: str = "", find: str = "") -> bytes:
    """The list as CSV in UTF-8, in which no cell is a formula; it holds personal data.

    Raises:
        NoGroupError: nobody is in that group.
    """
    made = io.StringIO(newline="")
    writer = csv.writer(made)
    writer.writerow(COLUMNS)
    writer.writerows(_lines(desk, group, find))
    return b"\xef\xbb\xbf" + made.getvalue().encode("utf-8", "replace")


def _lines(desk: Desk, group: str, find: str) -> Iterator[list[str]]:
    kept = desk.vault.records(ENROLLED)
    for row in listed(desk, group=group, find=find):
        if row["id"] == SELF:
            continue
        more = kept.get(row["id"], {})
        said = {
            **row,
            "address": ", ".join(row["address"]),
            "groups": ", ".join(row["groups"]),
            "purpose": more.get("purpose", ""),
            "consent_on": more.get("consent_on"),
            "region": more.get("region"),
            "staff": "yes" if more.get("staff") else "no",
        }
        yield [cell(str(said[column] or "")) for column in COLUMNS]
