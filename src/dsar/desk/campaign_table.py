"""Tables that steer a campaign (pairs, postal lists): which column is which is said, and every line has its number."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dsar.desk.evidence import shown
from dsar.desk.sheet import content, parsed
from dsar.directory.words import plain
from dsar.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from dsar.desk.sheet import Sheet

SENT_ON = {
    "date": (
        "sent on", "posted on", "handed in on", "versendet am", "aufgegeben am", "aufgabedatum", "einlieferungsdatum",
        "eingeliefert am", "envoyé le", "date d’envoi", "date de dépôt", "enviado el", "fecha de envío", "spedito il",
        "data di spedizione", "verzonden op", "verzenddatum",
    ),
}  # fmt: skip
DELIVERED_ON = {
    "date": (
        "delivered on", "delivery date", "zugestellt am", "zustelldatum", "distribué le", "date de distribution",
        "entregado el", "fecha de entrega", "consegnato il", "data di consegna", "bezorgd op", "bezorgdatum",
    ),
}  # fmt: skip
SIGNED_ON = {
    "date": (
        "signed on", "date of signature", "unterzeichnet am", "unterschrieben am", "unterschriftsdatum", "signé le",
        "date de signature", "firmado el", "fecha de firma", "firmato il", "data della firma", "getekend op",
    ),
}  # fmt: skip
"""How the date is headed in a table of what left, of what arrived, and of what was signed."""

FIELDS: dict[str, tuple[str, ...]] = {
    "subject": (
        "subject", "person", "number", "subject id", "nummer", "mitgliedsnummer", "betroffene person", "personne",
        "numéro", "persona", "número", "numero", "persoon",
    ),
    "controller": (
        "controller", "controller id", "company", "body", "behörde", "firma", "unternehmen", "verantwortlicher",
        "entreprise", "organisme", "responsable", "empresa", "azienda", "ente", "titolare", "bedrijf", "instantie",
        "verantwoordelijke",
    ),
    "ref": (
        "ref", "reference", "case", "our reference", "aktenzahl", "aktenzeichen", "geschäftszahl", "unser zeichen",
        "fall", "référence", "notre référence", "dossier", "referencia", "expediente", "riferimento", "pratica",
        "kenmerk", "ons kenmerk", "zaak",
    ),
    "tracking": (
        "tracking", "tracking number", "shipment", "shipment number", "sendungsnummer", "sendungs-nr", "sendungsnr",
        "sendung", "trackingnummer", "numéro de suivi", "numéro d’envoi", "número de envío", "código de seguimiento",
        "número de seguimiento", "numero di spedizione", "codice di tracciamento", "verzendnummer", "trackingcode",
    ),
    "mandate": ("mandate", "mandate id", "id", "vollmacht", "mandat", "mandato", "volmacht", "machtiging"),
    "date": ("date", "on", "day", "datum", "tag", "jour", "fecha", "día", "data", "giorno", "dag"),
    "status": (
        "status", "result", "event", "ergebnis", "sendungsstatus", "statut", "résultat", "estado", "resultado", "stato",
        "esito", "resultaat",
    ),
}  # fmt: skip
"""What a column may hold, and how it is headed if nothing else is said, in the languages of the letters."""


_NO_OTHERS: Mapping[str, tuple[str, ...]] = {}


class NoSuchColumnError(UsageError):
    """The table lacks a column that is needed."""

    sentence = "“{name}” has no column for {what} (its columns: {heads}): say which one with --map COLUMN={field}."


class TwoColumnsError(UsageError):
    """Several columns could be meant."""

    sentence = (
        "“{name}” has several columns that could be the {field} ({heads}): say which one with --map COLUMN={field}."
    )


class UnknownFieldError(UsageError):
    """A column was given a meaning that there is none of."""

    sentence = "“{field}” is no field here: --map COLUMN=FIELD takes {known}."


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A line of a table: where it begins, its cells by field, and all of them as they stand."""

    line: int
    cells: Mapping[str, str]
    whole: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table with the column of each field, by its heading, and the rows; `data` are the bytes it was read from."""

    name: str
    heads: tuple[str, ...]
    columns: Mapping[str, str]
    rows: tuple[Row, ...]
    data: bytes


def table(
    path: Path,
    said: Mapping[str, str],
    needed: tuple[str, ...],
    also: tuple[str, ...] = (),
    headed: Mapping[str, tuple[str, ...]] = _NO_OTHERS,
) -> Table:
    """Read a table; `said` are headings by field, `needed` the fields it must have (`a|b`: one of them).

    `headed` are headings that mean a field in this table only: the day of a delivery is not that of a sending.

    Raises:
        InputError, UsageError: it cannot be read surely, see `sheet.read`.
        NoSuchColumnError, UnknownFieldError: a column is missing, or was said for nothing that is known.
        TwoColumnsError: several columns could be the same field.
    """
    data = content(path)
    sheet = parsed(data, shown(path.name))
    fields = (*(field for choice in needed for field in choice.split("|")), *also)
    found: dict[str, int] = {}
    for field, head in said.items():
        if field not in fields:
            raise UnknownFieldError(field=field, known=", ".join(fields))
        place = _column(sheet, field, (head,))
        if place is None:
            raise NoSuchColumnError(name=sheet.name, what=f"“{head}”", heads=", ".join(sheet.heads), field=field)
        found[field] = place
    for field in fields:
        place = None if field in found else _column(sheet, field, (*FIELDS[field], *headed.get(field, ())))
        if place is not None:
            found[field] = place
    for choice in needed:
        names = choice.split("|")
        if not any(name in found for name in names):
            what = " or ".join(f"the {name}" for name in names)
            raise NoSuchColumnError(name=sheet.name, what=what, heads=", ".join(sheet.heads), field=names[0])
    rows = (
        Row(
            line=line,
            cells={field: cells[at].strip() if at < len(cells) else "" for field, at in found.items()},
            whole=cells,
        )
        for line, cells in sheet.rows
    )
    columns = {field: sheet.heads[at] for field, at in found.items()}
    return Table(name=path.name, heads=sheet.heads, columns=columns, rows=tuple(rows), data=data)


def _column(sheet: Sheet, field: str, names: tuple[str, ...]) -> int | None:
    """The column that is headed by one of these names; None if there is none, TwoColumnsError if there are several."""
    wanted = {plain(name) for name in names}
    fitting = [at for at, head in enumerate(sheet.heads) if plain(head) in wanted]
    if len(fitting) > 1:
        raise TwoColumnsError(name=sheet.name, field=field, heads=", ".join(sheet.heads[at] for at in fitting))
    return fitting[0] if fitting else None
