"""Words -> what is asked: the shape of the answer wanted."""

from __future__ import annotations

import re
from enum import StrEnum

from assistant.understanding.asked_cases import as_matters, read_outcomes
from assistant.understanding.sittings import read_asked
from assistant.understanding.wants import COUNTERS, Wanted, read_wants
from index.japanese import fold


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


_OUTCOME_WORDS = re.compile(
    r"承認|了承|認め(?:た|る|られ|て|な)|認可|通(?:った|り(?:まし|ました)|る)|ok|オーケー"
    r"|可決|否決|却下|結論|審議結果|どうなっ|どうなり|可否|決ま(?:った|り)|判断(?:され|は"
    r"|した|して|する)|不適当|不承認|適当と|可に|可と|可でし|「可」|(?<!の)結果[?？。]*$|(?:案?件|諮問)の結果(?:は|を|[?？。]|$)|答申(?:は|の結論|の結果|され)"
    r"|継続(?:審議|に)|取り?下げ|(?:いい|良い|よい)(?:という|って|と)こと(?:に|で)"
)
ASKS_OUTCOME = re.compile(
    r"(?:(?:承認|可決|了承|許可|決定|採択)(?:され|し(?=た)|済み|に(?:な|決ま)っ)|認められ|認め(?=た)"
    r"|通り|通っ|(?:いい|良い|よい)(?:という|って|と)ことに(?:な|決ま)[っり]"
    r"|決まっ|決まり|(?:可|ok|オーケー)(?:が出|に(?:な|決ま)[っり]|とされ|でし))"
    r"(?:て(?:い)?(?:る|ます)|た|まし)?た?(?:の|ん)?(?:です|でし(?:ょう|た)?)?(?:た?っけ)?か?"
    r"(?=[?？。]|$|か)|(?:結論|結果|可否)(?=は|[?？。]|$)|判断は|どうな(?:っ|り)"
)
# 国に認められている: another's word, which is no verdict of a council
_ANOTHERS = re.compile(
    r"(?:国|県|都|大臣|省|庁|警察|議会|法律|法令|法務局)(?:に|が|から|で)(?:は)?認め"
)
# A message that is only a name (AI-OCR; 防犯カメラの案件), or English for 承認・条件
_ONLY_NAMES = re.compile(
    r"^[^ぁ-ん?？]*(?:[のとや][^ぁ-ん?？]+)*(?:(?:は|って|について|の(?:件|案件|話)は?)[?？]?)?[。.]?$"
)
_WHICH_TOWNS = (
    r"(?:どの|どこの)(?:自治体|市町村|市区町村|団体|市|町|区)(?:が|で|に|は|なら|か|[?？。]|$)"
)
_INTENTS: tuple[tuple[Intent, re.Pattern[str]], ...] = (
    (Intent.HISTORY, re.compile(
        r"経緯|経過|時系列|その後|流れ(?:を|は|[?？。]|$)|いきさつ|推移|決着|どう進|(?:最初|初め|当初)[^。]{0,16}(?:最後|最終|結論|結局)|(?:条件|意見)は?[^。]{0,8}"
        r"(?:守られ|守っ|履行|満たし|実行)")),
    (Intent.COMPARISON, re.compile(
        r"比べ|比較|それぞれ.*(?:違|差)|(?:の|は何が|何の)違い|違いは|違いを|どう違|何が違|差が"
        r"|差は|違いますか|どちらが|どっちが|変わりましたか|差があ|(?<!全部)(?<!全て)(?<!つきで)(?<!付きで)並べて|対比")),
    (Intent.CONDITIONS, re.compile(
        r"条件|附帯|付帯|留意(?:事項|点)|意見(?:は|が|を|も)?(?:何か|なに)?(?:付|つ)(?:い|き|け)"
        r"|(?:付|つ)(?:いた|けた|された)意見|(?:可と|承認|審議会)[^。]{0,24}求められ|注文|申し添え|付け加え|(?:結果|結論|答申|承認)[^。]{0,8}(?:書き|付け)添え"
        r"|限定|(?:審議会|審査会|委員会|答申)[^。]{0,12}(?:求めた|加えた|書き込む)(?:こと|もの|点|一文|の)|(?:認め|承認|可決)[^。]{0,6}代わりに何を")),
    (Intent.REASON, re.compile(
        r"なぜ|何故|どうして|理由|わけ(?:は|を|[?？。]|$)|なんで(?!す)|根拠は何|原因|何が(?:足り|まず|だめ|ダメ|いけな|問題)[^。]{0,8}"
        r"(?:から|の|か|[?？。]|$)|何で、?(?:取り?下げ|やめ|止め|反対|断|見送|否決|だめ|ダメ|駄目|通ら|認め)")),
    (Intent.COUNT, re.compile(
        r"何件|(?:案件|もの|の|例)(?:は|が|って)?、?(?:全部で|全体で|合わせて)?いくつ|件数|(?:承認|不承認|可決|否決)(?:の)?(?:率|割合)"
        r"|(?:案件|承認|条件|意見)[^。]{0,12}何(?:割|%|パーセント)")),
    (Intent.LIST, re.compile(
        r"一覧|全部|全て|すべて|挙げて|リスト|列挙|どんな案件|どのような案件|何の案件|(?:どの"
        r"|何という)案件|案件(?:は|に|って|が|も)?(?:は)?(?:何(?!件)|どれ|どんな|あり?(?:ますか|ました|る|った))|案件を(?:教え|知り|見"
        r"|探)|案件と結論|議題(?:は|を|と)|先例|前例|例は(?:あり|ある)|ものは(?:あり|ある|どれ)"
        r"|のは(?:どれ|どの案件)|(?:承認|可決|了承|否決|却下|継続|報告|不承認)(?:に|と)?(?:され|なっ|し)(?:た|ている)の?は(?:何|どれ|どの)"
        r"|何を審議|どんなもの|(?:もの|案件|例)(?:は|って)?(?:どれ)?[?？。]?$"
        r"|類似の|似た(?:案件|例|もの)|参考になる|案件(?:だけ|のみ)を?(?:知り|見|教|出|挙)"
        r"|(?:案件|諮問|議案)のうち[^。]*(?:のは|ものは?)[?？。]*$"
        rf"|自治体(?:は|って)(?:どこ|どれ)|{_WHICH_TOWNS}")),
    (Intent.EXCHANGE, re.compile(
        r"質問|質疑|議論|委員[^。]{0,14}指摘|懸念|心配|反対|批判|委員(?:は|から|の(?:意見|発言"
        r"|懸念|中))|異を唱|疑問|やり?取り|何[とて](?:言|答|説明|述べ)|問われ|聞かれ|少数意見|意見は(?:出"
        r"|何)|委員(?:が|から|は)[^。]{0,8}(?:述べ|言っ|言い|出し|示し|挙げ|求め|気に|引っかか|こだわ|問題に)")),
    (Intent.DEFINITION, re.compile(
        rf"(?<!こ)とは(?:何|なん|どう|どの|[?？。]|$)|って何"
        rf"(?![がにをへ]|{COUNTERS}|[日時年月]|で[^す]|の(?!こと|略|話|意味))|(?:って|とは)な[にん](?:です|でしょ|だ|[?？。]|$)|って(?:どういう|どんな|なん)|何のこと"
        r"|意味(?:を|は)|どういう(?:意味|もの|世帯|こと)|用語|定義|とは、?(?:例|どんな)")),
    (Intent.MEETING, re.compile(
        r"(?:会議|審議会|審査会|委員会|第\d+回|日目)[^。?？]{0,16}(?:いつ|日時|開[かきい催]|何時|何回|対面)"
        r"|どうやって開|何日に分け")),
)  # fmt: skip
_OF_OTHERS = re.compile(
    r"(?:市民|住民|区民|町民|村民|県民|利用者|保護者|本人)(?:から|の|が)?[^。]{0,6}"
    r"(?:意見|声|苦情|要望|反対|賛成)|パブリックコメント|パブコメ"
)
# 手数料は, 電話番号は: a thing asked for by its name, which is no matter of its own
_ATTRIBUTE = re.compile(
    r"の?(?:電話番号|番号|住所|連絡先|費用|料金|手数料|利用料|金額|名前|期間|期限|件数|人数|場所|日時|時期|会社|業者"
    r"|委託先|提供先|根拠|方法|手順|手続き?|項目|範囲|目的|担当|所管|保管場所|アドレス|割合|頻度)"
    r"(?:は|って|を教えて(?:ください)?)(?:どう(?:な(?:り|っ)[^。]{0,6}|です)?|いくら[^。]{0,6}|何[^。]{0,6})?(?:です|でし)?(?:た|か)*[?？。]*$"
)
_DRAFTING = re.compile(
    r"下書き|起案|案文|文案|答弁案|想定問答|想定される質問|たたき台|ひな形"
    r"|(?:書|案|文|資料|諮問|回答)を?(?:作って|作成して|書いて|考えて)"
)
# 全部で何台: things of a matter, no list of matters
_COUNTS_THINGS = re.compile(
    r"(?<!案件)(?<!案件、)(?<!案件は)(?:全部|全て|すべて|合わせて|合計)で?、?(?:何(?!件)|いくつ)"
)


_REASON_TOO = re.compile(r"(?:理由|なぜか|わけ)も(?:教|知|[?？。]|$)")  # beside a fact asked for
# …に付いた条件って何: what a matter has, no word to be explained
_OF_A_MATTER = re.compile(r"[のた](?:附帯|付帯)?(?:条件|意見|結論|理由)って(?:何|なん)")
_ASKS_WORDS = re.compile(r"何[とて](?:言|答|述べ)|どう答")  # of a speaker
# 否決されたことはありますか
_ASKS_ANY = re.compile(
    r"(?:こと|例|案件|もの)(?:は|って|が|も)?(?:ある|あり|あった|ない|なかった)?(?:ます|ました|ません)?"
    r"(?:の|ん)?(?:です)?か?[?？。]*$"
)
_IF_SO = re.compile(
    r"(?:たら|だら|れば|場合(?:は|には|に)?|とき(?:は|には|に)?|ないと)、?どうな(?:っ|り|る)[^。?？]*"
)


def asks_which_towns(key: str) -> bool:
    """Whether a folded message asks for the towns (どの市で) that have a matter."""
    return bool(re.search(_WHICH_TOWNS, key))


def read_intent(text: str) -> Intent:
    """The intent that the words of a message tell; FACT where nothing else is told."""
    key = re.sub(r"\([^()]*\)([?？。]*)$", r"\1", fold(text))
    key = as_matters(key)
    if _DRAFTING.search(key):
        return Intent.DRAFTING
    of_a_matter = re.search(r"(?:件|話)(?:は|の|、|$)", key) and re.search(
        r"結論|承認|結果|どうなっ", key
    )
    if read_asked(text) and not of_a_matter and not re.search(r"比べ|比較|違い", key):
        return Intent.MEETING
    told = [intent for intent, pattern in _INTENTS if pattern.search(key)]
    if Intent.REASON in told and _REASON_TOO.search(key) and read_wants(text) != [Wanted.ANYTHING]:
        told.remove(Intent.REASON)
    if _OF_A_MATTER.search(key) and len(told) > 1 and Intent.DEFINITION in told:
        told.remove(Intent.DEFINITION)
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
        r"案件|諮問|承認|審議(?:し|され)|審査請求|(?:意見|条件|事項).{0,4}付|報告は|もの|取り?下げ|否決"
        r"|(?:[市町村区県]|年度?)[^。]{0,8}件数(?:が|は|の)(?:多|少|違|差)"
        r"|(?:[市町村区県]|年度?)(?:で|に|は|では|には)?、?(?:それぞれ)?(?:全部で)?何件(?:で|あ|[?？。]|$)",
        key,
    ):
        told.remove(Intent.COUNT)
    if (
        Intent.LIST in told
        and not outcome
        and not re.search(
            r"案件|諮問|先例|前例|議題|審議|付議|報告|例は|カメラ|自治体|市町村|のは(?:どれ|どの案件)|たのは何"
            rf"|{_WHICH_TOWNS}",
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
        and (Intent.CONDITIONS not in told or _ASKS_WORDS.search(key))
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
    if read_outcomes(key)[0] and _ASKS_ANY.search(key) and told in ([], [Intent.LIST]):
        return Intent.LIST
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
