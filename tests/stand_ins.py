"""What stands in for the embedding model where the model itself is not the matter."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NoReturn

from eval.any_vectors import AnyVectors
from index.embedding import Vectors


@dataclass
class HashEmbedder(AnyVectors):
    """Remembers what it has embedded."""

    name: str = "かもめ"
    digest: str = "d1"
    seen: list[str] = field(default_factory=list)

    def passages(self, texts: Sequence[str]) -> Vectors:
        self.seen += texts
        return super().passages(texts)


class NoEmbedder(HashEmbedder):
    """The same model, where nothing is left for it to do."""

    def passages(self, texts: Sequence[str]) -> NoReturn:
        raise AssertionError(f"{len(texts)} texts were embedded once more")
