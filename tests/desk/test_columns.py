"""Which column holds what: known by its name in six languages, or told."""

from __future__ import annotations

import pytest

from dsar.desk.columns import NoNameColumnError, TwoColumnsError, UnknownFieldError, mapping


@pytest.mark.parametrize(
    "heads",
    [
        ("Mitgliedsnummer", "Vorname", "Nachname", "E-Mail-Adresse", "Straße", "PLZ", "Ort", "Land"),
        ("Número de socio", "Nombre", "Apellidos", "Correo electrónico", "Calle", "Código postal", "Ciudad", "País"),
        ("N° adhérent", "Prénom", "Nom", "Courriel", "Rue", "Code postal", "Ville", "Pays"),
        ("Numero socio", "Nome", "Cognome", "Indirizzo e-mail", "Via", "CAP", "Città", "Paese"),
        ("Lidnummer", "Voornaam", "Achternaam", "E-mailadres", "Straat", "Postcode", "Woonplaats", "Land"),
        ("Member number", "First name", "Surname", "e-mail", "street", "zip code", "town", "country"),
    ],
)
def test_columns_are_known_by_their_names_in_six_languages(heads: tuple[str, ...]) -> None:
    found = dict(zip(heads, mapping("x", heads, {}, ()).fields, strict=True))
    wanted = ("first_name", "last_name", "email", "street", "postcode", "city", "country")
    assert tuple(found[head] for head in heads[1:]) == wanted


def test_what_is_told_goes_before_what_a_column_is_called() -> None:
    heads = ("Name", "Other", "id:customer-number", "id:shoe-size")
    made = mapping("x", heads, {"Other": "name", "1": "-"}, ("customer-number",))
    assert made.fields == ("", "name", "id:customer-number", "")
    assert made.left == ("Name", "id:shoe-size")
    with pytest.raises(UnknownFieldError, match="customer-number"):
        mapping("x", heads, {"Other": "shoe"}, ("customer-number",))
    with pytest.raises(TwoColumnsError, match="--map"):
        mapping("x", ("Name", "Full name"), {}, ())
    with pytest.raises(NoNameColumnError, match="E-Mail, X"):
        mapping("x", ("E-Mail", "X"), {}, ())
