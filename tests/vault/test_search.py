"""The index: it finds words as people type them, and nobody's words become a query."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dsar.errors import NotFoundError, UsageError
from dsar.vault.search import Passage

from .facts import LATER, NOW, OTHER, REF, WORKER, opened

if TYPE_CHECKING:
    from dsar.vault.search import Kind

    from .room import Room

CANARY = "Kanarienvogel"


def passage(  # noqa: PLR0913 - each has a usual value
    body: str, *, ref: str = REF, n: int = 1, kind: Kind = "messages", title: str = "", sha: str = ""
) -> Passage:
    return Passage(kind=kind, ref=ref, n=n, on="2026-03-05", sha256=sha, title=title, body=body)


def found(room: Room, text: str, *refs: str, kind: Kind | None = None) -> list[int]:
    return sorted(hit.n for hit in room.vault.index.search(text, refs=refs or None, kind=kind).hits)


def test_accents_capitals_and_endings_do_not_matter(room: Room) -> None:
    room.vault.index.put([passage("Votre demande d'accès, Zoë Ångström"), passage("Die Löschung", n=2)])
    for text in ("acces", "ACCÈS", "accè", "angstrom zoe", "Zoe\u0308", '"zoe angstrom"'):
        assert found(room, text) == [1], text
    assert found(room, "losch") == [2]
    assert found(room, "accesses") == []


def test_every_word_must_be_there_and_a_phrase_as_it_stands(room: Room) -> None:
    room.vault.index.put([passage("copy of an identity card"), passage("an identity, and a copy", n=2)])
    assert found(room, "identity copy") == [1, 2]
    assert found(room, '"identity card" copy') == [1]
    assert found(room, '"copy identity"') == []


def test_a_word_of_two_letters_is_a_whole_word(room: Room) -> None:
    room.vault.index.put([passage("we go on"), passage("the only one", n=2)])
    assert found(room, "on") == [1]
    assert found(room, "onl") == [2]


@pytest.mark.parametrize("text", ["", "   ", '"', "*", "--", "()", '""""', "\x00\x02", "…"])
def test_without_a_word_nothing_is_looked_for(room: Room, text: str) -> None:
    with pytest.raises(UsageError, match="at least one word") as caught:
        room.vault.index.search(text)
    assert caught.value.code == 2


@pytest.mark.parametrize(
    "text", ["AND", "NEAR(a b)", "title:x", "x OR y", "-x", "^x", 'a" OR "b', "x*y", "{a b}: c", "a + b"]
)
def test_the_words_of_the_query_language_are_words(room: Room, text: str) -> None:
    room.vault.index.put([passage("something else", title="y")])
    assert found(room, text) == []
    room.vault.index.put([passage(text, n=7)])
    assert found(room, text) == [7]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)
@given(text=st.text(max_size=60), body=st.text(max_size=60))
def test_no_text_breaks_the_index_or_a_search(room: Room, text: str, body: str) -> None:
    with room.vault.transaction():
        room.vault.index.put([passage(body, title=text)])
        try:
            hits = room.vault.index.search(text).hits
        except UsageError:
            return
        for hit in hits:
            for said in (hit.title, hit.snippet):
                assert not {"\x02", "\x03"} & set(said.text)
                assert all(0 <= start <= end <= len(said.text) for start, end in said.marks)


def test_a_hit_is_marked_where_it_is(room: Room) -> None:
    room.vault.index.put([passage("\x02we\x03 refuse the ERASURE\x1b[31m of it", title="Erasure of data")])
    (hit,) = room.vault.index.search("erasure").hits
    assert [hit.snippet.text[start:end] for start, end in hit.snippet.marks] == ["ERASURE"]
    assert [hit.title.text[start:end] for start, end in hit.title.marks] == ["Erasure"]
    assert "\x1b" not in hit.snippet.text


def test_a_subject_counts_more_than_a_text(room: Room) -> None:
    room.vault.index.put(
        [passage("a deletion " + "and more " * 5, n=1), passage("nothing " * 7, n=2, title="Deletion")]
    )
    assert [hit.n for hit in room.vault.index.search("deletion").hits] == [2, 1]


def test_a_search_can_be_limited_to_a_case_and_to_a_kind(room: Room) -> None:
    room.vault.index.put(
        [
            passage("the word", n=1),
            passage("the word", n=2, kind="notes"),
            passage("the word", n=3, ref=OTHER),
            passage("the word", n=4, ref=""),
        ]
    )
    assert found(room, "word") == [1, 2, 3, 4]
    assert found(room, "word", REF) == [1, 2]
    assert found(room, "word", REF, kind="notes") == [2]
    assert found(room, "word", "") == [4]
    assert found(room, "word", REF, OTHER) == [1, 2, 3]
    # of somebody without a case, nothing is found; least of all everything
    assert room.vault.index.search("word", refs=()).hits == ()
    assert found(room, "word", kind="letters") == []


def test_where_a_word_is_everywhere_the_newest_come_first(room: Room) -> None:
    with room.vault.transaction():
        room.vault.index.put(passage("privacy", n=n) for n in range(1, 1_201))
    hits = room.vault.index.search("privacy", limit=3)
    assert [hit.n for hit in hits.hits] == [1200, 1199, 1198]
    assert hits.count == 1_001


def test_the_same_bytes_in_a_case_are_found_once(room: Room) -> None:
    room.vault.index.put(
        [passage("twice", n=2, sha="ab"), passage("twice", n=4, sha="ab"), passage("twice", ref=OTHER, sha="ab")]
    )
    assert found(room, "twice") == [1, 2]


def test_a_failed_transaction_leaves_no_word(room: Room) -> None:
    def work() -> None:
        with room.vault.transaction():
            room.vault.index.put([passage("ghost")])
            room.vault.log("2026-NOBODY")

    with pytest.raises(NotFoundError):
        work()
    assert found(room, "ghost") == []


def test_no_word_of_an_erased_case_stays_in_any_page(room: Room) -> None:
    """The index of another table keeps the words of its own: they must go from there too, folded as it keeps them."""
    room.vault.append(REF, [opened("Zoé")], expect=0, now=NOW, by=WORKER)
    for ref, word in ((REF, CANARY), (OTHER, "Wellensittich"), ("", "Papagei")):
        for n in range(30):
            room.vault.index.put([passage(f"{word} flies {n}", ref=ref, n=n, title=f"{word} {n}")])
    room.vault.erase(REF, reason="requested", now=LATER)
    assert found(room, CANARY) == []
    assert len(found(room, "wellensitt")) == 20
    room.vault.close()
    pages = room.bare_pages().lower()
    # the index keeps words folded, and cuts off what a word shares with the one before
    assert b"kanarienvogel" not in pages
    assert b"anarienv" not in pages
    assert b"ellensitt" in pages


def test_a_message_that_left_the_inbox_is_forgotten_there(room: Room) -> None:
    room.vault.index.put([passage("parrot", ref="", n=5), passage("parrot", ref="", n=6)])
    room.vault.index.drop_waiting([5])
    assert found(room, "parrot") == [6]


def test_the_index_of_a_new_vault_is_current_and_that_of_an_older_one_is_not(room: Room) -> None:
    said = [room.vault.index.current]
    with room.raw() as connection:
        connection.execute("DELETE FROM meta WHERE name = 'index'")
    said.append(room.vault.index.current)
    room.vault.index.finished()
    said.append(room.vault.index.current)
    assert said == [True, False, True]
