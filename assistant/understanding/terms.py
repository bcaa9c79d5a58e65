"""Words -> terms: what a question is about, each word with the other words that say the same.

How much a word says is its rarity in the index: new records bring new words without new code.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from math import log
from pathlib import Path

from assistant.understanding.spelling import meant
from assistant.understanding.wants import COUNTERS
from index.cases import Case
from index.japanese import Word, fold, folded_with_offsets, level, words, words_with_spans
from index.meetings import Meeting

_NAMELIKE = re.compile(r"^[0-9a-zァ-ヶー・-]+$|^[一-龠ァ-ヶーa-z0-9]{2,}$")


@dataclass(frozen=True, slots=True)
class Term:
    """A word of the question: the forms under which it counts as found, and how much it says.

    `weight` is its rarity in the index (inverse document frequency), 0 for words that only ask.
    `name` marks words that name something; without them in the evidence there is no answer. `parts`
    are the words of a compound (水・資源・機構), each with its forms, `rarities` how rare each is;
    a `measure` is a figure.
    """

    key: str
    forms: tuple[str, ...]
    weight: float
    name: bool = False
    parts: tuple[tuple[str, ...], ...] = ()
    measure: bool = False
    rarities: tuple[float, ...] = ()

    def share(self, folded: str) -> float:
        """How much of the term stands in a folded text: 1 in any form, less where only parts do."""
        if any(form in folded for form in self.forms):
            return 1.0
        if not self.parts:
            return 0.0
        held = [any(form in folded for form in part) for part in self.parts]
        rarities = self.rarities or (1.0,) * len(held)
        share = sum(rarity for rarity, has in zip(rarities, held, strict=True) if has)
        # one word of a compound alone (特定 of 特定健診) hardly speaks for it
        return (0.8 if sum(held) > 1 else 0.3) * share / sum(rarities)


def _word_list(name: str) -> frozenset[str]:
    rows = (Path(__file__).parent.parent / "data" / name).read_text(encoding="utf-8").splitlines()
    return frozenset(fold(word) for row in rows if not row.startswith("#") for word in row.split())


@cache
def asking() -> frozenset[str]:
    """The folded words that ask or frame and name nothing (assistant/data/asking.txt)."""
    return _word_list("asking.txt")


@cache
def attributes() -> frozenset[str]:
    """The folded words for what may be asked of any matter (assistant/data/attributes.txt)."""
    return _word_list("attributes.txt")


@cache
def thesaurus() -> dict[str, tuple[str, ...]]:
    """Folded word -> the folded words of its groups (assistant/data/thesaurus.txt)."""
    path = Path(__file__).parent.parent / "data" / "thesaurus.txt"
    groups: dict[str, tuple[str, ...]] = {}
    for row in path.read_text(encoding="utf-8").splitlines():
        if row.strip() and not row.startswith("#"):
            group = tuple(dict.fromkeys(fold(word) for word in row.split()))
            for word in group:
                groups[word] = tuple(dict.fromkeys((*groups.get(word, ()), *group)))
    return groups


def as_written(term: Term, text: str) -> str:
    """The term as a text writes it, in its longest form there; empty where it is not in it."""
    plain = level(text)
    key, offsets = folded_with_offsets(plain)
    form = next((f for f in sorted(term.forms, key=len, reverse=True) if f in key), None)
    if form is None:
        return ""
    at = key.index(form)
    return plain[offsets[at] : offsets[at + len(form) - 1] + 1]


@cache
def _english() -> list[tuple[str, str]]:
    """English phrases, longest first, with the Japanese they are read as (data/english.txt)."""
    path = Path(__file__).parent.parent / "data" / "english.txt"
    pairs = []
    for row in path.read_text(encoding="utf-8").splitlines():
        if row.strip() and not row.startswith("#"):
            japanese, _, phrases = row.partition(":")
            pairs += [(phrase.strip(), japanese) for phrase in phrases.split(",")]
    return sorted(pairs, key=lambda pair: -len(pair[0]))


def in_japanese(text: str) -> str:
    """A message with, where it has no Japanese of its own, Japanese for its English words."""
    if re.search(r"[ぁ-んァ-ヶ一-龠]", level(text)) or not re.search(r"[A-Za-z]{2}", text):
        return text
    for phrase, japanese in _english():
        text = re.sub(
            rf"(?<![A-Za-z]){re.escape(phrase)}(?![A-Za-z])", f"、{japanese}、", text, flags=re.I
        )
    return text


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What the index knows names of, and how rare its words are."""

    places: frozenset[str]
    passages: int
    frequency: Callable[[str], int] = field(repr=False)
    titles: tuple[str, ...] = field(default=(), repr=False)

    @classmethod
    def of(
        cls,
        cases: Sequence[Case],
        meetings: Sequence[Meeting],
        passages: int,
        frequency: Callable[[str], int],
    ) -> Vocabulary:
        """The vocabulary of an index's cases and meetings."""
        places = {case.municipality for case in cases} | {m.municipality for m in meetings}
        titles = tuple(dict.fromkeys(fold(case.title) for case in cases))
        return cls(frozenset(p for p in places if p), passages, frequency, titles)

    def slip(self, term: Term) -> str | None:
        """What a name is a slip of the pen for, where the index knows no such word."""
        unknown = any(not self.frequency(word) for word in words(term.key))
        other = any(self.frequency(word) for f in term.forms if f != term.key for word in words(f))
        if not term.name or not unknown or (other and not term.parts) or self._in_titles(term):
            return None
        return meant(term.key, self.titles)

    def _in_titles(self, term: Term) -> bool:
        return any(form in title for form in term.forms for title in self.titles)

    def titled(self, term: Term) -> bool:
        """Whether a term names matters: it stands in a title, or nothing in the index has it."""
        if any(term.share(title) >= 0.7 for title in self.titles):
            return True
        return bool(self.titles) and not any(map(self.frequency, words(term.key)))

    def rarity(self, key: str) -> float:
        """How rare a word is: from 0.4 for one in every passage to about 2.6 for one never seen."""
        seen = self.frequency(key)
        return (
            0.4 + log((self.passages + 1) / (seen + 0.5)) / max(1.0, log(self.passages + 1)) * 2.2
        )


# Phrases that frame a question, off before its words are read
_FRAME = re.compile(
    # who asks, and for which day
    r"(?<![一-龠])(?:うち|私|私たち|我々|当|自分)の?(?:市|町|村|区|課|部署|係|会社)(?:の|で|では|でも|は|も)?(?![一-龠])"
    r"|(?:明日|あす|あした|明後日|今日|本日|今夜|今週|来週|来月|今月)(?:の(?:会議|審議会|定例会|委員会|案件))?"
    r"|(?:新しく入った|新任の|新人の)?(?:職員|委員|担当者?|事務局)(?:です|になりました)(?=[。、が])"
    r"|も含めて|いくつ|いくら|どのくらい|どれくらい|どうやって|どんな|どういう|どこの?|どれ|どの|なぜ"
    rf"|どうして|なんで|(?:何|なん)(?:{COUNTERS}|日|年|か月|月|時|割|%|円|条)?(?:分|間|目)?|いつ(?:ごろ|頃|まで)?|だれ|誰|どなた|どちら|そもそも|ちなみに"
    r"|いちばん|一番|最も|それぞれ|"
    r"不承認|否決|却下|不適当|継続審[議査](?:に|と)?|継続(?=に|と|か|や|、)|取り?下げられた|一部(?:だけ|のみ)?(?:が"
    r"|を|に)?(?:承認|認め)|無条件で?|審議会|審査会|委員会(?=の|で|は)|運営審議会"
    r"|(?:\d+|[一二三四五六七八九十]+)(?:日|回|度)目|今回|もう|結局|新人(?:です|にも)|異動してきたばかり|資料の言葉で|分かるように"
    r"|教えて(?:ください|ほしい|くれますか)?|知りたい|見たい|挙げて(?:ください)?|各地|各市"
    r"|市ごと|町ごと|お名前|新しい|古い|新しく|多く|少ない|最新|直近|今度|参考(?:に)?|類似|似た|手伝って?"
    r"|(?:承認|不承認|可決)?(?:率|割合)(?=は|を|が|[?？])"
    r"|下書き|起案|案文|文案|答弁案?(?!書)|想定(?:される|問答)|たたき台|ひな形|作って|作成|書いて|比べ|どちら|どっち"
    r"|取り?下げ(?:に|と)?(?:なった|された|た)?|留意事項|(?:附帯意見|付帯意見|意見|条件)(?:付き)?"
    r"|答申(?=の(?:結論|結果|内容)|は[?？。]*$)|お名前|時系列(?:で|に)|(?<=案件)一覧|一覧(?=で|に|を|は|[?？。]|$)"
    r"|(?:心配|不安|反対|賛成|懸念|疑問|異論)の声|(?:どう|何と)(?:言|答え|説明し|扱)[っえいてわ]*(?:ています|いますか|ていますか|れました|た)?"
)


def read_terms(text: str, vocabulary: Vocabulary) -> tuple[Term, ...]:
    """The words that say what the question is about, each with the forms it may take."""
    text = level(_FRAME.sub("、", text))
    groups = thesaurus()
    runs: list[list[Word]] = []
    written = list(words_with_spans(text))
    begins = _beginning(text, written)
    for n, word in enumerate(written):
        surface = fold(text[word.start : word.end])
        behind = bool(runs and runs[-1]) and runs[-1][-1].end == word.start
        if (
            not (surface == "会" and behind)
            and n not in begins
            and (  # 自治会
                word.key in asking()
                or surface in asking()
                or (len(surface) == 1 and re.fullmatch(r"[ぁ-んa-z]", surface))
            )
        ):
            runs.append([])
            continue
        between = text[runs[-1][-1].end : word.start] if runs and runs[-1] else None
        noun = word.part in ("名詞", "接頭辞", "接尾辞", "形状詞")
        if (
            noun
            and between is not None
            and (between == "" or (between in "-・" and between))
            and runs[-1][-1].part != "動詞"
        ):
            runs[-1].append(word)
        else:
            runs.append([word])
    terms: dict[str, Term] = {}
    for run in runs:
        while run and (
            run[0].part == "接尾辞" or fold(text[run[0].start : run[0].end]) in _AFFIXES
        ):
            run = run[1:]
        while len(run) > 1 and fold(text[run[-1].start : run[-1].end]) in _AFFIXES | _ABOUT:
            run = run[:-1]
        if not run or all(re.fullmatch(r"[0-9]+", fold(text[w.start : w.end])) for w in run):
            continue
        if run[0].part == "副詞" or fold(text[run[0].start : run[-1].end]) in _ABOUT:
            continue
        whole = fold(text[run[0].start : run[-1].end])
        parts = tuple(_forms(fold(text[w.start : w.end]), w, groups) for w in run)
        forms = (
            tuple(dict.fromkeys((*_variants(run, parts, text), *groups.get(whole, ()))))
            if len(run) > 1
            else parts[0]
        )
        rarity = sum(max(vocabulary.rarity(w.key), 0.2) for w in run) / len(run)
        # what stands everywhere (個人・情報 of 要配慮個人情報) says little for the compound
        rarities = tuple(min(vocabulary.rarity(w.key), _COMMON) for w in run)
        weight = rarity * (1 + 0.3 * min(len(run) - 1, 3))
        if run[0].part == "動詞":
            weight *= 0.45
        elif run[0].part in ("形容詞", "形状詞"):
            weight *= 0.6
        several = len(run) > 1 and len(re.findall(r"[一-龠ァ-ヶa-z]", whole)) > 2  # 子育て世帯
        name = run[0].part != "動詞" and (several or bool(_NAMELIKE.match(whole)))
        compound = (parts, False, rarities) if len(run) > 1 else ()
        terms.setdefault(whole, Term(whole, forms, weight, name, *compound))
    if not terms and (unread := _UNREAD.search(text)) and not _asks(unread[1]):
        key = fold(unread[1])
        terms[key] = Term(key, (key,), 2.0, True)
    for match in _MEASURE.finditer(fold(text)):  # 5日も残す: a figure is a word too
        terms.setdefault(match.group(), Term(match.group(), (match.group(),), 1.6, True, (), True))
    return tuple(terms.values())


# what may ask, and what begins a compound too: 資料館, 記録装置, 部分開示
_BEGINS = frozenset("資料 記録 説明 質問 回答 条件 部分 項目 確認 判断 内容 名前 用語".split())


def _beginning(text: str, written: Sequence[Word]) -> set[int]:
    """The places of those asking words that begin a compound, and so name something with it."""
    begins = set()
    for n, (word, after) in enumerate(pairwise(written)):
        surface, following = (fold(text[w.start : w.end]) for w in (word, after))
        if (
            surface in _BEGINS
            and after.start == word.end
            and after.part in ("名詞", "接尾辞")
            and following not in _AFFIXES
            and following not in asking()
            and after.key not in asking()
            and re.match(r"[一-龠ァ-ヶa-z]", following)
        ):
            begins.add(n)
    return begins


# えーあいの案件: kana in which no noun was seen are a name all the same
_UNREAD = re.compile(r"([ぁ-んァ-ヶー]{4,})(?=の(?:案件|件|話|諮問|先例|例)|は(?:承認|認め|通))")


def _asks(run: str) -> bool:
    return any(
        word.key in asking() or word.part == "副詞" or run[word.start : word.end] in asking()
        for word in words_with_spans(run)
    )


_MEASURE = re.compile(
    r"(?<![0-9第])[0-9][0-9,.]*(?:日|件|人|名|%|か月|時間|分|万円|円|歳|台|回|世帯|か所|割"
    r"|業務)(?!目)"
)


def _variants(run: Sequence[Word], parts: Sequence[tuple[str, ...]], text: str) -> Iterator[str]:
    """A compound as written, and with one of its words said otherwise (特定健診, 特定健康診査)."""
    surfaces = [fold(text[word.start : word.end]) for word in run]
    yield fold(text[run[0].start : run[-1].end])
    for place, forms in enumerate(parts):
        for form in forms[:8]:
            if len(form) > 1:
                yield "".join((*surfaces[:place], form, *surfaces[place + 1 :]))


_COMMON = 0.8  # the rarity below which a word of a compound counts for less than its fellows
_AFFIXES = frozenset(
    "化 的 者 用 先 時 性 中 分 上 下 前 後 内 側 別 等 案 度 額 日 数 名 人 件 目 制 式 型".split()
)


_ABOUT = frozenset({"関連", "関係"})  # コロナ関連の案件


def _forms(surface: str, word: Word, groups: dict[str, tuple[str, ...]]) -> tuple[str, ...]:
    """The folded forms under which a word counts as found: itself, its stem, its synonyms."""
    forms = {surface, word.key, *groups.get(surface, ()), *groups.get(word.key, ())}
    if re.search(r"[一-龠]", surface) and re.search(r"[ぁ-ん]", surface):
        stem = re.sub(r"[ぁ-ん]+$", "", surface)  # 受け渡す: 受け渡, 受渡
        kanji = re.sub(r"[ぁ-ん]", "", surface)
        forms |= {form for form in (stem, kanji) if form}
    return tuple(sorted(form for form in forms if form))
