"""The file of corrections: whatever people and editors do to it, and to its folder, nothing is lost."""

import subprocess
import sys
import threading
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import corrections
from index.cases import Field
from index.corrections import NAME, CorrectionError, Note, keep, read_notes

# -- the file ------------------------------------------------------------------------------------

NOTE = Note(
    "a1",
    "2026-11-21T12:00:00+09:00",
    "r.txt",
    "d",
    "題",
    "諮問第1号",
    "t",
    Field.OUTCOME,
    "approved",
    "continued",
)


def test_what_others_wrote_into_the_file_stays(tmp_path: Path) -> None:
    path = tmp_path / NAME
    path.write_bytes('# 覚え書き\r\n[office]\r\nname = "総務課"'.encode())
    keep([replace(NOTE, folder=tmp_path)])
    text = path.read_bytes().decode()
    assert text.startswith('# 覚え書き\r\n[office]\r\nname = "総務課"\r\n')
    assert "\n" not in text.replace("\r\n", "")
    assert read_notes([path]) == ([replace(NOTE, folder=tmp_path)], [])


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp932"])
def test_a_file_that_another_editor_saved_is_read_and_only_added_to(
    tmp_path: Path, encoding: str
) -> None:
    keep([replace(NOTE, folder=tmp_path, by="北辰 太郎")])
    path = tmp_path / NAME
    saved = path.read_text(encoding="utf-8").encode(encoding)
    path.write_bytes(saved)
    keep([replace(NOTE, id="a2", folder=tmp_path, by="髙橋☺")])
    assert path.read_bytes().startswith(saved)
    notes, faults = read_notes([path])
    assert ([note.by for note in notes], faults) == (["北辰 太郎", "髙橋☺"], [])


@pytest.mark.parametrize(
    "damage",
    [
        lambda block: block.replace("総".encode(), b"\x80"),  # a character
        lambda block: block[:60],  # its end
        lambda block: block.replace(b'"a2"', b'"""a2'),  # a string that does not end
        lambda block: block.replace(b'"a2"', b"[" * 20_000),
        lambda block: block.replace(b'"a2"', b"1" * 20_000),
        lambda block: block.replace(b'"r.txt"', rb'"r\u0000"'),
    ],
)
def test_a_damaged_block_spoils_no_other(tmp_path: Path, damage: Any) -> None:
    path = tmp_path / NAME
    keep([replace(NOTE, folder=tmp_path, by="北辰 太郎")])
    begun = len(path.read_bytes())
    keep([replace(NOTE, id="a2", folder=tmp_path, by="総務")])
    saved = path.read_bytes()
    saved = saved[:begun] + damage(saved[begun:])
    path.write_bytes(saved)
    keep([replace(NOTE, id="a3", folder=tmp_path)])
    assert path.read_bytes().startswith(saved)
    notes, faults = read_notes([path])
    assert [note.id for note in notes] == ["a1", "a3"]
    assert len(faults) == 1


@pytest.mark.parametrize("name", ["無い.txt", "あ" * 200, "a" * 1_000])
def test_a_record_of_any_name_may_be_away(tmp_path: Path, name: str) -> None:
    note = replace(NOTE, record=name, digest="", folder=tmp_path)
    assert corrections.owners([note], [], {}) == ({}, [note])


def test_two_people_at_once_lose_nothing(tmp_path: Path) -> None:
    def many(who: int) -> None:
        for n in range(12):
            keep([replace(NOTE, id=f"{who}-{n}", folder=tmp_path)])

    threads = [threading.Thread(target=many, args=(who,)) for who in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    notes, faults = read_notes([tmp_path / NAME])
    assert (len(notes), faults) == (48, [])
    assert not [path for path in tmp_path.iterdir() if path.suffix == ".tmp"]


def test_one_who_dies_while_writing_holds_nobody_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep([replace(NOTE, folder=tmp_path)])
    monkeypatch.setattr(corrections, "_WAIT", 0.1)
    holding = f"""
import sys, filelock
lock = filelock.FileLock({str(tmp_path / f".{NAME}.lock")!r}); lock.acquire()
open({str(tmp_path / f".{NAME}.tmp")!r}, "w").write("half")
print(flush=True); sys.stdin.read()
"""
    with subprocess.Popen(
        [sys.executable, "-c", holding], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        assert other.stdout is not None
        other.stdout.readline()
        with pytest.raises(CorrectionError, match="ほかの人"):
            keep([replace(NOTE, id="a2", folder=tmp_path)])
        other.kill()
    keep([replace(NOTE, id="a3", folder=tmp_path)])
    notes, faults = read_notes([tmp_path / NAME])
    assert ([note.id for note in notes], faults) == (["a1", "a3"], [])
    assert not [path for path in tmp_path.iterdir() if path.suffix == ".tmp"]


def test_a_correction_and_the_one_it_replaces_are_written_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = replace(NOTE, folder=tmp_path)
    keep([old])
    written: list[bytes] = []
    monkeypatch.setattr(corrections, "replace_file", lambda _, content: written.append(content))
    keep([replace(old, id="a2")], instead_of=[old], by="北")
    (content,) = written
    (tmp_path / NAME).write_bytes(content)
    assert [note.id for note in read_notes([tmp_path / NAME])[0]] == ["a2"]


def test_a_folder_that_takes_nothing_is_told_and_nothing_is_half_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep([replace(NOTE, folder=tmp_path)])
    before = (tmp_path / NAME).read_bytes()

    def full(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(CorrectionError, match=r"保存できませんでした.*No space left"):
        keep([replace(NOTE, id="a2", folder=tmp_path)])
    assert (tmp_path / NAME).read_bytes() == before
    assert not [path for path in tmp_path.iterdir() if path.suffix == ".tmp"]
    with pytest.raises(CorrectionError, match="保存できませんでした"):
        keep([replace(NOTE, folder=tmp_path / "無い")])


@given(
    st.text(max_size=60).filter(str.strip), st.text(max_size=20),
    st.sampled_from(['"', "\n[[correction]]\n", "\\", "'''", "\x7f", "\x00", "#", "＂"]),
)  # fmt: skip
def test_any_words_come_back_as_they_went(
    tmp_path_factory: pytest.TempPathFactory, title: str, by: str, trap: str
) -> None:
    folder = tmp_path_factory.mktemp("k")
    note = replace(NOTE, folder=folder, title=f"題{title}{trap}", by=by)
    keep([note], [f"{title}"])
    (found,), faults = read_notes([folder / NAME])
    assert faults == []
    assert found.title == note.title.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


@pytest.mark.parametrize(
    ("field", "now", "fine"),
    [
        (Field.OUTCOME, "approved", True), (Field.OUTCOME, "承認", False), (Field.DATE, "2021-04-20", True),
        (Field.DATE, "2021-4-20", False), (Field.DATE, "令和3年", False), (Field.DATE, "0021-04-20", False),
        (Field.MUNICIPALITY, "銀杏町", True), (Field.MUNICIPALITY, "", False), (Field.MUNICIPALITY, "どこか", False),
        (Field.MUNICIPALITY, "北辰区", True), (Field.TITLE, "題名", True), (Field.TITLE, " ", False),
    ],
)  # fmt: skip
def test_only_what_can_be_is_taken(field: Field, now: str, fine: bool) -> None:
    assert (corrections.problem_of(field, now) == "") is fine
