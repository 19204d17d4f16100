from __future__ import annotations

import errno
import os
import threading
import time

import pytest

from genstudio.corpus.scan import find, read_all
from genstudio.domains import get_domain
from genstudio.errors import CorpusError, GenStudioError, Stopped
from genstudio.progress import Monitor, Stop


def job(domain, **options):
    return {"domain": domain, "length": 2, "stride": 2, "shortest": 1, "read": {}, **options}


def write(folder, **files):
    folder.mkdir(exist_ok=True)
    for name, text in files.items():
        (folder / f"{name}.fake").write_text(text, encoding="utf-8")
    return sorted(folder.glob("*.fake"))


def read(files, domain, workers=2, silence=20.0, **options):
    return read_all(files, job(domain, **options), workers, Monitor(), silence)


def reasons(files):
    return [refusal.reason for file in files for refusal in file.refused]


def test_find(tmp_path):
    for name in ("b/two.fake", "b/One.FAKE", "a.fake", "notes.doc", ".hidden/x.fake", "b/.y.fake", "c.txt"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("x", encoding="utf-8")
    found = find([tmp_path, tmp_path / "a.fake", tmp_path / "notes.doc", tmp_path / "b"], (".fake",), "melody")
    assert [path.relative_to(tmp_path).as_posix() for path in found.files] == ["a.fake", "b/One.FAKE", "b/two.fake"]
    assert [path.name for path in found.others] == ["c.txt", "notes.doc"]
    assert found.kinds == {".doc": 1, ".txt": 1}
    assert [refusal.reason for refusal in found.refused] == ["not a melody file (.doc); expected .fake"]
    assert find([tmp_path / "b" / ".y.fake"], (".fake",), "melody").files == [tmp_path / "b" / ".y.fake"]
    with pytest.raises(CorpusError, match="no file or folder"):
        find([tmp_path / "none"], (".fake",), "melody")


def test_folders_that_are_not_looked_into_are_named(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "b.fake").write_text("x", encoding="utf-8")
    (tmp_path / "in" / "a.fake").write_text("x", encoding="utf-8")
    (tmp_path / "in" / "link").symlink_to(tmp_path / "elsewhere", target_is_directory=True)
    found = find([tmp_path / "in"], (".fake",), "melody")
    assert [path.name for path in found.files] == ["a.fake"]
    assert [(refusal.path, refusal.reason) for refusal in found.closed] == [
        (str(tmp_path / "in" / "link"), "a link to another folder, which is not followed")
    ]


def test_a_folder_without_permission_is_named(tmp_path, monkeypatch):
    (tmp_path / "a.fake").write_text("x", encoding="utf-8")
    real = os.scandir

    def scandir(path):
        if str(path).endswith("shut"):
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return real(path)

    (tmp_path / "shut").mkdir()
    monkeypatch.setattr(os, "scandir", scandir)
    found = find([tmp_path], (".fake",), "melody")
    assert [(refusal.path, refusal.reason) for refusal in found.closed] == [
        (str(tmp_path / "shut"), "this folder cannot be looked into (Permission denied)")
    ]


def test_what_a_reader_gives(tmp_path, fake):
    files = write(tmp_path / "in", a="Xab|cd|ef\n?\nY\nREMARK"[:-7] + "\nZgh\n#REMARK")
    (file,) = read(files, fake)
    assert [piece.phrases for piece in file.pieces] == [["X|ab|cd", "X|ef"], [], ["Z|gh"]]
    assert [piece.reason for piece in file.pieces] == ["", "no notes", ""]
    assert file.pieces[0].title == "tune 1"
    assert file.pieces[0].source == f"{files[0]}#1"
    assert reasons([file]) == ["a bad line"]
    assert file.remarks == ["a remark"]


@pytest.mark.parametrize("workers", [1, 3])
@pytest.mark.slow
def test_the_order_is_that_of_the_files(tmp_path, fake, workers):
    files = write(tmp_path / "in", **{f"f{number:03}": f"X{'abcdefgh'[number % 8] * (number % 9 + 1)}|cd" for number in range(100)})
    found = read(files, fake, workers)
    assert [file.path for file in found] == [str(path) for path in files]
    assert [file.pieces[0].phrases[0] for file in found] == [f"X|{'abcdefgh'[n % 8] * (n % 9 + 1)}|cd" for n in range(100)]


@pytest.mark.slow
def test_harmful_files_cost_only_themselves(tmp_path, fake, caplog):
    harmful = {"b": "CRASH", "c": "HANG", "d": "RAISE", "e": "MEMORY", "f": "DAMAGED", "g": "CRASH", "h": "#", "i": "XFAULT"}
    files = write(tmp_path / "in", a="Xab", z="Xcd", **harmful)
    found = read(files, fake, workers=1, silence=1.5)
    assert [len(file.pieces) for file in found] == [1, 0, 0, 0, 0, 0, 0, 0, 1, 1]
    assert reasons(found) == [
        "the reader crashed on it; it may be damaged",
        "reading it took too long; it may be damaged",
        "the reader failed on it (ValueError: a fault); this is a fault of the program, and its log has the details.",
        "it needs more memory than there is; it may be damaged.",
        "damaged: it ends at byte 9.",
        "the reader crashed on it; it may be damaged",
        "nothing was found in it",
    ]
    assert "by a fault of the program (KeyError" in found[8].pieces[0].reason
    # What went wrong with the reader is in our log, with the place in its source.
    logged = [record.getMessage() for record in caplog.records if record.name.startswith("genstudio.")]
    assert ["d.fake" in logged[0], "i.fake" in logged[1], len(logged)] == [True, True, 2]
    assert 'raise ValueError("a fault")' in logged[0]


@pytest.mark.slow
def test_many_crashes_in_several_processes(tmp_path, fake):
    files = write(tmp_path / "in", **{f"f{number:02}": "CRASH" if number % 8 == 0 else "Xab" for number in range(70)})
    found = read(files, fake, workers=3)
    assert [bool(file.pieces) for file in found] == [number % 8 != 0 for number in range(70)]


def test_options_reach_the_reader(tmp_path, fake):
    files = write(tmp_path / "in", a="Xab\nYcd")
    (file,) = read(files, fake, read={"skip": "cd"})
    assert len(file.pieces) == 1


def test_a_large_file_comes_in_parts(tmp_path, fake, monkeypatch):
    files = write(tmp_path / "in", a="Xab\n" * 1700)
    (file,) = read(files, fake)
    assert len(file.pieces) == 1700


def test_stop_ends_the_readers_at_once(tmp_path, fake):
    files = write(tmp_path / "in", **{f"f{number}": "HANG" for number in range(40)})
    stop = Stop()
    timer = threading.Timer(0.5, stop.request)
    timer.start()
    started = time.monotonic()
    with pytest.raises(Stopped):
        read_all(files, job(fake), 2, Monitor(stop=stop))
    assert time.monotonic() - started < 600  # each file would take an hour
    timer.join()
    assert not [thread for thread in threading.enumerate() if thread.name == "genstudio-reader"]


def test_progress(tmp_path, fake):
    files = write(tmp_path / "in", **{f"f{number}": "Xab" for number in range(5)})
    events = []
    read_all(files, job(fake), 1, Monitor(events.append))
    assert [event.stage for event in events] == ["reading"] * len(events)
    assert (events[0].done, events[-1].done, events[-1].total) == (0, 5, 5)


def test_no_files(fake):
    assert read([], fake) == []


def test_readers_that_cannot_start_are_told(tmp_path, fake):
    files = write(tmp_path / "in", a="Xab")
    with pytest.raises(GenStudioError, match="no domain 'other'"):
        read(files, "other")


def test_a_domain_without_reasons_of_its_own():
    text = get_domain("text")
    assert text.why_no_phrase(None, 4, 1) == "no phrase of 4 bars"
    assert text.why_no_phrase(None, 1, 1) == "no phrase of 1 bar"
    assert text.why_no_phrase(None, 0, 1) == "there is nothing in it to learn from"


def test_a_file_that_vanished(tmp_path):
    (file,) = read([tmp_path / "none.txt"], "text", length=0, stride=0)
    assert "cannot read" in reasons([file])[0]
    assert get_domain("text").name == "text"
