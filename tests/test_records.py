"""Files become records: the text as it stands, in whatever encoding; what is none is refused by name."""

import hashlib
import os
import tempfile
from pathlib import Path

import pytest

from index.readers.text import decode
from index.records import (
    MOST_BYTES,
    READERS,
    Page,
    Source,
    digest_of,
    find_sources,
    page_holding,
    read_record,
)
from index.refusals import Fault, RecordError

MINUTES = "霞野市個人情報保護審議会は、窓口の業務を委ねることについて話し合い、承認とした。\r\n\r\n　以上\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932", "euc_jp", "utf-16"])
@pytest.mark.parametrize(
    "text",
    [
        MINUTES,
        "承認",
        "承認する。\r\n",
        "会議録\n",
        "令和3年度第1回",
        MINUTES * 50,
        "plain ascii\n",
    ],
)
def test_a_file_is_read_in_the_encoding_it_was_saved_in(
    tmp_path: Path, text: str, encoding: str
) -> None:
    path = tmp_path / "minutes.txt"
    path.write_bytes(text.encode(encoding))
    # The characters as they stand: a mark of the encoding too, and every line end.
    assert decode(path).removeprefix("\ufeff") == text


@pytest.mark.parametrize("text", ["ｶﾅ①②髙﨑", "～－∥￠￡￢"])
def test_the_letters_that_only_windows_has_are_read(tmp_path: Path, text: str) -> None:
    path = tmp_path / "minutes.txt"
    path.write_bytes((MINUTES + text).encode("cp932"))
    assert decode(path) == MINUTES + text


@pytest.mark.parametrize("encoding", ["iso2022_jp", "utf-16-le", "utf-16-be"])
def test_mail_encoding_and_utf16_without_its_mark_are_read(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "minutes.txt"
    path.write_bytes(MINUTES.encode(encoding))
    assert decode(path) == MINUTES


NOISE = bytes(range(256)) * 4


@pytest.mark.parametrize(
    ("name", "raw", "reason"),
    [
        ("empty.txt", b"", "holds no text"),
        ("blank.txt", " \r\n\t\u3000\f".encode(), "holds no text"),
        ("mark.txt", b"\xef\xbb\xbf", "holds no text"),
        ("noise.txt", NOISE, "not readable text"),
        ("nul.txt", b"abc\x00def", "not readable text"),
        ("half.txt", b"\xff\xfe\x00\xd8", "not readable text"),
        ("cut.txt", "承認する".encode("utf-16") + b"\x00", "not readable text"),
        ("western.txt", "Ä Ö Ü ß français".encode("latin-1"), "not readable text"),
        ("zero.docx", b"", "is empty"),
        ("archive.docx", b"PK\x03\x04", "is damaged"),
        ("scan.pdf", b"%PDF-1.4", "is damaged"),
        ("half.png", b"\x89PNG\r\n\x1a\n\x00", "is damaged"),
        ("noending", b"abc", "'no ending' cannot be read"),
        ("old.doc", b"\xd0\xcf\x11\xe0", "'.doc' cannot be read"),
        ("old.xls", b"\xd0\xcf\x11\xe0", "'.xls' cannot be read"),
        ("taro.jtd", b"\xd0\xcf\x11\xe0", "'.jtd' cannot be read"),
        ("print.xdw", b"abc", "'.xdw' cannot be read"),
        ("macro.docm", b"PK\x03\x04", "holds macros"),
        ("all.zip", b"PK\x03\x04", "hold other files"),
        ("really.docx", b"%PDF-1.4", "of another kind (PDF)"),
        ("really.pdf", b"PK\x03\x04", "of another kind (zip)"),
        (
            "really.txt",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
            "of another kind (Word / Excel 97-2003)",
        ),
        ("really.txt", b"{\\rtf1 a}", "of another kind (RTF)"),
    ],
)
def test_a_file_that_is_no_record_is_refused_by_name_with_what_to_do(
    tmp_path: Path, name: str, raw: bytes, reason: str
) -> None:
    path = tmp_path / name
    path.write_bytes(raw)
    with pytest.raises(RecordError) as refused:
        read_record(Source(path, name))
    error = refused.value
    assert error.path == path
    assert reason in error.reason
    assert str(error) == f"{name}: {error.reason} {error.advice}"
    assert error.advice.endswith(".")
    assert error.japanese.endswith("。")
    assert "\n" not in str(error) + error.japanese


@pytest.mark.parametrize("name", ["a.txt", "a.TXT", "a.Text", "a.md"])
def test_every_ending_of_plain_text_is_read(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("承認する。", encoding="utf-8")
    assert read_record(Source(tmp_path / name, name)).text == "承認する。"


def test_a_file_that_has_gone_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(RecordError, match=r"gone\.txt"):
        read_record(Source(tmp_path / "gone.txt", "gone.txt"))
    with pytest.raises(RecordError, match="cannot be opened"):
        digest_of(tmp_path)  # a folder cannot be opened as a file


def test_a_record_keeps_its_name_its_characters_and_its_digest(tmp_path: Path) -> None:
    raw = MINUTES.encode("cp932")
    (tmp_path / "a.txt").write_bytes(raw)
    record = read_record(Source(tmp_path / "a.txt", "r3/a.txt"))
    assert (record.id, record.text) == ("r3/a.txt", MINUTES)
    assert record.digest == hashlib.sha256(raw).hexdigest() == digest_of(tmp_path / "a.txt")


def test_the_page_of_a_place_is_known_where_there_are_pages() -> None:
    pages = first, second = Page(1, 0, 2), Page(2, 2, 4)
    found = [page_holding(pages, offset) for offset in (0, 1, 2, 3, 4, -1)]
    assert found == [first, first, second, second, None, None]
    assert page_holding((), 0) is None


# -- which files ----------------------------------------------------------------------------------


def put(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("承認する。", encoding="utf-8")


def test_records_are_found_in_folders_below_in_the_order_of_their_names(tmp_path: Path) -> None:
    put(tmp_path, "b.txt", "a.txt", "r3/c.txt", "r3/4/d.pdf")
    assert [source.id for source in find_sources([tmp_path])] == [
        "a.txt",
        "b.txt",
        "r3/4/d.pdf",
        "r3/c.txt",
    ]


def test_what_lies_beside_records_is_no_record(tmp_path: Path) -> None:
    put(
        tmp_path, "a.txt", ".hidden.txt", "~$a.docx", ".git/b.txt", "README.md", "r3/readme.MD", "Thumbs.db",
        "desktop.ini", ".DS_Store",
    )  # fmt: skip
    assert [source.id for source in find_sources([tmp_path])] == ["a.txt"]


def test_a_folder_below_a_hidden_one_is_still_searched_when_named(tmp_path: Path) -> None:
    put(tmp_path / ".records", "a.txt")
    assert [source.id for source in find_sources([tmp_path / ".records"])] == ["a.txt"]


def test_a_single_file_goes_by_its_name(tmp_path: Path) -> None:
    put(tmp_path, "r3/a.txt")
    assert [source.id for source in find_sources([tmp_path / "r3/a.txt"])] == ["a.txt"]


def test_two_files_of_one_name_in_two_folders_are_both_kept(tmp_path: Path) -> None:
    put(tmp_path, "one/a.txt", "two/a.txt", "three/a.txt")
    sources = find_sources([tmp_path / "one", tmp_path / "two", tmp_path / "three/a.txt"])
    assert [source.id for source in sources] == ["a.txt", "two/a.txt", "three/a.txt"]
    assert len({source.path for source in sources}) == 3


def test_a_file_named_twice_is_read_once(tmp_path: Path) -> None:
    put(tmp_path, "a.txt")
    assert len(find_sources([tmp_path, tmp_path / "a.txt", tmp_path])) == 1


def test_no_file_is_lost_however_the_folders_are_called(tmp_path: Path) -> None:
    put(tmp_path, "x/r/a.txt", "y/r/a.txt", "z/r/a.txt", "y/r/r/a.txt")
    sources = find_sources([tmp_path / "x/r", tmp_path / "y/r", tmp_path / "z/r"])
    assert len({source.id for source in sources}) == len(sources) == 4


def test_no_link_leads_out_of_the_folder(tmp_path: Path) -> None:
    put(tmp_path, "outside/a.txt", "records/b.txt")
    (tmp_path / "records/a.txt").symlink_to(tmp_path / "outside/a.txt")
    (tmp_path / "records/more").symlink_to(tmp_path / "outside")
    sources = find_sources([tmp_path / "records"])
    assert [source.id for source in sources] == ["a.txt", "b.txt", "more"]
    for source in (sources[0], sources[2]):
        with pytest.raises(RecordError) as refused:
            read_record(source)
        assert refused.value.fault is Fault.LINK
    # Named itself, a link is what the user means.
    (named,) = find_sources([tmp_path / "records/a.txt"])
    assert (named.id, read_record(named).text) == ("a.txt", "承認する。")


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="chmod closes no folder on Windows")
def test_a_folder_that_may_not_be_opened_is_refused_by_name() -> None:
    nobody = 65534  # root may open everything
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        put(folder, "a.txt", "r3/b.txt")
        (folder / "r3").chmod(0o000)
        before = os.geteuid()
        if before == 0:
            os.seteuid(nobody)
        try:
            sources = find_sources([folder])
            assert [source.id for source in sources] == ["a.txt", "r3"]
            with pytest.raises(RecordError) as refused:
                read_record(sources[1])
            assert refused.value.fault is Fault.UNOPENED
            (closed,) = find_sources([folder / "r3"])
            assert closed.id == "r3"
        finally:
            if before == 0:
                os.seteuid(before)
            (folder / "r3").chmod(0o755)


def test_a_huge_file_is_not_opened(tmp_path: Path) -> None:
    path = tmp_path / "film.pdf"
    with path.open("wb") as file:
        file.truncate(MOST_BYTES + 1)
    with pytest.raises(RecordError, match=r"too large \(300 MB; at most 300 MB\)"):
        read_record(Source(path, path.name))


def test_every_kind_has_its_reader() -> None:
    folder = Path(__file__).parent.parent / "index" / "readers"
    assert all((folder / f"{name}.py").is_file() for name in READERS.values())


@pytest.mark.parametrize("name", ["nowhere", "nowhere/a.txt"])
def test_a_folder_that_does_not_exist_is_told(tmp_path: Path, name: str) -> None:
    with pytest.raises(RecordError, match="no such file or folder"):
        find_sources([tmp_path / name])
