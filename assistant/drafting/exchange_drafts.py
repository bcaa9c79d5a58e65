"""Question + evidence -> the draft that tells what was asked in a sitting, and what was replied."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.drafting.absence_drafts import Absences
from assistant.drafting.fact_drafts import Facts
from assistant.drafting.paper_sections import Said, objections
from assistant.evidence import LEAST, NAMED, Evidence, found
from assistant.facts import ROLES
from assistant.finding.units import Unit
from assistant.finding.wordings import opposes
from assistant.hits import Hit
from assistant.questions import Question
from assistant.statements import (
    Draft,
    Findings,
    Quote,
    Statement,
    Style,
    Writer,
    place_name,
    short_title,
    under,
)
from assistant.understanding.terms import Term
from index.cases import Case
from index.japanese import fold, level
from index.store import Index
from index.text.turns import Exchange, Role, Turn

_ASKS_WHO_SAID = re.compile(r"質問|委員|意見|反対|言って|述べ|議論")
_ASKS_DOUBTS = re.compile(r"反対|懸念|批判|心配|異を唱|疑問|指摘|異論")
_DOUBTS = re.compile(
    r"不明確|不十分|違和感|べきで(?:は)?(?:ない|ありません)|すべき|危険|おそれ|懸念|心配|疑問|反対|問題"
    r"|賛成(?:は)?(?:でき|し)(?:ない|ません|かね)|分か(?:らない|りません|りかね)|よく分か|厳し|気にな[っりる]"
    r"|思え(?:ない|ません)|ではないか|ではないでしょうか|納得|困[るり]|不安"
    r"|必要がある(?:のではない)?"
)

# …という整理でよいか: asks to be told that it has been understood
_CONFIRMS = re.compile(
    r"(?:整理|理解|認識|解釈)で(?:よい|よろしい|いい|良い)(?:です|でしょう)?か。?$"
)
_OF_TALK = re.compile(
    r"^(?:答申|委員|会長|事務局|実施機関|質問|質疑|応答|質疑応答|議論|意見|発言|指摘|疑問|懸念|やりとり|やり取り"
    r"|[聞問尋言述答][ぁ-ん]*)$"
)
_MOST = 5  # exchanges told

_ASKS_OPPOSED = re.compile(r"反対|異を唱|異論|賛成しな")
_ASKS_LESS = re.compile(r"懸念|批判|心配|疑問|指摘")
_URGES = re.compile(r"べきで(?:は)?ない(?:の|でしょう)?か")  # 消すべきではないか


# 民生委員, 反対の委員: no names of members
_OFFICES = re.compile(
    r"民生|児童|教育|監査|農業|推進|評価|専門|運営|公募|選挙|管理|反対|賛成|承認|全員|他の|少数|女性"
    r"|男性|学識|市民|職務"
)
# …かと聞かれて何と答えたか, …のかという会長の問いに
_REPEATS = re.compile(
    r"(?:^|[、,])([^、,]{5,}?(?:か|の))[、,]?(?:と|という|との)[^、。]{0,12}(?:聞|問|尋|念を押|質問|指摘|心配|懸念|疑問)"
)
_ASKED = 80  # characters of a question, beside its reply
_REPEATED = 0.4  # of the pairs of characters of a question that is repeated
_SPOKE = re.compile(
    r"述べ|言[っいわ]|発言|意見|質問|聞[いか]|尋ね|求め|反対|賛成|指摘|懸念|心配|話し|主張|気に|引っかか|こだわ|問題に|納得"
)
_FEW = 3  # cases told where nothing was said on them
_SAID = 0.7  # of the question's words stand about a speech that it names
_SAYING = 1.0  # the weight of a word that a speech must have to be the one asked about
_ASKS_WHO = re.compile(
    r"誰|だれ|どなた|どの(?:委員|人|方)|何委員|(?:委員|人|方)は(?:[?？。]|$)|(?:委員|人)の(?:名前|氏名)"
)
_SPEAKS = re.compile(
    r"聞い|訊い|尋ね|質問し|問うた|言っ|言い|述べ|触れ|指摘し|求め|反対し|賛成(?:し|だ)|心配し|懸念し|主張し|提案し"
    r"|発言し|疑問"
)
_AGREES = re.compile(r"賛成(?!(?:でき|し(?:な|ませ|かね)|は?(?:でき|いた)))")
_NO_NAME = re.compile(r"^(?:委員|質問者?|質疑|問い?|意見|発言者?|q)?[0-9]*$")  # of a speaker


class Exchanges(Writer):
    """Questions of members and their replies."""

    def __init__(self, index: Index, evidence: Evidence, absences: Absences, facts: Facts) -> None:
        """Take what the answers are made of, and the writers of what else may be told."""
        super().__init__(index, evidence)
        self.absences = absences
        self.facts = facts

    def exchanges(self, findings: Findings) -> Draft:
        """What was asked about the case meant, what bears most on the question first; about a
        topic that names no case, what was asked about it in any."""
        question, matches, hits, scope = findings
        cases = findings.meant
        opposing = bool(_ASKS_DOUBTS.search(question.text))
        name = _member(question)
        if name and (spoken := self._by_member(name, question, findings)) is not None:
            return spoken
        if (quoted := self._quoted(question, cases or scope)) is not None:
            return quoted
        against = opposing or "少数意見" in question.text
        if against and (written := self._written(question, cases or scope)) is not None:
            return written
        across = self._across(question, scope, hits)
        if across and opposing:
            doubts = self._doubts(question, [case for case, _ in across], hits)
            across = [pair for pair in across if pair in doubts]
        if across:
            heard = list({case.id: case for case, _ in across}.values())
            return self._told(heard, across, "質疑の記載", led=True)
        if whose := _another_towns(question, cases):
            return self.absences.no_exchanges(cases, f"{whose}の委員の発言")
        if not _topic(question) and (opposing or question.municipalities or question.dated):
            cases = [case for case in scope if case.exchanges] or list(scope)  # in any case
        elif matches:
            best = matches[0].score
            cases = self.with_chains([m.case for m in matches if m.score >= 0.9 * best], question)
        lacking = cases and any(not _in_titles(term, cases) for term in _topic(question))
        if cases and not any(case.exchanges for case in cases):
            if lacking and not _ASKS_WHO_SAID.search(question.text):
                alone = self.facts.fact(question, hits, cases)
                if alone is not None:
                    return alone
            return self.absences.no_exchanges(cases)
        if (lacking and not opposing) or not cases:
            alone = self.facts.fact(question, hits, cases)
            if alone is not None:
                return alone
            if not cases:
                return self.absences.not_said(cases)
        if opposing:
            pairs = self._doubts(question, cases, hits)
            only = _ASKS_OPPOSED.search(question.text) and not _ASKS_LESS.search(question.text)
            if pairs and only:
                of_a_point = any(not _in_titles(term, cases) for term in _topic(question))
                opposed = [pair for pair in pairs if self.opposes(*pair, of_a_point)]
                if not opposed:
                    return self._unopposed(pairs)
                pairs = opposed
            return self._told(cases, pairs, "反対・懸念を述べた発言", led=False)
        pairs = self.ranked(question, cases, hits)
        if question.points and question.points.further:
            told = {(record, start) for record, start, _ in question.told}
            rest = [(c, e) for c, e in pairs if (c.record, e.question.start) not in told]
            return self._told(cases, rest, "ほかの質疑の記載", led=False)
        own = [t for t in _topic(question) if t.name and not _in_titles(t, cases)]
        heavy = [term for term in own if term.weight >= NAMED]
        if heavy and not any(found(t, self._said(*pair)) for pair in pairs for t in heavy):
            return self._untouched(replace(question, terms=tuple(heavy)), cases, pairs)
        return self._told(cases, pairs, "質疑の記載", led=len(pairs) != 1)

    def said(self, record: str, start: int, end: int) -> Draft:
        """Whose words a quote of the answer before is: a speaker's, or what a paper has."""
        quote = Quote(record, start, end)
        for case in self.evidence.cases:
            for turn in (t for e in case.exchanges for t in (e.question, *e.replies)):
                if case.record == record and turn.start <= start < turn.end:
                    name = level(turn.speaker) or ROLES[turn.role]
                    lead = Statement(Style.LEAD, (f"**{name}**の発言です。", quote))
                    return Draft((lead, self.matter_line(case)), (case,))
        words = "**発言者の記載はありません。**資料や議事の記載です: "
        return Draft((Statement(Style.LEAD, (words, quote)),))

    def _quoted(self, question: Question, cases: Sequence[Case]) -> Draft | None:
        """The exchange whose question is repeated in the message (…かと聞かれて何と答えたか); None
        where none is, or it cannot be told which is meant."""
        repeated = _REPEATS.search(fold(question.text))
        if repeated is None:
            return None
        pairs = _pairs(repeated[1])
        scored = []
        for case in cases:
            text = self.index.text(case.record)
            for exchange in case.exchanges:
                if exchange.replies:
                    asked = _pairs(fold(text[exchange.question.start : exchange.question.end]))
                    scored.append((len(pairs & asked), exchange.start, case, exchange))
        scored.sort(key=lambda one: (-one[0], one[1]))
        if not scored or scored[0][0] < _REPEATED * len(pairs):
            return None
        _, _, case, exchange = scored[0]
        first = replace(self.item(case, exchange), style=Style.LEAD)
        return Draft((first, self.case_line(case)), (case,))

    def _untouched(
        self, question: Question, cases: Sequence[Case], pairs: Sequence[tuple[Case, Exchange]]
    ) -> Draft:
        """That no exchange on the cases touches what is asked; what was asked of them instead."""
        words = f"**「{self.topic_words(question)}」に触れたやり取りは、記録に見つかりません。**"
        title = Quote(cases[0].record, *cases[0].title_span, show=False)
        items = [self.item(case, exchange) for case, exchange in pairs[:3]]
        rest = under("この案件で問われたほかのこと", items)
        lead = Statement(Style.LEAD, (words, title))
        return Draft((lead, self.case_line(cases[0]), *rest), tuple(cases), abstained=True)

    def _by_member(self, name: str, question: Question, findings: Findings) -> Draft | None:
        """What a member asked about by name said on the cases meant, in the member's own words; or
        that none of it is recorded. None where the minutes only mention the name."""
        cases = self.with_chains(findings.meant, question) if _topic_of(name, question) else []
        cases = cases or list(findings.scope)
        said = [
            (case, exchange, turn)
            for case in cases
            for exchange in case.exchanges
            for turn in (exchange.question, *exchange.replies)
            if _is_of(turn.speaker, name)
        ]
        if not said:
            for case in cases:
                text = self.index.text(case.record)
                if any(fold(name) in fold(text[start:end]) for start, end in case.spans):
                    return None
            titled = cases if len(cases) <= _FEW else []
            return self.absences.no_exchanges(titled, f"{name}の発言")
        asked = [t for t in _topic_of(name, question) if not _in_titles(t, cases)]
        opposing = bool(_ASKS_DOUBTS.search(question.text))

        def rank(spoken: tuple[Case, Exchange, Turn]) -> tuple[float, bool, bool]:
            case, _, turn = spoken
            own = fold(self.index.text(case.record)[turn.start : turn.end])
            bearing = sum(t.weight for t in asked if found(t, own))
            # what a member holds says more than what one asks
            return -bearing, opposing and not _DOUBTS.search(own), own.endswith(("か。", "か"))

        heavy = [t for t in asked if t.name and t.weight >= NAMED]
        if heavy and not any(found(t, self._said(c, e)) for c, e, _ in said for t in heavy):
            return self.absences.no_exchanges([], f"「{heavy[0].key}」についての{name}の発言")
        said.sort(key=rank)
        told = list({case.id: case for case, _, _ in said[:_MOST]}.values())
        lines = [
            self._spoken(*spoken, place=len(told) > 1, style=Style.ITEM if n else Style.LEAD)
            for n, spoken in enumerate(said[:_MOST])
        ]
        return Draft((*lines, *(self.case_line(case) for case in told[:3])), tuple(told))

    def _spoken(
        self, case: Case, exchange: Exchange, turn: Turn, *, place: bool, style: Style
    ) -> Statement:
        """What one said, with the first reply to it where it is a question."""
        where = f"{case.municipality or ''} {short_title(case.title, 18)} " if place else ""
        pieces: list[str | Quote] = [f"{where}{level(turn.speaker)}: "]
        pieces.append(self.facts.beginning(case.record, turn.start, turn.end))
        if turn is exchange.question:
            for reply in exchange.replies[:1]:
                pieces.append(f" → {level(reply.speaker) or '回答'}: ")
                pieces.append(self.facts.beginning(case.record, reply.start, reply.end))
        return Statement(style, tuple(pieces))

    def _written(self, question: Question, cases: Sequence[Case]) -> Draft | None:
        """What those who were against wrote, as papers have it under a heading or beside a mark."""
        special = [
            t for t in _topic(question) if t.weight >= 1.0 and not _in_titles(t, cases)
        ]  # fmt: skip
        pairs = [
            (case, said)
            for case in cases[:8]
            for said in objections(self.index.text(case.record), case)
        ]
        if special:
            scored = [(self._bearing_of(special, *pair), pair) for pair in pairs]
            scored.sort(key=lambda one: -one[0])
            pairs = [pair for share, pair in scored if share > 0]
        if not pairs:
            return None
        told = list({case.id: case for case, _ in pairs[:_MOST]}.values())
        lines = [
            self.objection(case, said, Style.ITEM if n else Style.LEAD)
            for n, (case, said) in enumerate(pairs[:_MOST])
        ]
        unnamed = bool(_ASKS_WHO.search(fold(question.text)))
        if unnamed:  # papers do not sign what was written against
            words = "**誰の意見か、記録に名前は書かれていません。**意見: "
            lines[0] = Statement(Style.LEAD, (words, *lines[0].pieces))
        cards = (self.case_line(case) for case in told)
        return Draft((*lines, *cards), tuple(told), abstained=unnamed)

    def _bearing_of(self, terms: Sequence[Term], case: Case, said: Said) -> float:
        own = fold(self.index.text(case.record)[said.start : said.end])
        return sum(term.weight * term.share(own) for term in terms)

    def objection(self, case: Case, said: Said, style: Style) -> Statement:
        """What was written against a case, with the heading above it and the reply to it."""
        pieces: list[str | Quote] = []
        if said.heading:
            pieces += [Quote(case.record, *said.heading), ": "]
        pieces.append(Quote(case.record, said.start, said.end))
        if said.reply:
            pieces += [" → 回答: ", Quote(case.record, *said.reply)]
        return Statement(style, tuple(pieces))

    def _across(
        self, question: Question, scope: Sequence[Case], hits: Sequence[Hit]
    ) -> list[tuple[Case, Exchange]]:
        """What was asked about a topic, in whatever case: the topic stands in no case's title."""
        topic = _topic(question)
        if not topic or any(_in_titles(term, scope) for term in topic):
            return []
        return [
            (case, exchange)
            for case, exchange in self.ranked(question, scope, hits, replied=False)
            if all(found(term, self._said(case, exchange)) for term in topic)
        ]

    def _said(self, case: Case, exchange: Exchange) -> str:
        return fold(self.index.text(case.record)[exchange.start : exchange.end])

    def _told(
        self, cases: Sequence[Case], pairs: Sequence[tuple[Case, Exchange]], what: str, *, led: bool
    ) -> Draft:
        """The first of the exchanges, with words before them (`led`) or the case's line behind."""
        if not pairs:
            return self.absences.no_exchanges(cases, what)
        told = list({case.id: case for case, _ in pairs[:_MOST]}.values())
        several = len(told) > 1
        items = [self.item(case, exchange, place=several) for case, exchange in pairs[:_MOST]]
        first = told[0]
        if not led:
            return Draft((*items, self.case_line(first)), tuple(cases))
        where = f"{short_title(first.title, 26)}（{place_name(first)}）では、"
        lead = Statement(
            Style.LEAD,
            (
                f"{f'案件{len(told)}件で、' if several else where}次のやり取りがありました。",
                Quote(first.record, *first.title_span, show=False),
            ),
        )
        lines = under("やり取りのあった案件", [self.case_line(case) for case in told if several])
        return Draft((lead, *items, *lines), tuple(cases))

    def speaker(
        self, question: Question, hits: Sequence[Hit], meant: Sequence[Case]
    ) -> Draft | None:
        """Who said what a question names (警察か確かめられるかと聞いたのは誰); None where it does
        not ask that, or nobody is found to have said it."""
        key = fold(question.text)
        if not (_ASKS_WHO.search(key) and _SPEAKS.search(key)):
            return None
        for unit in self.evidence.units(question, hits, meant):
            own = fold(unit.text)
            if unit.role not in (Role.MEMBER, Role.CHAIR, Role.UNKNOWN) or unit.bearing < LEAST:
                continue
            if (
                unit.covered < _SAID
                or self._unsaid(unit, question)
                or (_ASKS_OPPOSED.search(key) and not opposes(own))
                or ("賛成" in key and not _ASKS_OPPOSED.search(key) and not _AGREES.search(own))
            ):
                continue
            told = self.facts.unit_statement(unit, Style.LEAD, question, place=unit.case is None)
            name = level(unit.speaker).replace(" ", "")
            lines = (self.case_line(unit.case),) if unit.case else ()
            cases = (unit.case,) if unit.case else ()
            if _NO_NAME.match(fold(name)):
                words = "**誰の発言か、記録に名前は書かれていません。**発言: "
                lead = Statement(Style.LEAD, (words, *told.pieces))
                return Draft((lead, *lines), cases, abstained=True)
            return Draft(
                (Statement(Style.LEAD, (f"**{name}**です。", *told.pieces)), *lines), cases
            )
        return None

    def _unsaid(self, unit: Unit, question: Question) -> bool:
        """Whether a speech lacks what a question says of it, beside the words for its case."""
        facts = self.evidence.facts_of(unit.case) if unit.case else ""
        own = fold(unit.text)
        return any(
            term.weight >= _SAYING and max(term.share(own), term.share(facts)) < 0.5
            for term in _topic(question)
        )

    def opposes(self, case: Case, exchange: Exchange, of_a_point: bool = False) -> bool:
        """Whether a member objects; to one point of a case also by asking for its contrary."""
        said = self.index.text(case.record)[exchange.question.start : exchange.question.end]
        return bool(opposes(fold(said)) or (of_a_point and _URGES.search(fold(said))))

    def _unopposed(self, pairs: Sequence[tuple[Case, Exchange]]) -> Draft:
        """That nobody is recorded to have objected; a doubt is none."""
        first = pairs[0][0]
        words = (
            "**反対を述べた発言は、記録に見つかりません。**懸念や疑問を述べた発言は次のとおりです。"
        )
        lead = Statement(Style.LEAD, (words, Quote(first.record, *first.title_span, show=False)))
        several = len({case.id for case, _ in pairs[:3]}) > 1
        items = [self.item(case, exchange, place=several) for case, exchange in pairs[:3]]
        return Draft((lead, *items, self.case_line(first)), (first,), abstained=True)

    def _doubts(
        self, question: Question, cases: Sequence[Case], hits: Sequence[Hit]
    ) -> list[tuple[Case, Exchange]]:
        """The exchanges in which a member doubts what the question names."""
        special = [
            t
            for t in question.terms
            if t.weight >= 1.5 and not _in_titles(t, cases) and not _ASKS_DOUBTS.search(t.key)
        ]
        chosen = []
        for case, exchange in self.ranked(question, cases, hits, replied=False):
            text = self.index.text(case.record)
            asked = exchange.question
            if asked.role not in (Role.MEMBER, Role.UNKNOWN):
                continue
            own = fold(text[asked.start : asked.end])
            if not _DOUBTS.search(own) or _CONFIRMS.search(own):
                continue
            said = fold(text[exchange.start : exchange.end])
            if not special or any(found(term, said) for term in special):
                chosen.append((case, exchange))
        return chosen

    def ranked(
        self,
        question: Question,
        cases: Sequence[Case],
        hits: Sequence[Hit],
        *,
        replied: bool = True,
    ) -> list[tuple[Case, Exchange]]:
        """The exchanges of the cases, those that bear on the question's own words first."""
        rank: dict[str, int] = {}
        for n, hit in enumerate(hits):  # an exchange begins its passage: record@start-end
            rank.setdefault(hit.passage.id.rpartition("-")[0], n)
        scored = []
        for case in cases:
            text = self.index.text(case.record)
            facts = fold(case.title)
            for n, exchange in enumerate(case.exchanges):
                said = fold(text[exchange.start : exchange.end])
                unanswered = replied and not exchange.replies
                if len(said) < 14 or unanswered or exchange.question.role is Role.CHAIR:
                    continue
                own = sum(
                    t.weight for t in question.terms if found(t, said) and not found(t, facts)
                )
                place = rank.get(f"{case.record}@{exchange.start}", 60)
                worth = own + 1.5 / (1 + place / 5) + min(len(said), 160) / 400
                scored.append((-worth, n, case, exchange))
        scored.sort(key=lambda item: (item[0], item[1]))
        return [(case, exchange) for _, _, case, exchange in scored]

    def item(self, case: Case, exchange: Exchange, *, place: bool = False) -> Statement:
        """A question and its first reply, each with its speaker."""
        asked = exchange.question
        pieces: list[str | Quote] = []
        if place:
            title = short_title(case.title, 18)
            town = "" if title.startswith(case.municipality or "") else f"{case.municipality} "
            pieces.append(f"{town}{title} ")
        # of what nobody is named for it is not said that a member said it
        nameless = "発言" if asked.role is Role.UNKNOWN else ROLES[asked.role]
        pieces.append(f"{level(asked.speaker) or nameless}: ")
        pieces.append(self.facts.beginning(case.record, asked.start, asked.end, _ASKED))
        for reply in exchange.replies[:1]:
            pieces.append(f" → {level(reply.speaker) or '回答'}: ")
            pieces.append(self.facts.beginning(case.record, reply.start, reply.end))
        return Statement(Style.ITEM, tuple(pieces))


def _pairs(folded: str) -> set[str]:
    """The pairs of neighbouring characters that are not both hiragana."""
    pairs = {folded[n : n + 2] for n in range(len(folded) - 1)}
    return {pair for pair in pairs if not re.fullmatch(r"[ぁ-ん、。]{2}", pair)}


def _in_titles(term: Term, cases: Sequence[Case]) -> bool:
    return any(found(term, fold(case.title)) for case in cases)


def _topic(question: Question) -> list[Term]:
    """What the talk asked about was on: the question's words without those for talking."""
    return [term for term in question.terms if not _OF_TALK.search(term.key)]


def _member(question: Question) -> str:
    """The member whose words a question asks for, by name or letter (桔梗委員, A委員)."""
    asked = level(question.text)
    named = re.search(
        r"([一-龠々]{1,4}|[A-Za-z])(?:委員|議員)(?:さん)?(?:は|が|の(?:発言|意見|質問|懸念|反対))",
        asked,
    )
    named = named or re.search(r"委員([A-Za-z])(?:さん)?(?:は|が|の)", asked)
    if named is None or _OFFICES.search(named[1]) or not _SPOKE.search(asked):
        return ""
    return f"{named[1]}委員"


def _is_of(speaker: str, name: str) -> bool:
    """Whether a speaker's name as written (A委員, 委員A, 桔梗 委員) is the one asked for."""
    own, asked = fold(level(speaker)), fold(name)
    return (
        own == asked
        or own == "委員" + asked.removesuffix("委員")
        or (len(asked) > 3 and asked in own)
    )


def _topic_of(name: str, question: Question) -> list[Term]:
    """What the talk asked about was on, without the name of who talked."""
    own = fold(name)
    return [t for t in _topic(question) if t.key not in own and own not in t.key]


def _another_towns(question: Question, cases: Sequence[Case]) -> str:
    """The town whose members are asked about, where none of the cases is of it."""
    speaking = re.search(r"([^\s、。]{2,6}[市区町村県])の委員", level(question.text))
    if speaking is None or not cases:
        return ""
    town = speaking[1]
    places = [case.municipality or "" for case in cases]
    its = any(place.endswith(town) or town.endswith(place or "-") for place in places)
    return "" if its else town
