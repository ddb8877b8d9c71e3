"""The directory of supervisory authorities: who is there, for what, and what has been corrected by hand.

Expected values come from the authorities' own pages and statutes, and from ISO 3166-2; none from the files themselves.
"""

import re
from collections.abc import Iterable

import pytest

from dsar.core.law import Authority
from dsar.lawbook import load

from .places import EEA

# ISO 3166-2:DE
LAENDER = ("BB", "BE", "BW", "BY", "HB", "HE", "HH", "MV", "NI", "NW", "RP", "SH", "SL", "SN", "ST", "TH")

# Every mailbox here was read by a person and belongs to an office. A new one makes this list fail, and somebody look.
OFFICES = {
    *("ada", "anspdcp", "apdcat", "azop", "commissioner", "complaints", "contact", "datenschutz", "dsb", "dt", "edps"),
    *("garante", "geral", "gp.ip", "icocasework", "idpc.info", "imy", "info", "info.dss", "kancelaria", "kontakt"),
    *("kzld", "mail", "mailbox", "office", "pasts", "post", "posta", "postkasse", "poststelle", "postur"),
    *("statny.dozor", "tietosuoja", "ugyfelszolgalat"),
}


def known() -> Iterable[Authority]:
    return load.authorities().values()


def one(name: str) -> Authority:
    return load.authorities()[name]


def serves(authority: Authority, sector: str) -> bool:
    """An authority without sectors is of general competence."""
    return not authority.sectors or sector in authority.sectors


@pytest.mark.parametrize("country", sorted(EEA | {"GB", "CH"}))
def test_every_country_has_one_national_authority_for_companies(country: str) -> None:
    found = [each for each in known() if each.country == country and serves(each, "private") and not each.regions]
    if country == "DE":
        # BDSG, section 40: companies belong to the Länder
        assert found == []
    else:
        assert [each.id[:2] for each in found] == [{"GB": "uk"}.get(country, country.lower())]


@pytest.mark.parametrize("land", LAENDER)
def test_every_land_has_one_authority_for_companies_and_one_for_its_own_bodies(land: str) -> None:
    here = [each for each in known() if each.country == "DE" and land in each.regions]
    private = [each.id for each in here if "private" in each.sectors]
    public = [each.id for each in here if "public" in each.sectors]
    assert len(private) == len(public) == 1
    # Bavaria alone has two: the Landesamt in Ansbach and the Landesbeauftragte in Munich
    assert (private != public) is (land == "BY")


def test_no_german_region_is_made_up() -> None:
    regions = {region for each in known() if each.country == "DE" for region in each.regions}
    assert regions == set(LAENDER)


def test_telecom_and_post_belong_to_the_federal_authority_alone() -> None:
    for sector in ("telecom", "postal"):
        named = [each.id for each in known() if each.country == "DE" and sector in each.sectors]
        assert named == ["de-bfdi"]


@pytest.mark.parametrize("land", LAENDER)
def test_every_land_has_a_catholic_and_a_protestant_authority(land: str) -> None:
    church = [each for each in known() if each.country == "DE" and each.sectors == ("church",)]
    catholic = {each.id for each in church if land in each.regions}
    assert catholic
    assert [each.id for each in church if not each.regions] == ["de-ekd"]
    # Mecklenburg belongs to the archdiocese of Hamburg, Vorpommern to that of Berlin
    assert (len(catholic) == 2) is (land == "MV")


@pytest.mark.parametrize(
    ("land", "broadcaster"),
    [
        ("BY", "de-rundfunk"),  # BR
        ("HE", "de-rundfunk"),  # HR
        ("SN", "de-rundfunk"),  # MDR
        ("BB", "de-rundfunk"),  # rbb
        ("SL", "de-rundfunk"),  # SR
        ("BW", "de-rundfunk"),  # SWR
        ("NW", "de-rundfunk"),  # WDR
        ("RP", "de-rundfunk"),  # SWR, ZDF
        ("HH", "de-ndr"),
        ("SH", "de-ndr"),
    ],
)
def test_a_public_broadcaster_has_its_own_authority(land: str, broadcaster: str) -> None:
    named = {each.id for each in known() if "broadcaster" in each.sectors and land in each.regions}
    assert broadcaster in named
    assert named <= {broadcaster, "de-dw"}


@pytest.mark.parametrize(
    ("name", "region"), [("es-apdcat", "CT"), ("es-avpd", "PV"), ("es-ctpda", "AN"), ("be-vtc", "VLG")]
)
def test_a_regional_authority_has_the_public_bodies_of_its_region_only(name: str, region: str) -> None:
    # LOPDGDD Art. 57; the VTC sends companies to the APD/GBA
    assert one(name).regions == (region,)
    assert one(name).sectors == ("public",)


def test_police_courts_and_parliaments_have_authorities_of_their_own() -> None:
    assert one("be-coc").sectors == ("police",)
    assert one("at-pdk").sectors == ("parliament",)
    # décret 2025-1061: one each at the Conseil d'État, the Cour de cassation and the Cour des comptes
    courts = {each.id for each in known() if each.sectors == ("court",)}
    assert courts == {"fr-ce", "fr-cassation", "fr-comptes"}


def test_an_id_is_the_country_and_a_short_name() -> None:
    for each in known():
        country, _, short = each.id.partition("-")
        assert country == {"GB": "uk"}.get(each.country, each.country.lower())
        assert re.fullmatch(r"[a-z0-9]{2,}", short), each.id


def test_every_record_says_where_it_comes_from_and_of_what_year() -> None:
    for each in known():
        assert re.search(r"\b20[12][0-9]\b", each.source), each.id
        assert each.languages, each.id


def test_what_stands_in_a_directory_alone_is_not_called_checked() -> None:
    assert {each.id for each in known() if each.source.startswith("datenanfragen") and each.checked} == set()
    assert any(each.source.startswith("datenanfragen") for each in known())


def test_a_mailbox_is_that_of_an_office_and_never_of_a_person() -> None:
    mailboxes = {each.email.partition("@")[0] for each in known() if each.email}
    assert mailboxes <= OFFICES
    # the Catholic authority of Bavaria was listed with the mailbox of its former head
    assert (one("de-kdszbayern").email, one("de-kdszbayern").address) == ("", ())


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("ie-dpc", ("6 Pembroke Row", "Dublin 2", "D02 X963")),
        ("pl-uodo", ("ul. Stanisława Moniuszki 1A", "00-014 Warszawa")),
        ("sk-uoou", ("Galvaniho 7/B", "821 04 Bratislava")),
        ("hu-naih", ("1363 Budapest", "Pf. 9")),
        ("no-datatilsynet", ("Postboks 458 Sentrum", "0105 Oslo")),
        ("se-imy", ("Box 8114", "104 20 Stockholm")),
        ("fi-tsv", ("PL 800", "00531 Helsinki")),
        ("eu-edps", ("Rue Wiertz 60", "1047 Brussels", "Belgium")),
        ("fr-cnil", ("3 Place de Fontenoy", "TSA 80715", "75334 Paris Cedex 07")),
    ],
)
def test_an_address_that_moved_is_the_new_one(name: str, address: tuple[str, ...]) -> None:
    assert one(name).address == address


def test_iceland_and_the_offices_one_can_visit() -> None:
    street, town = one("is-personuvernd").address
    assert street.startswith("Laugavegur 166")
    assert town == "105 Reykjavík"
    assert one("no-datatilsynet").visiting[0] == "Trelastgata 3"
    assert one("nl-ap").visiting == ("Hoge Nieuwstraat 8", "2514 EL Den Haag")


@pytest.mark.parametrize(
    "stale",
    [
        *("Fitzwilliam", "Stawki", "Rauðarárstígur", "Hraničná", "Námestie 1. mája", "Wycliffe", "Tollbugata"),
        *("Kapellenstr", "eomuc", "sedeagpd", "meldingsformulier-klachten", "processInstanceId", "formularservice"),
    ],
)
def test_a_stale_address_is_nowhere_that_a_letter_takes_it_from(stale: str) -> None:
    for each in known():
        used = (*each.address, *each.visiting, each.form, each.website, each.email)
        assert not any(stale in text for text in used), each.id


def test_an_address_that_nobody_confirmed_is_not_called_checked() -> None:
    # second-hand: Ireland, Poland, Slovakia; two streets: Liechtenstein; seen once: Manchester; an old page: the VTC
    for name in ("ie-dpc", "pl-uodo", "sk-uoou", "li-dss", "uk-ico", "be-vtc", "be-coc"):
        assert not one(name).checked
    # the British fax belonged to the former office
    assert one("uk-ico").fax == ""
    assert one("uk-ico").name.startswith("Information Commission ")


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("nl-ap", "https://klachten.autoriteitpersoonsgegevens.nl/"),
        ("at-dsb", "https://dsb.gv.at/eingabe-an-die-dsb/formulare"),
        ("ch-edoeb", "https://www.edoeb.admin.ch/en/report-form-data-subjects"),
        ("pt-cnpd", "https://www.cnpd.pt/cidadaos/participacoes/"),
        ("is-personuvernd", "https://island.is/en/complaint-to-the-data-protection-authority"),
    ],
)
def test_the_form_is_at_its_new_place(name: str, form: str) -> None:
    assert one(name).form == form


def test_names_and_mailboxes_that_were_wrong_are_right() -> None:
    assert "Proteção" in one("pt-cnpd").name
    # protocollo@pec.gpdp.it takes certified mail only
    assert one("it-garante").email == "garante@gpdp.it"
    assert one("es-aepd").form.startswith("https://sedeaepd.gob.es/")
    assert (one("eu-edps").email, one("eu-edps").phone) == ("edps@edps.europa.eu", "+32 2 283 19 00")


@pytest.mark.parametrize(
    ("name", "languages"),
    [
        ("fr-cnil", {"fr"}),
        ("be-apd", {"fr", "nl", "de"}),
        ("pl-uodo", {"pl"}),
        ("bg-cpdp", {"bg"}),
        ("lu-cnpd", {"de", "en", "fr"}),
        ("ro-anspdcp", {"ro", "en"}),
        ("es-aepd", {"es"}),
    ],
)
def test_another_language_would_be_refused(name: str, languages: set[str]) -> None:
    assert set(one(name).languages) == languages


def test_two_authorities_take_their_own_form_only() -> None:
    # BOE-A-2023-16062; the VTC handles no complaint without its form
    assert {each.id for each in known() if each.form_mandatory} == {"es-aepd", "be-vtc"}


def test_paper_is_signed_by_hand_where_plain_mail_is_no_channel() -> None:
    for name in ("bg-cpdp", "sk-uoou", "pl-uodo", "lv-dvi", "ee-aki", "hu-naih", "it-garante"):
        assert one(name).signature == "handwritten"
    for name in ("bg-cpdp", "sk-uoou", "pl-uodo", "hu-naih", "it-garante", "no-datatilsynet"):
        assert "email" not in one(name).channels
        assert "post" in one(name).channels
    assert [each.id for each in known() if each.identity_copy == "with-handwritten"] == ["it-garante"]


def test_the_traps_of_single_countries() -> None:
    assert {each.id: each.fee[:6] for each in known() if each.fee} == {"pl-uodo": "17 PLN"}
    # what is submitted in Sweden and Norway becomes a public record
    assert {each.id for each in known() if each.published} == {"se-imy", "no-datatilsynet"}
    # DSG (Switzerland) Art. 52(2): who reports is no party
    assert {each.id for each in known() if each.track == "report"} == {"ch-edoeb"}
    assert one("at-dsb").anonymous == "refused"
    assert any("mediation" in note for note in one("be-apd").notes)


def test_limits_and_silence_are_those_of_the_law_book() -> None:
    # DSG 24(4); Rules of Procedure of the EDPS, Art. 16(4); what the ICO expects
    assert {each.id: set(each.limitation) for each in known() if each.limitation} == {
        "at-dsb": {"at-dsg-24-4-knowledge", "at-dsg-24-4-event"},
        "eu-edps": {"edps-two-years"},
        "uk-ico": {"uk-ico-three-months"},
    }
    assert (one("fr-cnil").silence, one("fr-cnil").appeal) == ("fr-cnil-silence", "fr-cnil-appeal")
    assert one("eu-edps").silence == "eudpr-63-3"
    # no term of the law book holds them: the six months and two years of Bulgaria are a note
    assert any("six months" in note.lower() and "two years" in note for note in one("bg-cpdp").notes)


@pytest.mark.parametrize(
    "name",
    [
        *("fr-cnil", "ie-dpc", "be-apd", "at-dsb", "it-garante", "es-aepd", "nl-ap", "gr-hdpa", "se-imy", "lu-cnpd"),
        *("uk-ico", "eu-edps"),
    ],
)
def test_the_authorities_of_the_clearview_cases_can_be_written_to(name: str) -> None:
    assert one(name).address
    assert one(name).form
