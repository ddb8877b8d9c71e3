"""Records against the facts as they were collected, written out by hand: none of these values comes from a record."""

from dataclasses import asdict

import pytest

from dsar.core.parties import Address, Controller
from dsar.directory.labels import labels
from dsar.lawbook import load

FACTS = {
    "clearview-ai": {
        "name": "Clearview AI, Inc.",
        "address": Address(lines=("418 Broadway STE N", "Albany, NY 12207"), country="US"),
        "emails": ("legal-requests@clearview.ai", "privacy@clearview.ai"),
        "form": "https://www.clearview.ai/privacy-and-requests",
        "phone": "+1 866 637 0257",
        "representative": "",
        "established": False,
        "checked": False,
    },
    "bkr": {
        "name": "Stichting Bureau Krediet Registratie",
        "address": Address(lines=("Teisterbantlaan 2a", "4006 EB Tiel"), country="NL"),
        "emails": (),
        "sector": "credit",
        "checked": False,
    },
    "crif-de": {
        "name": "CRIF GmbH",
        "address": Address(lines=("Leopoldstraße 244", "80807 München"), country="DE"),
        "emails": ("datenschutz.de@crif.com",),
        "form": "https://selbstauskunft.crif.de/onlineForm",
        "id_document": False,
        "region": "BY",
        "checked": True,
    },
    "jumio": {
        "name": "Jumio Corporation",
        "address": Address(lines=("100 Mathilda Place, Suite 100", "Sunnyvale, CA 94086"), country="US"),
        "emails": ("privacy@jumio.com",),
        "checked": False,
    },
    "anthropic": {
        "name": "Anthropic Ireland, Limited",
        "address": Address(lines=("6th Floor, South Bank House", "Barrow Street", "Dublin 4, D04 TR29"), country="IE"),
        "emails": ("privacy@anthropic.com",),
        "dpo": "dpo@anthropic.com",
        "established": True,
        "checked": True,
    },
    "fr-interieur": {
        "address": Address(
            lines=("À l’attention du délégué à la protection des données", "Place Beauvau", "75800 Paris CEDEX 08"),
            country="FR",
        ),
        "emails": ("delegue-protection-donnees@interieur.gouv.fr",),
        "sector": "police",
        "languages": ("fr",),
    },
    "de-bka": {
        "name": "Bundeskriminalamt",
        "address": Address(lines=("65173 Wiesbaden",), country="DE"),
        "emails": ("ds-petenten@bka.bund.de",),
        "fax": "+49 611 5545641",
        "preferred": "post",
        "id_document": True,
    },
    "it-interno": {
        "address": Address(
            lines=("Direzione Centrale della Polizia Criminale", "Via Torre di Mezzavia 9", "00173 Roma"), country="IT"
        ),
        "emails": ("dipps009.0910@pecps.interno.it",),
        "sector": "police",
    },
    "spokeo": {
        "address": Address(lines=("199 S. Los Robles Ave #711", "Pasadena, CA 91101"), country="US"),
        "emails": ("privacy@spokeo.com", "legal@spokeo.com"),
        "form": "https://www.spokeo.com/optout",
        "representative": "",
        "checked": False,
    },
}

# the short list of conflicts, and a word that the record must say of each
CONFLICTS = [
    ("pimeyes", "Seychelles"),
    ("clearview-ai", "600 Fifth Avenue"),
    ("clearview-ai", "two mailboxes"),
    ("meta", "4 Grand Canal Square"),
    ("x", "Twitter International Unlimited Company"),
    ("google-llc", "names this company"),
    ("de-bka", "by post"),
    ("nl-politie", "not by e-mail"),
    ("nl-politie", "online form"),
    ("jumio", "395 Page Mill Road"),
    ("tools-for-humanity", "548 Market Street"),
    ("spokeo", "556 S. Fair Oaks Ave"),
    ("rocketreach", "135 100th Ave NE"),
    ("zeotap", "Mehringdamm 32-34"),
    ("social-catfish", "welcome@"),
    ("yandex", "gdpr@yandex-team.com"),
    ("experian-at", "10180"),
    ("thetradedesk", "onetrust.com"),
    ("fr-interieur", "75008 Paris"),
    ("facecheck-id", "facecheck.id/opt-out"),
]


@pytest.mark.parametrize("name", FACTS)
def test_a_record_says_what_was_found(name: str) -> None:
    one = load.controllers()[name]
    found = {key: getattr(one, key) for key in FACTS[name]}
    assert found == FACTS[name]


@pytest.mark.parametrize(("name", "word"), CONFLICTS)
def test_a_conflict_of_the_sources_is_written_down(name: str, word: str) -> None:
    habits = load.controllers()[name].habits
    assert [habit for habit in habits if word in habit and habit.startswith(("Conflict: ", "Unconfirmed: "))]


def test_what_is_known_of_habits_is_there() -> None:
    def habits(name: str) -> str:
        return " ".join(load.controllers()[name].habits)

    # the directory's own examples: an identity document demanded, and twelve months, twice a year
    assert "identity document" in habits("clearview-ai")
    assert "last twelve months and to two requests a year" in habits("clearview-ai")
    assert "SAN-2022-024" in habits("lusha")
    assert "none of the requests" in habits("xandr")
    assert "six months only" in habits("crif-at")
    # directly to the ministry first, the CNIL second
    assert "first directly to the ministry" in habits("fr-interieur")
    assert "visit in person" in habits("fi-poliisi")


def test_lenso_is_two_companies_and_each_record_names_the_other() -> None:
    lenso, index = load.controllers()["lenso-ai"], load.controllers()["eyematch"]
    assert (lenso.address.country, index.address.country) == ("PL", "SG")
    assert any("EYEMATCH AI PTE. LTD" in habit for habit in lenso.habits)
    assert any("lenso.ai" in habit for habit in index.habits)


def test_pimeyes_is_in_no_country_and_its_look_alike_is_nowhere() -> None:
    assert load.controllers()["pimeyes"].address == Address(lines=(), country="")
    found = {label.key for one in load.controllers().values() for label in labels(one)}
    assert "pimeyes.com" in found
    assert "pimeyes.net" not in found


def test_what_the_collection_forbids_is_nowhere() -> None:
    """Addresses of another body, a copy error of a telephone number, and an address that moved."""
    text = "\n".join(str(asdict(one)) for one in load.controllers().values())
    assert "Leuvenseweg 48" not in text
    liveramp = load.controllers()["liveramp-fr"]
    assert liveramp.phone == ""
    meta: Controller = load.controllers()["meta"]
    assert not any("Grand Canal" in line for line in meta.address.lines)
