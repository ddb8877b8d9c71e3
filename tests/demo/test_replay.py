"""The replay as a stranger meets it: what it writes, that it says what it is, that it is the same each time."""

from __future__ import annotations

import email
import io
import re
import shutil
import subprocess
import tempfile
import zipfile
from email.header import decode_header, make_header
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

import pikepdf
import pytest

from dsar.demo import story
from dsar.demo.mails import HEADER
from dsar.demo.replay import DemoFolderError, replay
from dsar.letters.errors import NoLanguageError
from dsar.paper.dossier.verify import verify

if TYPE_CHECKING:
    from email.message import Message
    from pathlib import Path

    from .conftest import Shown

BANNERS = {
    "fr": "Reconstitution avec des parties fictives. Il ne s’agit pas d’une affaire réelle.",
    "en": "Reconstruction with fictitious parties. Not a real case.",
}
# Nine mails between people, an automatic reply, and the report of a mail server
MAILS = 11


def mails_of(shown: Shown) -> dict[str, Message]:
    found = {name: data for name, data in shown.files(".eml").items() if name.startswith("mails/")}
    return {name: email.message_from_bytes(data) for name, data in found.items()}


def marked(mail: Message) -> str:
    """What the header says, unfolded (RFC 5322, 2.2.3) and decoded."""
    return str(make_header(decode_header(re.sub(r"\r?\n(?=[ \t])", "", mail[HEADER]))))


def text_of(mail: Message) -> str:
    first = next(part for part in mail.walk() if part.get_content_type() == "text/plain")
    payload = first.get_payload(decode=True)
    assert isinstance(payload, bytes)
    return payload.decode()


def pages(data: bytes, folder: Path) -> list[str]:
    program = shutil.which("pdftotext")
    if program is None:
        pytest.skip("needs pdftotext (Debian: poppler-utils)")
    source = folder / "looked-at.pdf"
    source.write_bytes(data)
    done = subprocess.run([program, str(source), "-"], check=True, capture_output=True, text=True, encoding="utf-8")
    return [" ".join(page.split()) for page in done.stdout.split("\f")[:-1]]


def test_every_letter_lies_there_in_three_formats_and_the_result_names_each(shown: Shown) -> None:
    kinds = ("1-mandate", "2-access-erasure", "3-identity-reply", "4-reminder", "5-notice", "6-complaint")
    expected = {f"letters/{kind}.{form}" for kind in kinds for form in ("pdf", "txt", "eml")}
    assert {name for name in shown.files() if name.startswith("letters/")} == expected
    told = shown.result.as_json()
    assert {path.removeprefix(f"{shown.out.as_posix()}/") for path in told["letters"]} == expected
    assert told["case"] == "2020-7QX2M"
    assert all(shown.out.joinpath("dossier").glob(f"*{part}") for part in (".pdf", ".zip", ".json"))
    assert set(told["dossier"]) == {"pdf", "zip", "manifest"}


def test_every_page_that_belongs_to_the_reconstruction_says_so(shown: Shown, tmp_path: Path) -> None:
    papers = {name: data for name, data in shown.files(".pdf").items() if not name.startswith("published-facts")}
    assert len(papers) == 7
    for name, data in papers.items():
        found = pages(data, tmp_path)
        with pikepdf.open(io.BytesIO(data)) as pdf:
            assert len(found) == len(pdf.pages)
        silent = [number for number, page in enumerate(found, start=1) if BANNERS[shown.lang] not in page]
        assert (name, silent) == (name, [])


def test_the_published_facts_stand_apart_and_never_claim_to_be_the_reconstruction(shown: Shown, tmp_path: Path) -> None:
    for page in pages(shown.files()["published-facts.pdf"], tmp_path):
        assert BANNERS[shown.lang] not in page
    text = shown.files()["published-facts.md"].decode()
    assert "MED-2021-134" in text
    assert "20012263" in text
    assert "Clearface" not in text
    # each row has its source: date, text, source between bars
    rows = [line for line in text.splitlines() if line.startswith("| ") and not line.startswith("|:")]
    assert len(rows) >= 14
    assert all(len([cell for cell in row.strip("|").split("|") if cell.strip()]) == 3 for row in rows)


def test_every_mail_says_in_its_header_and_in_its_first_line_what_it_is(shown: Shown) -> None:
    found = mails_of(shown)
    assert len(found) == MAILS
    for name, mail in found.items():
        assert BANNERS[shown.lang] in marked(mail), name
        assert text_of(mail).splitlines()[0].startswith(BANNERS[shown.lang]), name


def test_every_draft_of_a_letter_says_so_too(shown: Shown) -> None:
    drafts = {name: data for name, data in shown.files(".eml", ".txt").items() if name.startswith("letters/")}
    assert len(drafts) == 12
    for name, data in drafts.items():
        if name.endswith(".eml"):
            mail = email.message_from_bytes(data)
            assert BANNERS[shown.lang] in marked(mail), name
        else:
            assert BANNERS[shown.lang] in " ".join(data.decode().split()), name


def test_no_address_in_it_is_anybodys(shown: Shown) -> None:
    addresses = re.compile(rb"[\w.+-]+@([\w-]+(?:\.[\w-]+)+)")
    for name, data in shown.files(".eml", ".txt", ".md").items():
        for domain in addresses.findall(data):
            assert domain.endswith(b".example"), (name, domain)


def test_each_mail_has_a_date_an_identity_and_answers_one_that_is_there(shown: Shown) -> None:
    found = mails_of(shown)
    dates = [parsedate_to_datetime(mail["Date"]) for _, mail in sorted(found.items())]
    assert dates == sorted(dates)
    assert all(day.utcoffset() is not None for day in dates)
    identities = [mail["Message-ID"] for mail in found.values()]
    assert len(set(identities)) == MAILS
    answered = [mail["In-Reply-To"] for mail in found.values() if mail["In-Reply-To"]]
    assert len(answered) == MAILS - 1
    assert set(answered) <= set(identities)


def test_the_weekday_of_each_mail_is_that_of_its_date(shown: Shown) -> None:
    for name, mail in mails_of(shown).items():
        assert mail["Date"].startswith(parsedate_to_datetime(mail["Date"]).strftime("%a, %d %b %Y")), name


def test_the_letters_are_attached_to_the_mails_as_they_were_issued(shown: Shown) -> None:
    wanted = {
        "mails/01-request.eml": {"2-access-erasure", "1-mandate"},
        "mails/05-identity-reply.eml": {"3-identity-reply", "1-mandate"},
        "mails/07-reminder.eml": {"4-reminder", "1-mandate"},
        "mails/09-formal-notice.eml": {"5-notice", "1-mandate"},
    }
    found, files = mails_of(shown), shown.files(".pdf")
    for name, letters in wanted.items():
        attached = {
            part.get_payload(decode=True) for part in found[name].walk() if part.get_filename("").endswith(".pdf")
        }
        assert attached == {files[f"letters/{letter}.pdf"] for letter in letters}, name


def test_the_mandate_is_filled_in_before_it_is_signed(shown: Shown, tmp_path: Path) -> None:
    text = " ".join(pages(shown.files()["letters/1-mandate.pdf"], tmp_path))
    assert "……" not in text
    assert {"fr": "Lyon, le 23 janvier 2020", "en": "Lyon, 23 January 2020"}[shown.lang] in text


def test_the_dossier_is_as_its_manifest_says(shown: Shown) -> None:
    found = verify(shown.result.zip)
    assert found.problems == ()
    assert found.ok


def test_the_zip_holds_the_mails_as_they_came_but_not_the_data_that_was_returned(shown: Shown) -> None:
    with zipfile.ZipFile(shown.result.zip) as archive:
        inside = {archive.read(name) for name in archive.namelist()}
    mails = {data for name, data in shown.files(".eml").items() if name.startswith("mails/")}
    left = mails - inside
    assert set(shown.files(".eml").values()) & inside == mails - left
    # the answer of 27 May 2020: its report shows another person
    assert [parsedate_to_datetime(email.message_from_bytes(data)["Date"]).date().isoformat() for data in left] == [
        "2020-05-27"
    ]


def test_a_second_run_gives_the_same_bytes(shown: Shown, tmp_path: Path) -> None:
    replay(tmp_path / "again", shown.lang)
    again = {
        path.relative_to(tmp_path / "again").as_posix(): path.read_bytes()
        for path in (tmp_path / "again").rglob("*")
        if path.is_file()
    }
    assert again == shown.files()


def test_nothing_is_left_outside_the_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    replay(tmp_path / "out", "fr")
    assert list(temporary.iterdir()) == []
    assert {path.name for path in tmp_path.iterdir()} == {"temporary", "out"}
    assert list((tmp_path / "out").rglob(".*")) == []


def test_a_failure_leaves_nothing_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    monkeypatch.setattr(story, "lodge", lambda _: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        replay(tmp_path / "out", "fr")
    assert [path.name for path in tmp_path.iterdir()] == ["temporary"]
    assert list(temporary.iterdir()) == []


def test_a_language_without_a_demo_is_refused_before_anything_is_made(tmp_path: Path) -> None:
    with pytest.raises(NoLanguageError) as refused:
        replay(tmp_path / "out", "xx")
    assert refused.value.code == 3
    assert not (tmp_path / "out").exists()


def test_a_folder_that_is_a_file_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("mine")
    with pytest.raises(DemoFolderError, match="--out") as refused:
        replay(tmp_path / "out", "en")
    assert refused.value.code == 5
    assert (tmp_path / "out").read_text() == "mine"
