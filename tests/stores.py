"""Indexes of any passages, for what is kept and found in them."""

import random
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from index.passages import Passage, PassageKind
from index.records import Record
from index.storage import catalogue
from index.storage.catalogue import Vectors
from index.storage.generations import (
    Manifest,
)
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


def assert_alike(found: list[tuple[str, float]], expected: list[tuple[str, float]]) -> None:
    """Half precision may exchange neighbours whose cosines are as good as equal."""
    assert len(found) == len(expected)
    np.testing.assert_allclose([s for _, s in found], [s for _, s in expected], atol=2e-3)
    cosines = dict(expected)
    strangers = [score for id, score in found if id not in cosines]
    assert all(abs(score - expected[-1][1]) < 2e-3 for score in strangers)
