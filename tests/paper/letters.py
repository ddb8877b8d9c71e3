"""Letters for the tests: made-up parties, and words whose place on paper is known."""

# ruff: noqa: RUF001 - the Greek and Cyrillic letters are meant
from __future__ import annotations

from datetime import date

from dsar.core.letter import Letter

FRENCH = Letter(
    kind="notice",
    lang="fr",
    title="Mise en demeure",
    subject="Mise en demeure de satisfaire à la demande d’accès du 5 janvier 2026",
    body="""\
Madame, Monsieur,

Agissant pour **Mme Éléonore Łukasiewicz-Őry** (ŁódźŐΑθήναСофия), nous vous demandons :

1. la confirmation que des données la concernant sont ou ne sont pas traitées ;
2. les finalités du traitement ;
3. les destinataires :
   - établis dans l’Union ;
   - établis dans un pays tiers ;
4. une copie des données.

## Chronologie

| Date | Événement | Délai |
|------|-----------|------:|
| 5 janvier 2026 | Demande envoyée | |
| 6 février 2026 | Délai expiré | 31 jours |

> Please provide a copy of a passport.

Voir [les lignes directrices](https://edpb.example/lignes) et <https://agent.example/nu>.

Nous vous prions d’agréer, Madame, Monsieur, nos salutations distinguées.
""",
    sender=("Cabinet Aubépine", "12, rue des Églantiers", "75011 Paris"),
    recipient=(
        "Clearface AI, Inc.",
        "Data Protection Officer",
        "214 W 29th Street",
        "New York, NY 10001",
        "États-Unis",
    ),
    sender_email="dossiers@agent.example",
    recipient_email="privacy@clearface.example",
    on=date(2026, 4, 2),
    place_date="Paris, le 2 avril 2026",
    refs=(("Notre référence", "2026-7QX2M"), ("Votre référence", "CF-88")),
    via="Par lettre recommandée et par courriel",
    signature=("Jeanne Martin", "Présidente"),
    enclosures=("Mandat du 2 janvier 2026", "Copie de la demande"),
    labels=(("subject", "Objet"), ("enclosures", "Pièces jointes"), ("page", "Page {n} / {total}")),
)
LONG_NAME = "Wolfeschlegelstein" * 22 + "hausn"  # 401 letters without a place to break
HOSTILE = "{{ 7*7 }} [bold] #typst $& `x` \\u0041 *a* \x1b[31m \u202egpj.exe"
