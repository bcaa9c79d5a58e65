"""What words have the form of a matter's title, and what is only order of business (開会, その他)."""

from __future__ import annotations

import re

from index.japanese import ends_in_action, fold

LONGEST_TITLE = 400
LONGEST_HEADING = 2000  # characters of a line that may be looked into for a title
# order of business: the whole title is such a word, or it ends in what is done at a sitting
_ORDER = (
    r"開会|閉会|散会|休憩|その他|会議?次第|議事次第|会長?挨拶|市長挨拶|挨拶|あいさつ|ごあいさつ|出席|出席者|欠席|欠席者|出欠|傍聴|傍聴者?|資料"
    r"|配[布付]|配[布付]資料|会議資料|連絡|連絡事項|事務連絡|質疑|質疑応答|意見交換|会議の成立|定足数|日程|日程調整|以上|参考|参考資料|報告連絡"
)
_PROCEDURE = re.compile(
    rf"^(?:{_ORDER})(?:の?(?:確認|報告|説明|紹介|状況|事項|調整|指名|宣告|宣言)|について|等)*(?:\([^()]*\))?$"
    r"|(?:資料|諮問書|書面|別紙|口頭)[^、。]{0,8}(?:に(?:基づ|よ|沿)[^、。]{0,4}|で)(?:の?(?:説明|報告))$|^(?:午前|午後)\d{1,2}時(?:\d{1,2}分)?(?:開会|開議|閉会|散会|再開|休憩)|あいさつ$|挨拶$|ご?挨拶(?!状)|(?:委員|事務局|職員|出席者|新任.{0,4})の?紹介(?:について)?$"
    r"|(?:会長|副会長|委員長|部会長|議長|職務代理者?|代理者?|署名.{0,4})(?:の|及び|、|・|を|に).{0,16}(?:選出|選任|互選|指名|選定)"
    r"|(?:会長|副会長|委員長|職務代理者?)(?:選出|選任|互選|指名)"
    r"|^答申(?:第\d+号|書)?の?(?:案|文案|原案)|委嘱|任命|諮問書.{0,4}(?:授受|手交|交付|提出)|諮問書の?(?:授受|手交|交付)"
    r"|(?:前回|前々回|第\d+回).{0,24}(?:会議録|議事録|議事要録|要録|要旨|概要|会議結果)|(?:会議録|議事録"
    r"|会議要旨|議事要旨|会議概要|開催概要)(?:\(案\))?の?(?:署名.{0,12}|承認|確認|確定|公開|について).{0,8}$"
    r"|^会期の?(?:決定|件|について)|^諸般の報告|^会議録署名"
    r"|(?:課|室|係|局|部|機関|担当者?|説明[者員])(?:から|より)の?(?:ご|御)?(?:説明|報告|紹介)$"
    r"|^次回(?:の)?(?:会議|審議会|審査会|開催|日程|以降|予定)?(?:の|について|日|日程|日時|開催|予定|は|$)|今後の(?:日程|予定|スケジュール)"
    r"|^(?:会議|本日の?会議|審議)の公開|^傍聴(?:人|者|$|の|に)|(?:概要|経過)報告$"
    r"|^(?:今後の)?スケジュールについて|会長へ諮問|^(?:平成|令和)[0-9元]{1,2}年[0-9]{1,2}月[0-9]{1,2}日.{0,8}$|^(?:下記|別紙|別添|次|上記|諮問|報告|原案|事務局案)の?(?:とおり|通り)|(?:意見|質問|質疑)(?:等)?(?:と|及び|並びに)[^、。]{0,16}(?:回答|答弁|考え方)$|^[【\[(](?:参考|別添)?資料(?:no\.?)?[0-9①-⑳-]*[】\])]"
)
CONTAINER = re.compile(
    r"^(?:(?!.{0,8}(?:に係る|に関する|に対する)).{0,8}(?:諮問|審議|報告|協議|付議|議決|審査|議)(?:案件|事項|議題"
    r"|事案)?(?:の?(?:審議|審査|報告|説明))?(?:について)?|諮問審議|審議|報告|議題|議事|案件"
    r"|諮問|協議|諮問等?に係る審議(?:について)?|審査請求|部会報告|答申(?:書|案)の(?:確認|審議|検討|決定))(?:\([^()]*\)|【[^【】]*】|\[[^\[\]]*\])*$"
)
# how a matter is heard: no matter of its own
STEP = re.compile(
    r"(?:実施機関|諮問機関|担当課|所管課|事務局|委員)?(?:の|による|から|からの)?(?:説明|質疑|質疑応答|質問|審議|審査|採決|意見|意見交換|結論|経過|概要)(?:等|の概要|の結果|の経過|内容)?(?:\([^()]*\))?"
)
TITLE_END = re.compile(
    r"(?:ついて|[のるた]件|に関すること|の審議|の審査|について(?:の|審議|報告).{0,6}|の可否"
    r"|の有無|の適否|の是非|事案|(?:の|に(?:関する|係る|ついての))(?:諮問|報告|協議)|第\d+号|審査請求|不服申立て?|異議申立て?)"
    r"(?:[(（\[【〔<].{1,30}[)）\]】〕>])*[。]?$"
)
KIND_MARK = re.compile(
    r"[(（\[【〔<](?:新規|継続)?(?:継続)?(?:諮問|報告|協議|審議|審査|継続審議|継続|非公開|公開"
    r"|新規|一部非公開|意見聴取|再諮問|答申)[^()（）]{0,6}[)）\]】〕>]$"
)
QUOTED = re.compile(
    r"^(?:[^「」]{0,24})?「[^「」]{3,}(?:「[^」]*」[^「」]*)?」(?:について"
    r"|の件)?(?:[(（][^()（）]{2,24}(?:\([^()]*\))?[)）])?$"
)
_DEPARTMENT_END = re.compile(
    r"[(（](?P<name>[^()（）]{1,24}(?:課|室|係|局|部|センター|所|館|支所|担当|委員会|区役所|会"
    r"|班|チーム)(?:[、・][^()（）]{1,30}(?:課|室|係|局|部|センター|所))*)[)）]$"
)
_REVIEW = re.compile(
    r"審査請求|不服申|異議申立|\(不服\)|諮問受理|(?:開示|訂正|利用停止|消去)(?:等)?(?:をしない)?(?:の)?決定(?!等?の?(?:期限|期間|基準|手続|状況|件数))|諮問事案|裁決"
)
OF_REVIEW = re.compile(r"審査請求|不服申立|異議申立|\(不服\)")


# the title itself stands below: 市長からの次の諮問事項についての審議
TITLE_FOLLOWS = re.compile(r"次の(?:諮問|協議|報告|審議|付議)(?:事項|案件)[^。]*$")


def is_procedure(title: str) -> bool:
    """Whether a title is order of business (開会, 会長の選出, 前回会議録の承認) and no matter decided on."""
    key = fold(title)
    return bool(_PROCEDURE.search(key) or TITLE_FOLLOWS.search(key))


def looks_like_title(title: str) -> bool:
    """Whether words have the form of a matter's title: …について, a kind in brackets, a quoted name."""
    key = fold(title)
    return len(key) <= LONGEST_TITLE and bool(
        TITLE_END.search(key)
        or KIND_MARK.search(key)
        or QUOTED.match(key)
        or _DEPARTMENT_END.search(key)
    )


# nouns with which a matter's title ends as well as with an action
_THING_DECIDED = re.compile(
    r"(?:状況|条例|規則|要綱|要領|規程|計画|評価書?|指針|ガイドライン|制度|協定|契約|システム|案)(?:等|など)?(?:\((?:素?案|改定案|改正案)\))?$"
)
_SHORTEST_ACTION = 8
_LAST_CHARACTERS = 40  # of a title, that show what it ends with


def names_an_action(title: str) -> bool:
    """Whether words end as titles without について do: in a noun of what is done (…の委託), or of what is
    made or told (…条例(案), …の状況). Where they stand must say that they are a title at all."""
    key = fold(title)
    if not _SHORTEST_ACTION <= len(key) <= LONGEST_TITLE or key.endswith(("。", "、")):
        return False
    key = _ASIDE_END.sub("", key)
    if _THING_DECIDED.search(fold(title)) or _THING_DECIDED.search(key):
        return True
    return ends_in_action(re.sub(r"(?:等|など)$", "", key[-_LAST_CHARACTERS:]))


_ASIDE_END = re.compile(r"\([^()]*\)$")


_REPORT = re.compile(r"報告|運用状況|実施状況|施行状況")
_NUMBERED_MATTER = re.compile(r"審議(?:案件|事項)?\d")


def kind_of(*texts: str) -> str:
    """consultation, report, review or other, as the words around a title say; empty if nothing does."""
    for text in texts:
        key = fold(text)
        if _REVIEW.search(key):
            return "review"
        consultation = "諮問" in key
        if not consultation and _REPORT.search(key):
            return "report"
        if consultation or _NUMBERED_MATTER.match(key):
            return "consultation"
    return ""


def inside_marks(key: str) -> str:
    """A key without the marks and brackets around it."""
    return key.lstrip("[【〔<〈《(≪◇◆●○■□◎※・-").rstrip("]】〕>〉》)≫:：-")
