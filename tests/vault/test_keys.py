from __future__ import annotations

import json
import os
import stat
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dsar.errors import InputError, LockedError, NotFoundError, StateError
from dsar.vault import recovery, slotfile
from dsar.vault.keys import KeyFileSlot, KeyringSlot, PassphraseSlot, RecoverySlot
from dsar.vault.vault import Vault

from .facts import NOW, REF, WORKER, opened

if TYPE_CHECKING:
    from pathlib import Path

    from dsar.vault.keys import KeySource

    from .room import Room

WORDS = "correct horse battery staple"


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_passphrase_opens_and_another_one_does_not(tmp_path: Path) -> None:
    vault, _ = Vault.create(tmp_path / "v", PassphraseSlot(WORDS), now=NOW)
    vault.append(REF, [opened()], expect=0, now=NOW, by=WORKER)
    vault.close()
    with Vault.open(tmp_path / "v", PassphraseSlot(WORDS)) as again:
        assert again.cases() == (REF,)
    with pytest.raises(LockedError) as caught:
        Vault.open(tmp_path / "v", PassphraseSlot("incorrect horse"))
    assert caught.value.code == 6
    assert "incorrect horse" not in str(caught.value)


def test_a_passphrase_typed_on_another_system_is_the_same(tmp_path: Path) -> None:
    composed, decomposed = "caf\u00e9 cr\u00e8me", "cafe\u0301 cre\u0300me"
    Vault.create(tmp_path / "v", PassphraseSlot(composed), now=NOW)[0].close()
    Vault.open(tmp_path / "v", PassphraseSlot(decomposed)).close()


def test_an_empty_passphrase_makes_no_vault(tmp_path: Path) -> None:
    with pytest.raises(LockedError, match="empty"):
        Vault.create(tmp_path / "v", PassphraseSlot(""), now=NOW)
    assert list(tmp_path.iterdir()) == []


def test_the_recovery_key_opens_in_any_spelling(room: Room) -> None:
    room.vault.append(REF, [opened()], expect=0, now=NOW, by=WORKER)
    loose = room.recovery.lower().replace("-", "  ").replace("0", "o").replace("1", "l")
    for text in (room.recovery, loose, room.recovery.replace("-", "").replace("1", "I")):
        with Vault.open(room.path, RecoverySlot(text)) as again:
            assert again.cases() == (REF,)


def test_the_recovery_key_has_groups_and_no_look_alikes() -> None:
    keys = {recovery.generate() for _ in range(200)}
    assert len(keys) == 200
    assert all([len(group) for group in key.split("-")] == [4] * 9 for key in keys)
    assert not set("ILOU") & set("".join(keys))


@given(position=st.integers(0, 35), letter=st.sampled_from(recovery.ALPHABET))
def test_one_mistyped_letter_of_a_recovery_key_is_noticed(position: int, letter: str) -> None:
    letters = list("FWTJ3C7FZ26Q91DVBH8S8A3Z5CSGNCDGMB6K")  # a key of a vault that is no more
    recovery.secret_of("".join(letters))
    changed = letters[position] != letter
    letters[position] = letter
    if changed:
        with pytest.raises(recovery.MistypedError):
            recovery.secret_of("".join(letters))


@pytest.mark.parametrize("text", ["", "-", "A" * 36, "é" * 36, "FWTJ-3C7F", "FWTJ3C7FZ26Q91DVBH8S8A3Z5CSGNCDGMB6K0"])
def test_what_is_no_recovery_key_is_called_mistyped(room: Room, text: str) -> None:
    with pytest.raises(LockedError, match="mistyped"):
        Vault.open(room.path, RecoverySlot(text))


def test_the_recovery_key_of_another_vault_does_not_open(room: Room) -> None:
    with pytest.raises(LockedError, match="does not open") as caught:
        Vault.open(room.path, RecoverySlot(recovery.generate()))
    assert caught.value.code == 6


def test_a_renewed_recovery_key_replaces_the_old_one(room: Room) -> None:
    fresh = room.vault.renew_recovery()
    Vault.open(room.path, RecoverySlot(fresh)).close()
    with pytest.raises(LockedError):
        Vault.open(room.path, RecoverySlot(room.recovery))
    assert room.vault.slots() == ("key-file", "recovery")


@pytest.mark.parametrize("open_to", [0o644, 0o640, 0o604, 0o620, 0o601])
def test_a_key_file_that_others_may_touch_is_refused(room: Room, open_to: int) -> None:
    room.source.path.chmod(open_to)
    with pytest.raises(LockedError, match="chmod 600") as caught:
        Vault.open(room.path, room.source)
    assert caught.value.code == 6
    room.source.path.chmod(0o600)
    Vault.open(room.path, room.source).close()


@pytest.mark.parametrize("content", ["", "xyz", "ab" * 31, "ab" * 33, "ab" * 2000, "é" * 32])
def test_a_key_file_without_a_key_is_refused(room: Room, content: str) -> None:
    room.source.path.write_text(content, encoding="utf-8")
    with pytest.raises(LockedError, match="key file"):
        Vault.open(room.path, room.source)


def test_a_missing_key_file_and_a_folder_are_refused(room: Room, tmp_path: Path) -> None:
    for path in (tmp_path / "none", tmp_path):
        with pytest.raises(LockedError, match="key file"):
            Vault.open(room.path, KeyFileSlot(path))


def test_the_key_of_another_vault_does_not_open_with_or_without_slots(room: Room, tmp_path: Path) -> None:
    other = tmp_path / "other.key"
    other.write_text("ab" * 32)
    other.chmod(0o600)
    for slots_are_there in (True, False):
        if not slots_are_there:
            slotfile.beside(room.path).unlink()
        with pytest.raises(LockedError) as caught:
            Vault.open(room.path, KeyFileSlot(other))
        assert caught.value.code == 6


def test_a_key_file_that_is_there_already_is_used(tmp_path: Path) -> None:
    key = tmp_path / "k"
    key.write_text("ab" * 32)
    key.chmod(0o600)
    Vault.create(tmp_path / "v", KeyFileSlot(key), now=NOW)[0].close()
    assert key.read_text() == "ab" * 32
    Vault.open(tmp_path / "v", KeyFileSlot(key)).close()


def test_the_key_file_of_another_vault_is_not_overwritten(room: Room, tmp_path: Path) -> None:
    other = tmp_path / "other.key"
    other.write_text("ab" * 32)
    other.chmod(0o600)
    with pytest.raises(StateError, match="already a file"):
        room.vault.add_slot(KeyFileSlot(other))
    assert other.read_text() == "ab" * 32
    assert room.vault.slots() == ("key-file", "recovery")


def test_all_files_are_private_whatever_the_umask(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        vault, _ = Vault.create(tmp_path / "deep" / "v", KeyFileSlot(tmp_path / "deep" / "k"), now=NOW)
        with vault:
            vault.append(REF, [opened()], expect=0, now=NOW, by=WORKER)
            vault.add_slot(PassphraseSlot(WORDS))
            vault.backup(tmp_path / "deep" / "b")
            found = {path.name: mode(path) for path in (tmp_path / "deep").iterdir()}
    finally:
        os.umask(before)
    assert found == dict.fromkeys(("v", "v-wal", "v-shm", "v.keys", "k", "b", "b.keys"), 0o600)
    assert mode(tmp_path / "deep") == 0o700


def test_slots_are_added_and_removed(room: Room) -> None:
    assert room.vault.add_slot(PassphraseSlot(WORDS)) == "passphrase"
    assert room.vault.add_slot(PassphraseSlot("a colleague's own")) == "passphrase-2"
    for text in (WORDS, "a colleague's own"):
        Vault.open(room.path, PassphraseSlot(text)).close()
    room.vault.remove_slot("passphrase")
    Vault.open(room.path, PassphraseSlot("a colleague's own")).close()
    with pytest.raises(LockedError):
        Vault.open(room.path, PassphraseSlot(WORDS))
    assert room.vault.slots() == ("key-file", "recovery", "passphrase-2")
    with pytest.raises(NotFoundError, match="keyring"):
        room.vault.remove_slot("keyring")


def test_the_last_way_in_stays(room: Room) -> None:
    room.vault.remove_slot("recovery")
    with pytest.raises(StateError, match="only way"):
        room.vault.remove_slot("key-file")


def test_a_way_that_was_never_made_says_so(room: Room) -> None:
    sources: dict[str, KeySource] = {"passphrase": PassphraseSlot(WORDS), "keyring": KeyringSlot()}
    for name, source in sources.items():
        with pytest.raises(LockedError, match=f"no {name} slot"):
            Vault.open(room.path, source)


def test_without_its_slots_a_vault_opens_by_its_raw_key_only(room: Room) -> None:
    slotfile.beside(room.path).unlink()
    with pytest.raises(LockedError, match="missing"):
        Vault.open(room.path, RecoverySlot(room.recovery))
    with Vault.open(room.path, room.source) as vault:
        assert vault.slots() == ()
        with pytest.raises(LockedError, match="missing"):
            vault.add_slot(PassphraseSlot(WORDS))


def test_a_wrapped_key_does_not_open_another_vault(tmp_path: Path) -> None:
    """The wrapping is bound to the vault's id: a slot copied under another id is refused."""
    Vault.create(tmp_path / "a", PassphraseSlot(WORDS), now=NOW)[0].close()
    path = slotfile.beside(tmp_path / "a")
    whole = json.loads(path.read_text())
    path.write_text(json.dumps(whole | {"vault": "0" * 32}))
    with pytest.raises(LockedError, match="does not open"):
        Vault.open(tmp_path / "a", PassphraseSlot(WORDS))


@pytest.mark.parametrize(
    "damage",
    [
        lambda whole: whole | {"format": 2},
        lambda whole: whole | {"slots": [{"name": "x", "kind": "magic"}]},
        lambda whole: whole | {"slots": [{"name": "x", "kind": "passphrase"}]},
        lambda whole: whole | {"slots": 7},
        lambda whole: whole | {"check": None},
        lambda whole: [whole],
        lambda whole: (
            whole
            | {
                "slots": [
                    s | {"wrapped": s["wrapped"] | {"costs": {"memory_kib": 2**31, "passes": 3, "lanes": 4}}}
                    for s in whole["slots"]
                ]
            }
        ),
        lambda whole: whole | {"slots": [s | {"wrapped": s["wrapped"] | {"salt": "zz"}} for s in whole["slots"]]},
    ],
)
def test_a_damaged_slot_file_is_one_sentence(tmp_path: Path, damage: object) -> None:
    Vault.create(tmp_path / "v", PassphraseSlot(WORDS), now=NOW)[0].close()
    path = slotfile.beside(tmp_path / "v")
    assert callable(damage)
    path.write_text(json.dumps(damage(json.loads(path.read_text()))))
    with pytest.raises(InputError, match="slots beside the vault is damaged"):
        Vault.open(tmp_path / "v", PassphraseSlot(WORDS))


def test_no_secret_shows_in_the_text_of_an_object(room: Room) -> None:
    texts = (PassphraseSlot(WORDS), RecoverySlot(room.recovery), room.vault)
    for secret in (WORDS, room.recovery, room.key.hex()):
        assert all(secret not in f"{text!r}{text!s}" for text in texts)


def test_the_slot_file_holds_neither_key_nor_passphrase(tmp_path: Path) -> None:
    vault, printed = Vault.create(tmp_path / "v", PassphraseSlot(WORDS), now=NOW)
    with vault:
        vault.add_slot(KeyFileSlot(tmp_path / "k"))
    text = slotfile.beside(tmp_path / "v").read_text()
    secrets = (WORDS, printed, (tmp_path / "k").read_text().strip())
    assert not [secret for secret in secrets if secret in text or secret.encode().hex() in text]


def test_a_passphrase_is_changed_and_only_the_new_one_opens(room: Room) -> None:
    room.vault.add_slot(PassphraseSlot(WORDS))
    before = slotfile.beside(room.path).read_bytes()
    room.vault.change_passphrase("passphrase", PassphraseSlot("another set of words"))
    Vault.open(room.path, PassphraseSlot("another set of words")).close()
    with pytest.raises(LockedError):
        Vault.open(room.path, PassphraseSlot(WORDS))
    assert room.vault.slots() == ("key-file", "recovery", "passphrase")
    assert slotfile.beside(room.path).read_bytes() != before


@pytest.mark.parametrize("name", ["passphrase", "recovery", "key-file", "x"])
def test_what_is_no_passphrase_is_not_changed_into_one(room: Room, name: str) -> None:
    with pytest.raises(NotFoundError, match=name):
        room.vault.change_passphrase(name, PassphraseSlot(WORDS))


def test_an_empty_new_passphrase_leaves_the_old_one(room: Room) -> None:
    room.vault.add_slot(PassphraseSlot(WORDS))
    with pytest.raises(LockedError, match="empty"):
        room.vault.change_passphrase("passphrase", PassphraseSlot(""))
    Vault.open(room.path, PassphraseSlot(WORDS)).close()
