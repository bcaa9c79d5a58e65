"""Keeping and searching, with the real SQLite and the real Chroma."""

import json
import random
import shutil
import socket
import sqlite3
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, NoReturn

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index import catalogue, chroma, sqlite
from index.cases import Case
from index.catalogue import RecordInfo, Vectors
from index.generations import (
    DamagedIndex,
    Manifest,
    NoIndex,
    StoreError,
    Unwritable,
    WrongIndex,
    build_command,
    prune,
)
from index.meetings import Meeting
from index.passages import Passage, PassageKind
from index.records import Page, Record
from index.store import Index, open_index
from index.writer import GenerationWriter

DIMENSION = 24
MANIFEST = Manifest(
    reader="1", model="かもめ", model_digest="d1", dimension=DIMENSION, dictionary="-", roots=()
)
WORDS = [
    "港", "見回り", "記録", "装置", "保存", "期間", "三日", "通信", "暗号", "審議", "委員", "会長", "承認", "継続", "条件", "答申", "窓口", "灯台",
]  # fmt: skip


def a_passage(record: str, number: int, text: str, heading: str = "", case: str = "") -> Passage:
    return Passage(
        f"{record}@{number}-{number + 1}",
        record,
        number,
        number + 1,
        PassageKind.PAPER,
        text,
        heading,
        case or None,
        f"{record}#m1",
    )


def vectors_of(texts: list[str]) -> Vectors:
    """Any vectors will do, if the same text has the same one."""
    rows = [np.random.default_rng(list(text.encode())).normal(size=DIMENSION) for text in texts]
    vectors = np.array(rows, np.float32).reshape(len(texts), DIMENSION)
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), np.float32)


def publish(folder: Path, passages: list[Passage], manifest: Manifest = MANIFEST) -> str:
    """A generation of these passages, whose records say nothing else.

    White space parts their words: what MeCab would make of them is not the matter here.
    """
    with (
        closing(GenerationWriter(folder, manifest)) as writer,
        pytest.MonkeyPatch.context() as patch,
    ):
        patch.setattr(catalogue, "words", lambda text: tuple(text.split(" ")))
        for record in dict.fromkeys(passage.record for passage in passages):
            own = [passage for passage in passages if passage.record == record]
            writer.add(Record(record, "本文", record), [], [], own)
        missing = writer.texts_without_vectors()
        writer.put_vectors([key for key, _ in missing], vectors_of([text for _, text in missing]))
        return writer.publish()


def some_passages(count: int = 300) -> list[Passage]:
    chance = random.Random(7)
    return [
        a_passage(
            f"r{number % 7}.txt",
            number,
            " ".join(chance.choices(WORDS, k=chance.randrange(3, 30))) + f" {number}",
            chance.choice(WORDS),
            f"c{number % 11}",
        )
        for number in range(count)
    ]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("store")
    publish(folder, some_passages())
    return folder


@pytest.fixture
def index(folder: Path) -> Iterator[Index]:
    with closing(open_index(folder)) as index:
        yield index


@pytest.fixture(scope="module")
def small_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("small")
    publish(folder, some_passages(40))
    return folder


@pytest.fixture
def own_folder(small_folder: Path, tmp_path: Path) -> Path:
    """An index that a test may break."""
    return shutil.copytree(small_folder, tmp_path, dirs_exist_ok=True)


# -- what is kept --------------------------------------------------------------------------------


@given(st.from_type(Case))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_case_comes_back_equal(case: Case) -> None:
    assert catalogue.case_from_json(catalogue.case_to_json(case)) == case


@given(st.from_type(Meeting))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_meeting_comes_back_equal(meeting: Meeting) -> None:
    assert catalogue.meeting_from_json(catalogue.meeting_to_json(meeting)) == meeting


TEXT = "\ufeff会議録\r\n１ 日時\t令和３年\f\r次の頁𠮷\u0000終わり\n"


def test_all_comes_back_as_it_went_in(tmp_path: Path) -> None:
    pages = (Page(1, 0, 15), Page(2, 15, len(TEXT)))
    record = Record("夏/か もめ#1?.txt", TEXT, "abc", pages)
    passages = [
        a_passage(record.id, n, f"港 {n}", "見出し", "c1" if n < 2 else "") for n in range(3)
    ]
    with closing(GenerationWriter(tmp_path, MANIFEST)) as writer:
        writer.add(record, [], [], passages)
        missing = writer.texts_without_vectors()
        writer.put_vectors([key for key, _ in missing], vectors_of([text for _, text in missing]))
        assert writer.publish() == "gen-000001"
    with closing(open_index(tmp_path)) as index:
        assert index.text(record.id) == TEXT
        assert index.records() == [RecordInfo(record.id, "abc", len(TEXT), pages)]
        assert index.passages([passages[2].id, passages[0].id]) == [passages[2], passages[0]]
        assert index.passages_of_case("c1") == passages[:2]
        assert index.passages_of_record(record.id) == passages
        assert index.passage_count == 3
        assert index.manifest.counts == {"records": 1, "meetings": 0, "cases": 0, "passages": 3}
        assert index.manifest.records == {record.id: "abc"}
        np.testing.assert_allclose(
            index.vector(passages[0].id), vectors_of(["見出し\n港 0"])[0], atol=1e-3
        )
        for unknown in (index.text, index.vector, lambda id: index.passages([id])):
            with pytest.raises(KeyError, match="なし"):
                unknown("なし")


def test_ids_of_passages_by_record_and_case(index: Index) -> None:
    passages = some_passages()
    assert index.passage_ids(cases=["c3"]) == {p.id for p in passages if p.case == "c3"}
    assert index.passage_ids(records=["r1.txt"], cases=["c3", "c4"]) == {
        p.id for p in passages if p.record == "r1.txt" or p.case in ("c3", "c4")
    }
    assert index.passage_ids() == set()


def test_a_record_goes_in_whole_or_not_at_all(tmp_path: Path) -> None:
    good = a_passage("a.txt", 1, "港")
    with closing(GenerationWriter(tmp_path, MANIFEST)) as writer:
        with pytest.raises(ValueError, match="one id"):
            writer.add(Record("a.txt", "本文", "1"), [], [], [good, good])
        with pytest.raises(ValueError, match="surrogate"):
            writer.add(Record("b.txt", "本\ud800文", "1"), [], [], [])
        assert writer.counts()["records"] == writer.counts()["passages"] == 0
        writer.add(Record("a.txt", "本文", "1"), [], [], [good])
        assert writer.counts()["records"] == writer.counts()["passages"] == 1


def test_an_empty_index_answers_nothing(tmp_path: Path) -> None:
    publish(tmp_path, [])
    with closing(open_index(tmp_path)) as index:
        assert index.search_words(["港"], 5) == []
        assert index.search_vectors(np.ones(DIMENSION, np.float32), 5) == []
        assert index.search_vectors(np.ones(DIMENSION, np.float32), 5, {"x"}) == []
        assert index.cases() == index.meetings() == index.records() == []


# -- words ---------------------------------------------------------------------------------------

ODD_TOKENS = [
    "ai-ocr", "98", "c++", "サーバー", "が", "か\u3099", "it's", 'a"b', "%", "①", "㎡", "é", "e\u0301", "~",
    "\\", "𠮷野", "😀", "\U000323b0", "and", "or", "not", "near", "near(a", "*", "^", "a*", "(", ")", ":", "text_words:98",
    "heading_words", "-", "'", "''", '"', '""', ";", "--", "ー", "・", "a\u00a0b", "\u200b", "ß", "ı", "ǆ",
]  # fmt: skip


@pytest.fixture(scope="module")
def odd_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("odd")
    publish(folder, [a_passage("r", n, token, f"x{n}") for n, token in enumerate(ODD_TOKENS)])
    return folder


@pytest.mark.parametrize(("number", "token"), list(enumerate(ODD_TOKENS)), ids=ascii)
def test_a_word_of_any_characters_is_one_word(odd_folder: Path, number: int, token: str) -> None:
    with closing(open_index(odd_folder)) as index:
        assert [id for id, _ in index.search_words([token], 9)] == [f"r@{number}-{number + 1}"]
        assert [id for id, _ in index.search_words([f"x{number}"], 9)] == [
            f"r@{number}-{number + 1}"
        ]
        assert index.document_frequency(token) == 1


@pytest.mark.parametrize("token", ["", " ", "\u0000", "\n\t"], ids=ascii)
def test_a_word_of_nothing_finds_nothing(index: Index, token: str) -> None:
    assert index.search_words([token], 5) == []
    assert index.document_frequency(token) == 0


def test_words_are_found_best_first(index: Index) -> None:
    found = index.search_words(["灯台", "港", "灯台"], 1000)
    holding = {
        p.id for p in some_passages() if {"灯台", "港"} & {*p.text.split(), *p.heading.split()}
    }
    assert {id for id, _ in found} == holding
    scores = [score for _, score in found]
    assert scores == sorted(scores, reverse=True)
    assert min(scores) > 0
    assert index.search_words(["灯台", "港"], 7) == found[:7]
    assert index.search_words(["灯台"], 0) == index.search_words([], 5) == []
    assert index.document_frequency("灯台") == sum(
        "灯台" in (*p.text.split(), *p.heading.split()) for p in some_passages()
    )


def test_many_words_may_be_asked_at_once(index: Index) -> None:
    assert index.search_words([*(f"無{n}" for n in range(3000)), "港"], 1)


def test_headings_weigh_what_the_asker_says(tmp_path: Path) -> None:
    publish(tmp_path, [a_passage("r", 1, "港 灯台", "窓口"), a_passage("r", 2, "窓口 灯台", "港")])
    with closing(open_index(tmp_path)) as index:
        assert index.search_words(["港"], 1, heading_weight=5)[0][0] == "r@2-3"
        assert index.search_words(["港"], 1, heading_weight=0.1)[0][0] == "r@1-2"


@pytest.mark.parametrize("share", [0.01, 0.2, 0.9])
def test_filtered_words_are_the_unfiltered_ones_filtered(index: Index, share: float) -> None:
    chance = random.Random(share)
    within = {p.id for p in some_passages() if chance.random() < share}
    every = index.search_words(["灯台", "承認", "三"], 1000)
    expected = [(id, score) for id, score in every if id in within]
    assert index.search_words(["灯台", "承認", "三"], 1000, within | {"unknown"}) == expected
    assert index.search_words(["灯台", "承認", "三"], 2, within) == expected[:2]
    assert index.search_words(["灯台"], 5, set()) == []


# -- vectors -------------------------------------------------------------------------------------


def by_hand(vector: Vectors, limit: int, within: set[str] | None = None) -> list[tuple[str, float]]:
    passages = [p for p in some_passages() if within is None or p.id in within]
    scores = vectors_of([f"{p.heading}\n{p.text}" for p in passages]) @ vector
    order = np.argsort(-scores, kind="stable")[:limit]
    return [(passages[n].id, float(scores[n])) for n in order]


def assert_alike(found: list[tuple[str, float]], expected: list[tuple[str, float]]) -> None:
    """Half precision may exchange neighbours whose cosines are as good as equal."""
    assert len(found) == len(expected)
    np.testing.assert_allclose([s for _, s in found], [s for _, s in expected], atol=2e-3)
    cosines = dict(expected)
    strangers = [score for id, score in found if id not in cosines]
    assert all(abs(score - expected[-1][1]) < 2e-3 for score in strangers)


def test_chroma_finds_the_nearest(index: Index) -> None:
    for word in WORDS:
        query = vectors_of([word])[0]
        assert_alike(index.search_vectors(query * 3, 20), by_hand(query, 20))
    assert len(index.search_vectors(query, 10_000)) == index.passage_count
    assert index.chroma_problem() == ""
    assert index.search_vectors(query, 0) == []


@pytest.mark.parametrize("share", [0.02, 0.2, 0.9])
def test_filtered_neighbours_are_exact(index: Index, share: float) -> None:
    chance = random.Random(share)
    within = {p.id for p in some_passages() if chance.random() < share}
    query = vectors_of(["港"])[0]
    found = index.search_vectors(query, 10, within | {"unknown"})
    assert_alike(found, by_hand(query, 10, within))
    assert {id for id, _ in found} <= within
    assert index.search_vectors(query, 10, []) == []


def test_equal_texts_share_a_vector_and_are_found_in_order(tmp_path: Path) -> None:
    publish(tmp_path, [a_passage("r", n, "港") for n in range(30)])
    with closing(open_index(tmp_path)) as index:
        query = vectors_of(["港"])[0]
        found = index.search_vectors(query, 5, [f"r@{n}-{n + 1}" for n in reversed(range(20))])
        assert [id for id, _ in found] == [f"r@{n}-{n + 1}" for n in range(5)]
        assert len(index.search_vectors(query, 30)) == 30
    database = sqlite3.connect(tmp_path / "gen-000001" / "catalogue.sqlite3")
    with closing(database):
        assert database.execute("SELECT count(*) FROM vectors").fetchone() == (1,)


def test_threads_share_an_index(index: Index) -> None:
    query = vectors_of(["港"])[0]
    within = {p.id for p in some_passages(100)}
    expected = index.search_vectors(query, 9), index.search_words(["港"], 9, within)
    wrong: list[Any] = []

    def ask() -> None:
        for _ in range(10):
            got = index.search_vectors(query, 9), index.search_words(["港"], 9, within)
            if got != expected or not index.text("r1.txt"):
                wrong.append(got)

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


# -- generations ---------------------------------------------------------------------------------


def test_generations_live_side_by_side_in_one_process(tmp_path: Path) -> None:
    query = vectors_of(["港"])[0]
    publish(tmp_path, [a_passage("r", 1, "一")])
    first = open_index(tmp_path)
    assert first.search_vectors(query, 5)[0][0] == "r@1-2"
    again = open_index(tmp_path)  # the same folder twice: Chroma shares it between them
    publish(tmp_path, [a_passage("r", 2, "二")])
    with closing(open_index(tmp_path)) as second:
        assert (first.generation, second.generation) == ("gen-000001", "gen-000002")
        assert second.search_vectors(query, 5)[0][0] == "r@2-3"
        assert first.search_vectors(query, 5)[0][0] == "r@1-2"
        first.close()
        assert again.search_vectors(query, 5)[0][0] == "r@1-2"
        assert second.chroma_problem() == again.chroma_problem() == ""
    again.close()


def test_only_the_generation_before_is_kept(tmp_path: Path) -> None:
    for number in range(1, 5):
        publish(tmp_path, [a_passage("r", number, "港")])
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "CURRENT",
        "gen-000003",
        "gen-000004",
    ]


def test_a_reader_outlives_its_generation(tmp_path: Path) -> None:
    query = vectors_of(["港"])[0]
    publish(tmp_path, some_passages(30))
    with closing(open_index(tmp_path)) as early, closing(open_index(tmp_path)) as late:
        expected = early.search_vectors(query, 5)  # one has Chroma open, the other not yet
        for number in range(3):
            publish(tmp_path, [a_passage("r", number, "港")])
        assert not (tmp_path / "gen-000001").exists()
        for index in (early, late):
            assert_alike(index.search_vectors(query, 5), expected)
            assert index.search_words(["港"], 5)
            assert index.text("r1.txt") == "本文"


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_nothing_is_left_open(tmp_path: Path) -> None:
    publish(tmp_path, some_passages(30))
    with closing(open_index(tmp_path)) as index:
        index.search_vectors(vectors_of(["港"])[0], 5)
    for _ in range(100):  # Chroma closes its database a moment later
        links = [fd.readlink() for fd in Path("/proc/self/fd").iterdir() if fd.is_symlink()]
        if not (left := [link for link in links if tmp_path in link.parents]):
            break
        threading.Event().wait(0.05)
    assert left == []


def test_a_reader_changes_no_file_but_chromas_database(own_folder: Path) -> None:
    def state() -> dict[str, bytes]:
        return {
            str(path): path.read_bytes()
            for path in own_folder.rglob("*")
            if path.is_file() and path.name != "chroma.sqlite3"
        }

    before = state()
    for _ in range(2):
        with closing(open_index(own_folder)) as index:
            index.search_vectors(vectors_of(["港"])[0], 40)
            index.search_words(["港"], 40)
    assert state() == before


def test_an_unpublished_generation_is_seen_by_nobody(own_folder: Path) -> None:
    with closing(GenerationWriter(own_folder, MANIFEST)) as writer:
        writer.add(Record("新.txt", "本文", "1"), [], [], [a_passage("新.txt", 1, "新")])
        with closing(open_index(own_folder)) as index:
            assert "新.txt" not in index.manifest.records
        with pytest.raises(ValueError, match="without vectors"):
            writer.publish()
    assert sorted(path.name for path in own_folder.iterdir()) == ["CURRENT", "gen-000001"]


# -- what can be wrong ---------------------------------------------------------------------------


def test_no_index(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "none"):
        with pytest.raises(NoIndex, match="senrei build --index"):
            open_index(folder)


def test_another_model_is_refused_with_the_command_that_rebuilds(tmp_path: Path) -> None:
    roots = ("/役所/記録 原本", "b")
    manifest = Manifest(
        reader="1", model="かもめ", model_digest="d1", dimension=24, dictionary="", roots=roots
    )
    publish(tmp_path, some_passages(3), manifest)
    open_index(tmp_path, embedder_digest="d1").close()
    with pytest.raises(WrongIndex) as caught:
        open_index(tmp_path, embedder_digest="d2")
    assert 'senrei build "/役所/記録 原本" b --index ' in str(caught.value)
    assert "かもめ" in str(caught.value)


def test_another_format_is_refused(own_folder: Path) -> None:
    path = own_folder / "gen-000001" / "manifest.json"
    path.write_text(json.dumps({"format": 99, "roots": ["記録"], "newer": True}), encoding="utf-8")
    with pytest.raises(WrongIndex, match=r"format 99.*senrei build 記録 --index"):
        open_index(own_folder)


@pytest.mark.parametrize(
    ("folder", "roots", "command"),
    [
        (".senrei", (), "senrei build --index .senrei"),
        ("/a b/c", ("記録",), 'senrei build 記録 --index "/a b/c"'),
        ("x", ("it's", "C:\\記録"), 'senrei build "it\'s" C:\\記録 --index x'),
    ],
)
def test_the_command_that_builds(folder: str, roots: tuple[str, ...], command: str) -> None:
    assert build_command(Path(folder), roots) == command


def _truncate(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-100])


def _scribble(path: Path) -> None:
    path.write_bytes(b"\x5a" * path.stat().st_size)


def _flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 0xFF
    path.write_bytes(content)


def _empty(path: Path) -> None:
    path.write_bytes(b"")


@pytest.mark.parametrize(
    ("name", "damage"),
    [
        ("CURRENT", _scribble),
        ("CURRENT", _empty),
        ("gen-000001", lambda path: path.rename(path.with_name("gone"))),
        ("gen-000001/manifest.json", Path.unlink),
        ("gen-000001/manifest.json", _truncate),
        ("gen-000001/manifest.json", lambda path: path.write_text("[1]", encoding="ascii")),
        ("gen-000001/manifest.json", lambda path: path.write_text("{}", encoding="ascii")),
        ("gen-000001/catalogue.sqlite3", Path.unlink),
        ("gen-000001/catalogue.sqlite3", _truncate),
        ("gen-000001/catalogue.sqlite3", _scribble),
        ("gen-000001/catalogue.sqlite3", _empty),
    ],
)
def test_damage_is_told(own_folder: Path, name: str, damage: Callable[[Path], object]) -> None:
    damage(own_folder / name)
    with pytest.raises(DamagedIndex, match="senrei build"):
        open_index(own_folder)


ASK: list[Callable[[Index], object]] = [
    lambda index: index.records(),
    lambda index: index.text("r1.txt"),
    lambda index: index.meetings(),
    lambda index: index.cases(),
    lambda index: index.passages(["r1.txt@1-2"]),
    lambda index: index.passages_of_case("c1"),
    lambda index: index.passages_of_record("r1.txt"),
    lambda index: index.passage_ids(cases=["c1"]),
    lambda index: index.search_words(["港"], 5),
    lambda index: index.search_words(["港"], 5, {"r1.txt@1-2"}),
    lambda index: index.document_frequency("港"),
    lambda index: index.search_vectors(np.ones(DIMENSION, np.float32), 5),
    lambda index: index.search_vectors(np.ones(DIMENSION, np.float32), 5, {"r1.txt@1-2"}),
    lambda index: index.vector("r1.txt@1-2"),
]


@pytest.mark.parametrize("ask", ASK)
def test_no_foreign_exception_escapes(own_folder: Path, ask: Callable[[Index], object]) -> None:
    path = own_folder / "gen-000001" / "catalogue.sqlite3"
    with closing(open_index(own_folder)) as index:
        _scribble(path)
        (own_folder / "gen-000001" / "chroma" / "chroma.sqlite3").unlink()
        assert index.catalogue_problem()
        with pytest.raises(DamagedIndex, match="senrei build"):
            ask(index)


@pytest.mark.parametrize("ask", ASK)
def test_a_closed_index_says_so(own_folder: Path, ask: Callable[[Index], object]) -> None:
    index = open_index(own_folder)
    index.close()
    index.close()
    with pytest.raises(StoreError, match="closed"):
        ask(index)


def _chroma_file(name: str) -> Callable[[Path], Path]:
    return lambda chroma: next(chroma.rglob(name))


@pytest.mark.parametrize(
    ("find", "damage"),
    [
        (lambda chroma: chroma, lambda path: path.rename(path.with_name("gone"))),
        (_chroma_file("data_level0.bin"), Path.unlink),
        (_chroma_file("data_level0.bin"), _flip),
        (_chroma_file("data_level0.bin"), _truncate),
        (_chroma_file("header.bin"), _scribble),
        (_chroma_file("length.bin"), _scribble),
        (_chroma_file("index_metadata.pickle"), _empty),
        (_chroma_file("chroma.sqlite3"), Path.unlink),
        (_chroma_file("chroma.sqlite3"), _empty),
        (_chroma_file("chroma.sqlite3"), _scribble),
        (_chroma_file("chroma.sqlite3"), lambda path: path.write_bytes(path.read_bytes()[:40960])),
    ],
)
def test_without_chroma_the_answers_are_the_same(
    own_folder: Path, find: Callable[[Path], Path], damage: Callable[[Path], object]
) -> None:
    query = vectors_of(["港"])[0]
    with closing(open_index(own_folder)) as index:
        expected = index.search_vectors(query, 10)
        assert index.chroma_problem() == ""
    damage(find(own_folder / "gen-000001" / "chroma"))
    with closing(open_index(own_folder)) as index:
        assert index.chroma_problem() != ""
        assert_alike(index.search_vectors(query, 10), expected)
        assert_alike(index.search_vectors(query, 10), expected)


def test_a_deleted_generation_is_not_made_anew(
    own_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    query = vectors_of(["港"])[0]
    with closing(open_index(own_folder)) as index:
        expected = index.search_vectors(query, 10)
    with closing(open_index(own_folder)) as index:
        check = chroma.problem_of

        def deleted_after_the_check(generation: Path, manifest: Manifest) -> str:
            problem = check(generation, manifest)
            prune(own_folder, [])
            return problem

        monkeypatch.setattr(chroma, "problem_of", deleted_after_the_check)
        assert_alike(index.search_vectors(query, 10), expected)
    assert list(own_folder.glob("gen-*")) == []


def test_another_versions_chroma_is_left_alone(
    own_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chroma, "version", lambda: "99.0")
    monkeypatch.setattr(chroma, "_open_client", None)
    with closing(open_index(own_folder)) as index:
        assert "made by chromadb" in index.chroma_problem()
        assert len(index.search_vectors(vectors_of(["港"])[0], 10)) == 10


def test_whatever_chroma_raises_is_not_seen(
    own_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class PanicException(
        BaseException
    ):  # as pyo3 calls it, and of no module that could be imported
        pass

    query = vectors_of(["港"])[0]
    for error in (PanicException("index out of bounds"), RuntimeError("?"), ValueError("?")):

        def failing(_: Path, error: BaseException = error) -> NoReturn:
            raise error

        monkeypatch.setattr(chroma, "_open_client", failing)
        with closing(open_index(own_folder)) as index:
            assert len(index.search_vectors(query, 10)) == 10

    def interrupted(_: Path) -> NoReturn:
        raise KeyboardInterrupt

    monkeypatch.setattr(chroma, "_open_client", interrupted)
    with closing(open_index(own_folder)) as index, pytest.raises(KeyboardInterrupt):
        index.search_vectors(query, 10)


def test_chroma_listens_to_nobody_and_calls_nobody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "work").mkdir()
    (tmp_path / "work" / ".env").write_text(
        "CHROMA_API_IMPL=chromadb.api.fastapi.FastAPI\nANONYMIZED_TELEMETRY=True\n",
        encoding="ascii",
    )
    monkeypatch.chdir(tmp_path / "work")
    monkeypatch.setenv("CHROMA_API_IMPL", "chromadb.api.fastapi.FastAPI")
    monkeypatch.setenv("CHROMA_SERVER_HOST", "example.invalid")
    monkeypatch.setenv("CHROMA_OTEL_COLLECTION_ENDPOINT", "http://example.invalid")
    monkeypatch.delenv("ANONYMIZED_TELEMETRY")

    def refused(*_: object, **__: object) -> NoReturn:
        raise AssertionError("a connection was tried")

    monkeypatch.setattr(socket.socket, "connect", refused)
    monkeypatch.setattr(socket, "getaddrinfo", refused)
    publish(tmp_path, some_passages(10))
    with closing(open_index(tmp_path)) as index:
        assert len(index.search_vectors(vectors_of(["港"])[0], 5)) == 5
        assert index.chroma_problem() == ""
    assert [path.name for path in Path().iterdir()] == [".env"]


def test_a_full_disk_is_told(own_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    connect = sqlite.connect

    def small(path: Path, mode: str, **options: Any) -> sqlite3.Connection:
        database = connect(path, mode, **options)
        database.execute("PRAGMA max_page_count = 60")
        return database

    monkeypatch.setattr(sqlite, "connect", small)
    with closing(GenerationWriter(own_folder, MANIFEST)) as writer:
        with pytest.raises(Unwritable, match="full"):
            writer.add(Record("大.txt", "長" * 500_000, "1"), [], [], [])
        assert writer.counts()["records"] == 0
    monkeypatch.undo()
    open_index(own_folder).close()


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="ascii")
    with pytest.raises(Unwritable, match="cannot be written"):
        GenerationWriter(tmp_path / "file", MANIFEST)


# -- vectors are never made twice ----------------------------------------------------------------


def reusing(folder: Path, manifest: Manifest, passages: list[Passage], **options: Any) -> int:
    """How many texts a new writer would have to embed."""
    with closing(GenerationWriter(folder, manifest, **options)) as writer:
        writer.add(Record("r", "本文", "1"), [], [], passages)
        writer.reuse_vectors()
        return len(writer.texts_without_vectors())


def test_vectors_come_from_the_last_generation(own_folder: Path) -> None:
    passages = [*some_passages(40), a_passage("新", 1, "新しい")]
    assert reusing(own_folder, MANIFEST, passages) == 1
    assert reusing(own_folder, MANIFEST, passages, broken={"gen-000001"}) == 41
    other = Manifest(
        reader="1", model="つばめ", model_digest="d2", dimension=24, dictionary="", roots=()
    )
    assert reusing(own_folder, other, passages) == 41


def test_vectors_come_from_a_writer_that_died(tmp_path: Path) -> None:
    passages = some_passages(10)
    dead = GenerationWriter(tmp_path, MANIFEST)
    dead.add(Record("r", "本文", "1"), [], [], passages)
    keys = dead.texts_without_vectors()[:4]
    dead.put_vectors([key for key, _ in keys], vectors_of([text for _, text in keys]))
    # It is not closed: its log is still beside the catalogue.
    assert (tmp_path / "gen-000001.partial" / "catalogue.sqlite3-wal").stat().st_size > 0
    assert reusing(tmp_path, MANIFEST, passages) == 6
    dead.close()
    assert reusing(tmp_path, MANIFEST, passages) == 6
    assert [path.name for path in tmp_path.iterdir()] == ["gen-000003.partial"]


def test_a_broken_partial_generation_is_no_hindrance(tmp_path: Path) -> None:
    (tmp_path / "gen-000004.partial").mkdir()
    (tmp_path / "gen-000004.partial" / "catalogue.sqlite3").write_bytes(b"\x5a" * 9000)
    assert reusing(tmp_path, MANIFEST, some_passages(3)) == 3
