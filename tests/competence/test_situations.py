"""Who is competent, situation by situation. The expected authority is that of the provision beside it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from dsar.core.competence import Candidate, Place, Where, find
from dsar.lawbook import load

if TYPE_CHECKING:
    from dsar.core.law import AuthoritySector

EEA = frozenset(
    "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IS IT LI LT LU LV MT NL NO PL PT RO SE SI SK".split()  # noqa: SIM905 - a list to be read
)
FR, DE, IT, ES, BE, AT, GB, CH, IE = (
    Place(country=code) for code in ("FR", "DE", "IT", "ES", "BE", "AT", "GB", "CH", "IE")
)
BERLIN, BAVARIA, HAMBURG = (Place(country="DE", region=code) for code in ("BE", "BY", "HH"))
CATALONIA, BASQUE, ANDALUSIA, MADRID = (Place(country="ES", region=code) for code in ("CT", "PV", "AN", "MD"))
FLANDERS = Place(country="BE", region="VLG")
US, DUBAI = Place(country="US"), Place(country="AE")


@dataclass(frozen=True, kw_only=True)
class Situation:
    """`then`: who follows, in this order, though others may stand between; `never`: none of these."""

    where: Where
    first: str
    rule: str
    cite: str
    then: tuple[str, ...] = ()
    never: tuple[str, ...] = ()


SITUATIONS = {
    # GDPR Art. 77(1): three places, "in particular", the data subject's choice
    "she lives in France": Situation(where=Where(residence=FR), first="fr-cnil", rule="residence", cite="gdpr:77.1"),
    "she only works in Italy": Situation(where=Where(work=IT), first="it-garante", rule="work", cite="gdpr:77.1"),
    "the infringement alone is known, in Spain": Situation(
        where=Where(infringement=ES), first="es-aepd", rule="infringement", cite="gdpr:77.1"
    ),
    "home, work and infringement in three States": Situation(
        where=Where(residence=FR, work=BE, infringement=IT),
        first="fr-cnil",
        rule="residence",
        cite="gdpr:77.1",
        then=("be-apd", "it-garante"),
    ),
    # Art. 56: a main establishment in the Union; the complaint is lodged at home all the same
    "a controller established in Ireland": Situation(
        where=Where(residence=FR, seat=IE, established=True),
        first="fr-cnil",
        rule="lead-elsewhere",
        cite="gdpr:56.1",
        then=("ie-dpc",),
    ),
    "a French controller of a French complainant": Situation(
        where=Where(residence=FR, seat=FR, established=True), first="fr-cnil", rule="no-border", cite="gdpr:55.1"
    ),
    # CNIL SAN-2022-019, MED-2021-134: no establishment, no one-stop-shop, each on its own territory
    "Clearview before the CNIL": Situation(
        where=Where(residence=FR, seat=US, established=False),
        first="fr-cnil",
        rule="no-one-stop-shop",
        cite="gdpr:55.1",
    ),
    "Clearview before the Garante (doc. web 9751362)": Situation(
        where=Where(residence=IT, seat=US, established=False),
        first="it-garante",
        rule="no-one-stop-shop",
        cite="gdpr:55.1",
    ),
    "an American controller, establishment unknown": Situation(
        where=Where(residence=FR, seat=US), first="fr-cnil", rule="establishment-unknown", cite="gdpr:56.1"
    ),
    # BDSG section 40: companies; section 19(2): what is another's is passed on
    "a Munich company and a Berlin complainant": Situation(
        where=Where(residence=BERLIN, seat=BAVARIA, established=True),
        first="de-baylda",
        rule="region-seat",
        cite="de-bdsg:40",
        then=("de-berlin",),
        never=("de-bfdi", "de-baylfd", "de-hamburg"),
    ),
    "a Munich company and a French complainant": Situation(
        where=Where(residence=FR, seat=BAVARIA, established=True),
        first="fr-cnil",
        rule="lead-elsewhere",
        cite="gdpr:56.1",
        then=("de-baylda",),
        never=("de-berlin",),
    ),
    "PimEyes and a Hamburg complainant: no establishment, so her own Land": Situation(
        where=Where(residence=HAMBURG, seat=DUBAI, established=False),
        first="de-hamburg",
        rule="region-residence",
        cite="de-bdsg:19.2",
        never=("de-bfdi", "de-baylda"),
    ),
    "a German company of unknown Land, a Berlin complainant": Situation(
        where=Where(residence=BERLIN, seat=DE, established=True),
        first="de-berlin",
        rule="region-nearest",
        cite="de-bdsg:19.2",
        then=("de-hamburg",),
    ),
    # authorities.md, section 5: federal bodies, telecom and post go to the BfDI; Bavaria has two authorities
    "a German telecom company": Situation(
        where=Where(residence=BERLIN, seat=Place(country="DE", region="NW"), established=True, sector="telecom"),
        first="de-bfdi",
        rule="sector",
        cite="gdpr:55.1",
        never=("de-nrw", "de-berlin"),
    ),
    "a German postal company": Situation(
        where=Where(residence=BERLIN, seat=DE, established=True, sector="postal"),
        first="de-bfdi",
        rule="sector",
        cite="gdpr:55.1",
        never=("de-berlin",),
    ),
    "a German federal body": Situation(
        where=Where(residence=DE, seat=DE, established=True, sector="public"),
        first="de-bfdi",
        rule="sector",
        cite="gdpr:55.2",
        then=("de-baylfd",),
        never=("de-baylda",),
    ),
    "a Bavarian school": Situation(
        where=Where(residence=BAVARIA, sector="public"),
        first="de-baylfd",
        rule="region-body",
        cite="gdpr:55.2",
        then=("de-bfdi",),
        never=("de-baylda",),
    ),
    "the Hamburg police": Situation(
        where=Where(residence=BERLIN, seat=HAMBURG, established=True, sector="police"),
        first="de-hamburg",
        rule="police-seat",
        cite="led:52.1",
        never=("de-berlin",),
    ),
    "a German parish": Situation(
        where=Where(residence=BAVARIA, sector="church"),
        first="de-kdszbayern",
        rule="one-of-several",
        cite="",
        then=("de-ekd",),
        never=("de-baylda", "de-bfdi"),
    ),
    "a German broadcaster": Situation(
        where=Where(residence=HAMBURG, sector="broadcaster"),
        first="de-ndr",
        rule="sector",
        cite="gdpr:55.1",
        never=("de-hamburg", "de-bfdi"),
    ),
    # LOPDGDD Art. 57: the regional authorities have the public bodies of their region, and no company
    "a Catalan town hall": Situation(
        where=Where(residence=CATALONIA, sector="public"),
        first="es-apdcat",
        rule="region-body",
        cite="es-lopdgdd:57",
        then=("es-aepd",),
    ),
    "a Basque public body": Situation(
        where=Where(residence=MADRID, seat=BASQUE, established=True, sector="public"),
        first="es-avpd",
        rule="region-body",
        cite="es-lopdgdd:57",
    ),
    "an Andalusian public body": Situation(
        where=Where(residence=ANDALUSIA, sector="public"),
        first="es-ctpda",
        rule="region-body",
        cite="es-lopdgdd:57",
    ),
    "a Madrid town hall: no regional authority there": Situation(
        where=Where(residence=MADRID, sector="public"),
        first="es-aepd",
        rule="general",
        cite="gdpr:55.2",
        never=("es-apdcat", "es-avpd", "es-ctpda"),
    ),
    "a company in Barcelona": Situation(
        where=Where(residence=CATALONIA, seat=CATALONIA, established=True),
        first="es-aepd",
        rule="general",
        cite="gdpr:55.1",
        never=("es-apdcat",),
    ),
    # facts.md D3: Belgium
    "the Belgian police": Situation(
        where=Where(residence=BE, sector="police"), first="be-coc", rule="sector", cite="", then=("be-apd",)
    ),
    "a Flemish public body": Situation(
        where=Where(residence=FLANDERS, sector="public"),
        first="be-vtc",
        rule="region-body",
        cite="gdpr:55.2",
        then=("be-apd",),
    ),
    "a Flemish company": Situation(
        where=Where(residence=FLANDERS, seat=FLANDERS, established=True),
        first="be-apd",
        rule="general",
        cite="gdpr:55.1",
        never=("be-vtc", "be-coc"),
    ),
    # Directive 2016/680, Art. 17 and 52
    "the French police": Situation(
        where=Where(residence=FR, sector="police"), first="fr-cnil", rule="police-indirect", cite="led:17"
    ),
    "the French police and a Belgian complainant": Situation(
        where=Where(residence=BE, seat=FR, established=True, sector="police"),
        first="fr-cnil",
        rule="police-seat",
        cite="led:52.1",
        then=("be-coc",),
    ),
    # GDPR Art. 55(2): a public body answers to the authority of its own State, and there is no lead
    "an Italian ministry and a French complainant": Situation(
        where=Where(residence=FR, seat=IT, established=True, sector="public"),
        first="it-garante",
        rule="public-seat",
        cite="gdpr:55.2",
        then=("fr-cnil",),
    ),
    # BGBl. I 70/2024: the Parliamentary Data Protection Committee
    "the Austrian parliament": Situation(
        where=Where(residence=AT, sector="parliament"),
        first="at-pdk",
        rule="sector",
        cite="gdpr:55.2",
        then=("at-dsb",),
    ),
    # Regulation (EU) 2018/1725, Art. 63
    "an institution of the Union": Situation(
        where=Where(residence=FR, seat=Place(country="EU"), established=True),
        first="eu-edps",
        rule="institutions",
        cite="eudpr:63.1",
        never=("fr-cnil",),
    ),
    # Data Protection Act 2018, s. 165, and s. 164A before it
    "a British company": Situation(
        where=Where(residence=GB, seat=GB), first="uk-ico", rule="own-law-residence", cite="uk-dpa:165"
    ),
    "the British controller comes first": Situation(
        where=Where(residence=GB, seat=GB), first="uk-ico", rule="prior-contact-expected", cite="uk-dpa:164A"
    ),
    "a British company and a French complainant": Situation(
        where=Where(residence=FR, seat=GB), first="fr-cnil", rule="residence", cite="gdpr:77.1", then=("uk-ico",)
    ),
    # Swiss FADP Art. 49: a report, no individual decision
    "a Swiss company": Situation(
        where=Where(residence=CH, seat=CH), first="ch-edoeb", rule="report-only", cite="ch-dsg:49"
    ),
    "a French company and a Swiss complainant: the authority that must decide comes first": Situation(
        where=Where(residence=CH, seat=FR, established=True),
        first="fr-cnil",
        rule="seat",
        cite="gdpr:55.1",
        then=("ch-edoeb",),
    ),
}


def ask(where: Where) -> tuple[Candidate, ...]:
    return find(where, load.authorities().values(), EEA)


@pytest.mark.parametrize("name", SITUATIONS)
def test_the_first_authority_and_its_rule(name: str) -> None:
    situation = SITUATIONS[name]
    found = ask(situation.where)
    assert found[0].authority.id == situation.first
    cites = {reason.rule: reason.cites for reason in found[0].reasons}
    assert situation.rule in cites
    assert situation.cite in cites[situation.rule] if situation.cite else not cites[situation.rule]


@pytest.mark.parametrize("name", SITUATIONS)
def test_the_others_follow_and_those_without_competence_are_not_named(name: str) -> None:
    situation = SITUATIONS[name]
    names = [one.authority.id for one in ask(situation.where)]
    places = [names.index(other) for other in (situation.first, *situation.then)]
    assert places == sorted(places)
    assert not set(names) & set(situation.never)


def test_french_courts_have_their_own_authorities_and_the_cnil_says_that_it_is_not_one() -> None:
    # décret n° 2025-1061: the Conseil d'État, the Cour de cassation, the Cour des comptes
    found = ask(Where(residence=FR, sector="court"))
    assert {one.authority.id for one in found[:3]} == {"fr-ce", "fr-cassation", "fr-comptes"}
    assert found[3].authority.id == "fr-cnil"
    assert ("court-judicial", ("gdpr:55.3",)) in [(reason.rule, reason.cites) for reason in found[3].reasons]


def test_a_place_of_work_in_a_divided_country_does_not_push_down_a_certain_authority() -> None:
    found = ask(Where(residence=FR, work=DE, infringement=IT, seat=US, established=False))
    assert [one.authority.id for one in found[:2]] == ["fr-cnil", "it-garante"]
    # BDSG section 40: one of the sixteen Länder, and Bavaria's for companies
    assert len(found) == 2 + 16
    assert all("region-unknown" in {reason.rule for reason in one.reasons} for one in found[2:])


def test_the_decisions_without_a_one_stop_shop_are_named() -> None:
    [reason] = [
        one for one in ask(Where(residence=FR, seat=US, established=False))[0].reasons if one.rule == "no-one-stop-shop"
    ]
    assert set(reason.precedents) == {"cnil-san-2022-019", "cnil-med-2021-134"}
    assert all(load.precedents()[name].checked for name in reason.precedents)


@pytest.mark.parametrize("sector", ["public", "police"])
def test_the_section_on_companies_is_not_cited_for_a_public_body_of_a_land(sector: AuthoritySector) -> None:
    # BDSG section 40 is about non-public bodies
    best = ask(Where(residence=HAMBURG, sector=sector))[0]
    assert best.authority.id == "de-hamburg"
    assert not [reason for reason in best.reasons if "de-bdsg:40" in reason.cites]
