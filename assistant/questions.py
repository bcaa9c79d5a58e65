"""Conversation -> Question: what is asked, about which places, times and matters, in which words.

Read with the vocabulary of the index itself (its towns, meetings, offices, titles), so that new
records bring new words without new code.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from functools import cache
from math import log
from pathlib import Path

from index.cases import Case
from index.japanese import (
    FiscalYear,
    Word,
    dates,
    fiscal_years,
    fold,
    level,
    municipalities,
    number,
    words,
    words_with_spans,
)
from index.meetings import Meeting
from index.verdicts import Outcome

LONGEST_QUESTION = 1_000


class Intent(StrEnum):
    """The shape of the answer wanted."""

    VERDICT = "verdict"
    CONDITIONS = "conditions"
    FACT = "fact"
    REASON = "reason"
    EXCHANGE = "exchange"
    LIST = "list"
    COUNT = "count"
    COMPARISON = "comparison"
    HISTORY = "history"
    MEETING = "meeting"
    DEFINITION = "definition"


class Wanted(StrEnum):
    """What kind of thing a fact is, so that a sentence can be seen to hold one."""

    ANYTHING = "anything"
    PLACE = "place"
    TIME = "time"
    DURATION = "duration"
    NUMBER = "number"
    MONEY = "money"
    SHARE = "share"
    COMPANY = "company"
    OFFICE = "office"
    PERSON = "person"
    LAW = "law"


@dataclass(frozen=True, slots=True)
class Term:
    """A word of the question: the forms under which it counts as found, and how much it says.

    `weight` is its rarity in the index (inverse document frequency), 0 for words that only ask.
    `name` marks words that name something; without them in the evidence there is no answer. `parts`
    are the words of a compound (水・資源・機構), each with its forms.
    """

    key: str
    forms: tuple[str, ...]
    weight: float
    name: bool = False
    parts: tuple[tuple[str, ...], ...] = ()

    def share(self, folded: str) -> float:
        """How much of the term stands in a folded text: 1 in any form, less where only parts do."""
        if any(form in folded for form in self.forms):
            return 1.0
        if not self.parts:
            return 0.0
        held = sum(any(form in folded for form in part) for part in self.parts)
        # one word of a compound alone (特定 of 特定健診) hardly speaks for it
        return (0.8 if held > 1 else 0.3) * held / len(self.parts)


@dataclass(frozen=True, slots=True)
class Filters:
    """What the user has narrowed all questions to, beside their words. Empty means: no limit."""

    municipalities: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    kinds: tuple[str, ...] = ()
    outcomes: tuple[Outcome, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.municipalities or self.years or self.kinds or self.outcomes)

    def admits(self, case: Case) -> bool:
        """Whether a case is of the towns, fiscal years, kinds and outcomes chosen."""
        days = [decision.day for decision in case.decisions if decision.day]
        years = {case.year, *(FiscalYear.of(day).year for day in days)}
        return (
            (not self.municipalities or case.municipality in self.municipalities)
            and (not self.years or bool(years & set(self.years)))
            and (not self.kinds or case.kind in self.kinds)
            and (not self.outcomes or case.outcome in self.outcomes)
        )

    def admits_meeting(self, meeting: Meeting) -> bool:
        """Whether a sitting is of them; one has no kind and no outcome, so with these none is."""
        return (
            not (self.kinds or self.outcomes)
            and (not self.municipalities or meeting.municipality in self.municipalities)
            and (not self.years or meeting.year in self.years)
        )


@dataclass(frozen=True, slots=True)
class Question:
    """A message understood. Empty facets mean: no restriction."""

    text: str
    intent: Intent
    wanted: Wanted
    terms: tuple[Term, ...]
    municipalities: tuple[str, ...] = ()
    unknown_places: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    calendar_years: tuple[int, ...] = ()
    ordinal: int | None = None
    days: tuple[date, ...] = ()
    month: int | None = None
    kinds: tuple[str, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    presumed: Outcome | None = None
    follows: bool = False
    search_text: str = ""
    inherited: tuple[str, ...] = ()
    within: Filters = Filters()

    @property
    def dated(self) -> bool:
        """Whether the question names a year, a sitting or a day."""
        return bool(self.years or self.calendar_years or self.ordinal or self.days)


# --- cue words ---------------------------------------------------------------------------------

_OUTCOME_WORDS = re.compile(
    r"承認|了承|認め(?:た|る|られ|て|な)|認可|通(?:った|り(?:まし|ました)|る)|ok|オーケー"
    r"|可決|否決|却下|結論|審議結果|どうなっ|どうなり|可否|決ま(?:った|り)|判断(?:され|は"
    r"|した|して|する)|不適当|不承認|適当と|可に|可と|「可」|答申(?:は|の結論|の結果|され)"
    r"|継続(?:審議|に)|取り?下げ"
)
_ASKS_OUTCOME = re.compile(
    r"(?:承認され|認められ|通り|通っ|可決され)(?:た|まし)?た?(?:の|ん)?(?:です)?か"
)
# A message that is only a name (AI-OCR; 防犯カメラの案件), or English for 承認・条件
_ONLY_NAMES = re.compile(r"^[^ぁ-ん?？]*(?:の[^ぁ-ん?？]+)*[。.]?$")
_ENGLISH_OUTCOME = re.compile(r"approv|reject|decid|decision|outcome|verdict|allowed|denied")
_INTENTS: tuple[tuple[Intent, re.Pattern[str]], ...] = (
    (Intent.HISTORY, re.compile(
        r"経緯|経過|時系列|その後|流れを|流れは|いきさつ|推移|決着|どう進")),
    (Intent.COMPARISON, re.compile(
        r"比べ|比較|それぞれ.*(?:違|差)|(?:の|は何が|何の)違い|違いは|違いを|どう違|何が違|差が"
        r"|差は|違いますか")),
    (Intent.CONDITIONS, re.compile(
        r"条件|附帯|付帯|留意(?:事項|点)|意見(?:は|が|を|も)?(?:何か|なに)?(?:付|つ)(?:い|き|け)"
        r"|(?:付|つ)(?:いた|けた|された)意見|(?:可と|承認|審議会)[^。]{0,24}求められ|注文")),
    (Intent.REASON, re.compile(r"なぜ|何故|どうして|理由|わけは|なんで|根拠は何")),
    (Intent.COUNT, re.compile(r"何件|案件は?いくつ|件数")),
    (Intent.LIST, re.compile(
        r"一覧|全部|全て|すべて|挙げて|リスト|列挙|どんな案件|どのような案件|何の案件|(?:どの"
        r"|何という)案件|案件(?:は|に)(?:は)?(?:何|どれ|どんな|ありますか)|案件を(?:教え|知り|見"
        r"|探)|案件と結論|議題(?:は|を|と)|先例|前例|例は(?:あり|ある)|ものは(?:あり|ある|どれ)"
        r"|のは(?:どれ|どの案件)|何を審議|どんなもの")),
    (Intent.EXCHANGE, re.compile(
        r"質問|質疑|議論|委員[^。]{0,14}指摘|懸念|心配|反対|批判|委員(?:は|から|の(?:意見|発言"
        r"|懸念|中))|異を唱|疑問|やり?取り|何と(?:言|答|説明)|問われ|聞かれ|少数意見|意見は(?:出"
        r"|何)")),
    (Intent.DEFINITION, re.compile(
        r"とは(?:何|なん|どう|どの|[?？。]|$)|とは$|って何|って(?:どういう|どんな|なん)|何のこと"
        r"|意味(?:を|は)|どういう(?:意味|もの|世帯|こと)|用語|定義|とは、?(?:例|どんな)")),
    (Intent.MEETING, re.compile(
        r"(?:会議|審議会|審査会|委員会|第\d+回|日目)[^。?？]{0,16}(?:いつ|どこ|日時|会場|場所"
        r"|出席|開か|開催|会長|議長|何時|何人|対面|委員は|傍聴)|出席(?:者|した|委員)|会場は"
        r"|会長(?:は|の名|はどなた)|どうやって開|何日に分け|欠席(?:者|した|は|だ)|傍聴(?:者|人"
        r"|は)")),
)  # fmt: skip
_WANTED: tuple[tuple[Wanted, re.Pattern[str]], ...] = (
    (Wanted.MONEY, re.compile(r"いくら|費用|料金|金額|価格|経費|額は|何円|リース料|委託料|予算額")),
    (Wanted.SHARE, re.compile(
        r"何(?:%|％|パーセント|割)|割合|率は|精度|正確性|変換率|普及率|どのくらいの割合")),
    (Wanted.DURATION, re.compile(
        r"何日(?:間|で|残|も|後|分|まで)?(?!に分)|何(?:年|か月|ヶ月|カ月|週間|時間)(?:間|分|前"
        r"|も)?|いつまで|どのくらい(?:の期間|保|残|前|の間)|どれくらい(?:の期間|保|残)|保存期間"
        r"|保管期間|期間は|期限")),
    (Wanted.TIME, re.compile(r"いつ|何月|何時|時期|日付|開始日|基準日|日時|何年度")),
    (Wanted.COMPANY, re.compile(
        r"(?:どこ|どの|何という|何て|なんという)の?(?:会社|業者|事業者|企業|ベンダー)|(?:会社"
        r"|業者|事業者|企業|ベンダー)(?:は(?:どこ|どの|誰)|の(?:名|社名)|名は|をそれぞれ)|社名"
        r"|(?:会社|業者|事業者|ベンダー)名|会社はどこ|会社(?:は|を)")),
    (Wanted.OFFICE, re.compile(
        r"(?:どこ|どの|何)の?(?:課|部署|部局|局|部)(?!分)|(?:部署|所管|担当(?:課|部署)?)(?:は|と"
        r"|を教)|課(?:は|って)どこ")),
    (Wanted.LAW, re.compile(
        r"何条|どの条(?:文|項)|条文(?:は|に)|根拠(?:条文|規定|条例|となる条)|どの法律"
        r"|条例の(?:第)?何")),
    (Wanted.PERSON, re.compile(
        r"誰|だれ|どなた|(?:お)?名前(?:は|を|の)|氏名は|どの委員|どなたですか|何委員")),
    (Wanted.NUMBER, re.compile(
        r"何(?:件|人|名|台|世帯|回|項目|か所|箇所|館|枚|業務|桁|点|自治体|団体|例|通|歳|個)"
        r"|いくつ|人数|件数|世帯数|どれくらいの(?:数|人)|どのくらい|何割")),
    (Wanted.PLACE, re.compile(r"どこ|場所|会場|所在|どの国|国内|国外")),
)  # fmt: skip
_KIND_WORDS = {
    Wanted.COMPANY: frozenset("会社 業者 事業者 企業 ベンダー 社名 提供会社 業者名".split()),
    Wanted.OFFICE: frozenset("部署 課 局 所管 担当 担当課 所管課".split()),
    Wanted.LAW: frozenset("条文 根拠 根拠条文 規定 法律 条例 条".split()),
    Wanted.TIME: frozenset("時期 開始 開始日 日付 日時".split()),
    Wanted.MONEY: frozenset("費用 料金 金額 額 価格".split()),
    Wanted.DURATION: frozenset("期間 期限".split()),
    Wanted.NUMBER: frozenset("件数 人数 数 年間 者数".split()),
    Wanted.SHARE: frozenset("割合 率 パーセント 割".split()),
    Wanted.PLACE: frozenset("場所 会場 所在".split()),
    Wanted.PERSON: frozenset("名前 氏名".split()),
}  # fmt: skip
_NEGATIVE = (
    (Outcome.REJECTED, re.compile(
        r"不承認|否決|却下|不適当|認められなかった|認めなかった|通らなかった|承認されなかった"
        r"|承認しなかった|「否」|否とされ|ダメ|だめ")),
    (Outcome.WITHDRAWN, re.compile(r"取り?下げ(?:られ|た|に|例)|撤回")),
    (Outcome.CONTINUED, re.compile(r"継続(?:審議|審査|に)|先送り|保留|持ち越|見送")),
    (Outcome.PARTLY_APPROVED, re.compile(
        r"一部(?:だけ|のみ|が|を)?(?:承認|認め|可)|部分的に(?:承認|認め)")),
)  # fmt: skip
_PRESUMES = re.compile(
    r"(?:不承認|否決|却下|不適当|否)(?:に|と)?(?:な(?:った|り)|され(?:た|まし)|した)"
    r"|「否」と|取り?下げられた|認められなかった|承認され(?:た(?!か|の(?:か|でしょ))"
    r"|ました(?!か|でしょ))|承認した(?!か|の(?:か|でしょ))"
    r"|認めた|承認を?受けた|可に(?:なった|した)|可とする(?:に|際)"
)
_NAMELIKE = re.compile(r"^[0-9a-zァ-ヶー・]+$|^[一-龠ァ-ヶーa-z0-9]{2,}$")


# a forecast, a wish, a task: nothing that minutes could say
OUT_OF_REACH = re.compile(
    r"(?:承認され|認められ|通り|通る|可決され)(?:る|ます|そう|るで)(?:しょうか|か|かな"
    r"|と思いますか)|(?:うち|私|当|自分)の(?:市|町|村|区|課|会社)|作っておいて|作成して"
    r"|書いて(?:ください|おいて)|送って(?:ください|おいて)|予測|おすすめ|お勧め"
)


def read_intent(text: str) -> Intent:
    """The intent that the words of a message tell; FACT where nothing else is told."""
    key = re.sub(r"\([^()]*\)([?？。]*)$", r"\1", fold(text))
    told = [intent for intent, pattern in _INTENTS if pattern.search(key)]
    outcome = bool(_OUTCOME_WORDS.search(key) or _ENGLISH_OUTCOME.search(key))
    if not told and _ONLY_NAMES.match(key):
        return Intent.VERDICT
    if Intent.COUNT in told and not re.search(r"案件|諮問|承認|意見が付|報告は", key):
        told.remove(Intent.COUNT)
    if (
        Intent.LIST in told
        and not outcome
        and not re.search(
            r"案件|諮問|先例|前例|議題|審議|付議|報告|例は|カメラ|のは(?:どれ|どの案件)", key
        )
    ):
        told.remove(Intent.LIST)  # 項目を挙げて: things listed in the papers, no cases
    if re.search(r"根拠条文|どの条文|何条", key):
        return Intent.FACT
    if Intent.REASON in told:
        return Intent.REASON
    if Intent.DEFINITION in told and not outcome:
        return Intent.DEFINITION
    if Intent.COMPARISON in told:
        return Intent.COMPARISON
    if Intent.HISTORY in told:
        return Intent.HISTORY
    if Intent.COUNT in told:
        return Intent.COUNT
    if (
        Intent.EXCHANGE in told
        and re.search(r"質問|質疑|委員|反対|懸念|心配|少数意見|何と(?:言|答)|どう(?:答|説明)", key)
        and Intent.CONDITIONS not in told
    ):
        return Intent.EXCHANGE
    asked = _ASKS_OUTCOME.search(key)
    conditions = re.search(r"条件|附帯|付帯|意見", key)
    if Intent.CONDITIONS in told and asked and conditions and asked.start() < conditions.start():
        return Intent.VERDICT  # 承認されたか、条件は: the verdicts first, each with its conditions
    if Intent.LIST in told and not (Intent.CONDITIONS in told and outcome):
        return Intent.LIST
    if Intent.MEETING in told:
        return Intent.MEETING
    if Intent.CONDITIONS in told:
        return Intent.CONDITIONS
    if outcome and not _asks_fact(key):
        return Intent.VERDICT
    if told:
        return told[0]
    if re.search(
        r"(?:案件|件|話|諮問)(?:について|を)?(?:教えて|は|知りたい|詳しく|どう)?(?:ください"
        r"|[?？。])*$",
        key,
    ) and not _asks_fact(key):
        return Intent.VERDICT
    return Intent.FACT


def _asks_fact(key: str) -> bool:
    return bool(
        re.search(
            r"どこ|いつ|誰|どなた|いくら|何[%％件人名台日年月条円歳か社]|どの(?:会社|課|部署"
            r"|くらい|国|条)|いくつ|どうやって|何で|どんな(?:書類|形|回線|情報)|何という",
            key,
        )
    )


def read_wants(text: str) -> list[Wanted]:
    """The kinds of things asked for, in the order of the words that ask for them."""
    key = fold(text)
    found: list[tuple[int, int, Wanted]] = []
    for wanted, pattern in _WANTED:
        match = pattern.search(key)
        # どのくらいの期間 asks for one thing, though two patterns know its words
        if match and not any(a <= match.end() and match.start() <= b for a, b, _ in found):
            found.append((*match.span(), wanted))
    return [wanted for _, _, wanted in sorted(found)] or [Wanted.ANYTHING]


def read_wanted(text: str) -> Wanted:
    """What kind of thing is asked for first."""
    return read_wants(text)[0]


# --- the vocabulary of an index ------------------------------------------------------------------


@cache
def asking() -> frozenset[str]:
    """The folded words that ask or frame and name nothing (assistant/data/asking.txt)."""
    rows = (Path(__file__).parent / "data" / "asking.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(fold(word) for row in rows if not row.startswith("#") for word in row.split())


@cache
def thesaurus() -> dict[str, tuple[str, ...]]:
    """Folded word -> the folded words of its groups (assistant/data/thesaurus.txt)."""
    path = Path(__file__).parent / "data" / "thesaurus.txt"
    groups: dict[str, tuple[str, ...]] = {}
    for row in path.read_text(encoding="utf-8").splitlines():
        if row.strip() and not row.startswith("#"):
            group = tuple(dict.fromkeys(fold(word) for word in row.split()))
            for word in group:
                groups[word] = tuple(dict.fromkeys((*groups.get(word, ()), *group)))
    return groups


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What the index knows names of, and how rare its words are."""

    places: frozenset[str]
    passages: int
    frequency: Callable[[str], int] = field(repr=False)

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
        return cls(frozenset(p for p in places if p), passages, frequency)

    def rarity(self, key: str) -> float:
        """How rare a word is: from 0.4 for one in every passage to about 2.6 for one never seen."""
        seen = self.frequency(key)
        return (
            0.4 + log((self.passages + 1) / (seen + 0.5)) / max(1.0, log(self.passages + 1)) * 2.2
        )


def read_question(text: str, vocabulary: Vocabulary, previous: Question | None = None) -> Question:
    """Understand one message, with the question before it where there is one."""
    text = text.strip()[:LONGEST_QUESTION]
    plain = level(text)
    key = fold(text)
    places, unknown, rest = _places(plain, vocabulary)
    rest, years, calendar, ordinal, days, month = _times(rest)
    terms = _terms(rest, vocabulary)
    outcomes, presumed = _outcomes(key)
    for wanted in read_wants(text):  # a word that only names the kind of thing asked for
        kind_words = _KIND_WORDS.get(wanted, frozenset())
        terms = tuple(t for t in terms if t.key not in kind_words) if len(terms) > 1 else terms
    if not re.search(
        r"[ぁ-んァ-ヶ一-龠]", text
    ):  # English: what the index does not know is grammar
        terms = tuple(t for t in terms if any(vocabulary.frequency(w) for w in words(t.key)))
    question = Question(
        text=text,
        intent=read_intent(text),
        wanted=read_wanted(text),
        terms=terms,
        municipalities=places,
        unknown_places=unknown,
        years=years,
        calendar_years=calendar,
        ordinal=ordinal,
        days=days,
        month=month,
        kinds=_kinds(key),
        outcomes=outcomes,
        presumed=presumed,
        search_text=text,
    )
    return _follow(question, previous, key) if previous is not None else question


def _places(text: str, vocabulary: Vocabulary) -> tuple[tuple[str, ...], tuple[str, ...], str]:
    """Towns of the index named in the text, others named, and the text without the former."""
    found: list[str] = []
    for place in sorted(vocabulary.places, key=len, reverse=True):
        short = place[:-1]
        pattern = re.escape(place) + (
            rf"|{re.escape(short)}(?!{re.escape(place[-1])}|[一-龠]{{0,1}}(?:市|町|村|区|駅))"
            if len(short) >= 2
            else ""
        )
        if re.search(pattern, text):
            found.append(place)
            text = re.sub(pattern, "、", text)
    if not found:
        for place in vocabulary.places:  # 県の審議会: the only prefecture there is
            same_level = [p for p in vocabulary.places if p[-1] == place[-1]]
            if len(same_level) == 1 and re.search(
                rf"(?<![一-龠]){place[-1]}(?:の審議会|の審査会|では)", text
            ):
                found.append(place)
    unknown = []
    known = municipalities()
    for match in re.finditer(
        r"[々ヶケノツァ-ヴー一-龠ぁ-ん]{1,6}?[市区町村県](?=の|で|に|は|も|と|って|$|[、。?？])",
        text,
    ):
        name = match.group()
        for start in range(len(name) - 1):
            tail = name[start:]
            if tail in known or (
                len(tail) >= 3 and re.fullmatch(r"[々ヶケ一-龠]{2,5}[市町村]", tail) and start == 0
            ):
                unknown.append(tail)
                break
    return tuple(found), tuple(dict.fromkeys(unknown)), text


def _times(
    text: str,
) -> tuple[str, tuple[int, ...], tuple[int, ...], int | None, tuple[date, ...], int | None]:
    """Fiscal years, calendar years, the sitting's ordinal, days and month named, and the rest."""
    days = [written for written in dates(text) if written.day]
    for written in reversed(days):
        text = text[: written.start] + "、" + text[written.end :]
    years: list[int] = []
    calendar: list[int] = []
    for start, end, fiscal in reversed(list(fiscal_years(text))):
        if fiscal is not None:
            years.append(fiscal.year)
            text = text[:start] + "、" + text[end:]
    for match in reversed(
        list(
            re.finditer(
                r"(令和|平成|昭和|(?<![A-Za-z])[RHrh])([0-9元]{1,2})(?:年(?!度)|(?=[の第、 ]"
                r"|$|で|は|\)))|(20[0-3][0-9])年(?!度)?",
                text,
            )
        )
    ):
        if match[3]:
            calendar.append(int(match[3]))
        else:
            base = {"令和": 2018, "平成": 1988, "昭和": 1925, "r": 2018, "h": 1988}[fold(match[1])]
            year = base + (number(match[2]) or 0)
            (years if match[1] in "RHrh" else calendar).append(year)
        text = text[: match.start()] + "、" + text[match.end() :]
    month = None
    near = re.search(r"(?<![0-9])([0-9]{1,2})月(?:([0-9]{1,2})日)?(?!中|末|から)", text)
    if near and (years or calendar or re.search(r"審議|会議|開", text)):
        month = int(near[1])
        text = text[: near.start()] + "、" + text[near.end() :]
    ordinal = None
    sitting = re.search(r"第([0-9]{1,3})回(?!調査)", text)
    if sitting:
        ordinal = int(sitting[1])
        text = text[: sitting.start()] + "、" + text[sitting.end() :]
    return (
        text,
        tuple(sorted(set(years))),
        tuple(sorted(set(calendar))),
        ordinal,
        tuple(written.day for written in days if written.day),
        month,
    )


def _kinds(key: str) -> tuple[str, ...]:
    kinds = []
    if re.search(r"報告(?:案件|事項|された案件)", key):
        kinds.append("report")
    if re.search(r"諮問(?:案件|事項|が|された|のあった)|諮られ", key) and "諮問と" not in key:
        kinds.append("consultation")
    return tuple(kinds)


def _outcomes(key: str) -> tuple[tuple[Outcome, ...], Outcome | None]:
    """The outcomes a message asks for (否決された案件) and the one it takes for granted."""
    asked = tuple(outcome for outcome, pattern in _NEGATIVE if pattern.search(key))
    presumed = None
    if _PRESUMES.search(key):
        presumed = asked[0] if asked else Outcome.APPROVED
    return asked, presumed


# Phrases that frame a question, off before its words are read
_FRAME = re.compile(
    r"いくつ|いくら|どのくらい|どれくらい|どうやって|どんな|どういう|どこの?|どれ|どの|なぜ"
    r"|どうして|なんで|何(?:件|人|名|台|世帯|回|項目|日|年|か月|月|時|割|%|円|歳|条|か所|館"
    r"|枚|業務)?(?:間)?|いつ(?:ごろ|頃|まで)?|だれ|誰|どなた|どちら|そもそも|ちなみに"
    r"|いちばん|一番|最も|それぞれ|"
    r"不承認|否決|却下|不適当|継続審[議査](?:に|と)?|取り?下げられた|一部(?:だけ|のみ)?(?:が"
    r"|を|に)?(?:承認|認め)|無条件で?|審議会|審査会|委員会(?=の|で|は)|運営審議会"
    r"|\d日目|今回|もう|結局|新人(?:です|にも)|異動してきたばかり|資料の言葉で|分かるように"
    r"|教えて(?:ください|ほしい|くれますか)?|知りたい|見たい|挙げて(?:ください)?|各地|各市"
    r"|市ごと|町ごと|お名前|(?:時系列|一覧)(?:で|に)"
    r"|(?:どう|何と)(?:言|答え|説明し|扱)[っえいてわ]*(?:ています|いますか|ていますか|れました|た)?"
)


def _terms(text: str, vocabulary: Vocabulary) -> tuple[Term, ...]:
    """The words that say what the question is about, each with the forms it may take."""
    text = level(_FRAME.sub("、", text))
    groups = thesaurus()
    runs: list[list[Word]] = []
    for word in words_with_spans(text):
        surface = fold(text[word.start : word.end])
        if (
            word.key in asking()
            or surface in asking()
            or (len(surface) == 1 and re.fullmatch(r"[ぁ-んa-z]", surface))
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
        while len(run) > 1 and fold(text[run[-1].start : run[-1].end]) in _AFFIXES:
            run = run[:-1]
        if not run or all(re.fullmatch(r"[0-9]+", fold(text[w.start : w.end])) for w in run):
            continue
        if run[0].part == "副詞":
            continue
        whole = fold(text[run[0].start : run[-1].end])
        parts = tuple(_forms(fold(text[w.start : w.end]), w, groups) for w in run)
        forms = (
            tuple(dict.fromkeys((*_variants(run, parts, text), *groups.get(whole, ()))))
            if len(run) > 1
            else parts[0]
        )
        rarity = sum(max(vocabulary.rarity(w.key), 0.2) for w in run) / len(run)
        weight = rarity * (1 + 0.3 * min(len(run) - 1, 3))
        if run[0].part == "動詞":
            weight *= 0.45
        elif run[0].part in ("形容詞", "形状詞"):
            weight *= 0.6
        name = run[0].part != "動詞" and bool(_NAMELIKE.match(whole))
        terms.setdefault(whole, Term(whole, forms, weight, name, parts if len(run) > 1 else ()))
    for match in _MEASURE.finditer(fold(text)):  # 5日も残す: a figure is a word too
        terms.setdefault(match.group(), Term(match.group(), (match.group(),), 1.6, True))
    return tuple(terms.values())


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


_AFFIXES = frozenset(
    "化 的 者 用 先 時 性 中 分 上 下 前 後 内 側 別 等 案 度 額 日 数 名 人 件 目 制 式 型".split()
)


def _forms(surface: str, word: Word, groups: dict[str, tuple[str, ...]]) -> tuple[str, ...]:
    """The folded forms under which a word counts as found: itself, its stem, its synonyms."""
    forms = {surface, word.key, *groups.get(surface, ()), *groups.get(word.key, ())}
    if re.search(r"[一-龠]", surface) and re.search(r"[ぁ-ん]", surface):
        stem = re.sub(r"[ぁ-ん]+$", "", surface)  # 受け渡す: 受け渡, 受渡
        kanji = re.sub(r"[ぁ-ん]", "", surface)
        forms |= {form for form in (stem, kanji) if form}
    return tuple(sorted(form for form in forms if form))


# --- conversation --------------------------------------------------------------------------------

_REFERS = re.compile(
    r"^(?:では|じゃあ|それなら|で[、,]|ちなみに)|その|それ|この件|同じ|そこ|上記|先ほど"
    r"|さっき|そちら|同日|の方は|あれ"
)
_NEW_TOPIC = re.compile(r"別の(?:話|件|質問)|ところで|話(?:は|を)変わ")


def _follow(question: Question, previous: Question, key: str) -> Question:
    """A message after another: what it leaves unsaid is taken from the one before.

    A change of town keeps the matter; a message with a matter of its own keeps the town only where
    its words point back.
    """
    if _NEW_TOPIC.search(key):
        return question
    refers = bool(_REFERS.search(key))
    only_place = bool(question.municipalities) and not question.terms
    bare = not question.terms or refers or only_place
    short = len(key) <= 22
    inherited: list[str] = []
    changes: dict[str, object] = {}
    own_place = bool(question.municipalities or question.unknown_places)
    # ○○市の…の案件を教えて, with a town and a name of its own, begins anew
    names = [term for term in question.terms if term.name]
    framed = re.search(r"案件|の件|諮問", key) is not None
    begins = bool(names) and (
        framed or (own_place and bool(re.search(r"について|教えて|承認", key)))
    )
    new_matter = not refers and (begins or (own_place and len(question.terms) >= 3))
    if new_matter or (not bare and not short and own_place):
        return question
    if not own_place and previous.municipalities:
        changes["municipalities"] = previous.municipalities
        inherited.append("自治体")
    if only_place or (own_place and re.search(r"では[?？]?$|は[?？]?$", key)):
        changes["intent"] = previous.intent
        changes["wanted"] = previous.wanted
        changes["presumed"] = None
    if not question.dated and previous.dated and not own_place:
        changes |= {
            "years": previous.years,
            "calendar_years": previous.calendar_years,
            "ordinal": previous.ordinal,
        }
        inherited.append("時期")
    own = {term.key for term in question.terms}
    # a matter of its own (同じ日の AI-OCR の方は) replaces the old one; an attribute joins it
    replaces = bool(re.search(r"の方は|のほうは", key)) and bool(question.terms)
    if not replaces:
        kept = tuple(
            replace(term, weight=term.weight) for term in previous.terms if term.key not in own
        )
        changes["terms"] = (*question.terms, *kept)
        inherited.append("案件")
        changes["search_text"] = f"{previous.search_text} {question.text}"
    elif question.intent is Intent.FACT:
        changes["intent"] = previous.intent
    return replace(question, follows=True, inherited=tuple(inherited), **changes)  # type: ignore[arg-type]


def conversation(turns: Iterable[str], vocabulary: Vocabulary) -> Question:
    """The last message of a conversation, understood in the light of those before it."""
    question: Question | None = None
    for turn in turns:
        question = read_question(turn, vocabulary, question)
    if question is None:
        return read_question("", vocabulary)
    return question


def year_name(year: int) -> str:
    """令和3年度 for 2021."""
    return FiscalYear.beginning(year).name
