"""The grammar of verdicts: what a sentence of minutes says that the council concluded, if anything.

A verdict is a finite clause whose predicate decides (`predicates.py`) and whose subject is the case. Not
verdicts: questions and requests, the approval of the last minutes, elections, a decision told of another
time or as an attribute of a noun (以前承認した案件), and the agency's own decision under review (不承認決定).
Who may speak a verdict is judged in `decisions`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache

from index.grammar.condition_clauses import condition_spans
from index.grammar.deferral import of_other_matter, of_what_follows, put_off
from index.grammar.partial import decided_in_part, says_how
from index.grammar.predicates import (
    APPROVED,
    CONTINUED,
    ENOUGH,
    FREE,
    REJECTED,
    WITHDRAWN,
    last_match,
)
from index.japanese import fold, folded_with_offsets


class Outcome(StrEnum):
    """What the council concluded on a case at one sitting."""

    APPROVED = "approved"
    APPROVED_WITH_CONDITIONS = "approved_with_conditions"
    PARTLY_APPROVED = "partly_approved"
    CONTINUED = "continued"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    REPORTED = "reported"
    NOT_RECORDED = "not_recorded"


@dataclass(frozen=True, slots=True)
class Verdict:
    """A verdict in a sentence: its class, and the spans of its conditions in that sentence.

    `conditions_elsewhere` is true where the sentence says that conditions are attached but names
    them before or after (先ほどの意見を付した上で; 次の条件を付して).
    """

    outcome: Outcome
    conditions: tuple[tuple[int, int], ...] = ()
    conditions_elsewhere: bool = False


LONGEST_SENTENCE = 4000  # characters: what has no full stop for so long is no sentence
_DECIDING = ((WITHDRAWN, Outcome.WITHDRAWN), (REJECTED, Outcome.REJECTED),
             (CONTINUED, Outcome.CONTINUED), (APPROVED, Outcome.APPROVED))  # fmt: skip

_NOT_DECIDING = re.compile(
    # a question, a request, a wish, a supposition
    r"(?:か|でしょうか|いかが|かどうか|か否か)[。?？」)）]*$|(?:たい|ほしい|欲しい|願(?:う"
    r"|います|いたい)|お願い[^。]{0,10}|べきで(?:ある|はないか)|と思う|と思います|と考える"
    r"|かもしれない|だろう|ではないか)[。」)）]*$|(?:なら(?:ば)?|のであれば"
    r"|であれば)(?:、)?[^。]{0,12}(?:承認|了承|認め|可と)"
)
# what somebody says is told as his, unless the record tells of a decision before it (承認され、…旨の発言があった)
_SAID = re.compile(
    r"(?:との|という|旨の)(?:少数|反対)?(?:御|ご)?(?:意見|声|指摘|要望|発言|提案)(?:が|も)(?:あ(?:った|りました|る)|出(?:た|ました|され(?:た|ました))|(?:述べ|示さ)れ(?:た|ました))[。」)）]*$"
)
_OTHER_SUBJECT = re.compile(
    r"(?:説明|報告|趣旨|内容)(?:を|は|について)?[^。、]{0,6}(?:了承|了解|了と)|(?:保護者|本人|住民"
    r"|市民|利用者|家族|相手方|委託先|事業者)(?:から|の|は|が)[^。]{0,12}(?:同意|了解|承認"
    r"|承諾)|"  # the minutes, an election, the sitting itself, another time, the public
    r"(?:会議録|議事録|会議記録|会議要旨|議事要旨|開催概要|会議の?概要|要点記録|会議結果"
    r"|前回の?概要)(?:\(案\))?[^。]{0,24}(?:承認|了承|確認|確定|決定|異議)"
    r"|(?:会長|副会長|委員長|副委員長|職務代理者?|部会長|議長|署名(?:委員|人))(?:の)?(?:を"
    r"|に|は|として|には)?[^。]{0,24}(?:選出|選任|互選|指名|推薦|就任|選ば|お願い)"
    r"|(?:傍聴|非公開|会議)(?:と|を|に|の|は)[^。]{0,18}(?:決定|承認|了承|許可|認め|異議)"
    r"|(?<![^。、議会日件題]の)公開(?:と|を|に|の|は)[^。]{0,18}(?:決定|承認|了承|許可|認め|異議)"
    r"|(?:日程|開催日時?|次回(?:の)?(?:会議|審議会|開催))[^。]{0,30}(?:決定|了承|承認)"
    r"|(?:欠席|一任|順番|順序|差し?替え|小委員会|任期)[^。]{0,20}(?:決定|了承|承認)"
    r"|答申(?:書)?(?:案)?(?:を|について|は|の(?:案|内容|文案))[^。]{0,16}(?:決定|了承|承認|確定)"
    r"|(?:文案|文面|文言|答申の(?:時期|日|文章))(?:は|を|の)[^。]{0,60}(?:決定|了承|承認|一任|確定)"
    r"|答申(?:書)?(?:の)?案(?:が|を|に|は|について)[^。]{0,80}(?:決定|了承|承認|確定|答申(?:する|した))"
)
_ANOTHER_TIME = re.compile(
    r"(?:以前|前回|前々回|既に|すでに|過去に|昨年度?|一昨年|前年度?|先月|先に|これまで|かつて"
    r"|(?:平成|令和|20\d\d?|19\d\d?)\d*年(?:度|\d+月)?(?:\d+日)?(?:に|の(?!諮問)|付け)"
    r"|\d+月(?:\d+日)?の[^。、]{0,10}(?:で|において)|第\d+回[^。]{0,12}(?:で|において))"
    r"[^。、]{0,40}(?:承認|了承|答申|認め|継続審[議査])[^。、]{0,6}(?:た|済|得て|いただ)"
    r"|(?:平成|令和)\d+年度?に[^。]{0,40}(?:承認|了承|答申|認め)[^。、]{0,6}た"
)
# right before the predicate such a word leaves no doubt: この件は昨年承認された
_PAST_NEAR = re.compile(
    r"(?:以前|既に|すでに|過去に|昨年度?|一昨年|前年度?|先月|先日|当時|かつて|前回(?:の[^。、は]{1,8})?で?)[^。、は]{0,12}$"
)
_CASE = re.compile(
    r"本件|この件|本案|案件|諮問|審議会|審査会|委員会として|原案|答申|異議|全員|全会|賛成"
    r"|評価書案?は|点検の結果|点検を行い|以上により|よって|いずれも|外部提供|外部に提供|提供を|提供は|結合|目的外|収集"
    r"|実施機関の(?:判断|決定|処分)|^[-○・⇒→]*(?:承認|了承|可決|適当|妥当|可|「可」|「否」"
    r"|不承認|否決|継続|取り?下げ|それでは|では)"
)
_OTHER_AGENT = re.compile(
    r"(?:市長|町長|村長|区長|知事|課長|書記長|部会|係長|所長|部長|校長|管理者|担当者|職員|担当課|所管課"
    r"|実施機関|処分庁|請求人|本人|保護者|利用者|契約者|申請者|事業者|委託先|受託者|業者"
    r"|(?:隣|他|近隣|近く|先進|先行)[^。、]{0,6}(?:[市町村区県]|団体|自治体)|(?<![全外各])国|(?<!実施)県|(?<![審協])議会|庁議|庁内|警察|保健師|弁護士|教育委員会"
    r"|理事会|倫理[^。、]{0,8}委員会|当時|昨年|[0-9]月の(?:審議会|会議))"
    r"(?:が|は|から|で|において|では|により|として|の(?=同意|了承|承認|許可|請求|基準|見解"
    r"|審議会|委員会|機関))"
)
# what another does is what is judged: 実施機関が行おうとする提供は(適当である), 市長が提供することを(承認する)
_DOING_OF = re.compile(
    r"が、?(?:[^。]*?[るたうくす][^。、]{0,40}?(?<![にで今])(?<![^こ]と)(?:は|については|に関しては|につきましては|について、)"
    r"|[^。]*?(?:こと|もの)(?:を|につき|について)|[^。、]*?[るた][^。、]{0,20}?(?:のうち|とおり|どおり|通り))"
)
# what is agreed to is but how to go on: 部会を設けて検討することが承認された
_HOW_TO_GO_ON = re.compile(
    r"(?:検討|審議|協議|議論|審査|調査|調整|確認|一任)(?:する|していく|を(?:行う|続ける|進める))?(?:こと)?[がを]$"
)
# right before the predicate: 区は了解した is the office's word, under a heading of results too
_BY_ANOTHER = re.compile(
    r"(?:^|[、。のり])(?:本)?(?:[市区町村県都府]|当局|[^、。はが]{0,8}(?:課|事務局))(?:側)?(?:は|が|も)、?(?:これ(?:を|に))?$"
)
# predicates that say as much of anything else: verdicts only where the case, or the council, is named
_WEAK_WORD = re.compile(r"(?:同意|了解|許可|決定)(?!.{0,4}[「」])")
_WEAK = re.compile(
    r"適切|不可|(?<!こと)(?:は|も)認め"
    r"|認められ|運用|契約|撤回|(?:申請|申込み?|届出|請求)を?取り?下げ|(?:次回|改めて|再度"
    r"|後日)[^。]{0,24}(?:説明|報告|確認)(?![^。]{0,20}(?:審議|審査|結論|判断|再提|諮))|必要と認め|必要があると認め|閲覧"
)
_THIS_CASE = re.compile(r"この件|本件|本案件|本諮問|この案件|諮問のとおり|諮問どおり|諮問通り")


# who decides is said first: 審査会は、事業者が内容を見られることから、不適当と認めた
_THE_COUNCIL = re.compile(
    r"(?:当|本)?(?:審議会|審査会)(?:として)?は、(?!.*(?:課|課長|機関|市|町|村|県|者|人|局|長)は、)"
)


# そのように決定する: what was put before is decided, and it is there that it must be read
_AS_PUT = re.compile(r"(?:その|この|次の|以上の)(?:よう|とおり|通り)(?:に|で)?$")
# The words that name the case, or what is asked for in it: of these a predicate may be a verdict.
_OF_THE_CASE = re.compile(
    r"(?:(?:本|この|当該|同)(?:案|諮問|議案|議題|事案|請求)|件|案|案件|事案|諮問(?:案件|事項)?|議案|議題|議事|資料"
    r"|(?:案件|議案|議題|議事|資料|諮問|審議|報告)?(?:第?[0-9]+号?|第[一二三四五六七八九十]+号)|\([0-9]+\)|これら?|それら?|もの|こと|以上|いずれ|両者?|原案"
    r"|答申書?案?|本[^、。]{1,12}案の内容|評価書案?(?:の(?:内容|記載))?|適合性|妥当性|条例案?|利用|提供|収集|結合|委託|取扱い?|処理|取得|実施|導入|変更|免除|省略|審議会|審査会|委員会|判断|決定"
    r"|処分|裁決|措置|異議|異論|意見|条件|要望|事項|質問|質疑|全員|賛成|反対|前段|後段|前者|後者|(?:この|^の)[0-9一二三四五]つ?の?(?:点|項目|事項)?|[0-9]名の同意|以上の?[0-9一二三四五]つ?の?(?:点|項目|事項)|支障|問題|差し支え|結果)"
    r"(?:等|など|として)?$"
)
_THIS_ONE = re.compile(r"(?:^|[てで])(?:この|当該|上記|今回の)[^、。]{1,20}$")
_TOPIC = re.compile(
    r"(?P<topic>[^、。]{1,60}?)(?P<mark>については|につきましては|に関しては|(?<![でにとらた])は(?!、?(?:ない|なく)|ず|い)|(?<![てでに])も(?![のしらっと])|が(?!ら|あり|な[くし])|を(?!もって))"
)
_ACTION = re.compile(
    r"(?P<noun>[一-龠ァ-ヶー]{2})(?:等|など)?(?:について|の件|に関すること)?(?:\([^()]*\))?$"
)
_SHARED = 4  # characters in a row that a topic and the case's title have in common


def _of_the_case(head: str, about: str) -> bool:
    """Whether what stands before a predicate leaves the case as its subject.

    Of the phrases marked は any may name the case (ほかに意見はなく、本件は…); where there are none, the
    last が or を phrase of the predicate's own clause must, if there is one.
    """
    subjects: list[str] = []
    objects: list[str] = []
    head = head[-200:]
    *earlier, last = re.split(r"[、。]", head)
    for clause in (*(other for other in earlier if not _REASON.search(other)), last):
        objects = []  # of the clause itself, not of one before it (説明を行い、承認された)
        at = 0
        for match in _TOPIC.finditer(clause):
            phrase = clause[at : match.end("topic")]
            at = match.end()
            if match["mark"][0] in "につ" and len(match["mark"]) > 1:
                return True  # of what is decided about (…については) the council decides
            (objects if match["mark"] in ("が", "を") else subjects).append(phrase)
    named = subjects or objects[-1:]
    return not named or any(_names_the_case(phrase, about) for phrase in named)


# a clause that says why has its own subject: 必要性が認められることから、適当である
_REASON = re.compile(r"(?:こと(?:から|により|を踏まえ)|ため|ので)$")


_LAST_TOPIC = re.compile(r"(?P<topic>[^、。]{4,60}?)(?:のほう|の方)?[はも]$")


def _of_the_title(head: str, about: str) -> bool:
    """Whether the topic right before a predicate (本人通知の省略は) is in the title's very words."""
    topic = _LAST_TOPIC.search(head)
    return topic is not None and _shares(topic["topic"], about)


def _shares(noun: str, about: str) -> bool:
    return any(noun[at : at + _SHARED] in about for at in range(len(noun) - _SHARED + 1))


def _names_the_case(phrase: str, about: str) -> bool:
    noun = re.sub(r"[」』]+$", "", phrase)
    if _OF_THE_CASE.search(noun[-16:]) or _THIS_ONE.search(noun) or _shares(noun, about):
        return True
    action = _ACTION.search(about)  # of a title …としての公開について, 種別の公開は names a part
    return action is not None and noun.endswith(action["noun"])


@lru_cache(maxsize=2048)  # chairs say the same
def read_verdict(
    sentence: str, *, about: str = "", labelled: bool = False, put: bool = False
) -> Verdict | None:
    """The verdict that `sentence` gives, or None. Spans count characters of `sentence`.

    `about` is the folded title of the case, whose words may be the verdict's subject; `labelled` says that
    the sentence stands under a heading of results, where whatever is right or wrong is the case's; `put`
    that a chair puts it to the members, so that who is named in its conditions is not who decides.
    """
    if len(sentence) > LONGEST_SENTENCE:
        return None
    key, offsets = folded_with_offsets(sentence)
    key = key.replace("粂件", "条件")  # as machines misread it
    if labelled and _SEND_BACK.search(key):
        return Verdict(Outcome.CONTINUED)
    draft = _DRAFT_TOLD.search(sentence)
    if draft and _ADOPTED.match(fold(draft["then"])):
        told = read_verdict(draft["told"], about=about, labelled=True)
        at = draft.start("told")
        return told and replace(
            told, conditions=tuple((a + at, b + at) for a, b in told.conditions)
        )
    said = last_match(_AFTER_OPINIONS, key)  # what members said is no part of what was decided
    after = said.end() if said else 0
    if not key:
        return None
    if _OTHER_SUBJECT.search(key, after) and _OTHER_SUBJECT.search(_without_terms(key, after)):
        decided = _clause_before(key, after)
        if decided is None:
            return None
        key = decided
    if _ANOTHER_TIME.search(key, after) and not _THIS_CASE.search(key):
        return None
    if put_off(key, about=about):
        return Verdict(Outcome.CONTINUED)
    if _NOT_DECIDING.search(key.strip("-")):
        return None
    as_said = bool(_SAID.search(key))
    found = [
        (outcome, match)
        for outcome, match in _predicates(key, after, about, enough=labelled or put)
        if not as_said or "され" in match.group()
    ]
    spans, elsewhere = condition_spans(key) if found else ([], False)
    for outcome, match in found:
        if outcome is Outcome.PARTLY_APPROVED and says_how(match, spans):
            continue
        if outcome is Outcome.CONTINUED and of_what_follows(match.group()):
            continue
        if outcome is Outcome.CONTINUED and of_other_matter(key[: match.start()], about):
            return None
        before = key[: match.end()]
        # who is named in a condition is not who decides; who stands before は may be
        inner = [
            (start, end)
            for start, end in spans
            if put or (key[:end].endswith("こと") and (labelled or "は" not in key[start:end]))
        ]
        agent = _outside(before, inner)
        agent = agent[after:] if agent.startswith(key[:after]) else agent
        if outcome is Outcome.CONTINUED:  # what somebody does first is no other's decision
            first = max(before.rfind(end) for end in ("上で", "後、", "うえで", "ので、", "ため、"))
            agent = before[max(first + 1, after) :]
        if (
            outcome is not Outcome.WITHDRAWN
            and not _THE_COUNCIL.match(key, after)
            and not _THIS_CASE.search(before)
            and any(
                not _DOING_OF.match(agent, other.end() - 1)
                for other in _OTHER_AGENT.finditer(agent)
            )
        ):
            return None
        surely = match.group().startswith(("適当", "妥当", "相当"))  # …であると認められた
        clause = key[
            key.rfind("、", 0, match.start()) + 1 : match.start() if surely else match.end()
        ]
        weak = _WEAK_WORD.search(match.group()) or _WEAK.search(clause)
        if (
            weak
            and not labelled
            and not (put and outcome is Outcome.REJECTED)
            and outcome is not Outcome.PARTLY_APPROVED
            and not _CASE.search(before)
            and not _of_the_title(key[: match.start()], about)
        ):
            return None
        head = key[: match.start()]
        if (
            _PAST_NEAR.search(head)
            or _AS_PUT.search(head)
            or _BY_ANOTHER.search(head)
            or (outcome is Outcome.APPROVED and _HOW_TO_GO_ON.search(head))
        ):
            return None
        if (
            not labelled
            and outcome in (Outcome.APPROVED, Outcome.REJECTED)
            and not _of_the_case(_outside(head, spans).removeprefix(key[:after]), about)
        ):
            return None
        if outcome is Outcome.APPROVED and _NEGATED.search(FREE.sub("", match.group())):
            outcome = Outcome.REJECTED  # 諮問のとおり実施しないこととする
        if outcome is Outcome.APPROVED and FREE.search(match.group()) and _LEFT_UNDONE.search(head):
            return None  # 提供しないことで差し支えない
        elsewhere = elsewhere or bool(_MORE_BELOW.search(key, match.start()))
        if outcome is Outcome.APPROVED and (spans or elsewhere):
            outcome = Outcome.APPROVED_WITH_CONDITIONS
        if outcome not in (Outcome.APPROVED_WITH_CONDITIONS, Outcome.PARTLY_APPROVED):
            spans, elsewhere = [], False
        return Verdict(
            outcome,
            tuple((offsets[start], offsets[end - 1] + 1) for start, end in spans),
            elsewhere,
        )
    return None


# what the draft of a reply says stands in brackets: 答申案（差し支えない。ただし、…こと。）を承認した
_DRAFT_TOLD = re.compile(r"答申書?の?案[（(](?P<told>[^（）()]{6,400})[）)](?P<then>[^。]{2,60})")
_ADOPTED = re.compile(
    r"(?:について|を|は|が|で|の)、?(?:(?:審議|協議|検討)(?:を行い|し|の結果)?、?)?(?:異議なく|全員一致で|(?:原案|案)?の?(?:とおり|どおり|通り))?(?:に|で)?、?"
    r"(?:答申|承認|了承|可決|決定|確定)(?:する|した|し(?:ます|ました)|され(?:る|た|ました)|(?:する)?こと(?:に|と)(?:決定|し|な|いた|決)[^。、]{0,8})。?$"
)


def _clause_before(key: str, after: int) -> str | None:
    """What a folded sentence decides before the clause that is about something else than the case
    (諮問のとおりで差し支えないとの結論に至り、答申の内容を確定した); None where that is nothing."""
    other = _OTHER_SUBJECT.search(key, after)
    comma = key.rfind("、", after, other.start()) if other else -1
    left = key[: comma + 1]
    decided = [last_match(pattern, left, after) for pattern, _ in _DECIDING]
    return left if any(match and match.end() >= comma for match in decided) else None


def _predicates(
    key: str, after: int, about: str, *, enough: bool
) -> Iterator[tuple[Outcome, re.Match[str]]]:
    """The predicates of a folded sentence that decide, the surest first: of each class the last one.

    Nothing before the character `after` is looked at.
    """
    in_part = decided_in_part(key, about)
    if in_part is not None and in_part.start() >= after:
        yield Outcome.PARTLY_APPROVED, in_part
    for pattern, outcome in _DECIDING:
        match = last_match(pattern, key, after)
        if match and not (outcome is Outcome.CONTINUED and _goes_on_to_decide(key, match)):
            yield outcome, match
    said = last_match(ENOUGH, key, after) if enough else None
    if said is not None:
        yield Outcome.APPROVED, said


def _goes_on_to_decide(key: str, put_off: re.Match[str]) -> bool:
    """Whether a sentence goes on from deliberating again (引き続き審議し、…) to a decision."""
    if re.search(r"継続|保留|留保|見送|持ち", put_off.group()):
        return False
    decided = [last_match(pattern, key) for pattern in (REJECTED, APPROVED)]
    return any(match is not None and match.start() >= put_off.end() for match in decided)


def _without_terms(key: str, after: int) -> str:
    """What follows `after` without the conditions that end in こと: 本人の同意を得ること is no consent given."""
    spans, _ = condition_spans(key)
    inner = [(a, b) for a, b in spans if a >= after and key[:b].endswith("こと")]
    return _outside(key, inner)[after:]


def _outside(head: str, conditions: Sequence[tuple[int, int]]) -> str:
    """What stands before a predicate without the conditions in it: their は phrases are not its subject.

    A phrase that a comma parts from the rest (…は、) may be the subject all the same.
    """
    for start, end in reversed(conditions):
        if end <= len(head) and not _SET_APART.search(head, start, end):
            head = f"{head[:start]}こと{head[end:]}"
    return head


# …と認めるが、次の点に留意すること
_MORE_BELOW = re.compile(
    r"(?:次|以下|下記|別紙|別記)の(?:とおり)?[^。]{0,8}?(?:条件|意見|要望|留意事項|事項|点|こと)(?:に|を|が|の)"
)
_AFTER_OPINIONS = re.compile(
    r"(?:意見|質問|質疑|指摘|要望|発言|懸念)(?:等|など)?(?:が|も)?(?:(?:出され|示され|述べられ)(?:た(?:が|ため|ので|ものの))?|あり|あった(?:が|ため|ので|ものの)|出た(?:が|ため|ので|ものの)|多く)、"
    r"|説明(?:が(?:あり|なされ|行われ)(?:た後)?|を(?:受け|聴取し|聞い|聴い)た(?:後|のち|上で|うえで))、|に諮(?:った|りました)ところ、"
)
_SET_APART = re.compile(r"[はがも]、")
# under a heading of results: the agency is asked to come again
_SEND_BACK = re.compile(
    r"(?:改めて|再度|再び)[^。]{0,30}(?:諮|提出|付議|提案)[^。]{0,4}(?:れたい|ください|求める)[。」]*$"
    r"|(?:現時点|本日|今回|現段階)では?[^。、]{0,8}(?:判断|結論)[^。、]{0,6}(?:でき|出せ)な(?:い|かった)[。」]*$"
)
_LEFT_UNDONE = re.compile(r"(?:しない|せず|行わない|せぬ)(?:という)?(?:こと|形)?[でもはに]?$")
_NEGATED = re.compile(r"(?:し|行わ|でき|認め|せ|(?<=は)し)ない|ません|見送|困難|尚早|否と|至らない")
