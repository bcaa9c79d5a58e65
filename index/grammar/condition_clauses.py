"""One sentence -> the clauses in it that are conditions of what it decides (本人の同意を得ることを条件に)."""

from __future__ import annotations

import re

_NAMES = (
    r"(?:附帯|付帯|次の|以下の|下記の|先ほどの|先程の|上記の|前述の)*(?:意見|条件|要望|附帯事項"
    r"|付帯事項|留意事項|附帯意見|付帯意見|注文|付言)"
)
_ATTACHED = re.compile(
    rf"(?P<under>(?:次の|以下の|下記の|別紙の)条件)の?(?:下|もと|下で|もとで|とおり)(?:に"
    rf"|で)?|(?P<gap>(?:という|旨の|(?<!こ)との|の)?)(?P<name>{_NAMES})(?:を|として"
    rf"|が)?(?:付(?:け|し|す|され)|附(?:し|す)|添え|付記|付与|つけ)"
    r"|(?P<gap5>(?:という|との)条件で)"
    r"|(?P<word>(?:附帯|付帯)?(?:条件|意見|留意事項)付き?(?:で|の)?(?=承認|了承|可))"
    r"|(?P<gap2>こと[」』]?を?(?:、)?(?:(?:附帯|付帯|留意)?(?:条件|意見|事項)|前提|要件|要望)(?:と|に)(?:し|して|する|、|した)?|こと[」』]?を(?:付|附)(?:し|け))"
    r"|(?P<gap7>こと(?:と|に)(?:する|した)(?:上で|うえで)、?(?=[^。]{0,16}(?:承認|了承|可|適当|妥当|諮問|原案)))"
    r"|(?P<gap10>(?<=こと)、(?:この|以上の?|その)(?:[0-9一二三四五]つ?の?(?:点|項目)?)を(?:付け|付し|加え)て?)"
    r"|(?P<gap13>(?:(?<=こと)、?(?:この|以上の?|その|これらの?)?(?:[0-9一二三四五]つ?の?(?:点|項目)?)?を[^。、]{0,10}|(?<=[るうくす]))(?:前提|条件|要件)(?:で|の(?:下|もと)[にで]?|に|として)、?)"
    r"|(?P<gap11>場合に限(?:り|って)、?(?=[^。]{0,40}(?:承認|了承|認め|可|適当|妥当))|(?<!できる)(?<!得る)(?<!事情がない)(?<!理由がない)(?<=[うくすつぬむるい])限り(?:において、?|は、|で、|、)(?=[^。]{0,60}(?:承認|了承|認め|可|適当|妥当)))"
    r"|(?P<gap12>(?<=こと)を、?答申(?:書)?に(?:明記|記載|付記|盛り込)[^。、]{0,8}(?:もの)?(?:として|とし|の上|上で|うえで)、)"
    r"|(?P<gap9>(?<!こと)(?<!の)を(?:条件|前提)(?:に|と(?:し|する)て?)、?)"
    r"|(?P<gap8>(?:修正|訂正|変更|削除|追記|加筆|見直し?)(?:する|した|し|の|を(?:加え|行っ)た?)?(?:上で?|うえで?)、?(?=[^。]{0,60}(?:承認|了承|可と|可決|適当|妥当|認め|原案|決定|差し?支え)))"
    r"|(?P<gap3>ことを(?:求め|要望し|要請し|付言し|申し添え)(?:る|た|て)?(?:上で|うえで|、"
    r"|こととし|条件))"
    r"|(?P<gap6>よう(?:に)?(?:求め|要望し|要請し)(?:た|て)?(?:上で|うえで)?、)"
    r"|(?P<gap4>(?:いただ|頂|もら|して|す|に限)[^。、]{0,3}?(?:という)?ことで、?(?=(?:当|本)?(?:審議会|審査会|委員会)?(?:として(?:は)?、?)?(?:諮問|承認|了承|可|「可|原案|お?認め)))"
)
# 条件を付ける(必要はない), 意見を付すこと(なく), 条件を付けては(という意見もあったが)
_NOT_ATTACHED = re.compile(
    r"(?:(?!承認|了承|可と|適当|妥当|認め)[^。、]){0,24}?(?:な[いくかし]|ありませ|ず(?![れに])|せん|不要|までもな)"
    r"|(?:る?べき|ては|てほしい|た方が|てはどうか|ることも)?[^。、]{0,6}(?:という|との|旨の)(?:御|ご)?(?:意見|声|提案|要望|発言)"
)
_POINTS_ELSEWHERE = re.compile(
    r"(?:次の|以下の|下記の|先ほどの|先程の|上記の|前述の|左記の|別紙の)"
)
# words that stand for the condition instead of naming it: ただいま委員から出された(意見を付して)
_STANDS_FOR_IT = re.compile(
    r"(?:以上|先ほど|先程|ただいま|只今|今|委員|会長|皆様|皆さん|出され|いただ|ござい|あった|述べ|指摘|申し上げ)"
    r"[^。、「」]{0,24}?(?:た|の|から)?$"
    r"|^(?:これ|それ|[こそ]の[0-9一二三四五](?:つ|点|項目))(?:ら)?(?:の点)?を?、?(?:当|本)?(?:審議会|審査会|委員会)?$"
)
_SAYS_WHERE = re.compile(
    r"(?:別紙|別添|別記|裏面|次|以下|下記|左記)(?:に記載)?の?(?:とおり|通り|ように)?に?、?"
)
_PROVISO = re.compile(
    r"(?:ただし|但し)、?(?P<c>[^。]{6,200}?(?:こと|もの|とする|べし|すること))(?:とする"
    r"|が条件(?:である)?|を条件とする)?(?=。|$)"
)
_CLAUSE_START = re.compile(
    r"(?:(?:承認|了承|可と|認め)[^。、]{0,6}が、|(?:について|関して|つきまして|関しては|に対し|件|案件|諮問|ついて)は?、|本件は、|なければ、"
    r"|(?:意見|要望|指摘)[^。、]{0,12}(?:ので|ため|ことから)、|(?:意見|御?指摘|要望)の(?:とおり|通り)、|なく、|なし、|ないので、|(?:です|ます)(?:ので|から)、|ありませんので、|結果、|踏まえ、|おいて、|により、|ただし、"
    r"|なお、|^(?:当|本)?(?:審議会|審査会|委員会)(?:として)?は、|^[\-「○〇・]*(?:以上|では|それでは|よって|したがって|従って)、?)"
)


def condition_spans(key: str) -> tuple[list[tuple[int, int]], bool]:
    """Spans (in the folded sentence) of the conditions its verdict is subject to."""
    spans: list[tuple[int, int]] = []
    elsewhere = False
    opening = _MARKS_BEFORE.match(key)
    begin = opening.end() if opening else 0
    starts = iter([clause.end() for clause in _CLAUSE_START.finditer(key)])
    following = next(starts, len(key) + 1)
    # before the predicate or after it (承認とし、次の意見を付す)
    for match in _ATTACHED.finditer(key):
        if match["word"]:
            elsewhere = True
            continue
        if _NOT_ATTACHED.match(key, match.end()):
            continue
        stop = match.start()
        if (
            match["gap9"]
            and match.start() - begin > _LONGEST_NOUN
            and not _SUM.search(key, begin, match.start())
        ):
            continue
        if match["gap2"] or match["gap3"] or match["gap7"]:
            stop = match.start() + 2  # with its こと
        elif match["gap11"] and match["gap11"].startswith("場合"):
            stop = match.start() + 2  # with its 場合
        elif match["gap8"]:  # …を修正した上で: what is to be put right
            stop = match.end()
            stop -= len("".join(_ON_TOP.findall(match["gap8"])))
            called = _CALLED_SO.search(
                key, begin, stop
            )  # …こととの修正を加え: its words are those before
            stop = called.start() if called else stop
        elif match["gap4"]:
            stop = key.index("ことで", match.start()) + 2
        while following <= stop:
            begin, following = following, next(starts, len(key) + 1)
        start = max(begin, spans[-1][1]) if spans else begin
        text = key[start:stop]
        name = match["name"] or match["under"] or ""
        if name and text.endswith("ことを"):
            stop, text = stop - 1, text[:-1]
        if (
            len(text) < 4
            or _SAYS_WHERE.fullmatch(text)
            or _ONLY_TOPIC.fullmatch(text)
            or _LISTED.search(text)
            or (
                name
                and (
                    _POINTS_ELSEWHERE.search(name)
                    or (len(text) < 40 and _STANDS_FOR_IT.search(text))
                )
            )
        ):
            elsewhere = True
            continue
        if text.startswith("「"):  # 「…すること」及び「…すること」の意見
            quoted = [
                q.span(1)
                for q in re.finditer(
                    r"「([^「」]+)(?:」(?=及び|並びに|、|と|の|を|$|という)|$)", text
                )
            ]
            if quoted:
                spans += [(start + a, start + b) for a, b in quoted]
                continue
        spans += terms(key, start, stop)
    spans += [match.span("c") for match in _PROVISO.finditer(key)]
    aside = _ASIDE.search(key)
    if aside and not spans:
        spans.append(aside.span("c"))
    return spans, elsewhere


def terms(key: str, start: int, stop: int) -> list[tuple[int, int]]:
    """The conditions of a list in one sentence (一つ、…こと、二つ、…こと、この2点を), each without its number."""
    closed = _SUM.search(key, start, stop)
    end = closed.start() if closed else stop
    opening = _OPENS.match(key, start, end)
    at = opening.end() if opening else start
    pieces = []
    for joint in _JOINT.finditer(key, at, end):
        pieces.append((at, joint.start()))
        at = joint.end()
    if not (pieces and _SUMS_UP.match(key, at, end)):  # …こと、この2点を守ること
        pieces.append((at, end))
    if len(pieces) == 1 and not closed and not opening:
        return [(start, stop)]
    found = []
    for n, (a, b) in enumerate(pieces, 1):
        head = _ORDINAL.match(key, a, b)
        a = head.end() if head else a
        if key.startswith(str(n), a) and not _COUNTED.match(key, a + len(str(n))):
            a += len(str(n))
        found.append((a, b))
    return found


# what closes such a list, what opens it, what parts it
_SUM = re.compile(
    r"(?<=こと)、?(?:(?:以上|上記|これら?|それら?|この|その)の?|の)?(?:[0-9一二三四五六七八九]つ?の?(?:点|項目|事項|条件)|[二三四五2-9]つ)?(?:以上)?(?:を|の)?$"
)
_SUMS_UP = re.compile(
    r"(?:以上|上記|これら|この)の?(?:[0-9一二三四五六七八九]つ?の?(?:点|項目|事項|条件))?を"
)
_OPENS = re.compile(
    r"(?:(?:そう(?:しますと|すると|いたしますと)|(?:異議|異論|反対)(?:は|が)?な[いし][^。、]{0,8}(?:ということで|ので)|では|それでは|そこで|よって|以上から|以上のことから|したがって)、|(?:まとめ|整理(?:いた)?し)(?:ますと|ると)、)+"
)
_JOINT = re.compile(
    r"(?<=こと)(?:と?、(?:及び|並びに|また|そして|さらに)?|及び|並びに)(?!又は|若しくは|ただし|但し|特に|すなわち|つまり)"
)
_ORDINAL = re.compile(
    r"(?:(?:[一二三四五六1-9]つ(?:目)?(?!の|以)|第[一二三四五六1-9](?![の0-9条項号])|[一二三四五六1-9]点目|まず|次に|また|そして|それから|さらに|もう(?:一|1)つ)(?:には?|は|として)?、?)+"
)
_COUNTED = re.compile(r"[0-9年月日時分秒件名人回か箇個つ週世割億万千台枚社校%.,]")


# what stands there is the case, or where the conditions are listed: 本件は、(条件を付して); 次に掲げる事項を守ること(を条件に)
_ONLY_TOPIC = re.compile(r"(?:[^。、]{1,10}、)?[^。、]{1,60}(?:は|については?|につきましては)、?")
_LISTED = re.compile(
    r"(?:^|、)(?:次|以下|下記|別紙|別記)(?:の|に)(?:掲げ|定め|示|記載|とおり|各|事項|条件|\d)"
)
_CALLED_SO = re.compile(r"(?<=こと)(?:との|という)(?:修正|訂正|変更|追記)$")
_ON_TOP = re.compile(r"(?:の|(?:を(?:加え|行っ)|し)?た?|する)(?:上で?|うえで?)、?$")
_LONGEST_NOUN = 80  # characters before を条件に that are a condition without こと
_MARKS_BEFORE = re.compile(r"[-→⇒➡・○●◆◇■□※>\s]+")
_ASIDE = re.compile(r"\((?:附帯|付帯)?(?:意見|条件)[:：](?P<c>[^()]{4,200})\)")
