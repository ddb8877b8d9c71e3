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
    why: str
    processing: str
    question: str


COUNTRIES = (
    Country(
        code="FR", language="fr",
        given=("Zélie", "Éloi", "Maëlle", "Côme", "Inès", "Gaspard", "Noé", "Apolline", "Théo", "Soizic"),
        family=("Vautrin-Lesage", "Dupré", "Lœuilleux", "Garnault", "Mercadier", "Ançay"),
        street="{n} rue des Tilleuls", town="Beauvallon-sur-Orle", postcode="{n:05}",
        bodies=("Ville de", "Régie des transports de", "Centre commercial de", "Université de", "Stade de"),
        why="Je veux savoir quelles photographies de moi sont détenues, et qui les a vues.",
        processing="la recherche de visages dans des photographies",
        question="Quelles images de mon visage avez-vous comparées à d’autres, quand et à la demande de qui ?",
    ),
    Country(
        code="AT", language="de",
        given=("Jörg", "Änne", "Leopold", "Xaver", "Sieglinde", "Vroni", "Balthasar", "Mizzi", "Korbinian", "Ute"),
        family=("Grünwaldner", "Haßlacher", "Öttl", "Pichlmoser", "Zwettlinger", "Straßegger"),
        street="Lindengasse {n}", town="Sankt Aurel", postcode="{n:04}",
        bodies=("Stadtgemeinde", "Verkehrsbetriebe", "Einkaufszentrum", "Hochschule", "Stadion"),
        why="Ich will wissen, welche Aufnahmen von mir vorhanden sind und wer sie gesehen hat.",
        processing="die Suche nach Gesichtern auf Fotografien",
        question="Welche Bilder meines Gesichts haben Sie mit anderen verglichen, wann und auf wessen Verlangen?",
    ),
    Country(
        code="IT", language="it",
        given=("Nicolò", "Ludovica", "Gioele", "Beatrice", "Tommaso", "Fiammetta", "Elia", "Ginevra", "Zeno", "Iris"),
        family=("D'Alessi", "Brambillasca", "Delle Rose", "Fiorenzano", "Cordellini", "Squarciafico"),
        street="via dei Tigli {n}", town="Borgo Sereno", postcode="{n:05}",
        bodies=("Comune di", "Azienda trasporti di", "Centro commerciale di", "Università di", "Stadio di"),
        why="Voglio sapere quali fotografie mie sono conservate e chi le ha viste.",
        processing="la ricerca di volti nelle fotografie",
        question="Quali immagini del mio volto avete confrontato con altre, quando e su richiesta di chi?",
    ),
    Country(
        code="ES", language="es",
        given=("Íñigo", "Begoña", "Nuño", "Ximena", "Álvaro", "Leocadia", "Jordi", "Ainhoa", "Ramón", "Lucía"),
        family=("Ordóñez Prat", "de la Peña", "Zubiaurre", "Quintanilla", "Muñiz Arce", "Ibáñez"),
        street="calle de los Tilos {n}", town="Villaserena del Río", postcode="{n:05}",
        bodies=("Ayuntamiento de", "Transportes de", "Centro comercial de", "Universidad de", "Estadio de"),
        why="Quiero saber qué fotografías mías se conservan y quién las ha visto.",
        processing="la búsqueda de rostros en fotografías",
        question="¿Qué imágenes de mi rostro han comparado con otras, cuándo y a petición de quién?",
    ),
    Country(
        code="NL", language="nl",
        given=("Joost", "Fenna", "Siebe", "Maartje", "Teun", "Jikke", "Daan", "Saskia", "Wout", "Loïs"),
        family=("van den Eikelboom", "'t Hoen", "de Waardt", "Zijlmans", "ten Broeke", "van Ooijen"),
        street="Lindelaan {n}", town="Nieuw-Elzendam", postcode="{n:04} AB",
        bodies=("Gemeente", "Vervoerbedrijf", "Winkelcentrum", "Hogeschool", "Stadion"),
        why="Ik wil weten welke foto’s van mij worden bewaard en wie ze heeft gezien.",
        processing="het zoeken naar gezichten op foto’s",
        question="Welke beelden van mijn gezicht heeft u met andere vergeleken, wanneer en op wiens verzoek?",
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
            row = (one.number, one.name, one.email, *one.address, one.country.code, one.country.language)
            sheet.writerow((*row, one.country.why, one.country.code))


def write_bodies(path: Path, known: list[Body]) -> None:
    """The bodies to be asked."""
    with path.open("w", encoding="utf-8", newline="") as file:
        sheet = csv.writer(file)
        sheet.writerow(("id", "name", "email", "address", "address", "country", "sector"))
        for one in known:
            sector = "face-search" if one.id == "visagora" else "public"
            sheet.writerow((one.id, one.name, one.email, *one.address, one.country, sector))
