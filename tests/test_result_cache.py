"""What earlier checks have found: kept whole or not at all, and never believed where it is not certain."""

import json
import os
import random
import sqlite3
import stat
import subprocess
import sys
import time
import tomllib
from pathlib import Path

import pytest

from a11ynews import result_cache
from a11ynews.result_cache import ENVIRONMENT_VARIABLE, FILE, PACKAGES, Files, ResultCache, default_folder, digest_of, key_of

KEY = ("static", "a page")


def kept(folder: Path, *values: object) -> ResultCache:
    """A cache that has kept values, each under a key of its own, and is asked anew."""
    cache = ResultCache(folder)
    for number, value in enumerate(values or ({"words": "Größe"},)):
        cache.put(value, *KEY, number)
    cache.save()
    assert cache.notes == []
    return ResultCache(folder)


def age(*paths: Path) -> None:
    """Wait until files are so old that no later change of them can have the same time."""
    youngest = max(max(path.stat().st_mtime_ns, path.stat().st_ctime_ns) for path in paths)
    while time.time_ns() - youngest < 260_000_000:
        time.sleep(0.02)


# -- results -----------------------------------------------------------------------------------------------------------


def test_what_was_put_is_there_for_the_next_check(tmp_path: Path) -> None:
    """And a key of other parts has nothing."""
    cache = kept(tmp_path, {"words": "Größe \ud800", "list": [1, None, 0.5, True]})

    assert cache.get(*KEY, 0) == {"words": "Größe \ud800", "list": [1, None, 0.5, True]}
    assert cache.get(*KEY, 1) is None
    assert cache.get("live", "a page", 0) is None


def test_a_key_differs_where_a_part_does() -> None:
    """Also where the same words stand in other parts."""
    keys = [key_of("ab", "c"), key_of("a", "bc"), key_of("abc"), key_of(["ab"], "c"), key_of("ab", "c", None), key_of("ab", 1)]

    assert len({*keys}) == len(keys)
    assert key_of("ab", {"x": 1, "y": 2}) == key_of("ab", {"y": 2, "x": 1})


def test_other_code_has_results_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever changes a rule never sees what it found before, though the version is the same."""
    package = tmp_path / "package"
    package.mkdir()
    (package / "rules.py").write_text("a rule")
    monkeypatch.setattr(result_cache, "_PACKAGE", package)
    cache = kept(tmp_path / "cache")
    assert cache.get(*KEY, 0)

    (package / "rules.py").write_text("a Rule")

    assert kept(tmp_path / "other").environment != cache.environment
    assert ResultCache(tmp_path / "cache").get(*KEY, 0) is None


def test_other_packages_have_results_of_their_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A parser of another version may find other things."""
    cache = kept(tmp_path)
    monkeypatch.setattr(result_cache, "_packages", lambda: ["lxml-99.dist-info"])

    assert ResultCache(tmp_path).environment != cache.environment


def test_all_packages_that_we_are_built_of_are_known() -> None:
    """A new dependency belongs into the list, for results can depend on it."""
    project = tomllib.loads((Path(__file__).parents[1] / "pyproject.toml").read_text("utf-8"))["project"]
    wanted = [*project["dependencies"], *project["optional-dependencies"]["browser"]]
    names = {one.partition(">")[0].partition("[")[0].lower() for one in wanted}

    assert names <= PACKAGES
    assert any(told.startswith("lxml-") for told in result_cache._packages())


def test_what_was_not_used_for_longest_goes_where_there_is_too_much(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And what was used lately stays."""
    filler = random.Random(0).randbytes(2_000).hex()  # which cannot be packed
    monkeypatch.setattr(time, "time", lambda: 1_000_000.0)
    kept(tmp_path, *[[n, filler] for n in range(100)])
    monkeypatch.setattr(time, "time", lambda: 2_000_000.0)
    cache = ResultCache(tmp_path)
    assert all(cache.get(*KEY, n) for n in range(10))
    cache.save()

    cache = ResultCache(tmp_path, most=200_000)
    cache.put("new", "one more")
    cache.save()

    cache = ResultCache(tmp_path)
    there = [n for n in range(100) if cache.get(*KEY, n)]
    assert there[:10] == [*range(10)]
    assert 10 < len(there) < 50
    assert cache.get("one more") == "new"


def test_several_checks_can_keep_results_at_the_same_time(tmp_path: Path) -> None:
    """Each adds its own, and none takes the other's away."""
    first, second = ResultCache(tmp_path), ResultCache(tmp_path)
    first.put(1, "first")
    second.put(2, "second")
    first.save()
    second.save()

    cache = ResultCache(tmp_path)
    assert [first.notes, second.notes, cache.get("first"), cache.get("second")] == [[], [], 1, 2]


def test_where_another_process_writes_for_too_long_that_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The check is done all the same."""
    kept(tmp_path).save()
    connect = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", lambda *args, **given: connect(*args, **{**given, "timeout": 0.01}))
    cache = ResultCache(tmp_path)
    cache.put(1, "more")
    other = connect(tmp_path / FILE, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")

    cache.save()

    other.close()
    assert [note.partition(" (")[2] for note in cache.notes] == ["database is locked)"]


# -- while a check is under way ----------------------------------------------------------------------------------------


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing waits: what is put is written."""
    monkeypatch.setattr(result_cache, "_MOST_WAITING", 0)


def test_what_waits_is_written_before_it_is_much(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """So a check of a whole archive does not hold all of its results, nor lose them where it is killed."""
    monkeypatch.setattr(result_cache, "_MOST_WAITING", 10_000)
    cache = ResultCache(tmp_path)
    most = 0
    for number in range(200):
        cache.put(str(number) * 300, *KEY, number)
        most = max(most, sum(map(len, cache._pending.values())))

    assert most <= 10_000
    other = ResultCache(tmp_path)  # nobody has saved the first one
    found = [other.get(*KEY, number) for number in range(200)]
    assert found[:150] == [str(number) * 300 for number in range(150)]
    assert cache.get(*KEY, 0) == "0" * 300
    cache.save()
    assert ResultCache(tmp_path).get(*KEY, 199) == "199" * 300


def test_what_waits_is_written_after_a_while(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Though it is little."""
    cache = ResultCache(tmp_path)
    cache.put("first", *KEY, 1)
    assert ResultCache(tmp_path).get(*KEY, 1) is None

    monkeypatch.setattr(result_cache, "_LONGEST_WAIT", -1)
    cache.put("second", *KEY, 2)

    assert [ResultCache(tmp_path).get(*KEY, number) for number in (1, 2)] == ["first", "second"]


_KILLED = """
import itertools, sys
from pathlib import Path
from a11ynews import result_cache
result_cache._MOST_WAITING = 20_000
result_cache._code = lambda _files: []
cache = result_cache.ResultCache(Path(sys.argv[1]))
for number in itertools.count():
    cache.put([number, str(number) * 500], "a page", number)
    print(number, flush=True)
"""


def test_who_is_killed_leaves_whole_results_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whenever that is: nothing is half written, and what was written is known the next time."""
    monkeypatch.setattr(result_cache, "_code", lambda _files: [])
    with subprocess.Popen([sys.executable, "-c", _KILLED, str(tmp_path)], stdout=subprocess.PIPE) as process:
        assert process.stdout
        while int(process.stdout.readline()) < 500:
            pass
        process.kill()

    cache = ResultCache(tmp_path)
    found = [cache.get("a page", number) for number in range(500)]

    known = [number for number, value in enumerate(found) if value is not None]
    assert known == [*range(len(known))]
    assert len(known) > 400
    assert all(found[number] == [number, str(number) * 500] for number in known)
    cache.put("newer", *KEY)
    cache.save()
    assert cache.notes == []
    assert ResultCache(tmp_path).get(*KEY) == "newer"


@pytest.mark.usefixtures("at_once")
def test_a_full_disk_is_told_once_and_nothing_waits_for_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The check goes on, and what was written before stays."""
    cache = ResultCache(tmp_path)
    cache.put("before", *KEY, 0)

    def is_full(_cache: ResultCache) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    with monkeypatch.context() as patch:
        patch.setattr(ResultCache, "_write", is_full)
        for number in range(1, 4):
            cache.put("meanwhile", *KEY, number)
    cache.put("afterwards", *KEY, 4)
    cache.save()

    assert [note for note in cache.notes if "database or disk is full" in note] == cache.notes
    assert len(cache.notes) == 1
    assert cache._pending == {}
    other = ResultCache(tmp_path)
    assert [other.get(*KEY, number) for number in (0, 1, 4)] == ["before", None, None]


@pytest.mark.usefixtures("at_once")
def test_what_is_damaged_meanwhile_is_mended_at_once(tmp_path: Path) -> None:
    """And what comes later is kept in the new file; all that was whole is in it."""
    kept(tmp_path, "first", "second").save()
    with sqlite3.connect(tmp_path / FILE) as connection:
        connection.execute("UPDATE results SET value = x'00' WHERE instr(value, CAST('first' AS BLOB))")
    connection.close()
    cache = ResultCache(tmp_path)
    assert cache.get(*KEY, 0) is None

    cache.put("third", *KEY, 2)
    cache.put("fourth", *KEY, 3)
    cache.save()

    assert [str(note).partition(" is damaged")[2][:7] for note in cache.notes] == ["; what "]
    other = ResultCache(tmp_path)
    assert [other.get(*KEY, number) for number in range(4)] == [None, "second", "third", "fourth"]
    other.save()
    assert other.notes == []


@pytest.mark.usefixtures("at_once")
def test_a_copy_of_the_process_leaves_the_file_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """SQLite allows no connection in two processes; what shares the work tells its results otherwise."""
    cache = kept(tmp_path, "first")
    with monkeypatch.context() as patch:
        patch.setattr(os, "getpid", lambda: 1)
        assert cache.get(*KEY, 0) is None
        cache.put("second", *KEY, 1)
        cache.save()

    assert cache.get(*KEY, 0) == "first"
    assert cache.get(*KEY, 1) is None


@pytest.mark.usefixtures("at_once")
def test_who_stops_a_check_while_it_writes_loses_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was to be written is, when the check ends."""
    cache = ResultCache(tmp_path)

    def stopped(_cache: ResultCache) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(ResultCache, "_make_room", stopped)
        with pytest.raises(KeyboardInterrupt):
            cache.put("words", *KEY)
    cache.save()

    assert cache.notes == []
    assert ResultCache(tmp_path).get(*KEY) == "words"


# -- what is damaged, or somebody else's -----------------------------------------------------------------------------------


def keys_in(file: Path) -> set[bytes] | None:
    """The keys of what stands in a cache; None where it cannot be read to its end."""
    connection = sqlite3.connect(file)
    try:
        return {row[0] for row in connection.execute("SELECT key FROM results")}
    except (sqlite3.Error, UnicodeDecodeError):
        return None
    finally:
        connection.close()


@pytest.mark.parametrize("seed", range(40))
def test_no_damage_gives_another_value(tmp_path: Path, seed: int) -> None:
    """Whatever bytes are other ones, a value is as it was put, or is not there; and the cache works again afterwards."""
    values = [{"number": n, "words": f"value {n} " * 20} for n in range(60)]
    kept(tmp_path, *values).save()
    file = tmp_path / FILE
    keys = keys_in(file) or set()
    content, chance = bytearray(file.read_bytes()), random.Random(seed)
    for _ in range(chance.choice([1, 1, 3, 30, 3000])):
        content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
    file.write_bytes(content)
    # What stands under another key than it was put under is not found, and nobody can know that it was there.
    are_found = (found := keys_in(file)) is None or found >= keys

    cache = ResultCache(tmp_path)
    told = [cache.get(*KEY, n) for n in range(60)]
    cache.put("new", "one more")
    cache.save()

    assert all(value is None or value == values[n] for n, value in enumerate(told))
    if None in told and are_found:
        assert cache.notes
    again = ResultCache(tmp_path)
    again.put("newer", "one more")
    again.save()
    assert ResultCache(tmp_path).get("one more") == "newer"


@pytest.mark.parametrize("length", [0, 1, 15, 16, 100, 4096, 4097, 9000])
def test_a_file_that_is_cut_off_is_begun_anew(tmp_path: Path, length: int) -> None:
    """As after a full disk, or a copy that broke off."""
    kept(tmp_path, *[[n, "x" * 3000] for n in range(20)]).save()
    file = tmp_path / FILE
    file.write_bytes(file.read_bytes()[:length])

    cache = ResultCache(tmp_path)
    assert all(value is None or value == [n, "x" * 3000] for n, value in enumerate(cache.get(*KEY, n) for n in range(20)))
    cache.put("new", *KEY, 0)
    cache.save()

    assert ResultCache(tmp_path).get(*KEY, 0) == "new"


@pytest.mark.parametrize(
    "content", [b'{"results": []}', b"\x00" * 5000, b"SQLite format 3\x00" + b"\xff" * 5000, b"\x80\x04\x95.", b"#!/bin/sh\n"]
)
def test_a_file_of_another_kind_is_begun_anew_and_told(tmp_path: Path, content: bytes) -> None:
    """It cannot be what it should be."""
    (tmp_path / FILE).write_bytes(content)

    cache = ResultCache(tmp_path)
    cache.put(1, "one")
    cache.save()

    assert len(cache.notes) == 1
    assert cache.notes[0].endswith("and was begun anew")
    assert ResultCache(tmp_path).get("one") == 1


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE mails (text)",
        "CREATE VIEW more AS SELECT * FROM results",
        "CREATE TRIGGER t AFTER INSERT ON results BEGIN DELETE FROM results; END",
        "PRAGMA user_version = 99",
        "PRAGMA application_id = 1",
    ],
)
def test_a_database_of_somebody_else_or_of_another_version_is_begun_anew(tmp_path: Path, statement: str) -> None:
    """Nothing in it is asked, for it could do anything."""
    kept(tmp_path).save()
    with sqlite3.connect(tmp_path / FILE) as connection:
        connection.execute(statement)
    connection.close()

    cache = ResultCache(tmp_path)

    assert cache.get(*KEY, 0) is None
    assert len(cache.notes) == 1
    cache.save()


def test_a_value_under_another_key_is_none(tmp_path: Path) -> None:
    """Each bears the digest of its key and itself, and nothing can be moved to another."""
    kept(tmp_path, "first", "second").save()
    with sqlite3.connect(tmp_path / FILE) as connection:
        values = [row[0] for row in connection.execute("SELECT value FROM results")]
        first, second = (next(value for value in values if value.endswith(word)) for word in (b'"first"', b'"second"'))
        connection.execute("UPDATE results SET value = ? WHERE value = ?", (second, first))
    connection.close()

    cache = ResultCache(tmp_path)

    assert [cache.get(*KEY, 0), cache.get(*KEY, 1)] == [None, "second"]
    cache.save()
    assert "is damaged; what could not be read was looked at anew" in cache.notes[0]


@pytest.mark.parametrize("value", [b"", b"x", b"\xff" * 40, b"[" * 100_000])
def test_a_value_that_is_none_is_none(tmp_path: Path, value: bytes) -> None:
    """Whatever stands there."""
    kept(tmp_path).save()
    with sqlite3.connect(tmp_path / FILE) as connection:
        connection.execute("UPDATE results SET value = ?", (value,))
    connection.close()

    cache = ResultCache(tmp_path)

    assert cache.get(*KEY, 0) is None
    cache.save()


def test_a_link_is_replaced_and_what_it_leads_to_stays(tmp_path: Path) -> None:
    """It may be somebody's book-marks."""
    other = tmp_path / "other.sqlite"
    with sqlite3.connect(other) as connection:
        connection.execute("CREATE TABLE places (address)")
    connection.close()
    before = other.read_bytes()
    folder = tmp_path / "cache"
    folder.mkdir()
    (folder / FILE).symlink_to(other)

    cache = ResultCache(folder)
    cache.put(1, "one")
    cache.save()

    assert "was a link" in cache.notes[0]
    assert other.read_bytes() == before
    assert not (folder / FILE).is_symlink()
    assert ResultCache(folder).get("one") == 1


def test_a_folder_in_its_place_is_left_alone_and_told(tmp_path: Path) -> None:
    """Nothing is kept, and the check is done."""
    (tmp_path / FILE).mkdir()
    (tmp_path / FILE / "letter.txt").write_text("Dear …")

    cache = ResultCache(tmp_path)
    cache.put(1, "one")
    cache.save()

    assert [note.partition(" is a folder")[2] for note in cache.notes] == [", and nothing is kept; move it away"]
    assert (tmp_path / FILE / "letter.txt").is_file()


def test_a_file_in_the_place_of_its_folder_is_told(tmp_path: Path) -> None:
    """Nothing is kept, and the check is done."""
    folder = tmp_path / "cache"
    folder.write_text("words")

    cache = ResultCache(folder)
    cache.put(1, "one")
    cache.save()

    assert [note.startswith("the results are not kept for the next check") for note in cache.notes] == [True]
    assert folder.read_text() == "words"


def test_what_cannot_be_written_can_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine of CI may give the cache to be read alone; it is told once that nothing is kept."""
    kept(tmp_path, "known").save()
    before = (tmp_path / FILE).read_bytes()
    connect = sqlite3.connect

    def refusing(name: object, **given: object) -> sqlite3.Connection:
        if not given.get("uri"):
            raise sqlite3.OperationalError("attempt to write a readonly database")
        return connect(name, **given)  # type: ignore[call-overload, no-any-return]

    monkeypatch.setattr(sqlite3, "connect", refusing)
    cache = ResultCache(tmp_path)
    cache.put("new", *KEY, 1)

    assert cache.get(*KEY, 0) == "known"
    cache.save()
    assert len(cache.notes) == 1
    assert "(attempt to write a readonly database)" in cache.notes[0]
    assert (tmp_path / FILE).read_bytes() == before


def test_a_full_disk_is_told_and_leaves_the_cache_as_it_was(tmp_path: Path) -> None:
    """Nothing is half there."""
    kept(tmp_path, "known").save()
    cache = ResultCache(tmp_path)
    assert cache._connection is not None
    cache._connection.execute(f"PRAGMA max_page_count = {cache._connection.execute('PRAGMA page_count').fetchone()[0]}")
    cache.put("x" * 1_000_000, "large")

    cache.save()

    assert ["(database or disk is full)" in note for note in cache.notes] == [True]
    again = ResultCache(tmp_path)
    assert [again.get(*KEY, 0), again.get("large")] == ["known", None]


# -- where it is -----------------------------------------------------------------------------------------------------------


def test_it_is_among_the_users_caches_unless_somebody_says_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    """As the XDG specification says: a path that is not absolute is none."""
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setenv("HOME", "/home/ada")
    monkeypatch.delenv(ENVIRONMENT_VARIABLE, raising=False)
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    assert default_folder() == Path("/home/ada/.cache/a11ynews")

    monkeypatch.setenv("XDG_CACHE_HOME", "/var/caches")
    assert default_folder() == Path("/var/caches/a11ynews")

    monkeypatch.setenv("XDG_CACHE_HOME", "caches")
    assert default_folder() == Path("/home/ada/.cache/a11ynews")

    monkeypatch.setattr("sys.platform", "darwin")
    assert default_folder() == Path("/home/ada/Library/Caches/a11ynews")

    monkeypatch.setenv(ENVIRONMENT_VARIABLE, "/elsewhere")
    assert default_folder() == Path("/elsewhere")


def test_nobody_else_may_look_into_it(tmp_path: Path) -> None:
    """Reports quote what is not published yet."""
    kept(tmp_path / "cache").save()

    assert stat.S_IMODE((tmp_path / "cache").stat().st_mode) == 0o700


# -- files -----------------------------------------------------------------------------------------------------------------


def test_a_file_is_known_by_its_content(tmp_path: Path) -> None:
    """What is not there has an empty state, a folder one that is no digest."""
    file = tmp_path / "a.css"
    file.write_bytes(b"a {}")

    files = Files()

    assert files.state(str(file)) == digest_of(b"a {}")
    assert files.state(str(tmp_path / "none")) == ""
    assert files.state(str(file / "none")) == ""
    assert files.state(str(tmp_path)) == "(folder)"


def test_a_file_that_is_as_it_was_is_not_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither in this check nor in the next one."""
    file = tmp_path / "a.css"
    file.write_bytes(b"a {}")
    age(file)
    files = Files()
    files.state(str(file))
    monkeypatch.setattr(result_cache, "_digest_of_file", lambda _path: pytest.fail("read again"))

    again = Files.from_data(json.loads(json.dumps([*files.to_data()])))

    assert files.state(str(file)) == again.state(str(file)) == digest_of(b"a {}")
    assert not again.has_more


@pytest.mark.parametrize("way", ["in place", "set back", "replaced"])
def test_a_file_that_has_changed_is_read_again(tmp_path: Path, way: str) -> None:
    """Also where its size is the same, and its time was set back."""
    file = tmp_path / "a.css"
    file.write_bytes(b"a {}")
    age(file)
    files = Files()
    files.state(str(file))
    known = Files.from_data(files.to_data())
    before = file.stat()

    if way == "replaced":
        (tmp_path / "b.css").write_bytes(b"b {}")
        os.utime(tmp_path / "b.css", ns=(before.st_atime_ns, before.st_mtime_ns))
        (tmp_path / "b.css").replace(file)
    else:
        file.write_bytes(b"b {}")
        if way == "set back":
            os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))

    assert known.state(str(file)) == digest_of(b"b {}")


def test_a_file_that_was_changed_a_moment_ago_is_read_again(tmp_path: Path) -> None:
    """It could change once more within the same tick of the disk's clock, and have the same size and times."""
    file = tmp_path / "a.css"
    file.write_bytes(b"a {}")

    files = Files()
    files.state(str(file))

    assert [*files.to_data()] == []


@pytest.mark.parametrize("data", [None, 5, [], {"a": 1}, {"a": None}, {"a": "0f"}, {"a": "xy" * 32}, {"a": ["0f" * 32]}])
def test_of_files_nothing_is_known_from_nonsense(data: object) -> None:
    """It costs a look at the files."""
    assert [*Files.from_data([data]).to_data()] == []


def test_what_has_changed_since_the_check_began_is_not_settled(tmp_path: Path) -> None:
    """Whoever has read it may have read something else; the same of a file that has gone, and of a link that leads elsewhere."""
    for name in ("old.css", "goes.css", "target.css"):
        (tmp_path / name).write_text("a {}")
    (tmp_path / "link.css").symlink_to("target.css")
    inner = tmp_path / "inner"
    inner.mkdir()
    (inner / "old.css").write_text("a {}")
    age(inner, *tmp_path.iterdir())
    top = str(tmp_path)

    def settled(files: Files, *names: str) -> list[bool]:
        return [files.is_settled(str(tmp_path / name), top) for name in names]

    assert settled(Files(), "old.css", "none.css", "none/none.css", "link.css", "inner/old.css") == [True] * 5
    files = Files()
    (tmp_path / "target.css").write_text("b {}")
    assert settled(files, "link.css", "old.css", "inner/old.css") == [False, True, True]
    files = Files()
    (tmp_path / "goes.css").unlink()
    assert settled(files, "goes.css", "none.css", "inner/old.css") == [False, False, False]


def test_whether_a_file_is_settled_is_looked_at_again(tmp_path: Path) -> None:
    """It may change after it was asked for, and before another page that has read it is kept."""
    file = tmp_path / "style.css"
    file.write_text("a {}")
    age(file, tmp_path)
    files = Files()
    assert files.is_settled(str(file), str(tmp_path))

    file.write_text("b {}")

    assert files.is_settled(str(file), str(tmp_path))
    files.look_again()
    assert not files.is_settled(str(file), str(tmp_path))
