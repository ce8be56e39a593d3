"""What pages were made of: read and written, and believed only as far as it can be."""

import os
from pathlib import Path

import pytest

from a11ynews.errors import Fault
from a11ynews.ledger import FORMAT, Edition, Furniture, Ledger, Seen, Sheet, digest_of, signature


def sheet(record: str = "bridge") -> Sheet:
    """What is known of a record with a page in one language."""
    return Sheet(
        record,
        f"news/{record}/record.yaml",
        "key",
        is_whole=False,
        is_strict=True,
        languages=["en", "de"],
        inputs={f"news/{record}/record.yaml": Seen("1-2-3", "abc"), "locales/de/LC_MESSAGES/bridge.po": Seen("", "")},
        claims={"en": "en/bridge.html"},
        entries={"en": {"record": record}},
        stops={"de": [Fault("x.po", 1, 2, "no text is translated")]},
        notes={"en": [Fault("x.po", 3, 1, "“ä”\u2028")]},
        files={"media/bridge/a.png": Seen("4-5-6", "def")},
        pictures={"a.png": [1, 2, "media/bridge/a.png", [], []]},
        editions={"en": Edition("en/bridge.html", "k", Seen("7-8-9", "ghi"), Seen("1-1-1", "jkl"), [])},
    )


def test_a_ledger_is_read_as_it_was_written(tmp_path: Path) -> None:
    """Every record, and what is no record's."""
    ledger = Ledger({"en/feed.xml": Furniture("", "k", Seen("1-2-3", "abc"))}, "state", 12.5)
    ledger.put(sheet('odd ",'))
    ledger.put(sheet())
    ledger.write(tmp_path / "ledger")

    read, is_sound = Ledger.read(tmp_path / "ledger")

    assert is_sound
    assert (read.around, read.state, read.until) == (ledger.around, "state", 12.5)
    assert sorted(read) == ["bridge", 'odd ",']
    assert read.sheet("bridge") == sheet()
    assert read.sheet('odd ",') == sheet('odd ",')
    assert read.sheet("none") is None


def test_another_version_s_is_an_empty_one(tmp_path: Path) -> None:
    """An update is no damage."""
    file = tmp_path / "ledger"
    ledger = Ledger()
    ledger.put(sheet())
    ledger.write(file)
    file.write_bytes(file.read_bytes().replace(b'ledger": %d' % FORMAT, b'ledger": %d' % (FORMAT - 1)))

    read, is_sound = Ledger.read(file)

    assert is_sound
    assert list(read) == []


def test_no_ledger_is_an_empty_one(tmp_path: Path) -> None:
    """A site that was never rendered has nothing wrong with it."""
    ledger, is_sound = Ledger.read(tmp_path / "ledger")

    assert is_sound
    assert list(ledger) == []


@pytest.mark.parametrize("place", ["head", "index", "end"])
def test_a_ledger_that_was_touched_is_not_believed(tmp_path: Path, place: str) -> None:
    """A bit that is another, a line that is gone, a format that is not ours: all of it is found."""
    ledger = Ledger()
    ledger.put(sheet())
    file = tmp_path / "ledger"
    ledger.write(file)
    content = file.read_bytes()
    touched = {
        "head": b"\0" + content,
        "index": content.replace(b"1-2-3", b"1-2-4", 1),
        "end": content[:-20],
    }
    file.write_bytes(touched[place])

    read, is_sound = Ledger.read(file)

    assert not is_sound
    assert list(read) == []


def test_what_was_touched_of_a_record_is_not_believed(tmp_path: Path) -> None:
    """The record is unknown, and that there is something wrong is known."""
    ledger = Ledger()
    ledger.put(sheet())
    ledger.put(sheet("road"))
    file = tmp_path / "ledger"
    ledger.write(file)
    before, _, after = file.read_bytes().rpartition(b"1-2-3")
    file.write_bytes(before + b"1-2-4" + after)

    read, is_sound = Ledger.read(file)

    assert is_sound
    assert read.sheet("bridge") == sheet()
    assert not read.is_damaged
    assert read.sheet("road") is None
    assert read.is_damaged
    assert list(read) == ["bridge"]


def test_records_that_are_too_many_to_be_kept_are_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a large site a few are in memory, and what was put is there all the same."""
    monkeypatch.setattr("a11ynews.ledger.MOST_READ", 2)
    ledger = Ledger()
    names = [f"story-{number}" for number in range(5)]
    for name in names:
        ledger.put(sheet(name))
    assert [ledger.sheet(name) for name in names] == [sheet(name) for name in names]
    first = ledger.sheet("story-0")
    assert first is not None
    first.key = "another"
    ledger.put(first)
    ledger.write(tmp_path / "ledger")

    read, _ = Ledger.read(tmp_path / "ledger")

    assert list(read) == names
    assert read.sheet("story-0") == first
    assert read.sheet("story-4") == sheet("story-4")


def test_what_decides_of_a_record_is_read_without_the_rest(tmp_path: Path) -> None:
    """The signatures of its files and pages, and whether there is something to tell of it each time."""
    ledger = Ledger()
    ledger.put(sheet())
    ledger.write(tmp_path / "ledger")

    read, _ = Ledger.read(tmp_path / "ledger")

    stamp = read.stamp("bridge")
    assert stamp is not None
    assert (stamp.file, stamp.key, stamp.strict) == ("news/bridge/record.yaml", "key", True)
    assert stamp.inputs == {"news/bridge/record.yaml": "1-2-3", "locales/de/LC_MESSAGES/bridge.po": ""}
    assert (stamp.files, stamp.pages) == ({"media/bridge/a.png": "4-5-6"}, [("en", "en/bridge.html", "7-8-9", "1-1-1")])
    assert (stamp.has_notes, stamp.has_related) == (True, False)
    assert read.stamp("none") is None


@pytest.mark.parametrize("path", ["../x", "/etc/passwd", "a/../../x", "", "C:/x", "a\\b"])
def test_a_path_outside_the_site_makes_a_record_unknown(tmp_path: Path, path: str) -> None:
    """So that nothing is ever removed by it."""
    ledger = Ledger()
    foreign = sheet()
    foreign.claims["en"] = path
    ledger.put(foreign)
    ledger.write(tmp_path / "ledger")

    read, is_sound = Ledger.read(tmp_path / "ledger")

    assert is_sound
    assert read.sheet("bridge") is None


def test_a_file_is_read_again_where_its_times_have_changed(tmp_path: Path) -> None:
    """Also where its time of change was set back; one that has only been touched has the same digest."""
    file = tmp_path / "a"
    file.write_bytes(b"one")
    seen = Seen(signature(file), digest_of(b"one"))
    assert seen.now(file) is seen

    before = file.stat()
    file.write_bytes(b"two")
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert seen.now(file).digest == digest_of(b"two")

    file.write_bytes(b"one")
    assert seen.now(file).digest == seen.digest
    file.unlink()
    assert seen.now(file) == Seen("", "")


def test_what_was_written_a_moment_ago_is_read_next_time(tmp_path: Path) -> None:
    """The next change could have the same times."""
    file = tmp_path / "a"
    file.write_bytes(b"one")

    assert Seen.of(file) == Seen("?", digest_of(b"one"))


def test_what_nobody_has_changed_is_written_as_it_was(tmp_path: Path) -> None:
    """A line that was read and not put again is kept byte for byte; one that was put again is made anew."""
    file = tmp_path / "ledger.jsonl"
    ledger = Ledger(until=1.0)
    for record in ("bridge", 'a "b" \\', "öffnung"):
        ledger.put(sheet(record))
    ledger.write(file)
    before = file.read_bytes()
    again, is_sound = Ledger.read(file)
    assert is_sound
    read = again.sheet("bridge")
    assert read is not None
    assert again.sheet("öffnung") is not None

    again.write(file)
    assert file.read_bytes() == before
    again, _ = Ledger.read(file)
    read.key = "another"
    again.put(read)
    again.write(file)

    after, _ = Ledger.read(file)
    told = after.sheet("bridge")
    assert told is not None
    assert told.key == "another"
    # The head, what is known of that record, and what decides whether anything is to be done for it.
    assert len(set(file.read_bytes().splitlines()) - set(before.splitlines())) == 3
