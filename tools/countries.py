"""Write the table of country names that `dsar.directory.countries` reads, from Unicode's CLDR and ISO 3166.

Run it when a country has changed its name. It needs Babel and pycountry, which dsar itself does not:

    uv run --no-project --with babel --with pycountry --with-editable . python tools/countries.py

Names are written as the directory compares them (`dsar.directory.words.plain`): reading the table costs little then.
"""  # noqa: INP001 - a program, not a package

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

TABLE = Path(__file__).parent.parent / "src" / "dsar" / "directory" / "countries.txt"

# the languages of the EEA, and those in which foreign companies write their address; each country's own come on top
_LANGUAGES = (
    *("bg", "ca", "cs", "da", "de", "el", "en", "es", "et", "fi", "fr", "ga", "hr", "hu", "is", "it", "lb", "lt", "lv"),
    *("mt", "nl", "nn", "no", "pl", "pt", "ro", "ru", "sk", "sl", "sv", "tr", "uk"),
)

# what people write and neither source has; no inference: each is one place
_ALSO = {
    "AE": ("UAE",),
    "CZ": ("Czech Republic",),
    "GB": (
        "UK",
        "U.K.",
        "Great Britain",
        "England",
        "Scotland",
        "Wales",
        "Northern Ireland",
        "Grossbritannien",
        "Angleterre",
    ),
    "GR": ("EL",),
    "HK": ("Hong Kong SAR",),
    "NL": ("Holland", "The Netherlands"),
    "US": ("USA", "U.S.A.", "United States of America", "Vereinigte Staaten von Amerika"),
}
_HEAD = (
    "# Plain country names by ISO 3166-1 code, in the languages of the EEA and each country's own. tools/countries.py",
    "# made it from the Unicode CLDR (Unicode License v3, Babel {babel}) and Debian's iso-codes (pycountry {iso}).",
)


def names() -> dict[str, set[str]]:
    """Every way to write each country, by code; a name that two countries bear is left out."""
    import pycountry  # noqa: PLC0415 - only where the table is made
    from babel import Locale, UnknownLocaleError  # noqa: PLC0415 - as above
    from babel.languages import get_official_languages  # noqa: PLC0415 - as above

    from dsar.directory.words import plain  # noqa: PLC0415 - as above

    locales: dict[str, Any] = {}

    def territories(language: str) -> dict[str, str]:
        if language not in locales:
            try:
                locales[language] = Locale.parse(language).territories
            except UnknownLocaleError:
                locales[language] = {}
        return dict(locales[language])

    table: dict[str, set[str]] = {}
    for country in pycountry.countries:
        code = country.alpha_2
        own = get_official_languages(code, regional=True, de_facto=True)
        said = [country.name, getattr(country, "common_name", ""), getattr(country, "official_name", "")]
        said += [territories(language).get(code, "") for language in (*_LANGUAGES, *own)]
        said += [code, country.alpha_3, *_ALSO.get(code, ())]
        table[code] = {plain(name) for name in said if plain(name)}
    times = Counter(name for found in table.values() for name in found)
    return {code: {name for name in found if times[name] == 1} for code, found in table.items()}


def main() -> None:
    """Write the table."""
    import babel  # noqa: PLC0415 - only where the table is made
    import pycountry  # noqa: PLC0415 - as above

    head = [line.format(babel=babel.__version__, iso=pycountry.__version__) for line in _HEAD]
    rows = [f"{code}|{'|'.join(sorted(found))}" for code, found in sorted(names().items())]
    TABLE.write_text("\n".join([*head, *rows]) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
