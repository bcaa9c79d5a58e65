"""Words -> what a message is that minutes cannot answer: a greeting, a forecast, a task …"""

from __future__ import annotations

import re
from enum import StrEnum

from index.japanese import fold


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
        r"|訴え(?:られ|たい|る)|弁護士(?:に(?:相談し|頼み|聞き)(?:たい|ま)|を紹介)"
        r"|(?:おすすめ|お勧め)(?:は|を|です|[?？。]|$)|すべき(?:です|でしょう)か"
        r"|^(?!.*(?:先例|前例|過去|これまで|他の|ほかの|よそ|案件)).*(?:うち|私|当|自分)の(?:市|町|村|区|課|会社)")),
    (Outside.SERVICE, re.compile(
        r"^[^、。]{0,14}(?:申し?込み?|申込|申請|届出?|手続き?|取得|入会|受給)の?(?:方法|仕方|やり方|窓口)"
        r"(?:を|は|って)(?:教え|知り|どう|何|[?？。]*$)|^[^、。]{0,12}の開庁時間|^[^、。]{0,14}はどこで(?:もらえ|申請でき|手続)")),
    (Outside.PERSONAL, re.compile(
        r"[a-z]委員[^。]{0,12}(?:誰|名前|氏名|どなた|実名)|(?:さん|氏|様|委員|会長|課長|係長|職員)の"
        r"(?:ご)?(?:自宅|住所|電話|携帯|連絡先|メール|生年月日|年齢|家族|年収|本名|実名|顔(?!認証|画像|写真|特徴|データ))")),
    (Outside.TASK, re.compile(
        r"(?:(?:予約|送信|連絡|印刷|登録|削除|変更|手配|翻訳)を?(?:取って|して)|送って)"
        r"(?:ください|おいて|くれ|ほしい)(?!と|た|る(?!か))|(?:作って|書いて|作成して)おいて|天気")),
)  # fmt: skip


# 明日の会議で予約システムの諮問があります。: told before the question, and asking nothing itself
_TOLD = re.compile(r"(?:[^。?？]*(?<!か)[。\n]\s*)+(?=[^。?？\s][^?？]*)")


def what_is_asked(text: str) -> str:
    """A message without the sentences before its question that only tell the asker's situation."""
    told = _TOLD.match(text)
    rest = text[told.end() :] if told else ""
    return rest if rest.strip(" 。、") else text


def read_outside(text: str) -> Outside | None:
    """What a message is that minutes cannot answer: a greeting, a forecast, a wish, a task."""
    key = fold(what_is_asked(text))
    return next((kind for kind, pattern in _OUTSIDE if pattern.search(key)), None)
