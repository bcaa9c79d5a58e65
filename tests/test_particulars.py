"""What minutes tell of a sitting beside its day, in whatever form their header has."""

import pytest

from index.meetings import Meeting, read_meetings
from index.records import Record
from index.sittings.particulars import Told
from index.text.lines import lines

TITLE = "令和3年度第1回霞野市個人情報保護審議会会議録\n"
DAY = "日時 令和3年5月11日(火) 午後2時から午後3時40分まで\n"


def meeting_of(text: str) -> Meeting:
    return read_meetings(Record("minutes.txt", text, ""), lines(text))[0]


def told(text: str) -> dict[Told, list[str]]:
    found: dict[Told, list[str]] = {}
    for particular in meeting_of(text).particulars:
        found.setdefault(particular.told, []).append(text[particular.start : particular.end])
    return found


@pytest.mark.parametrize(
    ("header", "what", "value"),
    [
        ("場所 霞野市役所 2階会議室\n", Told.PLACE, "霞野市役所 2階会議室"),
        ("場　所\n\n霞野市役所 2階会議室\n", Told.PLACE, "霞野市役所 2階会議室"),
        ("2.と こ ろ　　交流館「かすみ」　和室\n", Told.PLACE, "交流館「かすみ」　和室"),
        ("会議開催場所\t霞野市役所 2階会議室\t\n", Told.PLACE, "霞野市役所 2階会議室"),
        ("| 場所 | 霞野市役所 2階会議室 |\n", Told.PLACE, "霞野市役所 2階会議室"),
        ("◇場所\n  霞野市役所 2階会議室\n", Told.PLACE, "霞野市役所 2階会議室"),
        ("【会場】霞野市民会館\n", Told.PLACE, "霞野市民会館"),
        ("（午後2時～ 場所：霞野市民会館 研修室）\n", Told.PLACE, "霞野市民会館 研修室"),
        ("傍聴者の数 0名\n", Told.OBSERVERS, "0名"),
        ("傍聴者\n\nなし\n", Told.OBSERVERS, "なし"),
        ("● 傍聴人：3人\n", Told.OBSERVERS, "3人"),
        ("傍聴者なし\n", Told.OBSERVERS, "なし"),
        ("◇公開・非公開の別\n  公開(傍聴者なし)\n", Told.OBSERVERS, "傍聴者なし"),
        ("欠席者 海原委員\n", Told.ABSENT, "海原委員"),
        ("●委員欠席者：無し\n", Told.ABSENT, "無し"),
        ("※ 欠席者なし\n", Told.ABSENT, "なし"),
        ("会議の公開・非公開\n\n公開\n", Told.OPENNESS, "公開"),
        ("傍聴の可否\t傍聴不可\t傍聴不可の場合その理由\t個人の情報を扱うため\n", Told.OPENNESS, "傍聴不可"),
        ("傍聴の可否\t傍聴不可\t傍聴不可の場合その理由\t個人の情報を扱うため\n", Told.WHY_CLOSED, "個人の情報を扱うため"),
        ("会議主管課 総務部 文書課\n", Told.HOST, "総務部 文書課"),
        ("事務局(黒部部長、小川課長)2名\n", Told.OFFICE, "(黒部部長、小川課長)2名"),
        ("説明者 国保課長、係長\n", Told.EXPLAINERS, "国保課長、係長"),
        ("出席者 山野会長、海原委員\n", Told.CHAIR, "山野会長"),
        ("出席者\n 会 長  山 野 (弁護士)\n 委 員  海 原 (区民)\n", Told.CHAIR, "山 野"),
        ("出席者 山野委員(会長)、海原委員\n", Told.CHAIR, "山野委員(会長)"),
        ("出席者 山野会長、海原副会長、川辺委員\n", Told.VICE, "海原副会長"),
        ("出席者 A委員、B委員（会長）、C委員\n", Told.CHAIR, "B委員（会長）"),
        ("出席者\n 海原【副会長】、山野 花【会長】\n", Told.CHAIR, "山野 花【会長】"),
        ("出席委員 1番海原君 2番川辺君\n○会長（山野花子君） 開きます。\n", Told.CHAIR, "山野花子"),
        ("欠 席 委 員（０名）\n\n説明のために出席した職員\n国保課長 空野\n", Told.ABSENT, "（０名）"),
        ("欠席委員（１名）\n委 員 海 原 薫\n\n説明のために出席した職員\n国保課長 空野\n", Told.ABSENT, "委 員 海 原 薫"),
        ("出席者 山野委員、海原委員\n\n会長の選出について\n\n山野委員を会長に互選する。\n", Told.CHAIR, "山野委員を会長に互選"),
        ("出席者 審議会会長及び委員3人\n\n山野会長\n\n始めます。\n", Told.CHAIR, "山野会長"),
        ("議事\n(1) 窓口について\n\n次回は8月に開く。\n", Told.NEXT, "次回は8月に開く。"),
        ("議事\n(1) 窓口について\n\n次回の日程は未定である。\n", Told.NEXT, "次回の日程は未定である。"),
    ],
)  # fmt: skip
def test_a_particular_is_read_wherever_its_label_puts_it(
    header: str, what: Told, value: str
) -> None:
    text = TITLE + DAY + header
    assert told(text).get(what) == [value]


@pytest.mark.parametrize(
    ("header", "what"),
    [
        ("出席者 審議会会長及び委員3人、国保課長\n", Told.CHAIR),  # told by number alone
        ("出席者 海原副会長、川辺委員\n", Told.CHAIR),
        ("議事\n次回の審議会で改めて説明することとなった。\n", Told.NEXT),
        ("次回までに市の考えを整理すること。\n", Told.NEXT),
        ("事務局\n\n皆様おそろいですので、始めます。\n", Told.OFFICE),  # who speaks, not who came
        ("議題\n\n事務局\n資料の1を御覧ください。\n", Told.AGENDA),
        ("場所を変えて映像を撮ることもある。\n", Told.PLACE),
        ("傍聴者の定めについて、事務局が説明した。\n", Told.OBSERVERS),
        ("欠席連絡のシステムについて\n", Told.ABSENT),
        ("資料\n\n1 開会\n", Told.PAPERS),
    ],
)
def test_words_that_look_like_a_label_tell_nothing(header: str, what: Told) -> None:
    assert what not in told(TITLE + DAY + header)


@pytest.mark.parametrize(
    "header",
    [
        "4 議題\n(1) 窓口の委託について\n(2) 水道の検針について\n5 議事要旨\n(1) 窓口の委託について\n",
        "議事\n\n開会\n\n  1. 窓口の委託について\n  2. 水道の検針について\n\n審議内容\n\n窓口の委託について\n",
        "会議次第\t(1) 窓口の委託について (2) 水道の検針について\n会議結果\t承認\n",
        "◇議事\n  (1)窓口の委託について\n  (2)水道の検針について\n\n◇公開・非公開の別\n  公開\n",
    ],
)
def test_an_agenda_has_its_items_and_no_more(header: str) -> None:
    items = " ".join(told(TITLE + DAY + header)[Told.AGENDA])
    assert items.count("窓口の委託について") == 1
    assert items.count("水道の検針について") == 1
    assert "公開" not in items


def test_hours_stand_with_the_day_or_under_it() -> None:
    assert told(TITLE + DAY)[Told.HOURS] == [DAY.removeprefix("日時 ").strip()]
    under = TITLE + "令和3年5月11日(火)\n午後5時30分開始\n市役所3階 庁議室\n"
    assert told(under)[Told.HOURS] == ["午後5時30分開始"]
    assert told(under)[Told.PLACE] == ["市役所3階 庁議室"]


def test_papers_without_a_sitting_tell_nothing_of_one() -> None:
    assert meeting_of("付議案件シート\n担当課 税務課\n場所 窓口\n").particulars == ()


@pytest.mark.parametrize(
    ("header", "names"),
    [
        ("出席者\n委員 (薄・藤波・萩尾各委員)3名\n", ("薄", "藤波", "萩尾")),
        ("出席者 曽我部委員、川辺委員\n", ("曽我部委員", "川辺委員")),
        ("出席者\n\n白川部\n\n霜鳥\n\n事務局\n\n総務部 初雪課長\n", ("白川部", "霜鳥")),
        ("出席者及び欠席者\t<p>●出席者： (委員) 山野会長・海原委員 (事務局) 川辺課長</p>\t<p>●欠席者：なし</p>\n", ("山野会長", "海原委員")),
    ],
)  # fmt: skip
def test_members_are_told_from_offices(header: str, names: tuple[str, ...]) -> None:
    meeting = meeting_of(TITLE + DAY + header)
    assert meeting.attendees == names
    assert meeting.present == len(names)
