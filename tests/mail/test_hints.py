"""What a message seems to be. The sentences are made up, as companies write them, without looking at the phrases."""

from __future__ import annotations

import pytest

from dsar.mail.hints import own_words, suggest

SENTENCES = {
    "en": {
        "acknowledgement": "Dear Ms Person, we confirm receipt of your e-mail dated 5 March 2026.",
        "identity-demand": "Before we can proceed, please send us a copy of your passport or driving licence.",
        "clarification": "As we process a large amount of data, could you please specify the information you want?",
        "fee": "Please note that we charge an administrative fee of EUR 15 for each copy.",
        "extension": "Given the complexity, we will extend the response period by two months.",
        "refusal": "We regret that we cannot comply with your request.",
        "portal": "Requests can only be handled through our online portal.",
        "no-data": "After a search in all systems, we do not hold any personal data relating to you.",
        "answer": "Please find attached the information that you asked for.",
    },
    "fr": {
        "acknowledgement": "Madame, nous avons bien reçu votre courriel du 5 mars 2026.",
        "identity-demand": "Merci de nous adresser une copie de votre carte d’identité recto verso.",
        "clarification": "Pourriez-vous préciser les données sur lesquelles porte votre demande ?",
        "fee": "Cette communication donne lieu à des frais de 20 euros.",
        "extension": "Le délai de réponse est prolongé de deux mois, soit deux mois supplémentaires.",
        "refusal": "Nous ne pouvons donner suite à cette démarche.",
        "portal": "Nous vous invitons à remplir le formulaire disponible sur notre site.",
        "no-data": "Nous ne détenons à ce jour aucune donnée à caractère personnel vous concernant.",
        "answer": "Vous trouverez ci-joint l’ensemble des informations.",
    },
    "de": {
        "acknowledgement": "Sehr geehrte Frau Person, hiermit bestätigen wir Ihnen den Eingang Ihres Schreibens.",
        "identity-demand": "Bitte senden Sie uns eine Kopie Ihres Personalausweises zu.",
        "clarification": "Wir bitten Sie, Ihr Auskunftsersuchen näher zu präzisieren.",
        "fee": "Hierfür berechnen wir eine Bearbeitungsgebühr.",
        "extension": "Aufgrund der Vielzahl von Anträgen müssen wir die Frist um zwei Monate verlängern.",
        "refusal": "Ihr Antrag wird daher abgelehnt.",
        "portal": "Bitte nutzen Sie hierfür ausschließlich unser Kontaktformular.",
        "no-data": "Wir haben keine personenbezogenen Daten zu Ihrer Person gespeichert.",
        "answer": "Anbei erhalten Sie die gewünschte Auskunft.",
    },
    "es": {
        "acknowledgement": "Estimada señora: acusamos recibo de su escrito.",
        "identity-demand": "Le rogamos nos remita una copia de su DNI.",
        "clarification": "Le pedimos que especifique los datos a los que se refiere.",
        "fee": "Le informamos de que se aplicará un canon razonable.",
        "extension": "Dada la complejidad, el plazo se amplía en otros dos meses.",
        "refusal": "Lamentamos comunicarle que no podemos atender su solicitud.",
        "portal": "Debe presentar su petición a través de nuestro formulario web.",
        "no-data": "Le comunicamos que no tratamos ningún dato personal suyo.",
        "answer": "En respuesta a su solicitud, le facilitamos lo siguiente.",
    },
    "it": {
        "acknowledgement": "Gentile signora, confermiamo la ricezione della Sua comunicazione.",
        "identity-demand": "La preghiamo di inviarci copia di un documento in corso di validità.",
        "clarification": "La invitiamo a precisare la Sua richiesta.",
        "fee": "Per la copia è dovuto un contributo spese.",
        "extension": "Comunichiamo la proroga del termine di ulteriori due mesi.",
        "refusal": "Siamo spiacenti, ma non possiamo dare seguito a quanto chiesto.",
        "portal": "Le chiediamo di compilare il modulo presente sul sito.",
        "no-data": "Le confermiamo che non trattiamo alcun dato personale che La riguarda.",
        "answer": "In riscontro alla Sua richiesta, comunichiamo quanto segue.",
    },
    "nl": {
        "acknowledgement": "Geachte mevrouw, wij hebben uw verzoek in goede orde ontvangen.",
        "identity-demand": "Wij verzoeken u een kopie van uw paspoort toe te sturen.",
        "clarification": "Kunt u uw verzoek nader specificeren?",
        "fee": "Voor de behandeling vragen wij een redelijke vergoeding.",
        "extension": "Vanwege de complexiteit verlengen wij de termijn met twee maanden.",
        "refusal": "Uw verzoek wordt afgewezen.",
        "portal": "U kunt dit uitsluitend doen via ons formulier op de website.",
        "no-data": "Wij verwerken geen persoonlijke gegevens die tot u herleidbaar zijn.",
        "answer": "In antwoord op uw verzoek delen wij het volgende mee.",
    },
}
EACH = [(lang, kind, text) for lang, kinds in SENTENCES.items() for kind, text in kinds.items()]


@pytest.mark.parametrize(("lang", "kind", "text"), EACH, ids=[f"{lang}-{kind}" for lang, kind, _ in EACH])
def test_each_kind_is_seen_in_each_language_with_the_sentence_that_says_it(lang: str, kind: str, text: str) -> None:
    found = suggest(f"Good morning.\n\n{text}\n\nKind regards")
    assert [(one.kind, one.sentence, one.lang) for one in found] == [(kind, text, lang)]


def test_a_mail_that_says_two_things_suggests_both_in_their_order() -> None:
    mail = f"{SENTENCES['de']['acknowledgement']} {SENTENCES['de']['extension']}\n{SENTENCES['de']['identity-demand']}"
    assert [one.kind for one in suggest(mail)] == ["acknowledgement", "extension", "identity-demand"]


@pytest.mark.parametrize(
    "introduction",
    [
        "On Thu, 5 Mar 2026 at 10:00, Zoé Person <zoe@person.example> wrote:",
        "Le jeu. 5 mars 2026 à 10:00, Zoé Person <zoe@person.example> a écrit :",
        "Am Do., 5. März 2026 um 10:00 Uhr schrieb Zoé Person <zoe@person.example>:",
        "El jue, 5 mar 2026 a las 10:00, Zoé Person (<zoe@person.example>) escribió:",
        "Il giorno gio 5 mar 2026 alle ore 10:00 Zoé Person <zoe@person.example> ha scritto:",
        "Op do 5 mrt 2026 om 10:00 schreef Zoé Person <zoe@person.example>:",
        "-----Original Message-----",
    ],
)
def test_what_our_own_letter_says_is_not_what_they_say(introduction: str) -> None:
    quoted = "You may not ask for a copy of your passport; a refusal must state its reasons: we refuse to pay."
    assert suggest(f"Hello\n\n{introduction}\n{quoted}\n") == ()
    assert suggest(f"Hello\n\n> {quoted}\n> more\n") == ()


@pytest.mark.parametrize(
    "text",
    [
        "Our spring sale begins today: extended opening hours and no fees!",
        "Your parcel has been delivered to your neighbour.",
        "Votre facture du mois de mars est disponible.",
        "Ihr Paket wurde zugestellt. Vielen Dank für Ihren Einkauf.",
        "Le recordamos su cita del martes.",
        "",
        "\x00\ufffd" * 50,
    ],
)
def test_a_mail_about_something_else_suggests_nothing(text: str) -> None:
    assert suggest(text) == ()


def test_a_mail_of_a_million_characters_is_read_in_no_time_and_only_at_its_beginning() -> None:
    end = SENTENCES["en"]["refusal"]
    assert suggest("on " * 400_000 + end) == ()
    assert suggest("please " * 9 + end + " x" * 500_000)[0].kind == "refusal"


def test_the_quotation_ends_the_mail_but_not_a_sentence_about_writing() -> None:
    text = "On this subject our colleague wrote to you.\nWe decline to answer.\nOn Monday Zoé wrote:\nI decline to pay."
    assert own_words(text) == "On this subject our colleague wrote to you.\nWe decline to answer."
