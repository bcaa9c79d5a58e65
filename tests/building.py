"""Four of the sample's records and their index, for tests of building."""

import shutil
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from stand_ins import HashEmbedder

from index.build import build
from index.build_report import BuildReport
from index.cases import Case
from index.japanese import words
from index.passages import Passage
from index.store import Index, open_index

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = ROOT / "records" / "sample"


@dataclass(frozen=True)
class Place:
    """Four of the sample's records, and where their index goes."""

    records: Path
    folder: Path

    def build(self, embedder: HashEmbedder | None = None, **options: Any) -> BuildReport:
        return build([self.records], self.folder, embedder=embedder or HashEmbedder(), **options)

    def named(self, number: int) -> Path:
        return sorted(self.records.glob("*.txt"))[number]

    def generations(self) -> list[str]:
        return sorted(path.name for path in self.folder.glob("gen-*"))


def new_place(folder: Path) -> Place:
    place = Place(folder / "records", folder / "index")
    place.records.mkdir()
    for path in sorted(SAMPLE.glob("*.txt"))[:4]:
        shutil.copy(path, place.records)
    return place


def contents(folder: Path) -> tuple[dict[str, str], list[Case], list[Passage], list[Any]]:
    """All that an index says, but for the name of its generation."""
    with closing(open_index(folder)) as index:
        records = {record.id: index.text(record.id) for record in index.records()}
        passages = [passage for id in records for passage in index.passages_of_record(id)]
        searched = [
            index.search_words(words("委員会の承認の条件"), 50),
            [(id, round(score, 3)) for id, score in nearest(index)],
            index.document_frequency("承認"),
        ]
        return records, index.cases(), passages, [index.meetings(), *searched]


def nearest(index: Index) -> list[tuple[str, float]]:
    return index.search_vectors(HashEmbedder().query("港"), 20)
