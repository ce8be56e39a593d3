"""Writing files: whole or not at all, and only where something changes."""

import os
import stat
from pathlib import Path

import pytest

from a11ynews.errors import A11yNewsError
from a11ynews.files import copy_file, is_below, is_there, look_anew, real, remove_leftovers, write_bytes


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_file_is_written_with_its_folders(tmp_path: Path) -> None:
    """And nothing is left beside it."""
    file = tmp_path / "a" / "b" / "c.html"

    assert write_bytes(file, b"x") is True
    assert file.read_bytes() == b"x"
    assert names_in(file.parent) == ["c.html"]


def test_the_same_content_is_not_written_again(tmp_path: Path) -> None:
    """The file keeps its time."""
    file = tmp_path / "a"
    write_bytes(file, b"x")
    os.utime(file, (1, 1))

    assert write_bytes(file, b"x") is False
    assert file.stat().st_mtime == 1
    assert write_bytes(file, b"y") is True
    assert file.read_bytes() == b"y"


def test_a_file_keeps_its_mode(tmp_path: Path) -> None:
    """A new one has that which the umask leaves."""
    old, new = tmp_path / "old", tmp_path / "new"
    old.write_bytes(b"x")
    old.chmod(0o640)
    mask = os.umask(0o027)
    try:
        write_bytes(old, b"y")
        write_bytes(new, b"y")
    finally:
        os.umask(mask)

    assert stat.S_IMODE(old.stat().st_mode) == 0o640
    assert stat.S_IMODE(new.stat().st_mode) == 0o640


def test_a_write_that_fails_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing half written takes its name, and nothing stays beside it."""
    file = tmp_path / "a"
    file.write_bytes(b"old")

    def fail(*_: str) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", fail)
    with pytest.raises(A11yNewsError, match=r"cannot be written \(No space left on device\); check the folder and the space"):
        write_bytes(file, b"new")

    assert file.read_bytes() == b"old"
    assert names_in(tmp_path) == ["a"]


def test_an_interrupt_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C is no error, and passes through."""

    def interrupt(*_: str) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "replace", interrupt)
    with pytest.raises(KeyboardInterrupt):
        write_bytes(tmp_path / "a", b"new")

    assert names_in(tmp_path) == []


@pytest.mark.parametrize("name", ["file/a.html", "folder", "x" * 300])
def test_what_cannot_be_written_is_told_in_one_line(tmp_path: Path, name: str) -> None:
    """A file where a folder should be, a folder where the file should be, a name that is too long."""
    (tmp_path / "file").write_bytes(b"")
    (tmp_path / "folder").mkdir()
    with pytest.raises(A11yNewsError, match=r"^\S+: cannot be written \([^)]+\); check the folder and the space on the disk$"):
        write_bytes(tmp_path / name, b"x")


def test_names_of_any_script_and_length_can_be_written(tmp_path: Path) -> None:
    """The temporary file's name is no longer than a disk allows."""
    assert write_bytes(tmp_path / ("新" * 80), b"x") is True


def test_a_file_that_nobody_may_look_for_is_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """So that it is read, and the reason is told."""
    assert not is_there(tmp_path / "none")
    assert not is_there(tmp_path)

    def refuse(path: Path) -> bool:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "is_file", refuse)
    assert is_there(tmp_path / "none")


def test_what_a_killed_process_has_left_is_removed_and_nothing_else(tmp_path: Path) -> None:
    """Temporary files have names that nobody else gives."""
    left = [tmp_path / ".a.html.123-4.a11ynews", tmp_path / "de/.b.html.1-0.a11ynews"]
    kept = [tmp_path / ".a.html", tmp_path / "de/b.a11ynews", tmp_path / ".a11ynews", tmp_path / ".x.1-a.a11ynews"]
    for file in (*left, *kept):
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(b"")

    assert remove_leftovers(tmp_path) == 2
    assert not any(file.exists() for file in left)
    assert all(file.exists() for file in kept)


def test_a_temporary_file_with_the_same_name_is_in_nobodys_way(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that was killed can have had the same number."""
    monkeypatch.setattr("a11ynews.files._numbers", iter([1, 2]))
    left = tmp_path / f".a.{os.getpid()}-1.a11ynews"
    left.write_bytes(b"half")

    assert write_bytes(tmp_path / "a", b"x") is True
    assert (tmp_path / "a").read_bytes() == b"x"


def test_a_folder_that_another_process_makes_meanwhile_is_written_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two processes that write the first files of a folder both find it missing, and one of them makes it before the other."""
    folder, opens, tries = tmp_path / "new", os.open, []

    def open_late(path: str, flags: int, mode: int = 0o777) -> int:
        try:
            return opens(path, flags, mode)
        except FileNotFoundError:
            tries.append(path)
            folder.mkdir()  # just after this process has missed it
            raise

    monkeypatch.setattr(os, "open", open_late)
    write_bytes(folder / "page.html", b"x")
    assert len(tries) == 1
    assert (folder / "page.html").read_bytes() == b"x"


def test_a_copy_has_the_times_of_what_was_copied(tmp_path: Path) -> None:
    """So that the next render sees without reading it that it is there already."""
    source, target = tmp_path / "a.mp4", tmp_path / "media/a.mp4"
    source.write_bytes(b"film")
    os.utime(source, (1, 1))

    assert copy_file(source, target) is True
    assert target.read_bytes() == b"film"
    assert target.stat().st_mtime == 1
    assert copy_file(source, target) is False
    assert names_in(target.parent) == ["a.mp4"]


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
@pytest.mark.parametrize(
    "path", ["a/b/c", "a/b/../c", "link/c", "link/../c", "a/to-c", "a/to-c/d", "loop", "none/x", ".", "a/b/", "/"]
)
def test_a_path_leads_where_the_system_says(tmp_path: Path, path: str) -> None:
    """Folders are asked once whether they are links; what comes of it is what comes of asking each time."""
    (tmp_path / "a/b").mkdir(parents=True)
    (tmp_path / "a/b/c").write_text("c")
    (tmp_path / "link").symlink_to("a/b")
    (tmp_path / "a/to-c").symlink_to(tmp_path / "link/c")
    (tmp_path / "loop").symlink_to("loop")
    look_anew()

    assert real(tmp_path / path) == os.path.realpath(os.path.abspath(tmp_path / path))  # noqa: PTH100
    assert real(tmp_path / path) == os.path.realpath(os.path.abspath(tmp_path / path))  # noqa: PTH100  # now that it is known


@pytest.mark.parametrize(
    ("path", "folder", "is_in"), [("/a/b", "/a", True), ("/a", "/a", True), ("/ab", "/a", False), ("/a", "/", True)]
)
def test_a_folder_holds_what_lies_below_it(path: str, folder: str, *, is_in: bool) -> None:
    """A name that begins like the folder's is another one."""
    assert is_below(path.replace("/", os.sep), folder.replace("/", os.sep)) == is_in
