"""Files become records: the text as it stands, in whatever encoding; what is none is refused by name."""

import hashlib
from contextlib import suppress
from pathlib import Path

import pytest

from index.records import (
    Page,
    Record,
    RecordError,
    Source,
    decode,
    digest_of,
    find_sources,
    read_record,
)


def bug(*values: object, why: str) -> object:
    return pytest.param(*values, marks=pytest.mark.xfail(strict=True, reason=why))


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


@pytest.mark.xfail(
    strict=True, reason="ISO-2022-JP is all ASCII, so it passes as UTF-8 and becomes noise"
)
def test_mail_encoding_is_read_or_refused_but_never_noise(tmp_path: Path) -> None:
    path = tmp_path / "minutes.txt"
    path.write_bytes(MINUTES.encode("iso2022_jp"))
    with suppress(RecordError):
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
        ("archive.docx", b"PK\x03\x04", "'.docx' cannot be read"),
        ("scan.pdf", b"%PDF-1.4", "'.pdf' cannot be read"),
        ("noending", b"abc", "'no ending' cannot be read"),
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
    assert "\n" not in str(error)


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
    record = Record("a.pdf", "一頁二頁", "", (Page(1, 0, 2), Page(2, 2, 4)))
    assert [record.page_at(offset) for offset in (0, 1, 2, 3, 4, -1)] == [1, 1, 2, 2, None, None]
    assert Record("a.txt", "一頁", "").page_at(0) is None


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


@pytest.mark.xfail(
    strict=True, reason="the second name is taken too, and the file that had it is lost silently"
)
def test_no_file_is_lost_however_the_folders_are_called(tmp_path: Path) -> None:
    put(tmp_path, "x/r/a.txt", "y/r/a.txt", "z/r/a.txt")
    sources = find_sources([tmp_path / "x/r", tmp_path / "y/r", tmp_path / "z/r"])
    assert len(sources) == 3


@pytest.mark.parametrize("name", ["nowhere", "nowhere/a.txt"])
def test_a_folder_that_does_not_exist_is_told(tmp_path: Path, name: str) -> None:
    with pytest.raises(RecordError, match="no such file or folder"):
        find_sources([tmp_path / name])
