"""A case that an earlier dsar recorded reads as it did: a record of a controller may have grown since."""

from __future__ import annotations

import json

from dsar.core.events import Opened
from dsar.core.parties import Controller
from dsar.vault import wire

# an entry as version 0.1.0 wrote it
CONTROLLER = {
    "id": "clearface",
    "name": "Clearface AI, Inc.",
    "address": {"lines": ["12 Hudson Street", "New York, NY 10013"], "country": "US"},
    "emails": ["privacy@clearface.example"],
    "brands": ["Clearface"],
    "form": "",
    "dpo": "",
    "representative": "",
    "established": False,
    "region": "",
    "sector": "face-search",
    "languages": ["en"],
    "identity_data": ["photo"],
    "habits": [],
    "source": "made up",
    "checked": True,
}
OPENED = {
    "kind": "opened",
    "on": "2026-03-05",
    "subject": {
        "id": "me",
        "name": "Nina Ferrand",
        "email": "nina@ferrand.example",
        "address": {"lines": ["3 rue des Lilas", "75020 Paris"], "country": "FR"},
        "language": "fr",
        "organisation": "",
        "commercial": False,
    },
    "controller": CONTROLLER,
    "mandate": None,
    "regime": "gdpr",
    "rights": ["access"],
    "language": "fr",
    "demands": [{"id": "confirmation", "right": "access", "text": ""}],
    "id_data": [["email", "nina@ferrand.example"]],
    "purpose": "",
}


def test_a_case_that_was_opened_before_the_record_grew_still_opens() -> None:
    event = wire.decode(json.dumps(OPENED), 1)
    assert isinstance(event, Opened)
    assert event.controller.emails == ("privacy@clearface.example",)
    assert (event.controller.website, event.controller.preferred, event.controller.retrieved_on) == ("", "", None)


def test_a_record_with_every_field_comes_back_as_it_was_written() -> None:
    plain = CONTROLLER | {
        "website": "https://clearface.example",
        "domains": ["clearface-search.example"],
        "phone": "+1 212 000 0000",
        "fax": "",
        "runs": ["Facefinder"],
        "serves": ["FR"],
        "preferred": "portal",
        "required_identity": ["photo"],
        "identity_notes": ["one face"],
        "id_document": False,
        "templates": [],
        "notes": ["a note"],
        "obsolete": "",
        "successor": "",
        "licence": "CC0-1.0",
        "retrieved_on": "2026-02-01",
    }
    record = wire.from_plain(plain, Controller)
    assert record.retrieved_on is not None
    assert json.loads(json.dumps(wire.to_plain(record))) == plain
