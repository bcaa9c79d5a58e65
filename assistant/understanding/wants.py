"""Words -> what kind of thing a fact asked for is: a place, a time, a figure, a company …"""

from __future__ import annotations

import re
from enum import StrEnum

from index.japanese import fold


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
    ITEMS = "items"


# what things are counted in, in a folded text: 「何棟」, 「54基」
COUNTERS = (
    r"件|人|名(?!称|前|簿|字|義)|台|世帯|回(?!目|答|線|収)|項目|か所|箇所|カ所|館|枚|の?業務|の?自治体|団体"
    r"|例(?!え)|通(?!知|信|常|り|学|報|路)|個(?!人|別|々)|種(?!別)|点(?!検|字)|歳|棟|局|基(?!準|本|盤|礎|幹|づ)"
    r"|戸(?!籍)|軒|社(?!会|員|内|名)|校|園(?!長|児)|両|隻|匹|頭|冊|室|席|桁|票|床|便|班|組|字|語|文字|ページ"
    r"|メートル|キロ|本(?!人|市|件|町|県|村|会|部|庁)"
)
_WANTED: tuple[tuple[Wanted, re.Pattern[str]], ...] = (
    (Wanted.MONEY, re.compile(
        r"いくら|費用|料金|金額|価格|値段|経費|額は|何円|リース料|委託料|予算額")),
    (Wanted.SHARE, re.compile(
        r"何(?:%|％|パーセント|割)|割合|率は|精度|正確性|変換率|普及率|どのくらいの割合")),
    (Wanted.DURATION, re.compile(
        r"(?:どのくらい|どれくらい|どれだけ|どんだけ)(?:で|の間|の期間)?[^。?？]{0,6}(?:消|残|保|置い|置く|取って|かか|待|延|縮|も[つちた]|持つ|続)"
        r"|(?:残|保存|保管|置い)[^。?？]{0,6}(?:どのくらい|どれくらい|どれだけ)"
        r"|何日(?:間|で|残|も|後|分|まで)?(?!に分)|何(?:年|か月|ヶ月|カ月|週間|時間)(?:間|分|前"
        r"|も)?|いつまで|どのくらい(?:の期間|保|残|前|の間)|どれくらい(?:の期間|保|残)|(?:保存|保管)(?:日数|年数|年限)|保存期間"
        r"|保管期間|期間は|(?<![答出込付切納])期限")),
    (Wanted.TIME, re.compile(
        r"(?:回答|提出|申込|受付|納)期限|締め?切り?|いつ|何月|何時|時期|日付|開始日|基準日|日時|何年度")),
    (Wanted.COMPANY, re.compile(
        r"(?:どこ|どの|何という)の?(?:大学|学校|病院|法人|団体|銀行|組合|協会)|(?:どこ|どの|何という|何て|なんという)の?(?:会社|業者|事業者|企業|ベンダー)|(?:会社"
        r"|業者|事業者|企業|ベンダー)(?:は(?:どこ|どの|誰)|の(?:名|社名)|名は|をそれぞれ)|社名|社の名"
        r"|(?:会社|業者|事業者|ベンダー)名|(?:委託先|受託者|受注者|委託事業者)(?:は|って)、?(?:どこ|誰|何)|会社はどこ|会社(?:は|を)")),
    (Wanted.OFFICE, re.compile(
        r"(?:どこ|どの|何)の?(?:課|部署|部局|局|部)(?!分)|(?:部署|所管|担当(?:課|部署)?)(?:は|と"
        r"|を教)|(?:課|局|室|係)(?:は|って)(?:どこ|どれ)")),
    (Wanted.LAW, re.compile(
        r"何条|どの条(?:文|項)|条文(?:は|に)|(?:法的)?根拠は(?=[?？。]|$)|根拠(?:条文|規定|条例|となる条)|どの法律"
        r"|条例の(?:第)?何")),
    (Wanted.PERSON, re.compile(
        r"誰|だれ|どなた|(?:お)?名前(?:は(?:何|[?？。]|$)|を(?:教え|知り))|氏名は(?:何|[?？。]|$)|どの委員|どなたですか|何委員")),
    (Wanted.NUMBER, re.compile(
        rf"(?:何|なん)(?:{COUNTERS})|いくつ|人数|件数|世帯数|どれくらいの(?:数|人)|どのくらい|何割|頻度")),
    (Wanted.PLACE, re.compile(r"どこ|場所|会場|所在|どの国|国内|国外")),
    (Wanted.ITEMS, re.compile(
        r"(?:個人情報|項目|データ)(?:は|の|に)(?:どう|何が|どこが|どのような|どんな)?、?(?:違|差)|"
        r"(?:どんな|どの|どのような|何の|どういう|どういった)(?:個人)?(?:情報|データ|項目)|項目(?:は(?:結局)?(?:何|な[にん])|は(?:[?？。]|$)|を(?:挙げ|教え))"
        r"|(?:個人情報|データ)(?:は|には|として)何|何を(?:登録|提供|渡|収集|記録|取り出)")),
)  # fmt: skip
# a message without one of these asks whether something is so
ASKS_WHICH = re.compile(r"何|いつ|どこ|誰|どなた|いくら|いくつ|どの|どれ|どう|どんな|なぜ|理由")
KIND_WORDS = {
    Wanted.COMPANY: frozenset("会社 業者 事業者 企業 ベンダー 社名 提供会社 業者名".split()),
    Wanted.OFFICE: frozenset("部署 課 局 所管 担当 担当課 所管課".split()),
    Wanted.LAW: frozenset("条文 根拠 根拠条文 規定 法律 条例 条".split()),
    Wanted.TIME: frozenset("時期 開始 開始日 日付 日時".split()),
    Wanted.MONEY: frozenset("費用 料金 金額 額 価格 値段".split()),
    Wanted.DURATION: frozenset("期間 期限".split()),
    Wanted.NUMBER: frozenset("件数 人数 数 年間 者数 頻度 回数".split()),
    Wanted.SHARE: frozenset("割合 率 パーセント 割".split()),
    Wanted.PLACE: frozenset("場所 会場 所在".split()),
    Wanted.PERSON: frozenset("名前 氏名".split()),
}  # fmt: skip


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
