"""`dsar dossier --campaign` and `dsar complaint --campaign`, as somebody uses them who acts for several people."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from desk import many
from dsar.desk.office import Desk
from dsar.letters.find import roots
from dsar.vault.keys import KeyFileSlot
from dsar.vault.vault import Vault

if TYPE_CHECKING:
    from .office import Office

DAY = "2026-06-01"
NOW = "2026-06-01T12:00:00+02:00"
FACES = ("--campaign", "faces26")


@pytest.fixture
def coalition(office: Office) -> Office:
    """Two people in France, two in Italy whom nobody answered; one with a revoked mandate, one somewhere in Germany."""
    vault, _ = Vault.create(office.vault, KeyFileSlot(office.key), now=NOW)
    with vault, vault.transaction():
        desk = Desk(vault=vault, today=date(2026, 6, 1), now=NOW, by="worker-1", letters=roots())
        for n, country in ((1, "FR"), (2, "FR"), (3, "IT"), (4, "IT")):
            many.case(desk, n, many.NAMES[n - 1], country)
        many.case(desk, 6, "Gregor Gast", "DE")
        many.case(desk, 5, "Rita \x1b[31mRevoked", "FR", changes={"revoked_on": date(2026, 5, 1)})
    return office


def test_from_the_check_to_the_lodging(coalition: Office) -> None:
    office = coalition
    said = office.on(DAY, "dossier", *FACES, "--authority", "each", "--check", code=1)
    assert "Missing: the statutes of the body." in said.out
    assert "2 complainants, in it" in said.out
    assert "    dsar subject edit p6 --region CODE\n" in said.out
    assert "\x1b" not in said.all
    paper = Path("paper.pdf")
    paper.write_bytes(many.page("Statutes"))
    for kind in ("statutes", "register"):
        office.on(DAY, "mandate", "body", paper, "--as", kind)
    filed = office.json(DAY, "mandate", "body", paper, "--as", "report")
    assert filed["missing"] == []
    made = office.json(DAY, "dossier", *FACES, "--authority", "each", "--out", "out", "--split-by-person")
    assert {one["authority"]: one["cases"] for one in made["dossiers"]} == {
        "fr-cnil": ["2026-C0001", "2026-C0002"],
        "it-garante": ["2026-C0003", "2026-C0004"],
    }
    assert [(one["ref"], one["command"]) for one in made["left_out"]] == [
        ("2026-C0005", None),
        ("2026-C0006", "dsar subject edit p6 --region CODE"),
    ]
    assert "revoked on 2026-05-01" in made["left_out"][0]["why"]
    for one in made["dossiers"]:
        assert office.json(DAY, "verify", one["zip"])["ok"] is True
        assert [Path(copy["pdf"]).exists() for copy in one["copies"]] == [True, True]
        assert one["warnings"] == []
    lodge = ("complaint", *FACES, "--authority", "fr-cnil", "--on", "2026-06-02")
    office.on("2026-06-02", *lodge, code=2)
    assert office.json("2026-06-02", "--yes", *lodge)["cases"] == ["2026-C0001", "2026-C0002"]
    assert office.json("2026-06-02", "show", "2026-C0001")["state"]["who"] == "authority"
    assert office.json("2026-06-02", "show", "2026-C0003")["state"]["who"] == "us"
    office.on("2026-06-02", "--yes", *lodge, code=4)
    office.on("2026-06-02", "dossier", *FACES, "--authority", "fr-cnil", "--renumber", code=4)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("dossier", "--split-by-person"), 2),
        (("dossier", "2026-C0001", *FACES), 2),
        (("dossier", *FACES, "--authority", "fr-cnil", "--form"), 2),
        (("dossier", *FACES), 2),  # two authorities, and none chosen
        (("dossier", *FACES, "--authority", "xx-none"), 2),
        (("dossier", *FACES, "--authority", "at-dsb"), 4),
        (("dossier", "--campaign", "NONE99"), 3),
        (("dossier", *FACES, "--authority", "fr-cnil", "--for", "p3"), 3),
        (("complaint", *FACES, "--authority", "fr-cnil", "--on", "2026-06-01"), 4),
        (("complaint", "2026-C0001", *FACES, "--authority", "fr-cnil", "--on", "2026-06-01"), 2),
        (("mandate", "body", "paper.pdf", "--as", "brochure"), 2),
    ],
)
def test_what_cannot_be_is_one_sentence(coalition: Office, words: tuple[str, ...], code: int) -> None:
    Path("paper.pdf").write_bytes(many.page("Paper"))
    said = coalition.run("--as-of", DAY, "--yes", *words, code=code)
    assert said.err.strip().splitlines()[-1].startswith("dsar: ")
