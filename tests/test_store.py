"""Keeping and searching, with the real SQLite and the real Chroma."""

import random
import sqlite3
import sys
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from stores import (
    DIMENSION,
    MANIFEST,
    WORDS,
    a_passage,
    assert_alike,
    publish,
    some_passages,
    vectors_of,
)

from index.cases import Case
from index.meetings import Meeting
from index.passages import Passage
from index.records import Page, Record
from index.storage import catalogue
from index.storage.catalogue import RecordInfo, Vectors
from index.storage.generations import (
    Manifest,
)
from index.store import Index, open_index
from index.writer import GenerationWriter


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("store")
    publish(folder, some_passages())
    return folder


@pytest.fixture
def index(folder: Path) -> Iterator[Index]:
    with closing(open_index(folder)) as index:
        yield index


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


def test_chroma_finds_the_nearest(index: Index) -> None:
    for word in WORDS:
        query = vectors_of([word])[0]
        assert_alike(index.search_vectors(query * 3, 20), by_hand(query, 20))
    assert len(index.search_vectors(query, 10_000)) == index.passage_count
    assert index.chroma_problem() == ""
    assert index.search_vectors(query, 0) == []


def test_the_catalogue_stands_in_for_chroma_until_that_is_opened(index: Index) -> None:
    query = vectors_of(["港"])[0]
    index.leave_chroma()
    assert_alike(index.search_vectors(query, 20), by_hand(query, 20))
    index.open_chroma()
    assert_alike(index.search_vectors(query, 20), by_hand(query, 20))


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
