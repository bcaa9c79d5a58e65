"""Lines -> what the minutes tell of a sitting beside its day: place, hours, chair, absent, agenda …

Read by the labels that a header gives its values (場所, 欠席者, 傍聴者の数 …), wherever the value stands:
behind the label, in the next cell, or on the lines below. Each value is a span of the record.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from index.japanese import fold
from index.text.lines import Line


class Told(StrEnum):
    """What a particular tells of a sitting."""

    PLACE = "place"
    HOURS = "hours"
    CHAIR = "chair"
    VICE = "vice"
    ABSENT = "absent"
    OFFICE = "office"
    EXPLAINERS = "explainers"
    HOST = "host"
    OBSERVERS = "observers"
    OPENNESS = "openness"
    WHY_CLOSED = "why_closed"
    AGENDA = "agenda"
    PAPERS = "papers"
    NEXT = "next"


@dataclass(frozen=True, slots=True)
class Particular:
    """One thing told of a sitting, at a span of the record. An agenda has one for each item."""

    told: Told
    start: int
    end: int


_GAP = r"[ \t\u3000]*"


def _spaced(words: str) -> str:
    """A pattern of words, between whose letters there may be spaces."""
    return "|".join(
        _GAP.join(re.escape(c) for c in word)
        for word in sorted(words.split(), key=len, reverse=True)
    )


_LABELS: tuple[tuple[Told | None, str], ...] = (
    (Told.PLACE, "場所 会場 ところ 開催場所 会議場所 会議会場 会議開催場所 開催会場 開催の場所 招集の場所 招集場所"),
    (Told.HOURS, "日時 開催日時 会議日時 会議開催日時 開催年月日 年月日 とき 時間 開催時間 会議時間 審議日時 期日"),
    (Told.ABSENT, "欠席者 欠席委員 委員欠席者 欠席した委員 欠席"),
    (Told.OFFICE, "事務局 市事務局 町事務局 村事務局 県事務局 区事務局 事務局職員 事務局出席者 事務局等出席者 事務局等"),
    (Told.EXPLAINERS, "説明者 説明員 説明のため出席した者 説明のために出席した者 説明のため出席した職員 説明のために出席した職員 説明のための出席者 実施機関出席者"),
    (Told.HOST, "会議主管課 主管課 担当課 所管課 担当部署 事務局担当課 庶務担当課 情報発信元"),
    (Told.OBSERVERS, "傍聴者 傍聴人 傍聴者数 傍聴人数 傍聴者の数 傍聴人の数 傍聴者の人数 一般傍聴者 傍聴"),
    (Told.OPENNESS, (
        "公開・非公開の別 公開・非公開 会議の公開・非公開 会議の公開又は非公開 公開又は非公開 公開の可否 会議の公開 "
        "会議の公開・非公開の別 会議の公開の可否 公開非公開の別 公開又は非公開の別 会議の公開状況 傍聴の可否 公開の別")),
    (Told.WHY_CLOSED, "傍聴不可の場合その理由 非公開の理由 非公開理由 非公開とした理由 会議を非公開とする理由 非公開の場合その理由"),
    (Told.AGENDA, "議題 議事 会議次第 次第 議事次第 議事日程 審議事項 案件 議案 会議の議題 会議の案件 付議事項 議題及び議事"),
    (Told.PAPERS, "配布資料 配付資料 会議資料 資料 資料一覧 会議資料一覧 提出資料 当日配布資料"),
    # what else a header labels, and what begins after it
    (None, (
        "出席者 出席委員 出席した委員 出席者及び欠席者 委員出席者 審議者 委員 出席者氏名 出席状況 会議の名称 会議名 名称 諮問及び案件関係部署 "
        "諮問関係部署 関係部署 会議内容 会議概要 議事概要 議事要旨 議事の概要 議事録 会議経過 審議内容 審議経過 会議の内容 問い合わせ先 問い合わせ "
        "問合せ先 会議要旨 議事の要旨 発言内容 審議概要 議事の経過 議事内容 会議結果 審議結果 公開日 更新日 その他 記録者 署名 書記 幹事")),
)  # fmt: skip
_BEFORE = r"[◇◆○●◎■□▽▼△▲▷▶☆★・※【〔\[［(（<＜「『*#\-]{0,3}[ \u3000]*(?:[(（]?[0-9０-９]{1,2}[)）.．、]?)?[ \u3000]*[◇◆○●■□・※【〔\[［(（<＜「『]{0,2}[ \u3000]*"
_TOLD = {fold(word): told for told, words in _LABELS for word in words.split()}
# a label that needs nothing between it and its value: 欠席者なし, 傍聴者0名, 事務局(黒木部長)
_AT_ONCE = {
    Told.ABSENT: re.compile(r"は?(?:な[しく]|無)"),
    Told.OBSERVERS: re.compile(r"は?、?(?:な[しく]|無|[0-9０-９〇一二三四五六七八九十])"),
    Told.OFFICE: re.compile(r"[(（]"),
    Told.EXPLAINERS: re.compile(r"[(（]"),
    Told.OPENNESS: re.compile(r"(?:非公開|公開|一部)"),
}
_MEMBER = re.compile(r"(?:委員|副?会長|副?委員長)[^、。():]{2,10}$")
_COUNTED = (Told.ABSENT, Told.OBSERVERS)
_NOBODY = re.compile(r"[(（][ \u3000]*(?:[0０〇][ \u3000]*[名人]|なし|無)")
_INSIDE = re.compile(
    rf"[(（、。 \u3000](?P<label>{_spaced('場所 会場 開催場所')})[ \u3000]*[:：][ \u3000]*(?P<v>[^()（）。]{{2,40}})"
)
_INSIDE_NOBODY = re.compile(
    r"[(（※](?P<v>[ \u3000]*(?:傍聴[者人](?:は|の数)?|欠席者?)[ \u3000:：]*(?:なし|無し|いない|[0-9０-９]+[名人]))[)）]?"
)
_REMOTE = re.compile(r"(?:オンライン|ウェブ|Web|WEB|書面)(?:会議|開催|による開催|審議)")
_HEADER = 90  # lines
_MOST = {Told.AGENDA: 40, Told.OPENNESS: 8, Told.ABSENT: 8, Told.PAPERS: 12, Told.OFFICE: 6,
         Told.EXPLAINERS: 8}  # fmt: skip
_LONGEST = 400  # characters of a value on one line
_END = re.compile(
    r"^[0-9(\[【〔《<.]{0,4}(?:議事|会議|審議)?の?(?:概要|要旨|内容|経過|会議録|議事録|結果)(?!の|に)|^[《〈]|^[0-9.]{0,3}(?:開会|閉会)$|^-+$"
)
_SPEAKER = re.compile(
    r"^[○〇◯●<【(]?[^、。]{0,8}(?:会長|委員[a-z]?|事務局|実施機関|課長|係長|部長)[)>】]?(?:$|:|[^、。]{0,60}。)"
)
_ROOM = re.compile(r"室|会館|庁舎|センター|ホール|役所|役場|オンライン|ウェブ|web|書面")

_NAME = r"[一-龠々〆ぁ-んァ-ヶー]"
# a member whom the minutes name by a letter or a number
_ANONYMOUS = r"(?:委員[ \u3000]?(?:[A-ZＡ-Ｚ①-⑳]|[0-9０-９]{1,2})|[A-ZＡ-Ｚ]{1,2}|[0-9０-９]{1,2}番|[一二三四五六七八九十]{1,3}番)"
_KANJI = r"[一-龠々〆ァ-ヶー]"
_OF_NO_PERSON = re.compile(
    r"(?:審議会|審査会|委員会|部会|[会員部課係局長]|及び|副|前|新|各|同|の|は|が)$|^(?:委員|会長)$"
)
_CHAIRS = r"(?:会長|委員長|座長|議長)"
_VICES = r"(?:副会長|副委員長|会長(?:の)?(?:職務)?代理者?|(?:会長)?(?:の)?職務代理者?|委員長(?:職務)?代理者?)"


def read_particulars(
    text: str,
    section: Sequence[Line],
    above: Sequence[Line],
    attendees_span: tuple[int, int] | None,
    day_span: tuple[int, int] | None,
) -> tuple[Particular, ...]:
    """What the lines of one sitting tell, in the order of `Told`; the first telling of each counts.

    `above` is the header that stands before its title.
    """
    found: dict[Told, list[Particular]] = {}
    for header in (section[:_HEADER], above):
        for told, spans in _labelled(header):
            found.setdefault(told, [Particular(told, *span) for span in spans])
    for line in section[:_HEADER]:
        inside = _INSIDE.search(line.text)
        if inside and Told.PLACE not in found:
            found[Told.PLACE] = [Particular(Told.PLACE, *_trimmed(line, *inside.span("v")))]
        nobody = _INSIDE_NOBODY.search(line.text)
        if nobody:
            told = Told.ABSENT if "欠席" in nobody["v"] else Told.OBSERVERS
            span = _trimmed(line, *nobody.span("v"))
            found.setdefault(told, [Particular(told, *span)])
        remote = _REMOTE.search(line.text)
        if remote and len(line.key) < 60 and Told.PLACE not in found and "。" not in line.key:
            span = (line.start + remote.start(), line.start + remote.end())
            found[Told.PLACE] = [Particular(Told.PLACE, *span)]
    if day_span is not None:
        _beside_the_day(section, day_span, found)
    for told, title in ((Told.CHAIR, _CHAIRS), (Told.VICE, _VICES)):
        span_of = _holder(text, section, attendees_span, title)
        if span_of is not None:
            found[told] = [Particular(told, *span_of)]
    coming = _next(section)
    if coming is not None:
        found[Told.NEXT] = [Particular(Told.NEXT, *coming)]
    return tuple(particular for told in Told for particular in found.get(told, []))


def _trimmed(line: Line, start: int, end: int) -> tuple[int, int]:
    """A piece of a line as a span of the record, without white space and what opens or closes it."""
    piece = line.text[start:end]
    left = len(piece) - len(piece.lstrip(" \t\u3000・:："))
    kept = piece.rstrip(" \t\u3000、|")
    if kept.endswith((")", "）")) and "(" not in fold(kept[:-1]):
        kept = kept[:-1]
    return line.start + start + left, line.start + start + max(left, len(kept))


# --- labels ----------------------------------------------------------------------------------


@lru_cache(1)
def _a_label() -> re.Pattern[str]:
    """A line that begins with a label. Compiled when first read: that takes longer than all else here."""
    return re.compile(
        rf"^(?P<before>{_BEFORE})(?P<label>{_spaced(' '.join(_TOLD))})(?P<note>[(（][^()（）]{{0,24}}[)）])?"
        r"(?P<sep>[ \t\u3000】〕\]］)）>＞」』:：|]*)"
    )


def _label(line: Line) -> tuple[Told | None, int] | None:
    """What a line's label tells and where its value begins in the line; None without a label."""
    match = _a_label().match(line.text[:80])
    if match is None:
        return None
    told = _TOLD[fold(match["label"])]
    if fold(match["label"]) == "次第" and re.search(r"[0-9０-９]", match["before"]):
        return None  # an item of a list of papers
    rest = line.text[match.end() :]
    at_once = _AT_ONCE.get(told) if told else None
    if rest and not match["sep"] and not (at_once and at_once.match(rest)):
        if match["note"] and at_once and at_once.match(match["note"] + rest):
            return told, match.start("note")
        return None
    if match["note"] and not rest and told in _COUNTED and _NOBODY.match(match["note"]):
        return told, match.start("note")  # 欠席委員(0名)
    if match["note"] and rest and told in (Told.OFFICE, Told.EXPLAINERS):
        return told, match.start("note")
    if re.match(r"[のをがはに、及等]", rest) and not (at_once and at_once.match(rest)):
        return None
    return told, match.end()


def _labelled(header: Sequence[Line]) -> Iterator[tuple[Told, list[tuple[int, int]]]]:
    for index, line in enumerate(header):
        label = _label(line)
        if label is None or label[0] is None:
            continue
        told, begin = label[0], label[1]
        spans = list(_values(told, header[index:], begin))
        if spans:
            yield told, spans


def _values(told: Told, lines: Sequence[Line], begin: int) -> Iterator[tuple[int, int]]:
    """The spans of a label's value: a line, a block of lines, or one span for each item."""
    first = lines[0]
    rest = first.text[begin:].strip(" \t\u3000|")
    following = _following(told, lines[1:])
    if told is Told.AGENDA:
        yield from _items(first, begin, rest, lines[1:])
        return
    if rest:
        if len(rest) > _LONGEST:
            return
        span = _trimmed(first, begin, len(first.text))
        wrapped = told in (Told.OPENNESS, Told.OFFICE, Told.EXPLAINERS) and "|" not in first.text
        more = [
            line
            for line in (following if wrapped else ())
            if (line.row != first.row and line.indent > 1)
            or (line.row == first.row and line.cell == first.cell)
        ]
        yield (span[0], more[-1].end) if more else span
    elif told in (Told.OPENNESS, Told.OFFICE, Told.EXPLAINERS, Told.PAPERS):
        in_cells = (
            bool(following) and first.row == following[0].row and first.cell != following[0].cell
        )
        block = following[: 1 if in_cells else None]
        if block and len(block[0].text) <= _LONGEST and "。" not in block[0].key:
            yield block[0].start, block[-1].end
    elif told is Told.ABSENT:
        for line in following:
            if len(line.key) <= 30 and not line.key.endswith("。"):
                yield line.start, line.end
    elif following and len(following[0].text) <= _LONGEST:
        yield _trimmed(following[0], 0, len(following[0].text))


def _following(told: Told, lines: Sequence[Line]) -> list[Line]:
    """The lines under a label, down to the next label, heading or speech."""
    block: list[Line] = []
    for line in lines[: _MOST.get(told, 1)]:
        if re.fullmatch(r"[|\-: ]+", line.text):
            continue
        member = told is Told.ABSENT and _MEMBER.match(line.key)  # 委 員 山 野 花 子
        if (_label(line) is not None and not member) or _END.match(line.key):
            break
        if told is not Told.OPENNESS and (
            line.key.endswith("。") or re.fullmatch(r"[(【〔][^()]{1,12}[)】〕]", line.key)
        ):
            break
        block.append(line)
    return block


def _items(first: Line, begin: int, rest: str, lines: Sequence[Line]) -> Iterator[tuple[int, int]]:
    """The items of an agenda. A heading in the midst of the minutes lists nothing."""
    items = [_trimmed(first, begin, len(first.text))] if rest and "。" not in rest else []
    spoken = False
    for line in lines[: _MOST[Told.AGENDA]]:
        label = _label(line)
        if re.fullmatch(r"[|\-: ]+", line.text) or re.match(r"[⇒→]", line.key):
            continue
        if label is not None and label[0] is Told.AGENDA:
            if line.text[label[1] :].strip():
                items.append(_trimmed(line, label[1], len(line.text)))
            continue
        if label is not None or "。" in line.key or _SPEAKER.match(line.key):
            spoken = label is None
            break
        if re.match(r"[0-9.◎○●◇◆]{0,3}(?:開会|閉会|開議)(?:の宣告)?$", line.key):
            continue
        if re.fullmatch(r"-{1,2}[0-9一二三四五六七八九十]{1,3}-{1,2}", line.key):
            continue  # a page's number
        if _END.match(line.key):
            spoken = line.key.startswith(("《", "〈"))
            break
        items.append((line.start, line.end))
    if items and not (spoken and len(items) < 2) and not first.key.endswith("。"):
        yield from items


def _beside_the_day(
    section: Sequence[Line], day_span: tuple[int, int], found: dict[Told, list[Particular]]
) -> None:
    """Hours and place where they stand without a label, on the day's line or just under it."""
    at = next((n for n, line in enumerate(section) if line.start <= day_span[0] < line.end), None)
    if at is None:
        return
    hours = re.compile(r"[0-9０-９一二三四五六七八九十]+[ \u3000]*(?:時|[:：][0-9０-９]{2})")
    told = found.get(Told.HOURS, [])
    if not any(p.start <= day_span[0] < p.end for p in told):
        near = [line for line in section[at : at + 3] if hours.search(line.text)]
        if near and len(near[0].text) < 120:
            line = near[0]
            begin = day_span[0] - line.start if line is section[at] else 0
            place = _INSIDE.search(line.text, begin)
            end = place.start() if place else len(line.text)
            found[Told.HOURS] = [Particular(Told.HOURS, *_trimmed(line, begin, end))]
    if Told.PLACE not in found:
        for line in section[at + 1 : at + 4]:
            if _ROOM.search(line.key) and len(line.key) <= 40 and _label(line) is None:
                found[Told.PLACE] = [Particular(Told.PLACE, line.start, line.end)]
                break


# --- chair and next sitting ------------------------------------------------------------------


def _holder(
    text: str, section: Sequence[Line], there: tuple[int, int] | None, title: str
) -> tuple[int, int] | None:
    """Who holds an office of the council: from the list of those present, else by the election told,
    else from the speakers."""
    first = (
        # 会長 山野一郎, with spaces inside; (会長)山野; 山野委員(会長); 山野会長
        re.compile(
            rf"(?:(?:^|[、。・:：|>])[ \u3000]*[(（]{_loosely(title)}[)）]|(?:^|[\s、。・:：|>]){_loosely(title)})[ \t\u3000:：]+"
            rf"(?P<n>{_NAME}(?:[ \u3000]{{0,3}}(?!副|委[ \u3000]*員|会[ \u3000]*長){_NAME}){{1,7}})(?:委員)?(?=$|[\s(（、,・|<])"
        ),
        re.compile(
            rf"(?<!{_NAME})(?P<n>{_ANONYMOUS}|(?!出席|審議|委員|参加){_NAME}{{1,8}}?(?:[ \u3000]{_NAME}{{1,4}})?)(?:委員|[君氏])?[ \u3000]*"
            rf"[(（【](?:第[0-9０-９一二三]+部会?|本会|部|審[議査]会)?の?{title}[)）】]"
        ),
        re.compile(
            rf"(?:^|[\s、。・:：|>]){_loosely(title)}[ \t\u3000:：]*(?P<n>{_ANONYMOUS})(?:[ \u3000]?委員)?(?=$|[\s、,・|<])"
        ),
        re.compile(
            rf"(?<!{_NAME})(?P<n>(?!出席|審議|委員|参加){_NAME}{{1,8}}(?:[ \u3000]{_NAME}{{1,4}})?)"
            rf"[ \u3000]*{title}"
        ),
    )
    if there is not None:
        start, after = there[0], there[0]
        for piece in re.split(r"(?<=[\n|])", text[there[0] : there[1]]):
            start, after = after, after + len(piece)
            for pattern in first:
                for match in pattern.finditer(piece):
                    if _is_name(match["n"], title, piece[match.end() :]):
                        return start + match.start("n"), start + match.end()
    office = re.compile(title)
    named = [
        line
        for line in section
        if ("長" in line.text or "代" in line.text) and office.search(line.text)  # as few lines
    ]
    elected = re.compile(
        rf"(?P<n>{_KANJI}{{1,8}})委員(?:が|を|は)、?{title}(?:に|と)(?:選出|互選|選任|決定|指名|就任|推)"
        rf"|(?<!副){title}(?:に|は|を|には)、?(?P<m>{_NAME}{{1,8}}?)委員(?:が|を|に)(?:選|互選|指名|推|決|就任|お願い)"
        rf"|{title}は{_NAME}{{1,6}}が(?P<k>{_NAME}{{1,8}}?)委員を指名"
    )
    for line in named:
        chosen = elected.search(line.text)
        if chosen is not None and _is_name(chosen["n"] or chosen["m"] or chosen["k"], title, ""):
            return line.start + chosen.start(), line.start + chosen.end()
    spoken = re.compile(
        rf"^[○〇◯●<＜【(（]{{0,2}}(?P<n>{_NAME}{{1,6}}|{_ANONYMOUS}(?=[(（])|{_NAME}{{1,6}}委員(?=[(（]))"
        rf"[(（]?(?:部(?=会))?{title}[)）】>＞]?(?=$|[\s:：「])"
        rf"|^[○〇◯●◎]?[ \u3000]?{title}[(（](?P<m>{_NAME}{{1,6}}?(?:[ \u3000]?{_NAME}{{1,4}}?)??)[君氏]?[)）]"
    )
    for line in named:
        said = spoken.match(line.text)
        if said is not None and _is_name(said["n"] or said["m"], title, ""):
            if said["m"]:
                return line.start + said.start("m"), line.start + said.end("m")
            return line.start + said.start("n"), line.start + said.end()
    return None


def _loosely(title: str) -> str:
    """A title between whose letters there may be spaces (会 長); 副会長 is no 会長."""
    if title is _VICES:
        return rf"(?:副{_GAP}会{_GAP}長|副{_GAP}委{_GAP}員{_GAP}長|会{_GAP}長{_GAP}(?:職{_GAP}務{_GAP})?代{_GAP}理(?:者)?|職{_GAP}務{_GAP}代{_GAP}理(?:者)?)"
    return rf"(?<!副)(?<!副[ \u3000])(?:会{_GAP}長|委{_GAP}員{_GAP}長|部会長|座長)"


def _is_name(name: str, title: str, after: str) -> bool:
    key = fold(name)
    if title is _CHAIRS and (
        key.endswith("副") or re.match(r"(?:の?職務|・?代理)", fold(after[:6]))
    ):
        return False
    return bool(key) and not _OF_NO_PERSON.search(key)


_COMING = re.compile(
    r"次回(?:会議|審議会|審査会|委員会|の(?:会議|開催|審議会|審査会|委員会|日程))?[^。]{0,30}?"
    r"(?:[0-9一二三四五六七八九十元]+[年月]|未定|改めて(?:連絡|通知|お知らせ|日程|調整)|後日|日程(?:を)?調整|来月|来年"
    r"|[春夏秋冬](?:頃|ごろ|に開|を予定))"
)
_NEXT_TIME = re.compile(
    rf"{_BEFORE}次回(?:の?(?:会議|開催|日程|予定|開催予定|開催日)(?:日程|について)?)?"
)
_NO_SITTING = re.compile(
    r"次回(?:まで|に(?:改めて)?(?:審議|説明|報告|諮)|(?:会議|審議会)?で(?:改めて)?(?:審議|説明|報告))"
)


def _next(section: Sequence[Line]) -> tuple[int, int] | None:
    """The last sentence that says when the next sitting will be."""
    for line in reversed(section):
        if "次回" not in line.key or "<" in line.text:
            continue
        for sentence in reversed(list(re.finditer(r"[^。]+。?", line.text))):
            words = fold(sentence.group())
            if _COMING.search(words) and not _NO_SITTING.search(words):
                return _trimmed(line, sentence.start(), sentence.end())
    for index, line in enumerate(section[:-1]):
        if "次回" in line.key and _NEXT_TIME.fullmatch(line.key):
            below = section[index + 1]
            if re.search(r"[0-9]+月|未定", below.key):
                return below.start, below.end
    return None
