"""What stands in for the embedding model where the model itself is not the matter."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NoReturn

import numpy as np

from index.embedding import Vectors, load_embedder


@dataclass
class HashEmbedder:
    """Any vectors will do, if the same text has the same one."""

    name: str = "かもめ"
    digest: str = "d1"
    dimension: int = 24
    seen: list[str] = field(default_factory=list)

    def passages(self, texts: Sequence[str]) -> Vectors:
        self.seen += texts
        return np.array([self.query(text) for text in texts], np.float32)

    def query(self, text: str) -> Vectors:
        seed = int.from_bytes(hashlib.sha256(text.encode()).digest()[:8])
        vector = np.random.default_rng(seed).normal(size=self.dimension)
        return np.asarray(vector / np.linalg.norm(vector), np.float32)


def as_if_real() -> HashEmbedder:
    """With the real model's name, so that the app opens an index made with it."""
    real = load_embedder()
    return HashEmbedder(real.name, real.digest, real.dimension)


class NoEmbedder(HashEmbedder):
    """The same model, where nothing is left for it to do."""

    def passages(self, texts: Sequence[str]) -> NoReturn:
        raise AssertionError(f"{len(texts)} texts were embedded once more")
