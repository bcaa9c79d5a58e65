"""The kinds of things asked for: how a text that holds one looks, and what labels announce one."""

from __future__ import annotations

import re

from assistant.understanding.wants import COUNTERS, Wanted
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
        r"株式会社|\(株\)|有限会社|財団法人|社団法人|協会|(?<![a-z])(?!(?:pdf|csv|xml|json|xls|ocr|gis|gps|web|usb|led|sns|id|ic|it|ai)データ)[a-z]{2,}データ|[a-zァ-ヶー]{2,}(?:システムズ"
        r"|ジャパン)|[一-龠々ァ-ヶー]{2,}(?:大学|銀行|病院|組合|学校)(?!の)|㈱|合同会社|合資会社|機構|法人"),
    Wanted.OFFICE: re.compile(
        r"[一-龠々ァ-ヶー](?:課|室|局|係|支所|センター|部(?!分|署|品|数|屋|長))"),
    Wanted.LAW: re.compile(r"第[0-9]+条"),
    Wanted.PERSON: re.compile(r"委員|会長|長|課|氏|者|社|事務局|職員"),
    Wanted.NUMBER: re.compile(
        rf"(?<![第0-9])[0-9一二三四五六七八九十][0-9,.]*(?:[万千億][0-9,.]*)*(?:{COUNTERS}|つ|課|割(?!合)|%)|毎[日週月年朝晩]"),
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
_ALWAYS = re.compile(
    r"[一1]人(?:暮らし|世帯|親|[一1]台|ひとり|一人|[当あ]たり)|24時間(?:、?365日)?(?=[^、。]{0,4}(?:体制|対応|監視|有人|稼働|警備|運用))"
)  # is no count, no length
# a number in a table that is no date and no article
FIGURE = re.compile(
    r"(?<![0-9第年月注※号])(?<!資料|別紙|様式)[0-9][0-9,.]*(?![0-9,.]*[年月日条項号階歳円%時分])"
)
# The labelled fields of papers (index/text/slots.py) that a question asks about, by its own words
_SLOTS = {
    "recipient": re.compile(
        r"(?:どこ|誰|だれ|どの|何|なん)[^。]{0,12}(?:渡|提供|委託|頼|任せ|送[るらりっ]|預け|つな|結合)"
        r"|提供先|委託先|相手先|相手方|受託|結合先|(?:業者|会社|事業者)(?:は|名|の名)"
        r"|(?:利用|使う|使用|受け取る)[^。]{0,4}(?:課|部署|機関|側)"),
    "start": re.compile(
        r"いつから|いつ(?:始|スタート|稼働|実施)|何月から|開始|実施時期|時期は|稼働"),
    "retention": re.compile(
        r"(?:いつまで|何日|何年|何か月|何ヶ月|どのくらい|どれくらい|期間)[^。]{0,8}"
        r"(?:残|保存|保管|保持|取って|持って|置い|置く|消)|保存期間|保管期間|保存年限"
        r"|(?:いつ|何日|どう)[^。]{0,8}(?:消|廃棄|削除|捨て)"),
    "subjects": re.compile(
        rf"(?:何|なん)(?:{COUNTERS})|対象(?:者|は|に|と)|件数|人数|世帯数|どれくらい"
        r"|(?:どんな|どういう|どのような)人"),
    "items": re.compile(
        r"(?:どんな|どの|どのような|何の|どういう)(?:個人)?(?:情報|データ|項目)|項目"
        r"|(?:情報|データ)の(?:中身|内容|種類)|何を(?:登録|提供|渡|収集|記録|送)"),
    "source": re.compile(
        r"どこから|収集先|提供元|入手|取得(?:先|元)|(?:どう|どうやって)[^。]{0,6}(?:集め|収集|入手)"),
    "form": re.compile(
        r"媒体|(?:どんな|どういう|どのような)形|受け?渡|(?:渡|届|送)[^。]{0,6}方法"
        r"|(?:どう|どうやって|何で|方法)[^。]{0,10}(?:渡|届|送|受け取)"),
    "network": re.compile(r"回線|ネットワーク|通信|つなが|接続|つなぎ|つなぐ"),
    "notice": re.compile(
        r"(?:本人|市民|利用者)[^。]{0,10}(?:通知|知らせ|周知|同意|伝え)|通知|周知"),
    "safeguards": re.compile(r"安全|セキュリティ|対策|守[るらりっ]|漏[れえ]|漏洩|管理の方法"),
    "purpose": re.compile(
        r"なぜ|何故|どうして|なんで|理由|目的|何のため|必要(?:性|な|が)|ねらい"),
    "outline": re.compile(
        r"どんな(?:事業|業務|事務|内容|もの|案件)|概要|どういう(?:事業|業務|もの|内容)|とは"),
}  # fmt: skip
_NUMERAL = r"[0-9一二三四五六七八九十]+(?:,[0-9]+)*(?:\.[0-9]+)?(?:[万千億][0-9,]*)*"
_COUNTER = re.compile(
    rf"(?:何|なん)({COUNTERS}|割|日|年|か月|時間|条|階|割)|いくつの([一-龠ァ-ヶー]{{1,6}})"
)
# what is counted in another word than the one asked with: 何台, 54基
_ALSO_COUNTED = {
    "人": "[人名件]", "名": "[人名件]", "件": "[件名人]", "台": "[台基]", "基": "[基台]",
    "棟": "[棟戸軒]", "戸": "[戸棟軒]", "軒": "[軒戸棟]",
}  # fmt: skip
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
    return pattern is None or bool(pattern.search(_ALWAYS.sub("", folded)))


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
    unit = _ALSO_COUNTED.get(word, re.escape(word))
    # 14の業務, 世帯数は約11,700件
    return re.compile(
        rf"{_NUMERAL}(?:以上|程度|前後|余り?|近く)?の?{unit}|{re.escape(word)}数[^0-9。]{{0,10}}{_NUMERAL}"
    )


def without_idioms(folded: str) -> str:
    """A folded text without the words that only look like counts and lengths (一人一台)."""
    return _ALWAYS.sub("", folded)


def slots_asked(key: str) -> frozenset[str]:
    """The names of the fields of papers that a folded question asks about."""
    return frozenset(name for name, pattern in _SLOTS.items() if pattern.search(key))


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
