"""Every error of the law book names the file and the key."""

import sys
from pathlib import Path
from subprocess import run

import pytest

from dsar.errors import InputError
from dsar.lawbook import load
from dsar.lawbook.errors import LawFileError, NotTomlError


def change(book: Path, file: str, old: str, new: str, *, at: int = 0) -> None:
    """Replace the occurrence number `at` of a text."""
    path = book / file
    parts = path.read_text(encoding="utf-8").split(old)
    assert len(parts) > at + 1, f"{old!r} is not in {file}"
    path.write_text(old.join(parts[: at + 1]) + new + old.join(parts[at + 1 :]), encoding="utf-8")


def test_a_copy_of_the_law_book_is_as_sound_as_the_shipped_one(book: Path) -> None:
    assert load.check(book) == ()
    assert load.law(book) == load.law()


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        ("terms.toml", "period = { months = 3 }", 'period = "soon"', "law/terms.toml: term[0].period: must be a table"),
        ("terms.toml", "{ months = 3 }", '{ months = "3" }', "law/terms.toml: term[0].period.months: must be a whole"),
        ("terms.toml", "{ months = 3 }", "{ moons = 3 }", "law/terms.toml: term[0].period: unknown key moons"),
        ("terms.toml", 'binds = "authority"', 'binds = "them"', "law/terms.toml: term[0].binds: must be one of"),
        ("terms.toml", "rolls = true", 'rolls = "no"', "law/terms.toml: term[0].rolls: must be true or false"),
        ("terms.toml", "rolls = true\n", "", "law/terms.toml: term[0].rolls: is missing"),
        ("terms.toml", 'cite = "gdpr:78.2"', "cite = 78.2", "law/terms.toml: term[0].cite: must be a text, not 78.2"),
        ("terms.toml", "[[term]]", "[[terms]]", "law/terms.toml: terms: unknown key"),
        ("terms.toml", 'id = "led-53-2"', 'id = "art-78-2"', "law/terms.toml: term[1].id: 'art-78-2' is there twice"),
        ("terms.toml", "= 2027-04-02", '= "soon"', "law/terms.toml: term[3].valid_from: "),
        ("terms.toml", "= 2027-04-02", "= 2027-04-02T10:00:00Z", "law/terms.toml: term[3].valid_from: must be a date"),
        ("demands.toml", '["gdpr:15.1"]', '"gdpr:15.1"', "law/demands.toml: demand[0].cites: must be a list of texts"),
        ("regimes.toml", "period = { months = 1 }\n", "", "law/regimes.toml: regime[0].period: is missing"),
        (
            "breaches.toml",
            'raised = "computed"',
            'raised = "guess"',
            "law/breaches.toml: breach[0].raised: must be one",
        ),
        ("authorities/at-dsb.toml", 'phone = "', 'telephone = "', "law/authorities/at-dsb.toml: "),
    ],
)
def test_a_broken_record_is_refused_with_its_place(book: Path, file: str, old: str, new: str, message: str) -> None:
    change(book, file, old, new)
    with pytest.raises(LawFileError) as caught:
        load.law(book)
    assert str(caught.value).startswith(message)
    assert caught.value.code == 5


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("term = 1", "law/terms.toml: term: must be a list of tables"),
        ("[term]\nid = 1", "law/terms.toml: term: must be a list of tables"),
        ("term = [1]", "law/terms.toml: term[0]: must be a table, not 1"),
    ],
)
def test_a_list_of_something_else_is_refused(book: Path, content: str, message: str) -> None:
    (book / "terms.toml").write_text(content, encoding="utf-8")
    with pytest.raises(LawFileError) as caught:
        load.terms(book)
    assert str(caught.value).startswith(message)


@pytest.mark.parametrize("content", [b"[[term]\n", b"\xff\xfe", b"id = 1\nid = 2\n"])
def test_a_file_that_is_no_toml_is_refused_by_name(book: Path, content: bytes) -> None:
    (book / "terms.toml").write_bytes(content)
    with pytest.raises(NotTomlError, match=r"^law/terms\.toml: ") as caught:
        load.terms(book)
    assert isinstance(caught.value, InputError)


def test_a_missing_file_is_refused_by_name(book: Path) -> None:
    (book / "demands.toml").unlink()
    with pytest.raises(NotTomlError, match=r"^law/demands\.toml: "):
        load.demands(book)


def test_one_broken_file_does_not_keep_the_others_from_being_read(book: Path) -> None:
    (book / "terms.toml").write_text("nonsense", encoding="utf-8")
    assert load.demands(book) == load.demands()


@pytest.mark.parametrize(
    ("file", "old", "new", "problem"),
    [
        (
            "terms.toml",
            'cite = "gdpr:78.2"',
            'cite = "Art. 78"',
            "law/terms.toml: term[0].cite: 'Art. 78' is no citation",
        ),
        (
            "terms.toml",
            'cite = "gdpr:78.2"',
            'cite = "gpdr:78.2"',
            "law/terms.toml: term[0].cite: 'gpdr:78.2' names an",
        ),
        ("terms.toml", 'cite = "gdpr:78.2"', 'cite = ""', "law/terms.toml: term[0].cite: is empty, and the term"),
        ("terms.toml", 'roll_cite = "reg-1182-71:3.4"\n', "", "law/terms.toml: term[0].roll_cite: is missing"),
        ("terms.toml", "{ months = 3 }", "{ months = 0 }", "law/terms.toml: term[0].period: must be longer"),
        ("terms.toml", 'id = "art-78-2"', 'id = "Art 78"', "law/terms.toml: term[0].id: 'Art 78' must be lower-case"),
        ("terms.toml", 'id = "led-53-2"', 'id = "art-78-2"', "law/terms.toml: term[1].id: 'art-78-2' is there twice"),
        ("terms.toml", 'source = "Reg', 'source = " " # "', "law/terms.toml: term[0].source: is missing"),
        (
            "demands.toml",
            '"cjeu-c-154-21"',
            '"cjeu-c-1-99"',
            "law/demands.toml: demand[3].precedents: 'cjeu-c-1-99' is",
        ),
        (
            "demands.toml",
            '"cjeu-c-154-21"',
            '"hmbbfdi-545-2020"',
            "law/demands.toml: demand[3].precedents: 'hmbbfdi-545",
        ),
        ("demands.toml", '["face-search"]', '["faces"]', "law/demands.toml: demand[11].sectors: 'faces' is no sector"),
        ("breaches.toml", '"gdpr:58.2.c"', '"58.2.c"', "law/breaches.toml: breach[0].powers: '58.2.c' is no citation"),
        ("regimes.toml", "= 2026-02-04", "= 2026-02-05", "law/regimes.toml: regime[3].valid_from: overlaps another"),
        ("regimes.toml", '"NO",', '"Norway",', "law/regimes.toml: regime[0].countries: 'Norway' is no country"),
        ("calendars.toml", 'on = "05-09"', 'on = "9 May"', "law/calendars.toml: calendar[0].day[4].on: '9 May' is no"),
        (
            "regimes.toml",
            'note = "No rule on weekends',
            '# note = "No rule on',
            "law/regimes.toml: regime[4].roll_cite: is empty",
        ),
        (
            "regimes.toml",
            "= 2018-05-25",
            "= 2018-05-25\nvalid_until = 2018-05-24",
            "law/regimes.toml: regime[0].valid_until",
        ),
        ("demands.toml", '["gdpr:15.1"]', "[]", "law/demands.toml: demand[0].cites: is empty"),
        (
            "authorities/at-dsb.toml",
            '"required"',
            '"perhaps"',
            "law/authorities/at-dsb.toml: prior_contact: must be one",
        ),
        (
            "authorities/be-apd.toml",
            'signature = "req',
            'signature = "',
            "law/authorities/be-apd.toml: signature: must",
        ),
        ("authorities/at-dsb.toml", "dsb@dsb", "dsb.dsb", "law/authorities/at-dsb.toml: email: 'dsb.dsb.gv.at' is no"),
        ("calendars.toml", "easter = -2", "", "law/calendars.toml: calendar[0].day[2]: needs either"),
        ("authorities/at-dsb.toml", 'id = "at-dsb"', 'id = "dsb"', "law/authorities/at-dsb.toml: id: must be the name"),
        ("controllers/meta.toml", '"IE"', '""', "law/controllers/meta.toml: country: '' is no country"),
        ("controllers/meta.toml", "https://", "http://", "law/controllers/meta.toml: form: must begin with https://"),
    ],
)
def test_the_linter_names_what_the_types_let_through(book: Path, file: str, old: str, new: str, problem: str) -> None:
    change(book, file, old, new)
    assert [line for line in load.check(book) if line.startswith(problem)], load.check(book)


def test_the_linter_reports_every_problem_and_not_only_the_first(book: Path) -> None:
    change(book, "terms.toml", 'binds = "authority"', 'binds = "them"')
    change(book, "terms.toml", "rolls = false", 'rolls = "maybe"', at=3)
    change(book, "controllers/x.toml", "checked = true", "checked = 1")
    assert len(load.check(book)) == 3


def test_the_version_changes_with_any_byte_of_the_law(book: Path) -> None:
    before = load.law().version
    change(book, "authorities/at-dsb.toml", "1030 Wien", "1031 Wien")
    assert load.law(book).version != before


def test_the_version_does_not_change_with_the_directory(book: Path) -> None:
    change(book, "controllers/x.toml", "Dublin 2", "Dublin 3")
    assert load.law(book).version == load.law().version


def test_importing_the_loader_loads_neither_cattrs_nor_holidays() -> None:
    program = (
        "import sys, dsar.lawbook.load, dsar.lawbook.calendars;"
        "print(sorted({'cattrs', 'holidays', 'tomllib', 'dateutil'} & set(sys.modules)))"
    )
    done = run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
