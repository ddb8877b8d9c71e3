"""The register of the people an organisation acts for: what it keeps of each beside name and address, and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Enrolled:
    """What is kept of a data subject beside the record of the person; `subject` is the id of that record.

    `pseudonym` stands for the person wherever aggregates are published: it is drawn at random and says nothing.
    `external` is the organisation's own number for the person, by which an import knows them again. `purpose` is why
    this person asks, in their own words (C-526/24), `id_data` what their requests carry, as (kind, value). `staff`
    says that they work for the body that acts: an authority has held that against a complaint (APD/GBA 112/2024).
    `region` is where in their country they live, as ISO 3166-2 has it (`DE-BE`): there are countries in which it says
    which authority is theirs (BDSG § 40).
    `consent_on` is the day on which they agreed to the keeping of their data (Art. 6(1)(a), 7(1) GDPR), `keep_until`
    the day after which the organisation has no reason left to keep them. `group` brings people together, by the
    organisation's own names.
    """

    subject: str
    pseudonym: str
    external: str = ""
    purpose: str = ""
    id_data: tuple[tuple[str, str], ...] = ()
    groups: tuple[str, ...] = ()
    staff: bool = False
    consent_on: date | None = None
    keep_until: date | None = None
    enrolled_on: date | None = None
    region: str = ""
