"""The public holidays of 2026 and 2027 that fall on a weekday, written down by hand from the law of each place.

Weekends never count anyway. The fixed days stand first, the moving ones are told from Easter: Sunday 5 April 2026 and
Sunday 28 March 2027; in the Orthodox churches Sunday 12 April 2026 and Sunday 2 May 2027.
"""

from __future__ import annotations

from datetime import date, timedelta

EASTER = {2026: date(2026, 4, 5), 2027: date(2027, 3, 28)}
ORTHODOX = {2026: date(2026, 4, 12), 2027: date(2027, 5, 2)}
MOVING = {
    "maundy": -3,
    "friday": -2,
    "monday": 1,
    "ascension": 39,
    "whit": 50,
    "corpus": 60,
}
MOVING_ORTHODOX = {"o-clean": -48, "o-friday": -2, "o-monday": 1, "o-whit": 50}

# a place: the days of every year ("05-01", "friday"); then those of one year only ("2026-04-23")
PLACES: dict[tuple[str, str], str] = {
    # Feiertagsruhegesetz, section 1
    ("AT", ""): "01-01 01-06 monday 05-01 ascension whit corpus 08-15 10-26 11-01 12-08 12-25 12-26",
    # Loi du 4 janvier 1974 and its royal decree
    ("BE", ""): "01-01 monday 05-01 ascension whit 07-21 08-15 11-01 11-11 12-25",
    ("CZ", ""): "01-01 friday monday 05-01 05-08 07-05 07-06 09-28 10-28 11-17 12-24 12-25 12-26",
    # Store bededag is a working day since 2024
    ("DK", ""): "01-01 maundy friday monday ascension whit 12-25 12-26",
    ("EE", ""): "01-01 02-24 friday 05-01 06-23 06-24 08-20 12-24 12-25 12-26",
    # Estatuto de los Trabajadores, art. 37.2: what no region replaces; 6 January is kept by all of them
    ("ES", ""): "01-01 01-06 friday 05-01 08-15 10-12 11-01 12-06 12-08 12-25",
    # Code du travail, art. L3133-1; in Alsace and Moselle L3134-13 too
    ("FR", ""): "01-01 monday 05-01 05-08 ascension whit 07-14 08-15 11-01 11-11 12-25",
    ("FR", "57"): "01-01 friday monday 05-01 05-08 ascension whit 07-14 08-15 11-01 11-11 12-25 12-26",
    ("FR", "67"): "01-01 friday monday 05-01 05-08 ascension whit 07-14 08-15 11-01 11-11 12-25 12-26",
    ("FR", "68"): "01-01 friday monday 05-01 05-08 ascension whit 07-14 08-15 11-01 11-11 12-25 12-26",
    ("HR", ""): "01-01 01-06 monday 05-01 05-30 corpus 06-22 08-05 08-15 11-01 11-18 12-25 12-26",
    # St Brigid's Day: the first Monday of February; the Mondays of May, June, August; the last one of October
    ("IE", ""): (
        "01-01 03-17 monday 12-25 12-26 "
        "2026-02-02 2026-05-04 2026-06-01 2026-08-03 2026-10-26 "
        "2027-02-01 2027-05-03 2027-06-07 2027-08-02 2027-10-25"
    ),
    # the first day of summer: the Thursday after 18 April; the Monday of the merchants: the first of August
    ("IS", ""): (
        "01-01 maundy friday monday 05-01 ascension whit 06-17 12-25 12-26 2026-04-23 2026-08-03 2027-04-22 2027-08-02"
    ),
    # 4 October is a holiday again since 2026 (legge 151/2025), a Sunday in that year
    ("IT", ""): "01-01 01-06 monday 04-25 05-01 06-02 08-15 10-04 11-01 12-08 12-25 12-26",
    ("LT", ""): "01-01 02-16 03-11 monday 05-01 06-24 07-06 08-15 11-01 11-02 12-24 12-25 12-26",
    # Code du travail, art. L.232-2; 9 May falls on a weekend in both years
    ("LU", ""): "01-01 monday 05-01 05-09 ascension whit 06-23 08-15 11-01 12-25 12-26",
    ("MT", ""): "01-01 02-10 03-19 03-31 friday 05-01 06-07 06-29 08-15 09-08 09-21 12-08 12-13 12-25",
    # 5 May is a day off for all in 2025 and 2030, not between
    ("NL", ""): "01-01 friday monday 04-27 ascension whit 12-25 12-26",
    ("NO", ""): "01-01 maundy friday monday 05-01 05-17 ascension whit 12-25 12-26",
    # ustawa o dniach wolnych od pracy, with 24 December since 2025
    ("PL", ""): "01-01 01-06 monday 05-01 05-03 corpus 08-15 11-01 11-11 12-24 12-25 12-26",
    # Código do Trabalho, art. 234
    ("PT", ""): "01-01 friday 04-25 05-01 corpus 06-10 08-15 10-05 11-01 12-01 12-08 12-25",
    # Codul muncii, art. 139
    ("RO", ""): ("01-01 01-02 01-06 01-07 01-24 o-friday o-monday 05-01 06-01 o-whit 08-15 11-30 12-01 12-25 12-26"),
    ("CY", ""): ("01-01 01-06 o-clean 03-25 04-01 o-friday o-monday 05-01 o-whit 08-15 10-01 10-28 12-25 12-26"),
    # lag (1989:253): Midsummer Day is a Saturday, Midsummer Eve is free in fact and not by law
    ("SE", ""): "01-01 01-06 friday monday 05-01 ascension 06-06 12-25 12-26",
    ("SI", ""): "01-01 01-02 02-08 monday 04-27 05-01 05-02 06-25 08-15 10-31 11-01 12-25 12-26",
    # early May, spring and summer: the first and the last Monday of May, the last one of August (Scotland: the first)
    # a holiday on a weekend moves to the Monday or Tuesday after it
    ("GB", "ENG"): (
        "01-01 friday monday 12-25 2026-05-04 2026-05-25 2026-08-31 2026-12-28 "
        "2027-05-03 2027-05-31 2027-08-30 2027-12-27 2027-12-28"
    ),
    ("GB", "NIR"): (
        "01-01 03-17 friday monday 12-25 2026-05-04 2026-05-25 2026-07-13 2026-08-31 2026-12-28 "
        "2027-05-03 2027-05-31 2027-07-12 2027-08-30 2027-12-27 2027-12-28"
    ),
    ("GB", "SCT"): (
        "01-01 01-02 friday 11-30 12-25 2026-05-04 2026-05-25 2026-08-03 2026-12-28 "
        "2027-01-04 2027-05-03 2027-05-31 2027-08-02 2027-12-27 2027-12-28"
    ),
    # Ruhetags- und Ladenöffnungsgesetz; 2 January is none in the canton
    ("CH", "ZH"): "01-01 friday monday 05-01 ascension whit 08-01 12-25 12-26",
    ("CH", "BE"): "01-01 01-02 friday monday ascension whit 08-01 12-25 12-26",
    # Jeûne genevois: the Thursday after the first Sunday of September
    ("CH", "GE"): "01-01 friday monday ascension whit 08-01 12-25 12-31 2026-09-10 2027-09-09",
    # the Monday after the third Sunday of September
    ("CH", "VD"): "01-01 01-02 friday monday ascension whit 08-01 12-25 2026-09-21 2027-09-20",
    # Good Friday is a working day in Ticino
    ("CH", "TI"): "01-01 01-06 03-19 monday 05-01 ascension whit corpus 06-29 08-01 08-15 11-01 12-08 12-25 12-26",
    # Greece: the Monday of the Holy Spirit is a holiday of the State
    ("GR", ""): "01-01 01-06 o-clean 03-25 o-friday o-monday 05-01 o-whit 08-15 10-28 12-25 12-26",
}

GERMANY = "01-01 friday monday 05-01 ascension whit 10-03 12-25 12-26"
# Repentance Day, in Saxony: the Wednesday before 23 November
LAENDER = {
    "": "",
    "BW": "01-06 corpus 11-01",
    "BY": "01-06 corpus 11-01",
    "BE": "03-08",
    "BB": "10-31",
    "HB": "10-31",
    "HH": "10-31",
    "HE": "corpus",
    "MV": "03-08 10-31",
    "NI": "10-31",
    "NW": "corpus 11-01",
    "RP": "corpus 11-01",
    "SL": "corpus 08-15 11-01",
    "SN": "10-31 2026-11-18 2027-11-17",
    "ST": "01-06 10-31",
    "SH": "10-31",
    "TH": "09-20 10-31",
}
PLACES |= {("DE", region): f"{GERMANY} {more}" for region, more in LAENDER.items()}

# what depends on a decree that was not read: left out of the comparison
DECREED = {
    # a bank holiday for the World Cup
    ("GB", "SCT"): {date(2026, 6, 15)},
    # 1 May 2027 is Holy Saturday: another day may be decreed
    ("GR", ""): {date(2027, 5, 4)},
}


def weekdays(place: tuple[str, str], year: int) -> set[date]:
    """The holidays of a place and a year that are neither a Saturday nor a Sunday."""
    days = {day for word in PLACES[place].split() if (day := _day(word, year)) is not None}
    return {day for day in days if day.isoweekday() <= 5}


def _day(word: str, year: int) -> date | None:
    if word in MOVING:
        return EASTER[year] + timedelta(days=MOVING[word])
    if word in MOVING_ORTHODOX:
        return ORTHODOX[year] + timedelta(days=MOVING_ORTHODOX[word])
    if len(word) > len("05-01"):
        day = date.fromisoformat(word)
        return day if day.year == year else None
    return date.fromisoformat(f"{year}-{word}")
