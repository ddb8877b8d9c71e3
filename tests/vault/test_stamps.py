"""Timestamps: asked of a real authority on loopback, checked by our code and by openssl's own."""

from __future__ import annotations

import shutil
import subprocess
import sys
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from dsar.desk import stamping
from dsar.desk.office import Desk
from dsar.errors import InputError, MissingProgramError, NetworkError, UsageError
from dsar.letters.find import roots
from dsar.vault import tsa
from servers.timestamps import authority

from .facts import LATER, NOW, REF, WORKER, noted, opened

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from servers.timestamps import Authority

    from .room import Room

pytestmark = pytest.mark.skipif(shutil.which("openssl") is None, reason="needs openssl")
pytest.importorskip("rfc3161_client", reason="needs the extra dsar[timestamp]")


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Authority]:
    with authority(tmp_path_factory.mktemp("tsa")) as it:
        yield it


@pytest.fixture
def tsa_there(running: Authority) -> Authority:
    running.change = lambda reply: (200, reply)
    return running


@pytest.fixture
def desk(room: Room) -> Desk:
    room.vault.append(REF, [opened(), noted("one")], expect=0, now=NOW, by=WORKER)
    return Desk(vault=room.vault, today=date(2026, 3, 9), now=LATER, by=WORKER, letters=roots())


def test_a_stamped_case_is_confirmed_without_a_network_and_up_to_the_root(desk: Desk, tsa_there: Authority) -> None:
    made = stamping.stamp_case(desk, REF, tsa_there.url)
    assert (made.ref, made.n, made.what) == (REF, 2, "case")
    (plain,) = stamping.verify(desk, REF, None)
    (rooted,) = stamping.verify(desk, REF, tsa_there.root)
    assert (plain.problems, plain.trusted, rooted.problems, rooted.trusted) == ((), False, (), True)
    assert "Test authority" in plain.said.signer
    assert plain.said.policy == "1.2.3.4.1"
    assert stamping.stamps_of(desk, REF) == (made,)


def test_openssl_itself_confirms_what_was_kept(desk: Desk, tsa_there: Authority, tmp_path: Path) -> None:
    made = stamping.stamp_case(desk, REF, tsa_there.url)
    (tmp_path / "t.tsr").write_bytes(made.reply)
    (tmp_path / "t.json").write_text(made.statement)
    command = [
        "openssl",
        "ts",
        "-verify",
        "-data",
        tmp_path / "t.json",
        "-in",
        tmp_path / "t.tsr",
        "-CAfile",
        tsa_there.root,
    ]
    done = subprocess.run([str(one) for one in command], capture_output=True, text=True, check=False)
    assert "Verification: OK" in done.stdout + done.stderr
    ((last,),) = [[entry] for entry in [desk.vault.status().head]]
    assert last not in made.statement  # the case's own hash, not that of the chain over all


def test_only_a_hash_leaves(desk: Desk, tsa_there: Authority) -> None:
    made = stamping.stamp_case(desk, REF, tsa_there.url)
    assert bytes.fromhex(made.sha256) in tsa_there.asked[-1]
    assert REF.encode() not in tsa_there.asked[-1]
    assert len(tsa_there.asked[-1]) < 100


def test_a_history_written_anew_is_found_by_its_timestamp(desk: Desk, room: Room, tsa_there: Authority) -> None:
    stamping.stamp_case(desk, REF, tsa_there.url)
    room.tamper("entry_no_update", "UPDATE entry SET hash = prev WHERE n = 2")
    (found,) = stamping.verify(desk, REF, tsa_there.root)
    assert found.problems == ("the log no longer holds what was stamped",)


def test_a_case_that_went_on_still_holds_what_was_stamped(desk: Desk, room: Room, tsa_there: Authority) -> None:
    stamping.stamp_case(desk, REF, tsa_there.url)
    stamping.stamp_vault(desk, "")
    room.vault.append(REF, [noted("two")], expect=2, now=LATER, by=WORKER)
    assert [one.problems for one in stamping.verify(desk, None, tsa_there.root)] == [(), ()]


def test_a_file_is_stamped_and_a_changed_one_is_not_confirmed(desk: Desk, tsa_there: Authority, tmp_path: Path) -> None:
    manifest, reply = tmp_path / "manifest.json", tmp_path / "m.tsr"
    manifest.write_text("{}")
    made = stamping.stamp_file(desk, manifest, REF, tsa_there.url)
    reply.write_bytes(made.reply)
    assert (made.what, made.name, made.ref) == ("file", "manifest.json", REF)
    assert stamping.verify_file(manifest, reply, tsa_there.root)[1] == ()
    manifest.write_text("{ }")
    assert stamping.verify_file(manifest, reply, tsa_there.root)[1] == ("it is over something else",)


def test_another_root_does_not_confirm_it(desk: Desk, tsa_there: Authority, tmp_path: Path) -> None:
    stamping.stamp_case(desk, REF, tsa_there.url)
    other = tmp_path / "other.pem"
    command = [
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-subj",
        "/CN=Else",
        "-keyout",
        "/dev/null",
        "-out",
    ]
    subprocess.run([*command, str(other)], check=True, capture_output=True)
    (found,) = stamping.verify(desk, REF, other)
    assert found.problems
    assert not found.trusted
    other.write_text("no certificate")
    with pytest.raises(InputError, match="no certificate"):
        stamping.verify(desk, REF, other)


def flipped(reply: bytes) -> bytes:
    """A bit of the signature, which ends the reply."""
    return reply[:-10] + bytes([reply[-10] ^ 1]) + reply[-9:]


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        (lambda _: (500, b""), "500"),
        (lambda _: (302, b""), "302"),
        (lambda _: (200, b""), "cannot be read"),
        (lambda _: (200, b"<html>"), "cannot be read"),
        (lambda reply: (200, reply[:-1]), "cannot be read"),
        (lambda reply: (200, flipped(reply)), "signature"),
        (lambda _: (200, b"x" * (tsa.MOST_REPLY + 5)), "too long"),
    ],
)
def test_an_authority_that_fails_is_a_network_error_and_leaves_nothing(
    desk: Desk, tsa_there: Authority, change: Callable[[bytes], tuple[int, bytes]], kind: str
) -> None:
    tsa_there.change = change
    with pytest.raises(NetworkError, match=kind) as caught:
        stamping.stamp_case(desk, REF, tsa_there.url)
    assert caught.value.code == 8
    assert stamping.stamps_of(desk, None) == ()


def test_an_old_reply_played_again_is_refused(desk: Desk, tsa_there: Authority) -> None:
    old = stamping.stamp_case(desk, REF, tsa_there.url).reply
    tsa_there.change = lambda _: (200, old)
    with pytest.raises(NetworkError, match="another request"):
        stamping.stamp_case(desk, REF, tsa_there.url)


def test_nobody_there_is_a_network_error(desk: Desk) -> None:
    with pytest.raises(NetworkError, match="repeat later"):
        stamping.stamp_case(desk, REF, "http://127.0.0.1:9/")


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "ftp://a.example", "nonsense", "http://", "http://a b", "http://a\r\nX: y"]
)
def test_what_is_no_web_address_is_refused(desk: Desk, url: str) -> None:
    with pytest.raises(UsageError, match="no address"):
        stamping.stamp_case(desk, REF, url)


def test_without_an_authority_the_option_is_named(desk: Desk) -> None:
    with pytest.raises(UsageError, match="--authority"):
        stamping.stamp_case(desk, REF, "")


def test_without_the_extra_it_is_said_how_to_install_it(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "rfc3161_client", None)
    monkeypatch.setattr("dsar.vault.tsa.find_spec", lambda _name: None)
    with pytest.raises(MissingProgramError, match=r"dsar\[timestamp\]") as caught:
        stamping.stamp_case(desk, REF, "http://127.0.0.1:9/")
    assert caught.value.code == 9


def test_an_erased_case_takes_its_timestamps_along(desk: Desk, room: Room, tsa_there: Authority) -> None:
    stamping.stamp_case(desk, REF, tsa_there.url)
    room.vault.erase(REF, reason="requested", now=LATER)
    assert room.vault.stamps.listed(None) == ()


def test_a_statement_changed_in_the_vault_is_found(desk: Desk, room: Room, tsa_there: Authority) -> None:
    made = stamping.stamp_case(desk, REF, tsa_there.url)
    with room.raw() as connection:
        connection.execute("UPDATE stamp SET sha256 = ?", ("0" * 64,))
    (found,) = stamping.verify(replace(desk), REF, None)
    assert "it is over something else" in found.problems
    assert made.sha256 != "0" * 64
