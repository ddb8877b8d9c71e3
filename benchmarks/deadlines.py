"""10,000 deadlines in a fresh process, the law and the tables of holidays read on the way; prints the seconds it took.

With `floor`: the same tables from the library alone, and the same months added by dateutil, with no reason for a date.
"""

from __future__ import annotations

import sys
import time
from datetime import date, timedelta

COUNT = 10_000
COUNTRIES = ("FR", "DE", "IT", "ES", "PL", "IE", "SE", "AT", "NL", "BE")
FIRST = date(2026, 1, 1)


def requests() -> list[tuple[str, date]]:
    """Whose request was received when: each country in turn, on each of a thousand days."""
    return [(COUNTRIES[k % len(COUNTRIES)], FIRST + timedelta(days=k // len(COUNTRIES))) for k in range(COUNT)]


def deadlines() -> None:
    """Both readings of each deadline with all their steps; every other one safely with the holidays of all regions."""
    from dsar.core.deadlines import Calendars, answer_due  # noqa: PLC0415 - loading is part of what is measured
    from dsar.lawbook.calendars import calendar, every_region  # noqa: PLC0415 - as above
    from dsar.lawbook.load import law  # noqa: PLC0415 - as above

    book = law()
    known = {code: Calendars(strict=calendar(code), safe=calendar(code)) for code in COUNTRIES}
    unknown = {code: Calendars(strict=calendar(code), safe=every_region(code)) for code in COUNTRIES}
    for country, received in requests():
        places = unknown if received.toordinal() % 2 else known
        rules = book.regime("gdpr", received)
        if rules is None:
            raise LookupError(received)
        answer_due(rules, places[country], (received, received), ((), ()))


def floor() -> None:
    """What the two libraries need for it alone."""
    import holidays  # noqa: PLC0415 - as above
    from dateutil.relativedelta import relativedelta  # noqa: PLC0415 - as above

    regions = holidays.list_supported_countries(include_aliases=False)
    for country in COUNTRIES:
        for region in ("", *regions[country]):
            holidays.country_holidays(country, subdiv=region or None, years=range(2026, 2030))
    month = relativedelta(months=1)
    for _, received in requests():
        received + month


if __name__ == "__main__":
    start = time.perf_counter()
    floor() if sys.argv[1:] == ["floor"] else deadlines()
    sys.stdout.write(f"{time.perf_counter() - start}\n")
