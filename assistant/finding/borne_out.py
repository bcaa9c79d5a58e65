"""Question + the words of an answer -> whether they hold the very particular asked for.

A telephone number is not told by a sentence that speaks of telephone numbers, nor the day on which
something leaked by one in which nothing leaks.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.questions import Question
from assistant.understanding.kinds import counter_of, holds, without_idioms
from assistant.understanding.wants import Wanted
from index.japanese import fold

_WHO = r"(?:担当者?|責任者|代表者|請求人|本人|方|人|職員|委員|者)"
_ASKS_PERSON = re.compile(rf"{_WHO}の?(?:は誰|はどなた|の?(?:お)?名前|の?氏名)|氏名(?:は|を)")
_PERSON = re.compile(
    r"[一-龠々ァ-ヶー]{1,6}(?:氏|さん|様|委員|会長|委員長|課長|係長|部長|室長|所長|主査|主任|補佐|教授|弁護士)"
    r"|(?:会長|委員|議長)[\s:：(（]*[一-龠々]{2,5}|[a-z]委員|委員[a-z]"
)
_FULL_NAME = re.compile(  # no letters set apart: 事 務 の 概 要
    r"(?<![一-龠々])(?:[一-龠々]{1,4}[ \u3000][一-龠々]{2,4}|[一-龠々]{2,4}[ \u3000][一-龠々])"
    r"(?![一-龠々ぁ-ん])"
)
_ASKS_NAME = re.compile(
    r"(?:お?名前|名称|社名|学校名|会社名|団体名|業者名|機種名|製品名|メーカー|病院名|店名)"
    r"(?:は(?:何|どこ|[?？。]|$)|を(?:教え|知り|挙げ|全部|すべて)|[?？。]*$)"
)
_ASKS_COMPANY = re.compile(r"(?:会社|業者|事業者|ベンダー|社)の?名(?:前|称)?(?:は|を|[?？。]*$)")
# names something, where the question has not said it
_NAME = re.compile(
    r"株式会社|有限会社|\(株\)|㈱|「[^「」]{2,20}」|[a-z]{3,}|(?<![ァ-ヶー])(?!システム|データ|サービス|サーバ|クラウド"
    r"|カメラ|センター|ネット|メール|パスワード|アプリ|スマート|ホームページ|インターネット|セキュリティ)[ァ-ヶー]{3,}|[一-龠々]{1,6}(?:小学校|中学校|高校|大学|病院"
    r"|銀行|組合|法人|協会|公社|センター|研究所|データ|(?<!会)社(?![員内会]))"
)
# 郵便局の名前, 何という保育園: kinds whose names end with the word for the kind
_WITH_NAMES = (
    r"(?:保育園|保育所|幼稚園|学校|高校|大学|病院|診療所|郵便局|銀行|金融機関|図書館|公民館"
    r"|組合|協会|公園|商店街|施設)"
)
_NAMED_KIND = re.compile(rf"({_WITH_NAMES})の(?:お?名前|名称)|何(?:と|て)いう({_WITH_NAMES})")
_NO_PROPER = (  # before the kind: 市立, 区内, 各
    r"(?:[市区町村県国都府]?[立内営外有]|[小中]|各|当該?|全|同|本|対象|協力|地域|近隣|[公私]立|民間|一部|複数)"
)
# what came of a thing is not told by the demand that it be done and reported
_ASKS_RESULT = re.compile(r"結果(?:は|の(?:報告|内容)|を|$|[?？])|報告(?:の)?内容|実績|成果")
_DEMANDS = re.compile(r"(?:すること|させること|されたい|願いたい|すべき(?:である|です)?)[。」』]*$")
_ASKS_NUMBER = re.compile(
    r"(?:電話番号|連絡先|ファックス番号|内線)(?:は|を(?:教え|知り)|[?？。]*$)|何番(?:です|でし|[?？]|$)"
)
_NUMBER = re.compile(
    r"[0-9]{2,4}-[0-9]{2,4}|(?<![0-9])[0-9]{5,}|内線[0-9]+|(?<![0-9])[0-9]+(?:番|号)"
)
_ASKS_MOST = re.compile(
    r"(?:一番|いちばん|最も)[^。]{0,10}(?:多|少な|長|短|高|低|大き|小さ|安)|最多|最少|最長|最短|最大|最小"
)
_SAYS_MOST = re.compile(r"最も|一番|いちばん|最多|最少|最長|最短|最大|最小|トップ|次いで|第1位|1位")
_HAPPENED = re.compile(
    r"[たっ]の?は、?(?:いつ|どこ|誰|何[月年日回人件度])|[たっ]日は、?(?:いつ|何)"
)
_PREDICATE = 10  # characters before たのは in which the word stands that tells what happened
_BARE_FIGURE = re.compile(r"(?:約|およそ|計)?[0-9][0-9,.]*[^0-9]{0,3}")


def _names_one(folded: str, kind: str, asked: str) -> bool:
    """Whether a folded text names one of a kind (緑丘保育園) and does not only speak of it, as the
    question itself does."""
    named = re.finditer(rf"([一-龠々ァ-ヶーa-z0-9]{{1,10}}){kind}|{kind}「", folded)
    return any(
        not m[1] or (not re.fullmatch(rf"{_NO_PROPER}+", m[1]) and m.group() not in asked)
        for m in named
    )


def _without(key: str, whole: str) -> str:
    """Folded words without the terms that the question has said itself."""
    for said in set(re.findall(r"[a-z0-9ァ-ヶー一-龠々]{3,}", key)):
        whole = whole.replace(said, "、")
    return whole


def bears_out(question: Question, said: Sequence[str], about: str) -> bool:
    """Whether an answer's quotes hold the particular that a question asks for.

    `said` are the quotes of its first line, `about` the text that they stand in, as written.
    """
    key = fold(question.text)
    words = [fold(quote) for quote in said]
    whole = " ".join(words)
    if _ASKS_RESULT.search(key) and said and all(_DEMANDS.search(words_) for words_ in words):
        return False
    if _ASKS_NUMBER.search(key) and not _NUMBER.search(whole):
        return False
    if "メールアドレス" in key and not re.search(r"項目|何を", key) and "@" not in whole:
        return False
    if _ASKS_MOST.search(key) and not _SAYS_MOST.search(whole):
        return False  # one row or sentence does not say that no other has more
    if _ASKS_PERSON.search(key):
        return bool(_PERSON.search(whole)) or any(map(_FULL_NAME.search, said))
    if _ASKS_COMPANY.search(key) and not holds(Wanted.COMPANY, _without(key, whole)):
        return False
    kind = _NAMED_KIND.search(key)
    if kind is not None:
        if not _names_one(whole, kind[1] or kind[2], key):
            return False
    elif _ASKS_NAME.search(key) and all(m.group() in key for m in _NAME.finditer(whole)):
        return False
    counter = None if "何条" in key else counter_of(key)  # 第14条 is a number in its own way
    counted = counter is None or counter.search(re.sub(r"第[0-9]+", "", without_idioms(whole)))
    if not counted and not any(_BARE_FIGURE.fullmatch(word) for word in words):
        return False
    happened = _HAPPENED.search(key)
    if happened is None:
        return True
    before = key[max(0, happened.start() - _PREDICATE) : happened.start() + 1]
    told = [
        term
        for term in question.terms
        if re.search(f"{re.escape(term.key)}[ぁ-ん]{{0,4}}$", before)
    ]
    near = fold(about)
    return not told or any(term.share(near) >= 0.5 for term in told)
