"""What stands in for the embedding model where what the vectors say is not the matter."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from index.embedding import Vectors, load_embedder


@dataclass
class AnyVectors:
    """Vectors that say nothing, but the same for the same text."""

    name: str = "any vectors"
    digest: str = "any-vectors"
    dimension: int = 24

    def passages(self, texts: Sequence[str]) -> Vectors:
        """One unit vector a text, of shape (number of texts, dimension)."""
        return np.array([self.query(text) for text in texts], np.float32)

    def query(self, text: str) -> Vectors:
        """A unit vector, of shape (dimension,)."""
        seed = int.from_bytes(hashlib.sha256(text.encode()).digest()[:8])
        vector = np.random.default_rng(seed).normal(size=self.dimension)
        return np.asarray(vector / np.linalg.norm(vector), np.float32)


def as_if_real() -> AnyVectors:
    """With the real model's name, so that whoever has the model opens an index made with it."""
    real = load_embedder()
    return AnyVectors(real.name, real.digest, real.dimension)
