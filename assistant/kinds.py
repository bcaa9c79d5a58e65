"""The kinds of things asked for: how a text that holds one looks, and what labels announce one."""

from __future__ import annotations

import re

from assistant.intents import Wanted
from index.japanese import fold, level

_FORMS = {
    Wanted.MONEY: re.compile(r"[0-9][0-9,.]*(?:万|億|千)*円|円/|無償|無料|費用は(?:かから|発生し)"),
    Wanted.SHARE: re.compile(r"[0-9.]+[%]|[0-9]+割|パーセント|割合"),
    Wanted.DURATION: re.compile(  # no day of a month, no year of an era
        r"(?<![0-9年月和成])[0-9一二三四五六七八九十]+(?:日(?!付)|週間|か月|ヶ月|カ月|月(?![0-9])|年(?![度0-9])"
        r"|時間|分(?!の)|歳)|まで(?:$|。|残|保)"
        r"|残らない|残りません|残さない|残しません|直ちに(?:消|削)|即時(?:に)?(?:消|削)|保存(?:しない|しません)"
    ),
    Wanted.TIME: re.compile(
        r"[0-9元]+(?:年|月|日|時)|年度|頃|までに|以降|後に|後、|ごろ|上旬|中旬|下旬|承認後"
        r"|答申後|認定後|時点"),
    Wanted.COMPANY: re.compile(
        r"株式会社|\(株\)|有限会社|財団法人|社団法人|協会|[a-z]{2,}データ|[a-zァ-ヶー]{2,}(?:システムズ"
        r"|ジャパン)|㈱|合同会社|合資会社|機構|法人"),
    Wanted.OFFICE: re.compile(
        r"[一-龠々ァ-ヶー](?:課|室|局|係|支所|センター|部(?!分|署|品|数|屋|長))"),
    Wanted.LAW: re.compile(r"第[0-9]+条"),
    Wanted.PERSON: re.compile(r"委員|会長|長|課|氏|者|社|事務局|職員"),
    Wanted.NUMBER: re.compile(
        r"(?<![第0-9])[0-9一二三四五六七八九十][0-9,.]*(?:件|人|名(?!称|前|簿)|台|世帯|回(?!目|答|線"
        r"|収)|項目|か所|箇所|カ所|館|枚|の?業務|の?自治体|団体|例(?!え)|通(?!知|信|常|り|学|報)|つ"
        r"|個(?!人|別|々)|種|点(?!検|字)|課|割(?!合)|%|歳|本(?!人|市|件|町|県|村|会|部)|棟|局)"),
    Wanted.PLACE: re.compile(
        r"(?<![一-龠])[一-龠々ヶ]{1,4}[市県都府区町村](?![民長側税がはも場役])|国内|国外|海外|庁舎"
        r"|室|階|センター|棚|金庫|キャビネット|自宅|東京|大阪|社内|拠点|会館|場所"),
    Wanted.ITEMS: re.compile(
        r"(?:氏名|住所|生年月日|性別|電話番号|年齢|続柄|世帯|番号|アドレス|口座|資格|所得|税額|写真)"
        r"[^。]{0,12}[、,・及｜\t][^。]*(?:氏名|住所|生年月日|性別|電話番号|年齢|続柄|世帯|番号|アドレス"
        r"|口座|資格|所得|税額|写真|有無|年月日|状況|内容|情報)"),
}  # fmt: skip
_LABELS = {
    Wanted.MONEY: re.compile(r"額|費|料金|価格|金額"),
    Wanted.DURATION: re.compile(r"期間|期限|保存|保管|廃棄|消去"),
    Wanted.TIME: re.compile(r"時期|期日|日程|実施日|開始|支給日|日時|年月日"),
    Wanted.COMPANY: re.compile(r"提供先|委託先|受託者|受託業者|事業者|業者|相手|会社"),
    Wanted.OFFICE: re.compile(r"課|部署|所管|担当|機関"),
    Wanted.NUMBER: re.compile(r"件数|人数|世帯|対象|者数|数"),
    Wanted.PLACE: re.compile(r"場所|会場|所在"),
    Wanted.SHARE: re.compile(r"率|割合|精度|正確"),
    Wanted.LAW: re.compile(r"根拠|条文|法令"),
    Wanted.ITEMS: re.compile(r"項目|(?:個人)?情報の(?:内容|種類|範囲)|登録内容"),
}  # fmt: skip
# a number in a table that is no date and no article
FIGURE = re.compile(
    r"(?<![0-9第年月注※号])(?<!資料|別紙|様式)[0-9][0-9,.]*(?![0-9,.]*[年月日条項号階歳円%時分])"
)
_NUMERAL = r"[0-9一二三四五六七八九十]+(?:,[0-9]+)*(?:\.[0-9]+)?"
_COUNTER = re.compile(
    r"何(件|人|名|台|世帯|回|項目|か所|枚|業務|割|歳|日|年|か月|時間|条|階)"
    r"|いくつの([一-龠ァ-ヶー]{1,6})"
)
_INTERROGATIVE = re.compile(
    r"何|いつ|どこ|誰|だれ|どなた|いくら|いくつ|どの|どれ|どんな|どう|どちら|なぜ|なん|[?？]|$"
)
_BEFORE_FOCUS = re.compile(r"[、。,?？:：]|のうち|では|について|の件|案件で|際に|ときに|場合")


def pattern_of(wanted: Wanted) -> re.Pattern[str] | None:
    """How a thing of the kind looks in a folded text; None for what may look like anything."""
    return _FORMS.get(wanted)


def holds(wanted: Wanted, folded: str) -> bool:
    """Whether a folded text holds a thing of the kind wanted."""
    pattern = _FORMS.get(wanted)
    return pattern is None or bool(pattern.search(folded))


def announces(wanted: Wanted, folded: str) -> bool:
    """Whether a folded label, heading or sentence has a word that announces the kind wanted."""
    pattern = _LABELS.get(wanted)
    return pattern is not None and bool(pattern.search(folded))


def counter_of(key: str) -> re.Pattern[str] | None:
    """What a number looks like with the counter that a folded question asks with (何世帯)."""
    asked = _COUNTER.search(key)
    if asked is None:
        return None
    word = asked[1] or asked[2]
    unit = {"人": "[人名件]", "名": "[人名件]", "件": "[件名人]"}.get(word, re.escape(word))
    # 14の業務, 世帯数は約11,700件
    return re.compile(rf"{_NUMERAL}の?{unit}|{re.escape(word)}数[^0-9。]{{0,10}}{_NUMERAL}")


def focus_of(text: str) -> str:
    """Folded: the words of a question next to its interrogative, which name what is asked.

    「業者はどこ」 of 「東棟の案件で、業者はどこですか」; the words before them say of what.
    """
    sentences = [part for part in re.split(r"(?<=[。?？])", level(text)) if part.strip()]
    asking = [part for part in sentences if _INTERROGATIVE.search(part.rstrip("?？。"))]
    last = (asking or sentences or [""])[-1]
    word = next(m for m in _INTERROGATIVE.finditer(last))
    starts = [m.end() for m in _BEFORE_FOCUS.finditer(last, 0, word.start())]
    head = last[starts[-1] if starts else 0 : word.start()]
    return fold(head + last[word.start() : word.end() + 10])
