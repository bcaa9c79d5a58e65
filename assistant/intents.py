"""Words -> what is asked: the shape of the answer, the kind of thing wanted, the outcomes named."""

from __future__ import annotations

import re
from enum import StrEnum

from assistant.sittings import read_asked
from index.japanese import fold
from index.verdicts import Outcome


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
    DRAFTING = "drafting"
    OUTSIDE = "outside"


class Outside(StrEnum):
    """What a message is where it asks nothing that minutes could say."""

    GREETING = "greeting"
    THANKS = "thanks"
    HELP = "help"
    FORECAST = "forecast"
    ADVICE = "advice"
    PERSONAL = "personal"
    SERVICE = "service"
    TASK = "task"


class Extreme(StrEnum):
    """Which of several is asked for: 一番新しい, 最も多い …"""

    NEWEST = "newest"
    OLDEST = "oldest"
    MOST = "most"


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
_OUTCOME_WORDS = re.compile(
    r"承認|了承|認め(?:た|る|られ|て|な)|認可|通(?:った|り(?:まし|ました)|る)|ok|オーケー"
    r"|可決|否決|却下|結論|審議結果|どうなっ|どうなり|可否|決ま(?:った|り)|判断(?:され|は"
    r"|した|して|する)|不適当|不承認|適当と|可に|可と|可でし|「可」|(?<!の)結果[?？。]*$|答申(?:は|の結論|の結果|され)"
    r"|継続(?:審議|に)|取り?下げ"
)
ASKS_OUTCOME = re.compile(
    r"(?:(?:承認|可決|了承|許可|決定|採択)(?:され|し(?=た)|済み|に(?:な|決ま)っ)|認められ|認め(?=た)"
    r"|通り|通っ"
    r"|決まっ|決まり|(?:可|ok|オーケー)(?:が出|に(?:な|決ま)[っり]|とされ|でし))"
    r"(?:て(?:い)?(?:る|ます)|た|まし)?た?(?:の|ん)?(?:です|でし(?:ょう|た)?)?(?:た?っけ)?か?"
    r"(?=[?？。]|$|か)|結論は|結果は|可否は|判断は|どうな(?:っ|り)"
)
# 国に認められている: another's word, which is no verdict of a council
_ANOTHERS = re.compile(
    r"(?:国|県|都|大臣|省|庁|警察|議会|法律|法令|法務局)(?:に|が|から|で)(?:は)?認め"
)
# A message that is only a name (AI-OCR; 防犯カメラの案件), or English for 承認・条件
_ONLY_NAMES = re.compile(
    r"^[^ぁ-ん?？]*(?:[のとや][^ぁ-ん?？]+)*(?:(?:は|って|について|の(?:件|案件|話)は?)[?？]?)?[。.]?$"
)
_INTENTS: tuple[tuple[Intent, re.Pattern[str]], ...] = (
    (Intent.HISTORY, re.compile(
        r"経緯|経過|時系列|その後|流れを|流れは|いきさつ|推移|決着|どう進|(?:条件|意見)は?[^。]{0,8}"
        r"(?:守られ|守っ|履行|満たし|実行)")),
    (Intent.COMPARISON, re.compile(
        r"比べ|比較|それぞれ.*(?:違|差)|(?:の|は何が|何の)違い|違いは|違いを|どう違|何が違|差が"
        r"|差は|違いますか|どちらが|どっちが|変わりましたか|差があ|(?<!全部)(?<!全て)並べて|対比")),
    (Intent.CONDITIONS, re.compile(
        r"条件|附帯|付帯|留意(?:事項|点)|意見(?:は|が|を|も)?(?:何か|なに)?(?:付|つ)(?:い|き|け)"
        r"|(?:付|つ)(?:いた|けた|された)意見|(?:可と|承認|審議会)[^。]{0,24}求められ|注文")),
    (Intent.REASON, re.compile(r"なぜ|何故|どうして|理由|わけは|なんで|根拠は何")),
    (Intent.COUNT, re.compile(
        r"何件|(?:案件|もの|の|例)(?:は|が)?いくつ|件数|(?:承認|不承認|可決|否決)(?:の)?(?:率|割合)"
        r"|(?:案件|承認|条件|意見)[^。]{0,12}何(?:割|%|パーセント)")),
    (Intent.LIST, re.compile(
        r"一覧|全部|全て|すべて|挙げて|リスト|列挙|どんな案件|どのような案件|何の案件|(?:どの"
        r"|何という)案件|案件(?:は|に|って)(?:は)?(?:何|どれ|どんな|あり?(?:ますか|ました|る|った))|案件を(?:教え|知り|見"
        r"|探)|案件と結論|議題(?:は|を|と)|先例|前例|例は(?:あり|ある)|ものは(?:あり|ある|どれ)"
        r"|のは(?:どれ|どの案件)|(?:承認|可決|了承|否決|却下|継続|報告|不承認)(?:に|と)?(?:され|なっ|し)(?:た|ている)の?は(?:何|どれ|どの)"
        r"|何を審議|どんなもの|(?:もの|案件|例)(?:は|って)?(?:どれ)?[?？。]?$"
        r"|類似の|似た(?:案件|例|もの)|参考になる")),
    (Intent.EXCHANGE, re.compile(
        r"質問|質疑|議論|委員[^。]{0,14}指摘|懸念|心配|反対|批判|委員(?:は|から|の(?:意見|発言"
        r"|懸念|中))|異を唱|疑問|やり?取り|何と(?:言|答|説明)|問われ|聞かれ|少数意見|意見は(?:出"
        r"|何)|委員(?:が|から|は)[^。]{0,8}(?:述べ|言っ|言い|出し|示し|挙げ|求め)")),
    (Intent.DEFINITION, re.compile(
        r"(?<!こ)とは(?:何|なん|どう|どの|[?？。]|$)|って何(?![がにをへ人件日時回台]|で[^す])|って(?:どういう|どんな|なん)|何のこと"
        r"|意味(?:を|は)|どういう(?:意味|もの|世帯|こと)|用語|定義|とは、?(?:例|どんな)")),
    (Intent.MEETING, re.compile(
        r"(?:会議|審議会|審査会|委員会|第\d+回|日目)[^。?？]{0,16}(?:いつ|日時|開[かきい催]|何時|対面)"
        r"|どうやって開|何日に分け")),
)  # fmt: skip
_WANTED: tuple[tuple[Wanted, re.Pattern[str]], ...] = (
    (Wanted.MONEY, re.compile(r"いくら|費用|料金|金額|価格|経費|額は|何円|リース料|委託料|予算額")),
    (Wanted.SHARE, re.compile(
        r"何(?:%|％|パーセント|割)|割合|率は|精度|正確性|変換率|普及率|どのくらいの割合")),
    (Wanted.DURATION, re.compile(
        r"(?:どのくらい|どれくらい|どれだけ|どんだけ)(?:で|の間|の期間)?[^。?？]{0,6}(?:消|残|保|置い|置く|かか|待|延|縮)"
        r"|(?:残|保存|保管|置い)[^。?？]{0,6}(?:どのくらい|どれくらい|どれだけ)"
        r"|何日(?:間|で|残|も|後|分|まで)?(?!に分)|何(?:年|か月|ヶ月|カ月|週間|時間)(?:間|分|前"
        r"|も)?|いつまで|どのくらい(?:の期間|保|残|前|の間)|どれくらい(?:の期間|保|残)|(?:保存|保管)(?:日数|年数|年限)|保存期間"
        r"|保管期間|期間は|(?<![答出込付切納])期限")),
    (Wanted.TIME, re.compile(
        r"(?:回答|提出|申込|受付|納)期限|締め?切り?|いつ|何月|何時|時期|日付|開始日|基準日|日時|何年度")),
    (Wanted.COMPANY, re.compile(
        r"(?:どこ|どの|何という)の?(?:大学|学校|病院|法人|団体|銀行|組合|協会)|(?:どこ|どの|何という|何て|なんという)の?(?:会社|業者|事業者|企業|ベンダー)|(?:会社"
        r"|業者|事業者|企業|ベンダー)(?:は(?:どこ|どの|誰)|の(?:名|社名)|名は|をそれぞれ)|社名|社の名"
        r"|(?:会社|業者|事業者|ベンダー)名|会社はどこ|会社(?:は|を)")),
    (Wanted.OFFICE, re.compile(
        r"(?:どこ|どの|何)の?(?:課|部署|部局|局|部)(?!分)|(?:部署|所管|担当(?:課|部署)?)(?:は|と"
        r"|を教)|(?:課|局|室|係)(?:は|って)(?:どこ|どれ)")),
    (Wanted.LAW, re.compile(
        r"何条|どの条(?:文|項)|条文(?:は|に)|(?:法的)?根拠は(?=[?？。]|$)|根拠(?:条文|規定|条例|となる条)|どの法律"
        r"|条例の(?:第)?何")),
    (Wanted.PERSON, re.compile(
        r"誰|だれ|どなた|(?:お)?名前(?:は(?:何|[?？。]|$)|を(?:教え|知り))|氏名は(?:何|[?？。]|$)|どの委員|どなたですか|何委員")),
    (Wanted.NUMBER, re.compile(
        rf"(?:何|なん)(?:{COUNTERS})|いくつ|人数|件数|世帯数|どれくらいの(?:数|人)|どのくらい|何割")),
    (Wanted.PLACE, re.compile(r"どこ|場所|会場|所在|どの国|国内|国外")),
    (Wanted.ITEMS, re.compile(
        r"(?:個人情報|項目|データ)(?:は|の|に)(?:どう|何が|どこが|どのような|どんな)?、?(?:違|差)|"
        r"(?:どんな|どの|どのような|何の|どういう|どういった)(?:個人)?(?:情報|データ|項目)|項目(?:は何|は(?:[?？。]|$)|を(?:挙げ|教え))"
        r"|(?:個人情報|データ)(?:は|には|として)何|何を(?:登録|提供|渡|収集|記録|取り出)")),
)  # fmt: skip
KIND_WORDS = {
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
    (Outcome.WITHDRAWN, re.compile(r"取り?下げ(?:られ|た|に|例|と|が|の)|撤回")),
    (Outcome.CONTINUED, re.compile(r"継続(?:審議|審査|に)|先送り|保留|持ち越|見送")),
    (Outcome.PARTLY_APPROVED, re.compile(
        r"一部(?:だけ|のみ|が|を)?(?:承認|認め|可)|部分的に(?:承認|認め)")),
)  # fmt: skip
APPROVALS = (Outcome.APPROVED, Outcome.APPROVED_WITH_CONDITIONS, Outcome.PARTLY_APPROVED)
_THINGS = r"(?:案件|もの|例|の(?:は|が|を|だけ)|だけ|のみ)"
_CONDITIONED = re.compile(
    rf"(?:意見|条件|留意(?:事項|点)).{{0,4}}(?:付|つ)[^。]{{0,4}}{_THINGS}|(?:意見|条件)付き(?:の|で)"
)
_ONLY_APPROVED = re.compile(
    rf"(?:(?:承認|了承|許可|可決|採択|認め)(?:ら|さ)れ(?:た|ている)|可と(?:され|なっ)た|通った|承認した){_THINGS}"
    r"|承認(?:件数|の?数)|何件(?:が|の案件が)?(?:承認|可決)され|何件中"
    r"|(?:承認|可決)(?:され|し)(?:た|ました)?(?:の|もの|案件)?は、?(?:全部で)?何件"
)
_OF_OTHERS = re.compile(
    r"(?:市民|住民|区民|町民|村民|県民|利用者|保護者|本人)(?:から|の|が)[^。]{0,6}"
    r"(?:意見|声|苦情|要望|反対|賛成)|パブリックコメント|パブコメ"
)
# 手数料は, 電話番号は: a thing asked for by its name, which is no matter of its own
_ATTRIBUTE = re.compile(
    r"の?(?:電話番号|番号|住所|連絡先|費用|料金|手数料|利用料|金額|名前|期間|期限|件数|人数|場所|日時|時期|会社|業者"
    r"|委託先|提供先|根拠|方法|手順|手続き?|項目|範囲|目的|担当|所管|保管場所|アドレス|割合|頻度)"
    r"(?:は|って|を教えて(?:ください)?)(?:どう(?:な(?:り|っ)[^。]{0,6}|です)?|いくら[^。]{0,6}|何[^。]{0,6})?(?:です|でし)?(?:た|か)*[?？。]*$"
)
_PRESUMES = re.compile(
    r"(?:継続(?:審議|審査)?|保留|先送り|見送り|持ち越し)(?:に|と)?(?:な(?:った|り)|され(?:た|まし)|した)"
    r"(?!か|のか|のです|んで)|(?:不承認|否決|却下|不適当|否)(?:に|と)?(?:な(?:った|り)|され(?:た|まし)|した|だった(?=のは|理由|わけ))"
    r"|「否」と|取り?下げられた|認められなかった|承認され(?:た(?!か|(?:の|ん)(?:です)?(?:か|でしょ))"
    r"|ました(?!か|でしょ))|承認した(?!か|(?:の|ん)(?:です)?(?:か|でしょ))"
    r"|認めた(?!か|(?:の|ん)(?:です)?(?:か|でし)|んでし)|承認を?受けた|可に(?:なった|した)(?!か|の(?:か|で))"
    r"|可とする(?:に|際)"
)


_DRAFTING = re.compile(
    r"下書き|起案|案文|文案|答弁案|想定問答|想定される質問|たたき台|ひな形"
    r"|(?:書|案|文|資料|諮問|回答)を?(?:作って|作成して|書いて|考えて)"
)
_OUTSIDE: tuple[tuple[Outside, re.Pattern[str]], ...] = (
    (Outside.GREETING, re.compile(
        r"^(?:こんにち[はわ]|こんばん[はわ]|おはよう(?:ございます)?|はじめまして|初めまして|もしもし"
        r"|よろしく(?:お願いします)?|hello|hi|hey)[!?。、]*$")),
    (Outside.THANKS, re.compile(
        r"^(?:どうも)?(?:ありがとう(?:ございま(?:す|した))?|助かりました|了解(?:です|しました)?"
        r"|わかりました|分かりました|なるほど|お疲れ様(?:です|でした)?|thanks|thankyou)[!。、]*$")),
    (Outside.HELP, re.compile(
        r"^(?:あなた|これ|ここ|このアプリ|先例)?(?:は|に|で|って)?(?:(?:誰|だれ|何者)(?:です|なの|ですか)?か?[?？。]*$"
        r"|何(?:が|を)?(?:でき|聞け|して)|どう(?:使|聞)|使い方|ヘルプ|help)|^何を(?:聞|質問)|^どんな(?:こと|質問)(?:が|を)")),
    (Outside.FORECAST, re.compile(
        r"(?:承認され|認められ|通り|通る|可決され)(?:る|ます|そう|るで)(?:しょうか|か|かな|と思いますか)"
        r"|(?:承認|可決)の見(?:込み|通し)|予測|見込まれますか")),
    (Outside.ADVICE, re.compile(
        r"(?:どう|何を)?(?:すれば|したら)(?:よい|いい|良い|大丈夫)|違法(?:です|に)|罪に|罰せられ"
        r"|訴え(?:られ|たい|る)|弁護士(?:に(?:相談|頼|聞)|を紹介)|おすすめ|お勧め|(?:うち|私|当|自分)の(?:市|町|村|区|課|会社)"
        r"|すべき(?:です|でしょう)か")),
    (Outside.SERVICE, re.compile(
        r"^[^、。]{0,14}(?:申し?込み?|申込|申請|届出?|手続き?|取得|入会|受給)の?(?:方法|仕方|やり方|窓口)"
        r"(?:を|は|って)(?:教え|知り|どう|何|[?？。]*$)|^[^、。]{0,12}の開庁時間|^[^、。]{0,14}はどこで(?:もらえ|申請でき|手続)")),
    (Outside.PERSONAL, re.compile(
        r"[a-z]委員[^。]{0,12}(?:誰|名前|氏名|どなた|実名)|(?:さん|氏|様|委員|会長|課長|係長|職員)の"
        r"(?:ご)?(?:自宅|住所|電話|携帯|連絡先|メール|生年月日|年齢|家族|年収|本名|実名|顔)")),
    (Outside.TASK, re.compile(
        r"(?:予約|送信|連絡|印刷|登録|削除|変更|手配|翻訳)を?(?:取って|して)(?:ください|おいて|くれ|ほしい)"
        r"|送って(?:ください|おいて|くれ)|(?:作って|書いて|作成して)おいて|明日の|天気")),
)  # fmt: skip


def read_outside(text: str) -> Outside | None:
    """What a message is that minutes cannot answer: a greeting, a forecast, a wish, a task."""
    key = fold(text)
    return next((kind for kind, pattern in _OUTSIDE if pattern.search(key)), None)


# Newest or most may be a case, a sitting, a town; in 一番多いレイヤ it is a thing of the papers
_EXTREMES = (
    (Extreme.NEWEST, re.compile(
        r"(?:最も|一番|いちばん)新しい|最新の|直近の|(?:この前|先日)の|(?:最も|一番|いちばん)最近")),
    (Extreme.OLDEST, re.compile(r"(?:最も|一番|いちばん)古い|最古の|最初の(?:案件|会議)")),
    (Extreme.MOST, re.compile(
        r"(?:最も|一番|いちばん)(?:案件|諮問|質問|質疑|意見|条件|会議)(?:の数|数)?(?:が|の)多"
        r"|(?:案件|諮問|質問|質疑|意見|条件|会議|不承認|承認)(?:の数|数)?(?:が|は|の)?(?:最も|一番|いちばん)"
        r"多|(?:最も|一番|いちばん)多(?:く|い)?[^。]{0,6}(?:案件|諮問|自治体|市|町|年度|質問|条件|意見)")),
)  # fmt: skip


def read_extreme(text: str) -> Extreme | None:
    """Which of the cases, sittings or towns a message asks for, if one."""
    key = fold(text)
    return next((extreme for extreme, pattern in _EXTREMES if pattern.search(key)), None)


_IF_SO = re.compile(
    r"(?:たら|だら|れば|場合(?:は|には|に)?|とき(?:は|には|に)?|ないと)、?どうな(?:っ|り|る)[^。?？]*"
)
# 全部で何台: things of a matter, no list of matters
_COUNTS_THINGS = re.compile(r"(?:全部|全て|すべて|合わせて|合計)で?、?(?:何(?!件)|いくつ)")


def _as_matters(key: str) -> str:
    """A folded message in which 議案, which bears no number, is called 案件 as any other matter."""
    return re.sub(r"議案(?![0-9第書])", "案件", key)


def read_intent(text: str) -> Intent:
    """The intent that the words of a message tell; FACT where nothing else is told."""
    key = re.sub(r"\([^()]*\)([?？。]*)$", r"\1", fold(text))
    key = _as_matters(key)
    if _DRAFTING.search(key):
        return Intent.DRAFTING
    of_a_matter = re.search(r"(?:件|話)(?:は|の|、|$)", key) and re.search(
        r"結論|承認|結果|どうなっ", key
    )
    if read_asked(text) and not of_a_matter and not re.search(r"比べ|比較|違い", key):
        return Intent.MEETING
    told = [intent for intent, pattern in _INTENTS if pattern.search(key)]
    if Intent.LIST in told and _COUNTS_THINGS.search(key):
        told.remove(Intent.LIST)
    # 忘れたらどうなりますか asks for no verdict
    outcome = bool(_OUTCOME_WORDS.search(_IF_SO.sub("", key))) and not _ANOTHERS.search(key)
    if Intent.EXCHANGE in told and _OF_OTHERS.search(key):
        told.remove(Intent.EXCHANGE)
        if Intent.COUNT not in told and not told:
            return Intent.FACT
    if _ATTRIBUTE.search(key) and not ASKS_OUTCOME.search(re.sub("どうな(?:り|っ).*$", "", key)):
        told = [intent for intent in told if intent is not Intent.DEFINITION] or [Intent.FACT]
        outcome = False
    if not told and _ONLY_NAMES.match(key) and read_wants(text) == [Wanted.ANYTHING]:
        return Intent.VERDICT
    if Intent.COUNT in told and not re.search(
        r"案件|諮問|承認|審査請求|(?:意見|条件|事項).{0,4}付|報告は|もの|取り?下げ|否決"
        r"|(?:[市町村区県]|年度?)[^。]{0,8}件数(?:が|は|の)(?:多|少|違|差)"
        r"|(?:[市町村区県]|年度?)(?:で|に|は|では|には)?、?(?:それぞれ)?(?:全部で)?何件(?:で|あ|[?？。]|$)",
        key,
    ):
        told.remove(Intent.COUNT)
    if (
        Intent.LIST in told
        and not outcome
        and not re.search(
            r"案件|諮問|先例|前例|議題|審議|付議|報告|例は|カメラ|のは(?:どれ|どの案件)|たのは何",
            key,
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
        # 件数を比べて: so many here, so many there
        counted = Intent.COUNT in told and re.search(
            r"(?:案件|諮問|承認|不承認|否決|継続)(?:の)?(?:件数|数)|何件|件数(?:が|は|の|に|で)",
            key,
        )
        return Intent.COUNT if counted else Intent.COMPARISON
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
    asked = ASKS_OUTCOME.search(_IF_SO.sub("", key))
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
            rf"どこ|いつ|何[回番]目|誰|どなた|いくら|(?:何|なん)(?:[%％日年月条円か]|{COUNTERS})|どの(?:会社|課|部署"
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


_REVIEWS = re.compile(
    r"審査請求(?:の)?(?:案件|事案|事件)|審査請求(?:は|が|を)?(?:それぞれ)?(?:全部で)?(?:何件|いくつ|どれ|ありますか)"
)


def read_kinds(key: str) -> tuple[str, ...]:
    kinds = []
    if re.search(r"報告(?:案件|事項|された案件|だけ)", key):
        kinds.append("report")
    if _REVIEWS.search(key):
        kinds.append("review")
    if re.search(r"諮問(?:案件|事項|が|された|のあった)|諮られ", key) and "諮問と" not in key:
        kinds.append("consultation")
    return tuple(kinds)


def read_outcomes(key: str) -> tuple[tuple[Outcome, ...], Outcome | None]:
    """The outcomes a message asks for (否決された案件) and the one it takes for granted."""
    key = _as_matters(key)
    asked = tuple(outcome for outcome, pattern in _NEGATIVE if pattern.search(key))
    if not asked and _CONDITIONED.search(key):
        asked = (Outcome.APPROVED_WITH_CONDITIONS,)
    elif not asked and _ONLY_APPROVED.search(key):
        asked = APPROVALS
    presumed = None
    if _PRESUMES.search(key):
        presumed = asked[0] if asked and asked[0] not in APPROVALS else Outcome.APPROVED
    return asked, presumed
