"""Words -> what is asked of a sitting: its day, its place, who was there, whether it was open …"""

from __future__ import annotations

import re

from index.japanese import fold
from index.sittings.particulars import Told

# what the catalogue knows of a sitting beside the particulars of its minutes
DAY = "day"
PRESENT = "present"
CASE_DAY = "case_day"  # of a matter: when and where it was heard
Asked = Told | str

_WHO = r"(?:誰|だれ|どなた|名前|氏名|何さん|何という|何て|何と言う|教え|知り)"
_SITTING = (
    r"(?:会議|審議会|審査会|委員会|部会|会合|第[0-9一二三四五六七八九十]+回|[0-9一二三]日目"
    r"|その(?:日|回)|当日)"
)
# These words speak of a sitting by themselves
_PLAIN: tuple[tuple[Asked, str], ...] = (
    (Told.VICE,
        rf"(?:副会長|副委員長|職務代理者?|会長代理)(?:は|の|を|に|って)[^。]{{0,10}}{_WHO}|(?:副会長|副委員長|職務代理者?|会長代理)"
        rf"(?:は|には?)?(?:[?？。]*$|[^。]{{0,8}}(?:選ばれ|指名|なった|務め))|{_WHO}[^。]{{0,8}}(?:副会長|職務代理|会長代理)"),
    (Told.CHAIR,
        rf"(?<!副)(?:会長|議長|委員長|座長|部会長)(?!代理|職務|及び|の職務)(?:は|の|を|に|って)[^。]{{0,10}}{_WHO}"
        r"|(?<!副)(?:会長|議長|委員長|座長)(?:は|って)?[?？。]*$|(?<!副)(?:会長|委員長)に(?:は)?[^。]{0,8}(?:選ばれ|選出|互選|なった|就任)"
        rf"|{_WHO}[^。]{{0,10}}(?<!副)(?:会長|議長|委員長)|(?:司会|進行|議事を進め)[^。]{{0,10}}{_WHO}"),
    (Told.ABSENT,
        r"欠席(?!連絡|届|の連絡|等|情報|日数)|休んだ(?:委員|人)|来なかった(?:委員|人)|い?なかった委員|(?:全員|委員)(?:が|は|、)?(?:全員)?(?:そろ|揃|出席し(?:た|て|ま)[^。]{0,6}か)"),
    (Told.OBSERVERS,
        r"傍聴(?:者|人|に来た|した(?:人|方|市民)|し(?:て|に))[^。]{0,10}(?:何|い(?:た|ま|る|な)|数|誰|あ[りっ]|来)"
        r"|傍聴(?:者|人)(?:数|は|も)?[?？。]*$"),
    (Told.OPENNESS,
        r"(?<!情報)公開(?:か|・|または|又は|それとも)、?非公開|傍聴(?:は|が)?(?:でき|可能|可|不可|認め|許)"
        r"|(?:会議|審議会|審査会|委員会|部会|議事|議題|回|審議)(?:は|が|を|も|で)[^。]{0,8}(?:(?<!情報)公開|非公開)"
        r"(?!請求|決定|条例|制度)"),
    (Told.PAPERS,
        r"配[布付](?:された)?資料|資料[^。]{0,6}配[らっ布付]|会議資料"
        r"|(?:会議|当日|回|審議会|審査会)の?資料(?:は|に|を|って)"),
    (Told.EXPLAINERS,
        rf"{_SITTING}で(?:は)?説明した(?:の|人)は(?:誰|どなた)|説明(?:員|者)(?:は|と|の|を|って|として)|説明に(?:来た|出た)|説明のため[^。]{0,6}出席"),
    (Told.HOST,
        rf"主管課|{_SITTING}[^。]{{0,4}}(?:を|は)?どの課が(?:担当|所管|開)|(?:会議|審議会|審査会|委員会)の(?:担当課?|所管課?|庶務|事務局)は(?:どこ|どの|何)"),
    (Told.OFFICE, rf"事務局(?:は|の|から|側)[^。]{{0,10}}(?:{_WHO}|何人|何名|出席|職員は)"),
    (Told.NEXT,
        r"[0-9]+回の次(?:は|の)[^。]{0,12}(?:いつ|何月|何日|予定|日)|次回(?:の?(?:会議|開催日?|審議会|審査会|委員会|日程|予定))?(?:(?:は|の|って)[^。]{0,12}(?:いつ|何月|何日|日|予定|開)|は?[?？。]*$)"
        r"|次の(?:会議|審議会|審査会|委員会)(?:は|の)[^。]{0,8}(?:いつ|何月|何日|日)"),
    (PRESENT,
        # not who objected, asked, …: 反対した委員は誰
        r"出席(?:者|委員)|(?:出席|参加)した(?:委員|人|方|の)|(?<![一-龠々たるだ])(?:委員|メンバー)は(?:誰|何人|何名|どなた|全部で何)|何[人名](?:の委員)?[がは]?(?:出席|参加|集ま)|(?:会議|審議会|審査会|委員会?|回)(?:に|で)?(?:は)?何[人名](?:の委員)?[がは]?い(?:た|ま)"
        r"|(?:出席|参加)(?:者)?(?:は|の)?(?:人?数|何[人名]|委員)|顔ぶれ|参加者|何[人名]の委員"),
    (Told.AGENDA,
        r"議題(?!に)|議事次第|会議次第|次第(?:は|を)|議事(?:は何|の内容)|審議事項|何(?:が|を)(?:審議|話し合|議論|取り上げ)|どんな(?:こと|内容)[をが](?:話し|審議|議論)"),
)  # fmt: skip
# and these where a sitting is named beside them
_OF_A_SITTING: tuple[tuple[Asked, str], ...] = (
    (Told.EXPLAINERS, r"誰が説明|説明した(?:の|人)は誰"),
    (DAY, r"いつ|何日(?!に分)|何月|日付|日時|開催日|何曜日|何年"),
    (Told.PLACE, r"どこ|場所|会場|どの(?:部屋|会議室|建物)|何階"),
    (Told.HOURS, r"何時|時刻|所要|何分(?:間|で|かか)"
        r"|どのくらい(?:の時間)?(?:かか|続)|時間(?:は|を)"),
)  # fmt: skip
_HEARD = re.compile(
    r"(?:審議|諮問|議論|付議|報告|検討|承認|可決|決定)(?:され|し|があっ)(?:た|て)?(?:の|会議)?[はが]?[^。]{0,6}"
    r"(?:いつ|何月|何年|何日|第?何回|どの(?:会議|回))"
    r"|(?:諮られ|かけられ|かかっ|話し合われ|認められ|取り上げられ)た?(?:の|会議)?[はが]?[^。]{0,6}"
    r"(?:いつ|何月|何年|何日|第?何回|どの(?:会議|回))"
    r"|(?:いつ|何月|何年|何日|第?何回|どの(?:会議|回))[^。]{0,10}"
    r"(?:審議され|諮問され|諮られ|付議され|議論され|承認され|かけられ|認められ|審査会にかか|審議会にかか)"
)
# what a question on a sitting may name beside the matter heard there
_OF_SITTINGS = re.compile(
    r"会議|審議|審査|委員|会長|議長|出席|欠席|傍聴|公開|事務局|次回|日程|資料|主管|説明|議題|部会|開催|開か|務め|人数|来|終わ|始ま"
    r"|個人情報保護|情報公開|選|指名|日時|場所"
)
_HOURS = re.compile(
    r"何時(?:間)?(?:に|から|まで)?[^。]{0,6}(?:終わ|始ま|閉会|開会|開か|散会|終了|開始)"
    rf"|{_SITTING}[^。]{{0,20}}何(?:時間|分)(?:間|で|かか|くらい)|何(?:時間|分)(?:間|で|かか|くらい)[^。]{{0,20}}{_SITTING}"
)
_HELD = re.compile(
    rf"{_SITTING}[^。]{{0,24}}(?:いつ|どこ|日時|会場|場所|何時|何日|何月|何曜日|開か|開催|時間|所要|部屋|会議室)|会場(?:は|の)"
    r"|(?:いつ|どこで|何時に)(?:開か|開催|開い)"
)
# 会議の何が問われたか: 個人情報を使う場所 or 委託の時期 is not of the sitting
_NOT_HELD = re.compile(
    r"(?:保存|保管|委託|設置|導入|運用|利用|開始|施行|提供|サーバ|データ|システム|カメラ|諮られ|諮問され|付議|承認|報告|決ま|会議録|議事録|(?:いつ|何月|何年度?)から)"
)


_WHAT_WAS_SAID = re.compile(
    r"(?:何|なん)(?:と|て|を)(?:言|述べ|答|説明|発言|まとめ)|どう(?:言|述べ|答|まとめ)"
)
_TOOK_SIDES = re.compile(r"賛成|反対|意見を|述べ|言っ|質問|発言|手を挙げ|採決|棄権|署名")


def read_asked(text: str) -> tuple[Asked, ...]:
    """What a message asks of a sitting, in the order asked; empty where it asks something else."""
    key = fold(text)
    if _HEARD.search(key):
        return (CASE_DAY,)
    found: list[tuple[int, Asked]] = []
    for asked, pattern in _PLAIN:
        match = re.search(pattern, key)
        if match is not None:
            found.append((match.start(), asked))
    if re.search(r"なぜ|理由|どうして", key):
        closed = any(asked is Told.OPENNESS for _, asked in found) or re.search(
            rf"{_SITTING}[^。]{{0,12}}非公開(?!決定)|非公開(?!決定)[^。]{{0,8}}{_SITTING}", key
        )
        return (Told.WHY_CLOSED,) if closed else ()
    held = _HELD.search(key) and not _NOT_HELD.search(key)
    if held or (found and re.search(_SITTING, key)):
        for asked, pattern in _OF_A_SITTING:
            match = re.search(pattern, key)
            if match is not None and not any(
                match.start() - 14 <= at <= match.end() and other is Told.NEXT
                for at, other in found
            ):
                found.append((match.start(), asked))
    elif hours := _HOURS.search(key):
        found.append((hours.start(), Told.HOURS))
    others = (Told.ABSENT, Told.OBSERVERS, Told.OFFICE, Told.EXPLAINERS)
    of_others = any(asked in others for _, asked in found)  # 傍聴者は何人
    if of_others and not re.search(r"(?<!欠)出席(?:者|委員|した)", key):
        found = [pair for pair in found if pair[1] != PRESENT]
    if _TOOK_SIDES.search(key):  # who objected, asked …: no list of those present
        found = [pair for pair in found if pair[1] != PRESENT]
    if _WHAT_WAS_SAID.search(key):  # 会長は何と言ったか
        found = [pair for pair in found if pair[1] is not Told.CHAIR]
    if any(asked is Told.HOST for _, asked in found):
        found = [pair for pair in found if pair[1] is not Told.PLACE]
    if not re.search(_SITTING, key):  # 議題 of what? そこでの案件の一覧 is a list of cases
        found = [pair for pair in found if pair[1] is not Told.AGENDA]
    order = dict.fromkeys(asked for _, asked in sorted(found, key=lambda pair: pair[0]))
    return tuple(order)


def names_a_matter(word: str) -> bool:
    """Whether a folded word may name the matter heard, and is not one that speaks of sittings."""
    return not _OF_SITTINGS.search(word)
