"""A message that names a case in its text, or sends our letter back, finds that case among those of its sender."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dsar.desk import inbox, mailing

from .mails import came, case, mail, newest

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from dsar.desk.office import Desk


def bounce(subject: str, text: str, *, headers_only: bool) -> bytes:
    """A notice of non-delivery (RFC 3464) with what came back of a mail of ours, whose id it does not say."""
    ours = f"From: z@p.example\r\nTo: gone@rebond.example\r\nSubject: {subject}\r\n"
    lines = (
        "From: MAILER-DAEMON@mx.verein.example",
        "To: z@p.example",
        "Subject: Undelivered Mail Returned to Sender",
        "Date: Fri, 6 Mar 2026 10:00:00 +0100",
        "MIME-Version: 1.0",
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"',
        "",
        "--b",
        "Content-Type: text/plain",
        "",
        "Your message could not be delivered.",
        "--b",
        "Content-Type: message/delivery-status",
        "",
        "Reporting-MTA: dns; mx.verein.example",
        "",
        "Final-Recipient: rfc822; gone@rebond.example",
        "Action: failed",
        "",
        "--b",
        f"Content-Type: {'text/rfc822-headers' if headers_only else 'message/rfc822'}",
        "",
        ours if headers_only else f"{ours}\r\n{text}",
        "--b--",
        "",
    )
    return "\r\n".join(lines).encode()


def proposed(desk: Desk) -> list[tuple[str, str]]:
    return [(one.ref, one.reason) for one in desk.vault.mail.get(newest(desk)).proposals]


def test_the_case_that_the_text_names_comes_first_and_is_the_likely_one(desk: Desk, tmp_path: Path) -> None:
    refs = [case(desk, tmp_path, "cinq").case.ref for _ in range(5)]
    said = mail("<t1@z>", sender="privacy@cinq.example").replace(b"Text.", f"Ihr Zeichen {refs[3]}".encode())
    came(desk, tmp_path, said)
    assert proposed(desk)[0] == (refs[3], "text")
    assert {ref for ref, _ in proposed(desk)} == set(refs)
    assert inbox.likely(desk.vault.mail.get(newest(desk))) == refs[3]
    came(desk, tmp_path, mail("<t2@z>", sender="privacy@cinq.example"))
    assert len(proposed(desk)) == 5
    assert inbox.likely(desk.vault.mail.get(newest(desk))) == ""


def test_what_a_notice_of_non_delivery_sends_back_is_read(desk: Desk, tmp_path: Path) -> None:
    ref = case(desk, tmp_path, "rebond").case.ref
    for subject, text, headers_only in (
        (f"Access request ({ref})", "Dear all", True),
        ("Access request", f"Our reference: {ref}", False),
    ):
        found = came(desk, tmp_path, bounce(subject, text, headers_only=headers_only))
        assert (found.new, found.filed) == (1, 0)
        assert proposed(desk) == [(ref, "text")]
        assert desk.vault.mail.get(newest(desk)).arrival.bounce


def test_of_more_cases_than_are_proposed_the_number_is_said(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mailing, "MOST_PROPOSED", 3)
    monkeypatch.setattr(inbox, "MOST_PROPOSED", 3)
    for _ in range(5):
        case(desk, tmp_path, "beaucoup")
    came(desk, tmp_path, mail("<m1@z>", sender="privacy@beaucoup.example"))
    seen = inbox.look(desk, newest(desk))
    assert (len(seen.held.proposals), seen.candidates) == (3, 5)
