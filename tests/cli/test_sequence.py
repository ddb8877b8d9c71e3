"""The ordeal by hand, as in the issue that asked for it: for somebody else and for oneself, in French and in English.

Under mandate against a company in the United States (no establishment in the Union; Ana's principal lives in France):

    6 January   letter sent             12 January     slip: received. + 1 month = Thursday 12 February
    19 January  they ask for a passport 22 January     photo given, passport refused: no safe date until judged
    20 February judged unjustified      20 February    notice of 8 days, registered and by e-mail
    20 February e-mail, no proof        + 8 = Saturday 28 February, so Monday 2 March: the strict end
    2 March     slip: received          + 8 = Tuesday 10 March: the safe end
    20 April    they answer             23 April       complaint; + 3 months = Thursday 23 July

For oneself against a company in France:

    3 March     letter sent             6 March        slip: received. + 1 month = Easter Monday: Tuesday 7 April
    10 March    they ask for a passport 12 March       photo given, passport refused
    15 April    judged unjustified      15 April       notice of 8 days, registered and by e-mail
    15 April    e-mail, no proof        + 8 = Thursday 23 April: the strict end
    24 April    slip: received          + 8 = Saturday 2 May, so Monday 4 May: the safe end
    11 May      they answer             13 May         complaint; + 3 months = Thursday 13 August
"""

from __future__ import annotations

import sys
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

from .papers import mail, pdf, text_of

if TYPE_CHECKING:
    from pathlib import Path

    from .office import Office


@dataclass(frozen=True)
class Story:
    """The days of a case as the docstring of this file tells them."""

    whose: str
    drafted: str
    sent: str
    arrived: str
    due: str
    asked: tuple[str, str]
    gave: str
    judged: str
    notice: tuple[str, str]
    slip: str
    answered: tuple[str, str]
    complained: str
    news: str
    late: str
    after_notice: str
    demands: int


AGENT = Story(
    whose="zoe",
    drafted="2026-01-05",
    sent="2026-01-06",
    arrived="2026-01-12",
    due="2026-02-12",
    asked=("2026-01-19", "Mon, 19 Jan 2026 10:00:00 -0500"),
    gave="2026-01-22",
    judged="2026-02-20",
    notice=("2026-03-02", "2026-03-10"),
    slip="2026-03-02",
    answered=("2026-04-20", "Mon, 20 Apr 2026 10:00:00 -0400"),
    complained="2026-04-23",
    news="2026-07-23",
    late="2026-02-13",
    after_notice="2026-03-11",
    demands=18,
)
MYSELF = Story(
    whose="me",
    drafted="2026-03-02",
    sent="2026-03-03",
    arrived="2026-03-06",
    due="2026-04-07",
    asked=("2026-03-10", "Tue, 10 Mar 2026 09:00:00 +0100"),
    gave="2026-03-12",
    judged="2026-04-15",
    notice=("2026-04-23", "2026-05-04"),
    slip="2026-04-24",
    answered=("2026-05-11", "Mon, 11 May 2026 09:00:00 +0200"),
    complained="2026-05-13",
    news="2026-08-13",
    late="2026-04-08",
    after_notice="2026-05-05",
    demands=14,
)
EDITOR = """
import sys
from pathlib import Path
path = Path(sys.argv[1])
path.write_text(path.read_text(encoding="utf-8") + "\\nA sentence of my own: crocodile.\\n", encoding="utf-8")
"""


def deadline(office: Office, day: str, name: str, command: str = "why") -> dict[str, Any]:
    rows = [row for row in office.json(day, command)["deadlines"] if row["id"] == name]
    assert len(rows) == 1
    return dict(rows[0])


def turn(office: Office, day: str) -> str:
    """Who must act: as the case says and as the list says."""
    shown, (listed,) = office.json(day, "show")["state"], office.json(day, "agenda")
    assert shown["who"] == listed["who"]
    assert shown["outcome"] == listed["outcome"] == "open"
    return str(shown["who"])


def readings(row: dict[str, Any]) -> tuple[str | None, str | None, str | None]:
    return row["strict"], row["safe"], row["met"]


def under_mandate(office: Office, story: Story, lang: str, papers: Path) -> None:
    day, signed = story.drafted, papers / "signed.pdf"
    office.init(day, language=lang, more=("--organisation", "Asso Exemple"))
    address = ("--address", "3 rue des Lilas", "--address", "75020 Paris", "--country", "FR")
    office.on(day, "subject", "add", "--name", "Zoé", "--email", "zoe@person.example", *address)
    against = ("--controller", "Clearview AI", "--processing", "face search", "--grievance", "2026-01-02")
    office.on(day, "request", "Clearview AI", "--for", "zoe", code=4)
    office.on(day, "mandate", "new", "--for", "zoe", *against, "--may-receive-data", "--out", papers / "mandate.pdf")
    (drafted,) = office.json(day, "mandate", "list")
    both = ("--right", "access", "--right", "erasure")
    mandate = ("--for", "zoe", "--mandate", drafted["id"])
    office.on(day, "request", "Clearview AI", *both, *mandate, code=4)
    signed.write_bytes((papers / "mandate.pdf").read_bytes() + b"\n% signed\n")
    office.on(day, "mandate", "signed", drafted["id"], signed, "--on", day)
    known = ("--id-data", "email=zoe@person.example", "--id-data", "photo=portrait.jpg")
    office.on(day, "request", "Clearview AI", *both, *mandate, *known)


def for_oneself(office: Office, story: Story, lang: str, papers: Path) -> None:
    assert papers.is_dir()
    day = story.drafted
    office.init(day, language=lang)
    where = ("--email", "dpo@miroir.example", "--address", "5 rue Neuve", "--address", "69001 Lyon", "--country", "FR")
    known = ("--id-data", "email=ana@ngo.example", "--id-data", "photo=portrait.jpg")
    both = ("--right", "access", "--right", "erasure")
    office.on(day, "request", "--name", "Miroir SAS", *where, *both, *known)


@dataclass
class Play:
    """A story being played, act by act; `issued` are the PDFs that were written when a letter was issued."""

    office: Office
    story: Story
    lang: str
    folder: Path
    issued: dict[str, bytes]

    def letter(self, day: str, kind: str, *more: str) -> str:
        """Issue a letter; its text as it is printed."""
        path = self.folder / f"{kind}-issued.pdf"
        self.office.on(day, "letter", kind, "--issue", "--out", path, *more)
        self.issued[kind] = path.read_bytes()
        return text_of(self.issued[kind])

    def paper(self, name: str, data: bytes) -> Path:
        path = self.folder / name
        path.write_bytes(data)
        return path

    def reply(self, day: str, command: str = "why") -> tuple[str | None, str | None, str | None]:
        return readings(deadline(self.office, day, "reply", command))

    def the_request(self, editor: str, monkeypatch: pytest.MonkeyPatch) -> None:
        """Read, edited, issued, sent, arrived: the term runs."""
        office, story = self.office, self.story
        (under_mandate if story is AGENT else for_oneself)(office, story, self.lang, self.folder)
        read = office.on(story.drafted, "letter", "access-erasure")
        assert ("RGPD" if self.lang == "fr" else "GDPR") in read.out
        assert turn(office, story.drafted) == "us"
        monkeypatch.setenv("EDITOR", editor)
        assert "crocodile" in office.on(story.drafted, "letter", "access-erasure", "--edit").out
        assert "crocodile" in self.letter(story.sent, "access-erasure")
        slip = self.paper("sent.pdf", pdf("Slip", "sent"))
        office.on(story.sent, "sent", "--on", story.sent, "--via", "registered", "--proof", slip)
        assert turn(office, story.sent) == "us"  # its arrival is to be recorded: no term runs before
        assert self.reply(story.sent) == (None, None, None)
        slip = self.paper("arrived.pdf", pdf("Slip", "arrived"))
        office.on(story.arrived, "delivered", "--on", story.arrived, "--proof", slip)
        assert self.reply(story.arrived) == (story.due, story.due, None)
        assert turn(office, story.arrived) == "controller"

    def the_demand(self) -> None:
        """They ask for a passport; a photo is given, the passport refused, and they are told why."""
        office, story = self.office, self.story
        asked = mail(story.asked[1], "Please send a copy of your passport.", attached=pdf("Our form"))
        items = ("--item", "passport", "--item", "photo")
        path = self.paper("reply.eml", asked)
        office.on(story.asked[0], "received", path, "--as", "identity-demand", *items)
        assert self.reply(story.asked[0]) == (story.due, None, None)
        assert turn(office, story.asked[0]) == "us"
        office.on(story.gave, "identity", "--gave", "photo", "--refused", "passport", "--on", story.gave)
        assert turn(office, story.gave) == "controller"
        self.letter(story.gave, "identity-reply")
        office.on(story.gave, "sent", "--on", story.gave, "--via", "email")
        assert self.reply(story.judged) == (story.due, None, None)

    def the_notice(self) -> None:
        """Nothing comes: no notice before the demand is judged, then a notice by two ways."""
        office, story, day = self.office, self.story, self.story.judged
        office.on(day, "letter", "notice", code=4)
        assert office.json(day, "next")["next"][0]["id"] == "judge"
        office.on(day, "identity", "--judge", "unjustified", "--because", "They had a photo and the address.")
        assert self.reply(day) == (story.due, story.due, None)
        found = {row["id"]: row["since"] for row in office.json(day, "show")["breaches"]}
        assert found == {"identity-excessive": story.asked[0], "no-answer": story.late}
        text = self.letter(day, "notice", "--days", "8")
        assert ("8 jours" if self.lang == "fr" else "8 days") in text
        slip = self.paper("notice.pdf", pdf("Slip", "notice"))
        office.on(day, "sent", "--via", "registered", "--on", day, "--proof", slip)
        copy = self.paper("sent.eml", mail("Fri, 20 Feb 2026 10:00:00 +0100", "the notice", number=3))
        office.on(day, "sent", "--via", "email", "--on", day, "--proof", copy)
        office.on(day, "delivered", "--on", day)
        slip = self.paper("returned.pdf", pdf("Slip", "returned"))
        office.on(story.slip, "delivered", "--sending", "13", "--on", story.slip, "--proof", slip)
        assert readings(deadline(office, story.slip, "notice")) == (*story.notice, None)
        assert turn(office, story.notice[1]) == "controller"
        assert turn(office, story.after_notice) == "us"

    def the_answer(self) -> None:
        """They answer, late and badly; it is read item by item."""
        office, story, day = self.office, self.story, self.story.complained
        path = self.paper("answer.eml", mail(story.answered[1], "See our policy.", number=2, attached=pdf("Photos")))
        office.on(story.answered[0], "received", path, "--as", "answer")
        assert self.reply(story.answered[0]) == (story.due, story.due, story.answered[0])
        assert turn(office, story.answered[0]) == "us"
        told = ("--note", "purposes=They point to their policy", "--fault", "no-legal-basis")
        statuses = ("--rest", "missing", "--set", "copy=generic", "--set", "purposes=pointed", "--set", "rights=given")
        office.on(day, "review", *statuses, *told, "--fault", "third-party-data=A photo of another person")
        shown = office.json(day, "show")
        assert {row["id"]: row["since"] for row in shown["breaches"]} == {
            "identity-excessive": story.asked[0],
            "late-answer": story.late,
            "incomplete-answer": story.answered[0],
            "no-legal-basis": story.answered[0],
            "third-party-data": story.answered[0],
        }
        demands = {row["id"]: row["status"] for row in shown["demands"]}
        assert [row["n"] for row in shown["demands"]] == list(range(1, story.demands + 1))
        assert (demands.pop("copy"), demands.pop("purposes"), demands.pop("rights")) == ("generic", "pointed", "given")
        assert set(demands.values()) == {"missing"}

    def the_complaint(self) -> None:
        """The complaint is lodged, and the log holds every entry in the name of who wrote it."""
        office, story, day = self.office, self.story, self.story.complained
        self.letter(day, "complaint", "--authority", "fr-cnil")
        office.on(day, "complaint", "--authority", "fr-cnil", "--on", day, "--ref", "123")
        assert readings(deadline(office, day, "art-78-2", "show")) == (story.news, story.news, None)
        assert turn(office, day) == "authority"
        events = office.json(day, "show")["events"]
        assert {event["by"] for event in events} == {"worker-1"}
        assert sorted(event["n"] for event in events) == list(range(1, 22))

    def the_dossier(self) -> None:
        """The originals in the ZIP are the very bytes that went out and came in, and `dsar verify` says so."""
        office, day, out = self.office, self.story.complained, self.folder / "out"
        office.on(day, "dossier", "--with-returned-data", "--out", out)
        (made,) = out.glob("*.zip")
        office.on(day, "verify", made)
        with zipfile.ZipFile(made) as archive:
            originals = {name: archive.read(name) for name in archive.namelist() if name.startswith("originals/")}
            text = text_of(archive.read(f"{made.stem}.pdf"))
        assert "They point to their policy" in text
        for kind in ("access-erasure", "identity-reply", "notice"):
            assert self.issued[kind] in originals.values(), kind
        for name in ("sent.pdf", "arrived.pdf", "reply.eml", "notice.pdf", "sent.eml", "returned.pdf", "answer.eml"):
            same = [one for one, data in originals.items() if data == (self.folder / name).read_bytes()]
            assert len(same) == 1, name
            assert same[0].endswith(name[-4:])
        damaged = out / "damaged.zip"
        with zipfile.ZipFile(made) as archive, zipfile.ZipFile(damaged, "w") as copy:
            for name in archive.namelist():
                copy.writestr(name, archive.read(name) + (b" " if name.endswith(".eml") else b""))
        assert office.json(day, "verify", damaged, code=1)["ok"] is False
        assert office.json(day, "vault", "verify") == {"ok": True, "complete": True, "problems": []}


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("story", [AGENT, MYSELF], ids=["under-mandate", "for-oneself"])
def test_the_sequence_by_hand(
    story: Story, lang: str, office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    papers = tmp_path / "papers"
    papers.mkdir()
    (tmp_path / "editor.py").write_text(EDITOR, encoding="utf-8")
    play = Play(office, story, lang, papers, {})
    play.the_request(f"{sys.executable} {tmp_path / 'editor.py'}", monkeypatch)
    assert list((tmp_path / "temp").iterdir()) == []
    play.the_demand()
    play.the_notice()
    play.the_answer()
    play.the_complaint()
    play.the_dossier()
