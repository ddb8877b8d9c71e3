"""A made-up coalition: people in five countries, a search engine for faces, and the bodies that may have used it.

Nobody in here exists, and every address ends in `.example`. The same number gives the same world.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

COMPANY = "Visagora, Inc."
DOMAIN = "visagora.example"


@dataclass(frozen=True)
class Country:
    """A country of the coalition: the language of its people, and what its made-up people and places are called."""

    code: str
    language: str
    given: tuple[str, ...]
    family: tuple[str, ...]
    street: str
    town: str
    postcode: str
    bodies: tuple[str, ...]


COUNTRIES = (
    Country(
        code="FR", language="fr",
        given=("Zélie", "Éloi", "Maëlle", "Côme", "Inès", "Gaspard", "Noé", "Apolline", "Théo", "Soizic"),
        family=("Vautrin-Lesage", "Dupré", "Lœuilleux", "Garnault", "Mercadier", "Ançay"),
        street="{n} rue des Tilleuls", town="Beauvallon-sur-Orle", postcode="{n:05}",
        bodies=("Ville de", "Régie des transports de", "Centre commercial de", "Université de", "Stade de"),
    ),
    Country(
        code="AT", language="de",
        given=("Jörg", "Änne", "Leopold", "Xaver", "Sieglinde", "Vroni", "Balthasar", "Mizzi", "Korbinian", "Ute"),
        family=("Grünwaldner", "Haßlacher", "Öttl", "Pichlmoser", "Zwettlinger", "Straßegger"),
        street="Lindengasse {n}", town="Sankt Aurel", postcode="{n:04}",
        bodies=("Stadtgemeinde", "Verkehrsbetriebe", "Einkaufszentrum", "Hochschule", "Stadion"),
    ),
    Country(
        code="IT", language="it",
        given=("Nicolò", "Ludovica", "Gioele", "Beatrice", "Tommaso", "Fiammetta", "Elia", "Ginevra", "Zeno", "Iris"),
        family=("D'Alessi", "Brambillasca", "Delle Rose", "Fiorenzano", "Cordellini", "Squarciafico"),
        street="via dei Tigli {n}", town="Borgo Sereno", postcode="{n:05}",
        bodies=("Comune di", "Azienda trasporti di", "Centro commerciale di", "Università di", "Stadio di"),
    ),
    Country(
        code="ES", language="es",
        given=("Íñigo", "Begoña", "Nuño", "Ximena", "Álvaro", "Leocadia", "Jordi", "Ainhoa", "Ramón", "Lucía"),
        family=("Ordóñez Prat", "de la Peña", "Zubiaurre", "Quintanilla", "Muñiz Arce", "Ibáñez"),
        street="calle de los Tilos {n}", town="Villaserena del Río", postcode="{n:05}",
        bodies=("Ayuntamiento de", "Transportes de", "Centro comercial de", "Universidad de", "Estadio de"),
    ),
    Country(
        code="NL", language="nl",
        given=("Joost", "Fenna", "Siebe", "Maartje", "Teun", "Jikke", "Daan", "Saskia", "Wout", "Loïs"),
        family=("van den Eikelboom", "'t Hoen", "de Waardt", "Zijlmans", "ten Broeke", "van Ooijen"),
        street="Lindelaan {n}", town="Nieuw-Elzendam", postcode="{n:04} AB",
        bodies=("Gemeente", "Vervoerbedrijf", "Winkelcentrum", "Hogeschool", "Stadion"),
    ),
)  # fmt: skip
QUARTERS = ("Nord", "Sud", "Est", "Ovest")


@dataclass(frozen=True)
class Member:
    number: str
    name: str
    email: str
    country: Country
    address: tuple[str, str]


@dataclass(frozen=True)
class Body:
    id: str
    name: str
    email: str
    country: str
    address: tuple[str, str]


def members(each: int) -> Iterator[Member]:
    """So many people of each country; every given name meets every family name once, at most 60."""
    for country in COUNTRIES:
        pairs = [(given, family) for family in country.family for given in country.given][:each]
        for n, (given, family) in enumerate(pairs, start=1):
            number = f"{country.code}-{n:03}"
            yield Member(
                number=number,
                name=f"{given} {family}",
                email=f"{number.lower()}@member.example",
                country=country,
                address=(country.street.format(n=n), f"{country.postcode.format(n=1000 + n)} {country.town}"),
            )


def bodies(count: int) -> Iterator[Body]:
    """The company for number one, and public bodies of the five countries in turn."""
    yield Body("visagora", COMPANY, f"privacy@{DOMAIN}", "US", ("1 Mirror Street", "Newport Springs, DE 19000"))
    for n in range(count - 1):
        country = COUNTRIES[n % len(COUNTRIES)]
        kind = country.bodies[n // len(COUNTRIES) % len(country.bodies)]
        quarter = QUARTERS[n // len(COUNTRIES) // len(country.bodies)]
        name = f"{kind} {country.town} {quarter}"
        id_ = f"body-{country.code.lower()}-{n + 1:02}"
        where = (country.street.format(n=1), f"{country.postcode.format(n=1000)} {country.town}")
        yield Body(id_, name, f"dpo@{id_}.example", country.code, where)


def write_members(path: Path, people: list[Member]) -> None:
    """The list as an organisation keeps it: in the columns of its own language."""
    with path.open("w", encoding="utf-8", newline="") as file:
        sheet = csv.writer(file, delimiter=";")
        sheet.writerow(("Number", "Name", "E-mail", "Street", "Town", "Country", "Language", "Purpose", "Group"))
        for one in people:
            why = f"I want to know which photographs of me are held, and who saw them ({one.number})."
            row = (one.number, one.name, one.email, *one.address, one.country.code, one.country.language, why)
            sheet.writerow((*row, one.country.code))


def write_bodies(path: Path, known: list[Body]) -> None:
    """The bodies to be asked."""
    with path.open("w", encoding="utf-8", newline="") as file:
        sheet = csv.writer(file)
        sheet.writerow(("id", "name", "email", "address", "address", "country", "sector"))
        for one in known:
            sector = "face-search" if one.id == "visagora" else "public"
            sheet.writerow((one.id, one.name, one.email, *one.address, one.country, sector))
