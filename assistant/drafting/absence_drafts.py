"""Question -> the draft that says what the records lack: towns, times, cases, words on a matter."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.evidence import NAMED
from assistant.facts import OUTCOME_WORDS
from assistant.hits import Hit
from assistant.questions import Question
from assistant.statements import (
    SEARCHED_NOTE,
    Draft,
    Quote,
    Statement,
    Style,
    Writer,
    date_name,
    short_title,
    under,
    with_verdicts,
)
from assistant.understanding.asked_cases import APPROVALS
from assistant.understanding.outside import Outside
from assistant.understanding.places import alike
from assistant.understanding.terms import Term, as_written
from assistant.understanding.times import years_in_words
from index.cases import Case
from index.grammar.verdicts import Outcome
from index.japanese import fold, level
from index.meetings import Meeting

_OUTSIDE = {
    Outside.GREETING: "こんにちは。個人情報保護の審議会の記録から、先例をお調べします。"
    "例:「AI-OCRの案件は承認されましたか。条件は?」",
    Outside.THANKS: "お役に立てれば幸いです。続けてお尋ねください。",
    Outside.HELP: "審議会の記録に書かれていることをお答えします。案件の結論、付いた条件、"
    "審議で問われたこととその答え、案件の一覧と件数、町どうしの比較、会議の日時や出席者などをお尋ねください。"
    "記録にないことは「記録にない」とお答えします。",
    Outside.FORECAST: "**これからの結論は、記録からは分かりません。**"
    "お答えできるのは、記録にある過去の結論です。",
    Outside.ADVICE: "**どうすべきか、違法かどうかといった判断はお答えできません。**"
    "お答えできるのは、記録に書かれていることです。",
    Outside.SERVICE: "**手続や窓口のご案内は、審議会の記録からはできません。**"
    "お答えできるのは、記録に書かれている案件と会議のことです。",
    Outside.PERSONAL: "**記録からは分かりません。**"
    "個人の連絡先や、名前を伏せて記録された人が誰であるかは、お答えできません。",
    Outside.TASK: "**ここでは、そのご依頼にお応えできません。**"
    "お答えできるのは、審議会の記録に書かれていることです。",
}

_WHOLE = 0.99  # of the names asked for stand in the parts of a case


class Absences(Writer):
    """Says that something is not in the records, what was searched, and what is nearest."""

    def nothing_asked(self) -> Draft:
        """How to begin."""
        words = "質問を入力してください。例:「AI-OCRの案件は承認されましたか。条件は?」"
        return Draft((Statement(Style.NOTE, (words,)),), (), True)

    def outside(self, kind: Outside, meant: Sequence[Case]) -> Draft:
        """What to say to a message that minutes cannot answer, and the cases it speaks of."""
        said = Statement(Style.NOTE, (_OUTSIDE[kind],))
        if kind in (Outside.GREETING, Outside.THANKS, Outside.HELP):
            return Draft((said,), (), True)
        lines = [self.case_line(case) for case in meant[:3]]
        related = under("記録にある関係する案件", lines)
        return Draft((said, SEARCHED_NOTE, *related), tuple(meant[:3]), True)

    def no_such_label(self, question: Question) -> Draft:
        """No case bears the label named; the labels that there are."""
        named = "・".join(label.words for label in question.labels)
        where = "、".join(question.municipalities)
        words = f"**{where + 'の' if where else ''}記録に、{named}という案件は見つかりません。**"
        held = [
            f"{case.municipality or ''} {case.meeting} {level(case.label)}".strip()
            for case in self.evidence.cases
            if case.label and (not where or case.municipality in question.municipalities)
        ]
        if where and held:
            more = " ほか" if len(held) > 10 else ""
            words += f"ある案件: {'、'.join(dict.fromkeys(held[:10]))}{more}。"
        return Draft((Statement(Style.NOTE, (words,)), SEARCHED_NOTE), (), True)

    def place_is_told(self, question: Question, hits: Sequence[Hit]) -> bool:
        """Whether a town without records of its own is spoken of in what was found."""
        if re.search(r"審議会|審査会|案件|諮問|承認", question.text):
            return False
        names = [
            re.sub("[市区町村都道府県]$", "", fold(place)) for place in question.unknown_places
        ]
        held = {fold(case.municipality) for case in self.evidence.cases if case.municipality}
        for hit in hits[:5]:
            text = fold(hit.passage.text)
            for town in held:  # the town of a name is not the prefecture of that name
                text = text.replace(town, "、")
            if any(len(name) > 1 and name in text for name in names):
                return True
        return False

    def no_such_place(self, question: Question) -> Draft:
        """The index holds nothing of the town named; whose records it holds."""
        names = "、".join(question.unknown_places)
        held = {case.municipality for case in self.evidence.cases if case.municipality}
        words = f"**{names}の記録はありません。**"
        near = [p for name in question.unknown_places for p in alike(name, held)]
        if near:
            words += f"名前の近い{'、'.join(near)}の記録はあります。"
        elif held:
            more = " ほか" if len(held) > 12 else ""
            words += f"読み込まれている記録は{'、'.join(sorted(held)[:12])}{more}のものです。"
        return Draft((Statement(Style.NOTE, (words,)), SEARCHED_NOTE), (), True)

    def no_such_time(self, question: Question) -> Draft:
        """Nothing of the year, sitting or day named; what sittings there are."""
        named = [*years_in_words(question.years)]
        named += years_in_words(question.calendar_years, fiscal=False)
        named += [f"第{question.ordinal}回"] if question.ordinal else []
        named += [date_name(day) for day in question.days]
        named += [f"{question.month}月"] if question.month and not named else []
        towns = question.municipalities
        asked = "の".join(filter(None, ["、".join(towns), " ".join(named)]))
        held = sorted(
            {
                f"{case.municipality or ''} {case.meeting}".strip()
                for case in self.evidence.cases
                if case.meeting and (not towns or case.municipality in towns)
            }
            | {
                f"{meeting.municipality or ''} {meeting.name}".strip()
                for meeting in self.meetings
                if meeting.ordinal and (not towns or meeting.municipality in towns)
            }
        )
        words = f"**{asked}の記録は見つかりません。**"
        if any(_is_of(meeting, question) for meeting in self.meetings):
            words = (
                f"**{asked}の会議の記録はありますが、お尋ねの案件を"
                "読み取れていません。**原文をご確認ください。"
            )
        elif held:
            words += f"ある記録: {'、'.join(held[:10])}{' ほか' if len(held) > 10 else ''}。"
        return Draft((Statement(Style.NOTE, (words,)), SEARCHED_NOTE), (), True)

    def no_such_outcome(self, question: Question, scope: Sequence[Case]) -> Draft:
        """No case ended as asked; how those that there are did."""
        asked = question.outcomes[:1] if question.outcomes == APPROVALS else question.outcomes
        names = "・".join(OUTCOME_WORDS[outcome] for outcome in asked)
        lead = self.count_lead(question, scope)
        ordered = self.in_order(scope)
        part = ""
        partly = [case for case in ordered if case.outcome is Outcome.PARTLY_APPROVED]
        if partly and Outcome.REJECTED in question.outcomes:  # the part refused is what is sought
            ordered = partly + [case for case in ordered if case not in partly]
            part = f"一部が承認されなかった案件は{len(partly)}件あります。"
        return Draft(
            (
                Statement(
                    Style.LEAD, (f"**{names}とされた案件は見つかりません。**{part}", *lead.pieces)
                ),
                *(self.case_line(case) for case in ordered[:12]),
                SEARCHED_NOTE,
            ),
            tuple(ordered),
            True,
        )

    def spoken_of(self, question: Question) -> list[Case]:
        """The cases whose papers or speeches have every name of the question, whole."""
        naming = [term for term in question.terms if term.name]
        if not any(term.weight >= NAMED for term in naming):
            return []
        scope = self.evidence.in_scope(question)
        held = [case for case in scope if self.evidence.match(case, naming).full >= _WHOLE]
        return self.in_order(held)

    def no_such_case(self, question: Question) -> Draft:
        """No case fits: say so, say what was searched, and name what is nearest elsewhere."""
        where = "、".join(question.municipalities)
        what = self.topic_words(question)
        subject = f"{where}の記録に、" if where else "記録に、"
        topic = f"「{what}」に当たる案件は" if what else "お尋ねの案件は"
        spoken_of, unread = self.spoken_of(question), self._not_read(question)
        if spoken_of:
            words = f"**{subject}件名に「{what}」とある案件は見つかりません。**{unread}"
            lines = [self.case_line(case) for case in spoken_of[:4]]
            here = under("この言葉が資料や発言に出てくる案件", lines)
            return Draft((Statement(Style.NOTE, (words,)), SEARCHED_NOTE, *here), (), True)
        words = f"**{subject}{topic}見つかりません。**{unread}"
        missing = Statement(Style.NOTE, (words,))
        elsewhere = [
            match.case
            for match in self.evidence.meant(question, self.evidence.cases, [])
            if match.strong >= 0.6 and not self.evidence.fits(match.case, question)
        ]
        lines = [self.case_line(case) for case in elsewhere[:4]]
        nearest = under("ほかの自治体・時期の別の案件", lines)
        return Draft((missing, SEARCHED_NOTE, *nearest), (), True)

    def _not_read(self, question: Question) -> str:
        """That no case was read from minutes of the town and time asked of; else empty."""
        read = {case.record for case in self.evidence.cases}
        names = dict.fromkeys(
            f"{meeting.municipality or ''} {meeting.name}".strip()
            for meeting in self.meetings
            if meeting.record not in read and _is_of(meeting, question)
        )
        if not names:
            return ""
        more = f" ほか{len(names) - 3}回" if len(names) > 3 else ""
        return (
            f"ただし、{'、'.join([*names][:3])}{more}の記録からは、案件を読み取れていません。"
            "そこにあるかもしれませんので、原文をご確認ください。"
        )

    def of_another_time(self, question: Question, draft: Draft) -> Draft:
        """What was found is of another time than the one named: say so, and offer it as such."""
        named = [*years_in_words(question.years)]
        named += years_in_words(question.calendar_years, fiscal=False)
        words = (
            f"**記録からは分かりません。**{'・'.join(named)}のものとしての記載は見つかりません。"
        )
        near = [replace(line, style=Style.ITEM) for line in draft.statements[:1]]
        heading = "別の時期の近い記載（お尋ねの時期のものではありません）"
        return Draft(
            (Statement(Style.NOTE, (words,)), SEARCHED_NOTE, *under(heading, near)), (), True
        )

    def only_near(self, question: Question, lacking: Sequence[Term], near: Sequence[Case]) -> Draft:
        """What the question names stands in no case that is otherwise like it."""
        text = question.search_text or question.text
        names = "・".join(dict.fromkeys(as_written(term, text) or term.key for term in lacking))
        where = "、".join(question.municipalities)
        words = (
            f"**{where + 'の' if where else ''}記録に、「{names}」に当たる案件は見つかりません。**"
            f"{self._not_read(question)}"
        )
        lines = [self.case_line(case) for case in self.in_order(near)[:4]]
        heading = "近い別の案件（お尋ねの案件ではありません）"
        return Draft(
            (Statement(Style.NOTE, (words,)), SEARCHED_NOTE, *under(heading, lines)), (), True
        )

    def said_otherwise(self, question: Question, case: Case, told: Draft) -> Draft:
        """What is told of the case nearest in meaning, after which case that is and what word of
        the question its records do not have."""
        if not told.statements:
            return told
        text = question.search_text or question.text
        names = [
            as_written(term, text) or term.key for term in self.evidence.unnamed(question, case)
        ]
        missing = f"「{'・'.join(dict.fromkeys(names))}」とは書かれていませんが、" if names else ""
        words = f"{missing}いちばん近い案件は「{short_title(case.title, 30)}」です。"
        first, *rest = told.statements
        return replace(told, statements=(replace(first, pieces=(words, *first.pieces)), *rest))

    def no_exchanges(self, cases: Sequence[Case], what: str = "質疑の記載") -> Draft:
        """Nothing was said on the cases, or not of the kind asked for."""
        titles = [Quote(case.record, *case.title_span, show=False) for case in cases[:2]]
        return Draft(
            (
                # a note, where no case stands for it: what asserts needs a quote
                Statement(
                    Style.LEAD if titles else Style.NOTE,
                    (f"**記録に{what}は見つかりません。**", *titles),
                ),
                *(self.case_line(case) for case in cases[:3]),
                SEARCHED_NOTE,
            ),
            tuple(cases[:3]),
            True,
        )

    def not_explained(self, question: Question, meant: Sequence[Case]) -> Draft:
        """A word is used in the records, and nowhere explained."""
        word = self.topic_words(question)
        named = f"「{word}」の" if word else "お尋ねの言葉の"
        words = f"**記録に、{named}意味を説明した記載は見つかりません。**"
        lines = [self.case_line(case) for case in meant[:3]]
        related = under("この言葉が出てくる案件", lines)
        return Draft(
            (Statement(Style.NOTE, (words,)), SEARCHED_NOTE, *related), tuple(meant[:3]), True
        )

    def not_said(self, meant: Sequence[Case], near: Sequence[Statement] = ()) -> Draft:
        """The records do not answer; what comes near, and the cases the question is about."""
        words = "**記録からは分かりません。**お尋ねの点に答える記載は見つかりませんでした。"
        if near:
            words = (
                "**記録からは、はっきりとは分かりません。**"
                "お尋ねの点をそのまま述べた記載は見つかりませんでした。"
            )
        lines = [self.matter_line(case) for case in meant[:3]]
        related = under("関係する案件", lines)
        offered = under("近い記載（お尋ねの点の答えとは限りません）", near)
        return Draft(
            (Statement(Style.NOTE, (words,)), *offered, SEARCHED_NOTE, *related),
            with_verdicts(meant[:3]), True,
        )  # fmt: skip


def _is_of(meeting: Meeting, question: Question) -> bool:
    """Whether a sitting is the one, or of the time and town, that a question names."""
    day = meeting.day
    asked = {(True, year) for year in question.years}
    asked |= {(False, year) for year in question.calendar_years}
    years = {(True, meeting.year), (False, meeting.year), (False, day.year if day else None)}
    return (
        (not question.municipalities or meeting.municipality in question.municipalities)
        and (not asked or bool(asked & years))
        and (question.ordinal is None or meeting.ordinal == question.ordinal)
        and (not question.days or day in question.days)
        and (not question.month or (day is not None and day.month == question.month))
    )
