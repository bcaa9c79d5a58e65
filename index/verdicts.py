"""The grammar of verdicts: what a sentence of minutes says that the council concluded, if anything.

A verdict is a finite clause whose predicate decides (承認する, 「可」とする, 妥当である, 継続とする …) and
whose subject is the case. Not verdicts: questions and requests, the approval of the last minutes,
elections, a decision told of another time or as an attribute of a noun (以前承認した案件), and the
agency's own decision under review (不承認決定). Who may speak a verdict is judged in `decisions`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from index.deferral import of_other_matter, put_off
from index.japanese import fold, folded_with_offsets
from index.partial import decided_in_part, says_how


class Outcome(StrEnum):
    """What the council concluded on a case at one sitting."""

    APPROVED = "approved"
    APPROVED_WITH_CONDITIONS = "approved_with_conditions"
    PARTLY_APPROVED = "partly_approved"
    CONTINUED = "continued"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    REPORTED = "reported"
    NOT_RECORDED = "not_recorded"


@dataclass(frozen=True, slots=True)
class Verdict:
    """A verdict in a sentence: its class, and the spans of its conditions in that sentence.

    `conditions_elsewhere` is true where the sentence says that conditions are attached but names
    them before or after (先ほどの意見を付した上で; 次の条件を付して).
    """

    outcome: Outcome
    conditions: tuple[tuple[int, int], ...] = ()
    conditions_elsewhere: bool = False


LONGEST_SENTENCE = 4000  # characters: what has no full stop for so long is no sentence

# A finite ending: after it the clause is over, or only formal words follow.
_END = (
    r"(?:(?:という)?こと(?:と|に)(?:する|した|します|しました|し(?=、)|された|されました|なる|なった|なりました"
    r"|決定.{0,6}|決し.{0,4}|いたし.{0,4}|致し.{0,4}|しましょう|しよう)"
    r"|もの(?:である|とする|とした|と認める|と認めた|と判断.{0,6}|と思料.{0,6})?"
    r"|(?:という)?ことで(?:了承|決定|決し|答申).{0,14}"
    r"|旨.{0,16}|と(?:の結論|答申|決定|し|の答申).{0,10}|ので、?|と(?=。)|。)?"
    r"(?=[。、,;；\-」』()（）】\]〉>]|$|なお|ただし)"
)
_AS_ASKED = r"(?:諮問|原案|提案|案|申請)(?:書)?(?:の)?(?:とおり|どおり|通り|通りに|とおりに)"
_DO = (
    r"(?:(?:という)?こと(?:と|に)(?:する|した|します|しました|いたします|なった|なりました)|する|した|します|しました|される|された|されました|とする|とした|とします"
    r"|としました|とされ(?:る|た|ました)"
    r"|となる|となった|となりました|とな(?:り|っ).{0,3}|と?(?:いた|致)(?:します|しました|す)"
    r"|と(?:決定|決)(?:する|した|し|され).{0,3}"
    r"|とする(?:旨の?)?答申(?:を?(?:行う|行った|する|した))?|を(?:得た|得る|得ました)|され(?=、)|し(?=、)|とし(?=、)|とさせて(?:いただ(?:く"
    r"|き).{0,3}|頂(?:く|き).{0,3})|と認め(?:る|た|ます|ました|られる|られた|られました))"
)
_BE = (
    r"(?:である|とします|としました|といたします|であると(?:認|判断|考え|思料|の(?:結論|(?:点検|審議|審査|評価)?結果))[^、。]{0,10}|とする|とした|とされ(?:る|た)"
    r"|と(?:認め|判断)(?:る|た|ます|ました|られる|られた|られました|する|した|しました|され(?:る|た|ました))|です|と決.{0,4}"
    r"|と認め(?:る|た)(?:旨の?)?答申.{0,6}|と認め(?=、)|とのこと|との(?:結論|意見|判断|(?:点検|審議|審査|評価)?結果).{0,12}|とする(?:旨の?)?答申(?:を?(?:行う|行った|する|した))?|と(?:の)?答申.{0,6})"
)
_REJECTED = re.compile(
    r"(?:[はてで、]|により|によって)(?:否決|不承認|不適当)(?=[。(（」]|$)"
    rf"|(?:不承認|不可|不適当|不相当|否決|「否」|(?<![可是賛])否){_DO}{_END}"
    rf"|(?:不適当|不相当|不適切)」?{_BE}{_END}"
    rf"|(?:適当|妥当|相当)(?:で(?:は)?ない|とは(?:言え|いえ"
    rf"|認められ)ない)(?:{_BE})?(?:と(?:いうことで)?[^。、]{{0,16}})?{_END}"
    r"|(?:適当|妥当|相当)で(?:は)?ないとの(?:意見|結論|判断)で(?:まとま|一致し)った(?=。|$)"
    rf"|(?:承認|了承|同意)(?:し|でき|は?され)(?:ない|ません(?:でした)?|なかった)(?:{_DO})?{_END}"
    rf"|(?:承認|了承|同意|是認|容認|許容|可と)することは?(?:でき|し)(?:ない|ません){_END}"
    rf"|{_AS_ASKED}[^。、]{{0,14}}?(?:する|行う)ことは(?:でき|認められ)(?:ない|ません){_END}"
    rf"|(?:承認|了承|同意|可決)(?:しない|できない)(?:こと|旨)[をにで][^。、]{{0,8}}(?:承認|了承|決定|可決){_DO}{_END}"
    rf"|認めるわけに(?:は|も)?(?:いかない|いきません|まいりません|参りません)(?:{_DO}|との.{{0,14}}|という(?:結論|こと).{{0,10}})?{_END}"
    rf"|(?:認め(?:ない|られない|ることはできない|難い|がたい)|認めることができない)(?:という答申.{{0,8}}|{_DO}"
    rf"|との.{{0,14}})?{_END}"
    rf"|(?:認める|(?:承認|了承|実施|提供)する)ことは(?:困難|難しい|不適当)(?:である)?(?:もの)?(?:と(?:の)?(?:答申|判断|結論|意見|認め|し)[^。、]{{0,16}})?{_END}"
    rf"|認められ(?:なかった|ませんでした){_END}"
    rf"|(?:承認|了承|可決|同意)(?:する)?に(?:は)?至ら(?:ない|なかった|ず){_END}"
)
_CONTINUED = re.compile(
    rf"(?:継続)(?:審議|審査|協議|案件|して(?:審議|審査|協議)(?:する)?|扱い)?(?:の扱い"
    rf"|こと)?(?:{_DO}|とな.{{0,4}}|に.{{0,6}}){_END}"
    rf"|(?:次回|次の(?:会議|審議会|審査会)|後日|改めて|あらためて|再度|再び|もう一度|引き続き|引続き)[^。]{{0,40}}?"
    rf"(?:審議(?!会)|審査(?!会)|点検|検討|協議(?!会)|諮(?!問の?(?:とおり|どおり|通り))|付議|上程|議論|再提[案出]|判断|結論|説明|報告を(?:受け|求め|聴))[^。、]{{0,14}}?"
    rf"(?:こと(?:と|に)(?:する|した|なる|なった|なりました|します|しました|いたし.{{0,3}})|{_DO}){_END}"
    rf"|(?:結論|判断|採決|議決|審議|承認|可決|答申)(?:を|は)、?(?:本日は)?(?:出さ(?:ず|ない)|次回.{{0,10}}|持ち?越.{{0,8}}"
    rf"|(?:保留|留保).{{0,6}}|見送.{{0,6}}|見合わせ.{{0,12}}|延期.{{0,6}}){_END}"
    rf"|(?:保留|留保|持ち?越し|持ち帰り|再審議|再審査){_DO}{_END}|次回(?:以降)?[にへ](?:持ち?越|繰り?越|先送り|延期)[^。、]{{0,12}}{_END}"
    rf"|(?:次回|次の(?:会議|審議会|審査会)|後日|改めて|再度|引き続き)[^。、]{{0,20}}(?:審議|審査|協議|点検)(?:を行う|を続ける|を継続する){_END}"
    rf"|次回(?:の(?:会議|審議会|審査会|部会))?(?:は|に|で)、?[^。]{{0,60}}(?:審議|審査|協議|点検)を(?:行う|続ける){_END}"
    rf"|(?:調査)?(?:審議|審査|検討)(?:を(?:続けて|継続して|行って)いる|(?:を)?継続中(?:である|です)|中である){_END}"
)
_WITHDRAWN = re.compile(
    rf"(?:取り?下げ|撤回)(?:る|する|し?たい)?(?:旨|と)?の?(?:申し?出|届け?出?|連絡|意向|要請|こと)(?:が|を|で)[^。]{{0,40}}?(?:審議|審査|調査)[^。、]{{0,6}}(?:行わ(?:ない|なかった)|行いません|し(?:ない|なかった|ません)|終了|打ち?切|取りやめ)[^。、]{{0,8}}{_END}|"
    rf"(?:諮問|議案|案件|本件|申請)の?取り?下げ(?=\(|。|$)|取り?下げ(?:を|は|について)(?:了承|承認|了解|同意|お?認め)(?:る|する|した|された|し){_END}"
    rf"|取り?下げ(?:と|ということで|として)[^。、]{{0,6}}(?:扱|処理|承|了承)[^。、]{{0,8}}{_END}"
    rf"|取り?下げ(?:られた|となった|た)(?:ため|ので|こと(?:により|から))、?[^。]{{0,24}}(?:審査|審議|調査)[^。]{{0,12}}(?:終了|終結|打ち?切|取りやめ|し(?:ない|なかった))[^。、]{{0,12}}{_END}|(?:取り?下げ)(?:る|た|ます|られ(?:る|た|ました)|となった|とする|とな.{{0,4}}|(?:る|たい)?(?:の|との|旨の)?(?:申し?出|届出?|連絡)が(?:あり|あった)(?:旨、?[^。、]{{0,8}}(?:報告|説明)[^。、]{{0,8}}|[^。、]{{0,4}})"
    rf"|された){_END}|撤回{_DO}{_END}"
)
_APPROVED = re.compile(
    r"(?:承認|了承|可と|適当と認め)(?:する|し)(?:ます|た)?が、[^。]{4,200}?ことを条件とする(?=。|$)|"
    r"(?:承認する|了承する|可とする|(?:適当|妥当)(?:である)?と認める|(?:適当|妥当)である)が、(?:次|以下|下記)の[^。]{0,60}(?:こと|とする|求める|付す|されたい)(?=。|$)|"
    rf"(?<!不)(?:承認|了承|可決|了解|同意|是認|容認|決定|許可){_DO}{_END}"
    rf"|(?:[はてで、]|とおり|どおり|通り|なく|条件に|前提に|により|によって|[付附]し)(?:承認|了承|可決|可)(?=[。(（」]|$)|「可」{_DO}{_END}|(?<![不])可{_DO}{_END}"
    rf"|(?<![完終満修校読受])「?(?:了|是)」?と(?:する|した|します|しました|し(?=、)|され(?:る|た|ました)|いたします){_END}"
    rf"|お認め(?:する|した|します|しました|いたします|し(?=、)){_END}|是認でき(?:る|ます){_END}"
    rf"|(?:承認|了承|可決)された(?:もの|こと)と(?:する|します|いたします|認め(?:る|ます|ました)){_END}"
    rf"|(?:承認|了承|可)と?(?:する|し|いたし)(?:ます|た)?が、[^。]{{4,200}}?(?:よう(?:に)?|こと)(?:を|が)?、?(?:条件|意見|要望)(?:と(?:する|します|した)|として付(?:す|します|した)|を付(?:す|します|した))(?=。|$)"
    rf"|(?<!不)(?:適当|妥当|相当|適切)(?:な(?:もの|こと))?」?{_BE}{_END}"
    rf"|(?:やむを|止むを)得ない(?:もの)?と(?:する|した|認め.{{0,3}}|判断.{{0,4}}|の結論.{{0,8}}|答申.{{0,4}}){_END}"
    rf"|(?:して|行って|実施)(?:も)?(?:よ|良)い(?:もの|こと)?と(?:する|した|認め.{{0,3}}|判断.{{0,4}}|の結論.{{0,8}}){_END}"
    rf"|{_AS_ASKED}[^。、]{{0,20}}?(?:認め(?:る|た|ます|ました)|(?:答申|決定)(?:する|した"
    rf"|します|しました|された|いたします|致します)|決(?:する|した)|(?:でよいこと)?と(?:する|した|します|しました"
    rf"|いたします)){_END}"
    rf"|(?:差し?支え|支障|問題|異論|異議)(?:は|が)?(?:ない|ありません)(?:もの)?(?:と(?:する|いたします|致します|します"
    rf"|した|認め.{{0,3}}|判断.{{0,4}}|の結論.{{0,8}}|答申.{{0,4}})){_END}"
    rf"|認め(?:る|た|ます|ました|られた|られる|られました)(?:こと(?:と|に).{{0,4}}|ものとする)?{_END}"
    rf"|(?:(?<!不)(?:承認|了承|可決|適当|妥当)(?:である)?(?:と)?(?:する)?|認める|差し支えない)(?:という|との)?(?:こと|結論)(?:で|に)(?:は)?、?(?:全員の?|委員の)?(?:意見が)?(?:まとま(?:り(?=、)|った|りました)|(?:一致|合意)(?:し(?=、)|した|しました|をみた)){_END}"
)
# under a heading of results no more need be said
NOTHING_AGAINST = re.compile(
    rf"(?:(?:差し?支え|支障|問題|(?:ことに|については?)、?(?:異論|異議))(?:は|が|も)?(?:ない|ありません|なし)|(?:やむを|止むを)得ない){_END}"
)
_DECIDING = ((_WITHDRAWN, Outcome.WITHDRAWN), (_REJECTED, Outcome.REJECTED),
             (_CONTINUED, Outcome.CONTINUED), (_APPROVED, Outcome.APPROVED))  # fmt: skip

_NOT_DECIDING = re.compile(
    # a question, a request, a wish, a supposition
    r"(?:との|という|旨の)(?:少数|反対)?(?:御|ご)?(?:意見|声|指摘|要望|発言|提案)(?:が|も)(?:あ(?:った|りました|る)|出(?:た|ました|され(?:た|ました))|(?:述べ|示さ)れ(?:た|ました))[。」)）]*$"
    r"|(?:か|でしょうか|いかが|かどうか|か否か)[。?？」)）]*$|(?:たい|ほしい|欲しい|願(?:う"
    r"|います|いたい)|お願い[^。]{0,10}|べきで(?:ある|はないか)|と思う|と思います|と考える"
    r"|かもしれない|だろう|ではないか)[。」)）]*$|(?:なら(?:ば)?|のであれば"
    r"|であれば)(?:、)?[^。]{0,12}(?:承認|了承|認め|可と)"
    r"|(?:承認|了承|同意|意見|認可)を(?:求め|得たい|いただきたい|得なければ|得る必要)"
    r"|(?:お諮り|諮問)(?:する|します|いたします|した|しました)[。」]*$"
)
_OTHER_SUBJECT = re.compile(
    r"(?:説明|報告|趣旨|内容)(?:を|は|について)?[^。]{0,6}(?:了承|了解|了と)|(?:保護者|本人|住民"
    r"|市民|利用者|家族|相手方|委託先|事業者)(?:から|の|は|が)[^。]{0,12}(?:同意|了解|承認"
    r"|承諾)|"  # the minutes, an election, the sitting itself, another time, the public
    r"(?:会議録|議事録|会議要旨|議事要旨|開催概要|会議の?概要|要点記録|会議結果"
    r"|前回の?概要)(?:\(案\))?[^。]{0,24}(?:承認|了承|確認|確定|決定|異議)"
    r"|(?:会長|副会長|委員長|副委員長|職務代理者?|部会長|議長|署名(?:委員|人))(?:の)?(?:を"
    r"|に|は|として|には)?[^。]{0,24}(?:選出|選任|互選|指名|推薦|就任|選ば|お願い)"
    r"|(?:傍聴|非公開|会議)(?:と|を|に|の|は)[^。]{0,18}(?:決定|承認|了承|許可|認め|異議)"
    r"|(?<![^。、議会日件題]の)公開(?:と|を|に|の|は)[^。]{0,18}(?:決定|承認|了承|許可|認め|異議)"
    r"|(?:日程|開催日時?|次回(?:の)?(?:会議|審議会|開催))[^。]{0,30}(?:決定|了承|承認)"
    r"|(?:欠席|一任|順番|順序|差し?替え|小委員会|任期)[^。]{0,20}(?:決定|了承|承認)"
    r"|答申(?:書)?(?:案)?(?:を|について|は|の(?:案|内容|文案))[^。]{0,16}(?:決定|了承|承認|確定)"
    r"|答申(?:書)?(?:の)?案(?:が|を|に|は|について)[^。]{0,80}(?:決定|了承|承認|確定|答申(?:する|した))"
    r"|議題とする|議事(?:に|を)(?:入|進)"
)
_ANOTHER_TIME = re.compile(
    r"(?:以前|前回|前々回|既に|すでに|過去に|昨年度?|一昨年|前年度?|先月|先に|これまで|かつて"
    r"|(?:平成|令和|20\d\d?|19\d\d?)\d*年(?:度|\d+月)?(?:\d+日)?(?:に|の(?!諮問)|付け)"
    r"|\d+月(?:\d+日)?の[^。、]{0,10}(?:で|において)|第\d+回[^。]{0,12}(?:で|において))"
    r"[^。、]{0,40}(?:承認|了承|答申|認め|継続審[議査])[^。、]{0,6}(?:た|済|得て|いただ)"
    r"|(?:平成|令和)\d+年度?に[^。]{0,40}(?:承認|了承|答申|認め)[^。、]{0,6}た"
)
# right before the predicate such a word leaves no doubt: この件は昨年承認された
_PAST_NEAR = re.compile(
    r"(?:以前|既に|すでに|過去に|昨年度?|一昨年|前年度?|先月|先日|当時|かつて|前回(?:の[^。、は]{1,8})?で?)[^。、は]{0,12}$"
)
_CASE = re.compile(
    r"本件|この件|本案|案件|諮問|審議会|審査会|委員会として|原案|答申|異議|全員|全会|賛成"
    r"|評価書案?は|点検の結果|点検を行い|以上により|よって|いずれも|外部提供|外部に提供|提供を|提供は|結合|目的外|収集"
    r"|実施機関の(?:判断|決定|処分)|^[-○・⇒→]*(?:承認|了承|可決|適当|妥当|可|「可」|「否」"
    r"|不承認|否決|継続|取り?下げ|それでは|では)"
)
_OTHER_AGENT = re.compile(
    r"(?:市長|町長|村長|区長|知事|課長|書記長|部会|係長|所長|部長|校長|管理者|担当者|職員|担当課|所管課"
    r"|実施機関|処分庁|請求人|本人|保護者|利用者|契約者|申請者|事業者|委託先|受託者|業者"
    r"|(?:隣|他|近隣|近く|先進|先行)[^。、]{0,6}(?:[市町村区県]|団体|自治体)|(?<![全外各])国|(?<!実施)県|(?<![審協])議会|庁議|庁内|警察|保健師|弁護士|教育委員会"
    r"|理事会|倫理[^。、]{0,8}委員会|当時|昨年|[0-9]月の(?:審議会|会議))"
    r"(?:が|は|から|で|において|では|により|として|の(?=同意|了承|承認|許可|請求|基準|見解"
    r"|審議会|委員会|機関))"
)
# what another does is what is judged: 実施機関が行おうとする提供は(適当である), 市長が提供することを(承認する)
_DOING_OF = re.compile(
    r"が、?(?:[^。]*?[るたうくす][^。、]{0,40}?(?<![にで今])(?<![^こ]と)(?:は|については|に関しては|につきましては|について、)"
    r"|[^。]*?(?:こと|もの)(?:を|につき|について)|[^。、]*?[るた][^。、]{0,20}?(?:のうち|とおり|どおり|通り))"
)
# right before the predicate: 区は了解した is the office's word, under a heading of results too
_BY_ANOTHER = re.compile(
    r"(?:^|[、。のり])(?:本)?(?:[市区町村県都府]|当局|[^、。はが]{0,8}(?:課|事務局))(?:側)?(?:は|が|も)、?(?:これ(?:を|に))?$"
)
# predicates that say as much of anything else: verdicts only where the case, or the council, is named
_WEAK_WORD = re.compile(r"(?:同意|了解|許可|決定)(?!.{0,4}[「」])")
_WEAK = re.compile(
    r"適切|不適切|不可|(?<!こと)(?:は|も)認め"
    r"|認められ|運用|契約|撤回|(?:申請|申込み?|届出|請求)を?取り?下げ|(?:次回|改めて|再度"
    r"|後日)[^。]{0,24}(?:説明|報告|確認)(?![^。]{0,20}(?:審議|審査|結論|判断|再提|諮))|必要と認め|必要があると認め|印刷|閲覧"
)
_THIS_CASE = re.compile(r"この件|本件|本案件|本諮問|この案件|諮問のとおり|諮問どおり|諮問通り")


# who decides is said first: 審査会は、事業者が内容を見られることから、不適当と認めた
_THE_COUNCIL = re.compile(
    r"(?:当|本)?(?:審議会|審査会)(?:として)?は、(?!.*(?:課|課長|機関|市|町|村|県|者|人|局|長)は、)"
)


# そのように決定する: what was put before is decided, and it is there that it must be read
_AS_PUT = re.compile(r"(?:その|この|次の|以上の)(?:よう|とおり|通り)(?:に|で)?$")
# The words that name the case, or what is asked for in it: of these a predicate may be a verdict.
_OF_THE_CASE = re.compile(
    r"(?:(?:本|この|当該|同)(?:案|諮問|議案|議題|事案|請求)|件|案|案件|事案|諮問(?:案件|事項)?|議案|議題|議事|資料"
    r"|(?:案件|議案|議題|議事|資料|諮問|審議|報告)?(?:第?[0-9]+号?|第[一二三四五六七八九十]+号)|\([0-9]+\)|これら?|それら?|もの|こと|以上|いずれ|両者?|原案"
    r"|答申書?案?|本[^、。]{1,12}案の内容|評価書案?(?:の(?:内容|記載))?|適合性|妥当性|条例案?|利用|提供|収集|結合|委託|取扱い?|処理|取得|実施|導入|変更|免除|省略|審議会|審査会|委員会|判断|決定"
    r"|処分|裁決|措置|異議|異論|意見|条件|要望|事項|質問|質疑|全員|賛成|反対|前段|後段|前者|後者|(?:この|^の)[0-9一二三四五]つ?の?(?:点|項目|事項)?|[0-9]名の同意|以上の?[0-9一二三四五]つ?の?(?:点|項目|事項)|支障|問題|差し支え|結果)"
    r"(?:等|など|として)?$"
)
_TOPIC = re.compile(
    r"(?P<topic>[^、。]{1,60}?)(?P<mark>については|につきましては|に関しては|(?<![でにとらた])は(?!、?(?:ない|なく)|ず|い)|(?<![てでに])も(?![のしらっと])|が(?!ら)|を)"
)
_ACTION = re.compile(
    r"(?P<noun>[一-龠ァ-ヶー]{2})(?:等|など)?(?:について|の件|に関すること)?(?:\([^()]*\))?$"
)
_SHARED = 4  # characters in a row that a topic and the case's title have in common


def _of_the_case(head: str, about: str) -> bool:
    """Whether what stands before a predicate leaves the case as its subject.

    Of the phrases marked は any may name the case (ほかに意見はなく、本件は…); where there are none, the
    last が or を phrase must, if there is one.
    """
    subjects: list[str] = []
    objects: list[str] = []
    head = head[-200:]
    debated = last_match(_DEBATED, head)  # what comes after is the council's
    *reasons, last = re.split(r"[、。]", head[debated.end() :] if debated else head)
    for clause in (*(reason for reason in reasons if not _REASON.search(reason)), last):
        at = 0
        for match in _TOPIC.finditer(clause):
            phrase = clause[at : match.end("topic")]
            at = match.end()
            if match["mark"][0] in "につ" and len(match["mark"]) > 1:
                return True  # of what is decided about (…については) the council decides
            (objects if match["mark"] in ("が", "を") else subjects).append(phrase)
    named = subjects or objects[-1:]
    return not named or any(_names_the_case(phrase, about) for phrase in named)


# a clause that says why has its own subject: 必要性が認められることから、適当である
_REASON = re.compile(r"(?:こと(?:から|により|を踏まえ)|ため|ので)$")
_DEBATED = re.compile(
    r"(?:審議|審査|協議|採決|検討)(?:の|した|を行った|をした)結果、?"
    r"|(?:審議|審査|協議|検討|質疑|質疑応答)(?:等)?(?:を(?:行い|行った(?:後|上で)|経て|終え))、"
)


_LAST_TOPIC = re.compile(r"(?P<topic>[^、。]{4,60}?)(?:のほう|の方)?[はも]$")


def _of_the_title(head: str, about: str) -> bool:
    """Whether the topic right before a predicate (本人通知の省略は) is in the title's very words."""
    topic = _LAST_TOPIC.search(head)
    return topic is not None and _shares(topic["topic"], about)


def _shares(noun: str, about: str) -> bool:
    return any(noun[at : at + _SHARED] in about for at in range(len(noun) - _SHARED + 1))


def _names_the_case(phrase: str, about: str) -> bool:
    noun = re.sub(r"[」』]+$", "", phrase)
    if _OF_THE_CASE.search(noun[-16:]) or _shares(noun, about):
        return True
    action = _ACTION.search(about)  # of a title …としての公開について, 種別の公開は names a part
    return action is not None and noun.endswith(action["noun"])


@lru_cache(maxsize=2048)  # chairs say the same
def read_verdict(
    sentence: str, *, about: str = "", labelled: bool = False, put: bool = False
) -> Verdict | None:
    """The verdict that `sentence` gives, or None. Spans count characters of `sentence`.

    `about` is the folded title of the case, whose words may be the verdict's subject; `labelled` says that
    the sentence stands under a heading of results, where whatever is right or wrong is the case's; `put`
    that a chair puts it to the members, so that who is named in its conditions is not who decides.
    """
    if len(sentence) > LONGEST_SENTENCE:
        return None
    key, offsets = folded_with_offsets(sentence)
    key = key.replace("粂件", "条件")  # as machines misread it
    if labelled and _SEND_BACK.search(key):
        return Verdict(Outcome.CONTINUED)
    said = last_match(_AFTER_OPINIONS, key)  # what members said is no part of what was decided
    after = said.end() if said else 0
    if not key:
        return None
    if _OTHER_SUBJECT.search(key, after) and _OTHER_SUBJECT.search(_without_terms(key, after)):
        decided = _clause_before(key, after)
        if decided is None:
            return None
        key = decided
    if _ANOTHER_TIME.search(key, after) and not _THIS_CASE.search(key):
        return None
    if put_off(key, about=about):
        return Verdict(Outcome.CONTINUED)
    if _NOT_DECIDING.search(key.strip("-")):
        return None
    found = list(_predicates(key, after, about, nothing_against=labelled or put))
    spans, elsewhere = _conditions(key) if found else ([], False)
    for outcome, match in found:
        if outcome is Outcome.PARTLY_APPROVED and says_how(match, spans):
            continue
        if outcome is Outcome.CONTINUED and of_other_matter(key[: match.start()], about):
            return None
        before = key[: match.end()]
        # who is named in a condition is not who decides; who stands before は may be
        inner = [
            (start, end)
            for start, end in spans
            if put or (key[:end].endswith("こと") and (labelled or "は" not in key[start:end]))
        ]
        agent = _outside(before, inner)
        agent = agent[after:] if agent.startswith(key[:after]) else agent
        if outcome is Outcome.CONTINUED:  # what somebody does first is no other's decision
            first = max(before.rfind(end) for end in ("上で", "後、", "うえで", "ので、", "ため、"))
            agent = before[max(first + 1, after) :]
        if (
            outcome is not Outcome.WITHDRAWN
            and not _THE_COUNCIL.match(key, after)
            and not _THIS_CASE.search(before)
            and any(
                not _DOING_OF.match(agent, other.end() - 1)
                for other in _OTHER_AGENT.finditer(agent)
            )
        ):
            return None
        surely = match.group().startswith(("適当", "妥当", "相当"))  # …であると認められた
        clause = key[
            key.rfind("、", 0, match.start()) + 1 : match.start() if surely else match.end()
        ]
        weak = _WEAK_WORD.search(match.group()) or _WEAK.search(clause)
        if (
            weak
            and not labelled
            and not (put and outcome is Outcome.REJECTED)
            and outcome is not Outcome.PARTLY_APPROVED
            and not _CASE.search(before)
            and not _of_the_title(key[: match.start()], about)
        ):
            return None
        head = key[: match.start()]
        if _PAST_NEAR.search(head) or _AS_PUT.search(head) or _BY_ANOTHER.search(head):
            return None
        if (
            not labelled
            and outcome in (Outcome.APPROVED, Outcome.REJECTED)
            and not _of_the_case(_outside(head, spans).removeprefix(key[:after]), about)
        ):
            return None
        if outcome is Outcome.APPROVED and _NEGATED.search(match.group()):
            outcome = Outcome.REJECTED  # 諮問のとおり実施しないこととする
        elsewhere = elsewhere or bool(_MORE_BELOW.search(key, match.start()))
        if outcome is Outcome.APPROVED and (spans or elsewhere):
            outcome = Outcome.APPROVED_WITH_CONDITIONS
        if outcome not in (Outcome.APPROVED_WITH_CONDITIONS, Outcome.PARTLY_APPROVED):
            spans, elsewhere = [], False
        return Verdict(
            outcome,
            tuple((offsets[start], offsets[end - 1] + 1) for start, end in spans),
            elsewhere,
        )
    return None


def _clause_before(key: str, after: int) -> str | None:
    """What a folded sentence decides before the clause that is about something else than the case
    (諮問のとおりで差し支えないとの結論に至り、答申の内容を確定した); None where that is nothing."""
    other = _OTHER_SUBJECT.search(key, after)
    comma = key.rfind("、", after, other.start()) if other else -1
    left = key[: comma + 1]
    decided = [last_match(pattern, left, after) for pattern, _ in _DECIDING]
    return left if any(match and match.end() >= comma for match in decided) else None


def _predicates(
    key: str, after: int, about: str, *, nothing_against: bool
) -> Iterator[tuple[Outcome, re.Match[str]]]:
    """The predicates of a folded sentence that decide, the surest first: of each class the last one.

    Nothing before the character `after` is looked at.
    """
    in_part = decided_in_part(key, about)
    if in_part is not None and in_part.start() >= after:
        yield Outcome.PARTLY_APPROVED, in_part
    for pattern, outcome in _DECIDING:
        match = last_match(pattern, key, after)
        if match and not (outcome is Outcome.CONTINUED and _goes_on_to_decide(key, match)):
            yield outcome, match
    nothing = last_match(NOTHING_AGAINST, key, after) if nothing_against else None
    if nothing is not None:
        yield Outcome.APPROVED, nothing


def _goes_on_to_decide(key: str, put_off: re.Match[str]) -> bool:
    """Whether a sentence goes on from deliberating again (引き続き審議し、…) to a decision."""
    if re.search(r"継続|保留|留保|見送|持ち", put_off.group()):
        return False
    decided = [last_match(pattern, key) for pattern in (_REJECTED, _APPROVED)]
    return any(match is not None and match.start() >= put_off.end() for match in decided)


def _without_terms(key: str, after: int) -> str:
    """What follows `after` without the conditions that end in こと: 本人の同意を得ること is no consent given."""
    spans, _ = _conditions(key)
    inner = [(a, b) for a, b in spans if a >= after and key[:b].endswith("こと")]
    return _outside(key, inner)[after:]


def _outside(head: str, conditions: Sequence[tuple[int, int]]) -> str:
    """What stands before a predicate without the conditions in it: their は phrases are not its subject.

    A phrase that a comma parts from the rest (…は、) may be the subject all the same.
    """
    for start, end in reversed(conditions):
        if end <= len(head) and not _SET_APART.search(head, start, end):
            head = f"{head[:start]}こと{head[end:]}"
    return head


# …と認めるが、次の点に留意すること
_MORE_BELOW = re.compile(
    r"(?:次|以下|下記|別紙|別記)の(?:とおり)?[^。]{0,8}?(?:条件|意見|要望|留意事項|事項|点|こと)(?:に|を|が|の)"
)
_AFTER_OPINIONS = re.compile(
    r"(?:意見|質問|質疑|指摘|要望|発言|懸念)(?:等|など)?(?:が|も)?(?:(?:出され|示され|述べられ)(?:た(?:が|ため|ので|ものの))?|あり|あった(?:が|ため|ので|ものの)|出た(?:が|ため|ので|ものの)|多く)、"
    r"|説明(?:が(?:あり|なされ|行われ)(?:た後)?|を(?:受け|聴取し|聞い|聴い)た(?:後|のち|上で|うえで))、(?!.{0,6}了)"
)
_SET_APART = re.compile(r"[はがも]、")
# under a heading of results: the agency is asked to come again
_SEND_BACK = re.compile(
    r"(?:改めて|再度|再び)[^。]{0,30}(?:諮|提出|付議|提案)[^。]{0,4}(?:れたい|ください|求める)[。」]*$"
    r"|(?:現時点|本日|今回|現段階)では?[^。、]{0,8}(?:判断|結論)[^。、]{0,6}(?:でき|出せ)な(?:い|かった)[。」]*$"
)
_NEGATED = re.compile(r"(?:し|行わ|でき|認め|せ|(?<=は)し)ない|ません|見送|困難|尚早|否と|至らない")


def last_match(pattern: re.Pattern[str], text: str, start: int = 0) -> re.Match[str] | None:
    """The last match: in a sentence of several clauses, the last predicate decides."""
    return max(pattern.finditer(text, start), key=lambda match: match.start(), default=None)


_LABEL = re.compile(
    r"^(?:[\[(<〈【《■●○◎◆◇・⇒→\-=>※]*)(?:審議(?:の)?結果|審査(?:の)?結果|審議会の結論"
    r"|審査会の結論|結論|結果|答申(?:の)?(?:内容|結果|の結論)?|決定(?:事項)?|採決(?:結果)?"
    r"|議決|判定|審議会意見|(?<=[\[(<〈【])(?:議案|諮問|案件)(?=[\])>〉】]))?"
    r"[\])>〉】》]*[:：\-⇒→]*(?P<word>.{1,24}?)(?:\([^()]{0,60}\))?[。\-」』)）】\]]*$"
)
_WORDS = (
    (re.compile(
        r"^(?:条件付き?|意見付き?|附帯意見付き?|付帯意見付き?|留意事項付き?)(?:で)?の?(?:承認|可"
        r"|了承|適当)?$|^(?:承認|可|了承|適当|原案可決)\((?:条件|意見|附帯意見|付帯意見"
        r"|留意事項)(?:付き?|あり|有り?)\)$|^(?:意見|条件|附帯意見|付帯意見)を付(?:し"
        r"|け)て?(?:た上で)?、?(?:承認|可|了承|適当)$"), Outcome.APPROVED_WITH_CONDITIONS),
    (re.compile(r"^一部(?:承認|可|了承|認容)$"), Outcome.PARTLY_APPROVED),
    (re.compile(
        r"^(?:(?:特に|特段の)?(?:附帯|付帯)?(?:条件|意見)(?:は|を)?(?:付さず|付けず|付すことなく|なし(?:で|に)?)に?、?)?"
        r"(?:全(?:員|会)(?:一致|異議なし)?(?:で|により)?|異議なく|原案(?:の?(?:とおり|どおり"
        r"|通り))?|諮問(?:の)?(?:とおり|どおり|通り))?(?:承認|可|可決|了承|適当|妥当|相当|承認する"
        r"|適当である|妥当である|認める|(?:適当|妥当)と認める|承認された|了承された|可とする|承認とする|了|了とする|認める|やむを得ない(?:と認める)?)$"
        r"|^(?:諮問|原案|申請|提案)の?(?:とおり|どおり|通り)(?:とする|で(?:よい|可))?$|^(?:支障|問題|差し?支え)(?:は|が)?(?:なし|無し|ない)(?:と認める)?$"
        r"|^賛成(?:多数|全員)(?:により|で)?(?:承認|可決|可)$"), Outcome.APPROVED),
    (re.compile(


                r"^(?:継続|継続審議|継続審査|保留|再審議|次回継続|再提出|持ち?越し|次回(?:へ|に(?:持ち?越し|継続|再審議|改めて審議)))(?:とする|となった|となる|を求める)?$|^.{0,16}(?:次回|次の会議)(?:以降)?(?:へ|に)の?(?:継続|持ち?越し?|繰り?越し?)$|^審議未了$|\((?:継続|継続審議|保留)\)$"), Outcome.CONTINUED),
    (re.compile(
        r"^(?:不承認|否|不可|否決|不適当|不相当|不同意|同意(?:しない|せず))(?:とする|となった|である)?$|^承認(?:しない|せず|されなかった)$"
        r"|^(?:適当|妥当)(?:でない|ではない|と認めない)$"), Outcome.REJECTED),
    (re.compile(r"^取り?下げ(?:られた|となった|る)?$"), Outcome.WITHDRAWN),
    (re.compile(r"^報告(?:のみ|済|済み|を受けた|を了承)?$"), Outcome.REPORTED),
)  # fmt: skip


def read_verdict_word(text: str, *, labelled: bool = False) -> Outcome | None:
    """The outcome that a table's cell or a labelled word gives (承認, 「可」, 審議結果:継続), or None.

    A bare word is a verdict only where its place says so: pass `labelled=True` for a cell of a
    column of results, or a line under such a heading.
    """
    key = fold(text).replace("粂件", "条件")
    match = _LABEL.match(key)
    if match is None or (not labelled and match.start("word") == 0):
        return None
    word = match["word"].strip("「」『』")
    for pattern, outcome in _WORDS:
        aside = key[match.end("word") :]
        if pattern.match(word) or pattern.match(word + aside.rstrip("。-")):
            limited = outcome is Outcome.APPROVED and _LIMITS.search(aside)
            return Outcome.APPROVED_WITH_CONDITIONS if limited else outcome
    return None


# in a reply on an appeal the council sets the agency's decision aside, or a part of it
_OVERTURNED = re.compile(
    r"(?:開示|公開|訂正|利用停止|消去)(?:を)?す(?:る)?べき(?:で|もの|$)|取り?消(?:す|し|され)(?:べき|て|た上で|、)"
    r"|(?<!一部)(?:取り?消し|取消し?|認容)(?:すべき|相当)?$"
)
_OVERTURNED_IN_PART = re.compile(
    r"一部(?:を|は|について)?[^。、]{0,12}(?:開示|公開|訂正|利用停止|消去)(?:を)?すべき|一部(?:取り?消し|取消し?|認容)(?:すべき|相当)?$"
)

_UPHELD = re.compile(
    r"(?:処分|決定)(?:は|を)?、?(?:妥当|相当|維持|支持)$|^(?:審査請求(?:は|を)?、?)?棄却(?:すべき|相当)?$"
)


def read_appeal(text: str) -> Outcome | None:
    """What words under a heading of results say of the decision that was appealed against, or None."""
    key = fold(text).rstrip("。")
    if _OVERTURNED_IN_PART.search(key):
        return Outcome.PARTLY_APPROVED
    if _OVERTURNED.search(key):
        return Outcome.REJECTED
    return Outcome.APPROVED if _UPHELD.search(key) else None


# in brackets behind a word of approval: 承認(ただし、…)
_LIMITS = re.compile(
    r"\((?:ただし|但し)|(?:条件|附帯|付帯|意見)(?!(?:は|が)?な[しく])|こと(?:。|\)|$)|に限[りる]"
)


# --- conditions ------------------------------------------------------------------------------

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
    r"|(?P<gap2>こと[」』]?を?(?:、)?(?:(?:附帯|付帯|留意)?(?:条件|意見|事項)|前提|要望)(?:と|に)(?:し|して|する|、|した)?|こと[」』]?を(?:付|附)(?:し|け))"
    r"|(?P<gap7>こと(?:と|に)(?:する|した)(?:上で|うえで)、?(?=[^。]{0,16}(?:承認|了承|可|適当|妥当|諮問|原案)))"
    r"|(?P<gap10>(?<=こと)、(?:この|以上の?|その)(?:[0-9一二三四五]つ?の?(?:点|項目)?)を(?:付け|付し|加え)て?)"
    r"|(?P<gap11>場合に限(?:り|って)、?(?=[^。]{0,40}(?:承認|了承|認め|可|適当|妥当))|(?<!できる)(?<!得る)(?<!事情がない)(?<!理由がない)(?<=[うくすつぬむるい])限り(?:において、?|は、|で、|、)(?=[^。]{0,60}(?:承認|了承|認め|可|適当|妥当)))"
    r"|(?P<gap12>(?<=こと)を、?答申(?:書)?に(?:明記|記載|付記|盛り込)[^。、]{0,8}(?:もの)?(?:として|とし|の上|上で|うえで)、)"
    r"|(?P<gap9>(?<!こと)(?<!の)を(?:条件|前提)(?:に|と(?:し|する)て?)、?)"
    r"|(?P<gap8>(?:修正|訂正|変更|削除|追記|加筆|見直し?)(?:する|した|し|の|を(?:加え|行っ)た?)?(?:上で?|うえで?)、?(?=[^。]{0,24}(?:承認|了承|可と|可決|適当|妥当|認め|原案|決定)))"
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
    r"|(?:意見|要望|指摘)[^。、]{0,12}(?:ので|ため|ことから)、|なく、|なし、|ないので、|(?:です|ます)(?:ので|から)、|ありませんので、|結果、|踏まえ、|おいて、|により、|ただし、"
    r"|なお、|^[\-「○〇・]*(?:以上|では|それでは|よって|したがって|従って)、?)"
)


def _conditions(key: str) -> tuple[list[tuple[int, int]], bool]:
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
    if len(pieces) == 1 and not closed:
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
    r"(?:(?:そう(?:しますと|すると|いたしますと)|(?:異議|異論|反対)(?:は|が)?な[いし][^。、]{0,8}(?:ということで|ので)|では|それでは|そこで|よって|以上から|以上のことから|したがって)、|まとめ(?:ますと|ると)、)+"
)
_JOINT = re.compile(
    r"(?<=こと)(?:、(?:及び|並びに|また|そして|さらに)?|及び|並びに)(?!又は|若しくは|ただし|但し|特に|すなわち|つまり)"
)
_ORDINAL = re.compile(
    r"(?:(?:[一二三四五六1-9]つ(?:目)?|第[一二三四五六1-9]|[一二三四五六1-9]点目|まず|次に|また|そして|それから|さらに|もう(?:一|1)つ)(?:には?|は|として)?、?)+"
)
_COUNTED = re.compile(r"[0-9年月日時分秒件名人回か箇個つ週世割億万千台枚社校%.,]")


# what stands there is the case, or where the conditions are listed: 本件は、(条件を付して); 次に掲げる事項を守ること(を条件に)
_ONLY_TOPIC = re.compile(r"(?:[^。、]{1,10}、)?[^。、]{1,60}(?:は|については?|につきましては)、?")
_LISTED = re.compile(
    r"(?:^|、)(?:次|以下|下記|別紙|別記)(?:の|に)(?:掲げ|定め|示|記載|とおり|各|事項|条件|\d)"
)
_ON_TOP = re.compile(r"(?:の|(?:を(?:加え|行っ)|し)?た?|する)(?:上で?|うえで?)、?$")
_LONGEST_NOUN = 80  # characters before を条件に that are a condition without こと
_MARKS_BEFORE = re.compile(r"[-→⇒➡・○●◆◇■□※>\s]+")
_ASIDE = re.compile(r"\((?:附帯|付帯)?(?:意見|条件)[:：](?P<c>[^()]{4,200})\)")
