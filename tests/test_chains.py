"""One matter over sittings, files and years is one chain; two matters never are."""

import random
import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import pytest

from index.build import _read
from index.cases import Case, Decision, Link, LinkKind
from index.grammar.verdicts import Outcome
from index.japanese import FiscalYear
from index.reading.chains import link_chains
from index.reading.pointers import read_pointers
from index.records import find_sources

ROOT = Path(__file__).resolve().parent.parent
BODY = "個人情報保護審議会"


@dataclass
class Told:
    """What one record tells of a case; `text` is what stands below its title."""

    title: str
    day: date | None
    outcome: Outcome = Outcome.APPROVED
    label: str = ""
    office: str | None = None
    town: str | None = "霞野市"
    body: str = BODY
    kind: str = "consultation"
    meeting: str = ""
    text: str = ""
    again: dict[str, object] = field(default_factory=dict)

    def case(self, name: str) -> Case:
        decided = self.outcome is not Outcome.NOT_RECORDED
        decision = Decision(self.outcome, "", 0, 0, (), self.meeting, f"{name}#m1", self.day)
        length = len(self.title)
        case = Case(
            id=f"{name}#1", record=name, label=self.label, title=self.title, title_span=(0, length),
            kind=self.kind, municipality=self.town, council=f"{self.town}{self.body}" if self.town else None,
            meeting=self.meeting, meeting_id=f"{name}#m1",
            year=FiscalYear.of(self.day).year if self.day else None, day=self.day,
            department=self.office, department_span=None, legal_basis=(),
            decisions=(decision,) if decided else (), spans=((0, length + len(self.text) + 1),),
        )  # fmt: skip
        return replace(case, pointers=read_pointers(f"{self.title}\n{self.text}", case))


def linked(*told: Told) -> list[Case]:
    return link_chains([one.case(f"{number}.txt") for number, one in enumerate(told)])


def between(cases: Sequence[Case]) -> Link | None:
    """The link of the last case to the first."""
    return next((link for link in cases[-1].links if link.case == cases[0].id), None)


CAMERA = "通学路の見守りカメラの設置に伴う本人以外からの収集及び映像の外部提供について"
OCR = "AI-OCRによる申請書の読取りについて"
MAY, JULY, NEXT_MAY, LATE = (
    date(2021, 5, 11),
    date(2021, 7, 20),
    date(2022, 5, 10),
    date(2025, 6, 3),
)
PUT_OFF, UNTOLD, REPORTED = Outcome.CONTINUED, Outcome.NOT_RECORDED, Outcome.REPORTED


@pytest.mark.parametrize(
    ("earlier", "later", "kind"),
    [
        # put off, and taken up again
        (Told(CAMERA, MAY, PUT_OFF), Told(CAMERA, JULY), "continued"),
        (Told(CAMERA, MAY, PUT_OFF), Told(f"【継続】{CAMERA}", JULY), "continued"),
        (Told(CAMERA, MAY, PUT_OFF), Told(f"{CAMERA}（継続諮問）", NEXT_MAY), "continued"),
        (Told(CAMERA, MAY, PUT_OFF), Told("【継続】通学路の見守りカメラの設置", JULY), "continued"),
        (Told(CAMERA, MAY, PUT_OFF, office="学校安全課"), Told(CAMERA, JULY, office="教育部学校安全課"), "continued"),
        (Told(CAMERA, MAY, UNTOLD), Told(CAMERA, JULY, text="前回5月11日に継続審査となった点を説明します。"), "continued"),
        # papers here, the verdict there
        (Told(CAMERA, MAY, UNTOLD), Told(f"{CAMERA}（答申）", JULY), "decided"),
        (Told(CAMERA, MAY, UNTOLD, meeting="令和3年度第1回"), Told(CAMERA, MAY, meeting="令和3年度第1回"), "sitting"),
        (Told("見守りカメラの設置", MAY, UNTOLD), Told("見守りカメラの設置に係る映像の外部提供について", MAY), "sitting"),
        (Told(CAMERA, None, UNTOLD, office="防災課"), Told(CAMERA, JULY, office="防災課"), "decided"),
        # the same number
        (Told(OCR, MAY, UNTOLD, label="令和3年度諮問第4号"), Told("帳票の機械読取り", JULY, label="令和3年度諮問第4号"), "number"),
        (Told("第41号諮問事案の審議", MAY, UNTOLD), Told("相談記録の部分開示についての諮問事案（第41号諮問事案）", JULY), "number"),
        (Told(OCR, MAY, UNTOLD, label="諮問令3-4"), Told("帳票の機械読取り", JULY, label="諮問令3-4"), "number"),
        (Told(OCR, date(2022, 3, 1), UNTOLD, label="諮問第9号"), Told(OCR, NEXT_MAY, label="諮問第9号"), "number"),
        # a title that points back
        (
            Told(OCR, MAY, meeting="令和3年度第1回"),
            Told("令和3年度第1回会議で承認された「AI-OCRによる申請書の読取り」の対応状況", NEXT_MAY, REPORTED, kind="report"),
            "points",
        ),
        (
            Told("健診結果の大学への外部提供について", MAY),
            Told("令和3年度に条件を付して承認した大学への外部提供の状況について", NEXT_MAY, REPORTED, kind="report"),
            "points",
        ),
    ],
)  # fmt: skip
def test_the_same_matter_is_one_chain_and_the_link_says_why(
    earlier: Told, later: Told, kind: str
) -> None:
    for cases in (linked(earlier, later), linked(later, earlier)[::-1]):
        link = between(cases)
        assert link is not None
        assert (link.kind, link.sure) == (kind, True)
        assert link.reason.endswith("す")
        assert cases[0].chain == cases[1].chain in {case.id for case in cases}


@pytest.mark.parametrize(
    ("earlier", "later", "kind"),
    [
        # put to the council anew, long after, or by another office
        (Told(CAMERA, MAY), Told(CAMERA, NEXT_MAY), "similar"),
        (Told(CAMERA, MAY, PUT_OFF), Told(CAMERA, LATE), "similar"),
        (Told(CAMERA, MAY, UNTOLD), Told(CAMERA, LATE), "similar"),
        (Told(CAMERA, MAY, PUT_OFF, office="学校安全課"), Told(CAMERA, JULY, office="危機管理課"), "similar"),
        (Told(CAMERA, MAY, PUT_OFF, label="令和3年度諮問第3号"), Told(CAMERA, JULY, label="令和3年度諮問第8号"), "similar"),
        (Told(CAMERA, MAY, PUT_OFF), Told(CAMERA, JULY, body="情報公開審査会"), "similar"),
        # another phase, another year
        (Told("AI-OCRの利用（第1期）", MAY, PUT_OFF), Told("AI-OCRの利用（第2期）", JULY), "similar"),
        (Told("見守りセンサーの第一次設置", MAY, PUT_OFF), Told("見守りセンサーの第二次設置", JULY), "similar"),
        (
            Told("令和2年度個人情報保護制度の運用状況", MAY, REPORTED, kind="report"),
            Told("令和3年度個人情報保護制度の運用状況", NEXT_MAY, REPORTED, kind="report"),
            "series",
        ),
        (
            Told("個人情報保護制度の運用状況について", MAY, REPORTED, kind="report"),
            Told("個人情報保護制度の運用状況について", NEXT_MAY, REPORTED, kind="report"),
            "series",
        ),
        # a trial, then the thing itself
        (
            Told("窓口チャットボットの試行について", MAY, REPORTED, kind="report"),
            Told("窓口チャットボットの本格導入について", NEXT_MAY),
            "similar",
        ),
        # a mention in the talk
        (
            Told("介護保険申請のAI-OCR読取りについて", MAY),
            Told("税申告書のAI-OCR読取りについて", NEXT_MAY, text="以前承認した介護保険申請でAI-OCRを使う案件と同じか。"),
            "refers",
        ),
    ],
)  # fmt: skip
def test_what_is_only_alike_is_offered_never_asserted(
    earlier: Told, later: Told, kind: str
) -> None:
    cases = linked(earlier, later)
    link = between(cases)
    assert link is not None
    assert (link.kind, link.sure) == (kind, False)
    assert cases[0].chain != cases[1].chain


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        (Told(CAMERA, MAY, PUT_OFF), Told(CAMERA, JULY, town="銀杏町")),
        (Told(CAMERA, MAY, PUT_OFF, town=None), Told(CAMERA, JULY, town=None)),
        (Told(CAMERA, MAY, PUT_OFF), Told("図書館の貸出記録の目的外利用について", JULY)),
        # numbers begin anew each year, and in some towns at each sitting
        (Told(OCR, MAY, label="令和3年度諮問第4号"), Told("公園の水位計の設置", NEXT_MAY, label="令和4年度諮問第4号")),
        (Told(OCR, MAY, label="諮問第1号"), Told("公園の水位計の設置", JULY, label="諮問第1号")),
        (Told(OCR, MAY, label="諮問第4号"), Told("公園の水位計の設置", LATE, label="諮問第4号")),
        (Told(OCR, MAY, label="諮問案件1"), Told("公園の水位計の設置", JULY, label="諮問案件1")),
        (Told(OCR, MAY, label="諮問第4号"), Told("公園の水位計の設置", JULY, label="答申第4号")),
        # what all titles say
        (Told("住民票の情報をクラウドサーバとオンライン結合することの公益上の必要性の有無について", MAY),
         Told("給食費の情報をクラウドサーバとオンライン結合することの公益上の必要性の有無について", JULY)),
        (Told(OCR, MAY), Told("公園の水位計の設置", JULY, text="令和3年度に承認を得て実施したものもある。")),
    ],
)  # fmt: skip
def test_two_matters_are_not_linked(earlier: Told, later: Told) -> None:
    cases = linked(earlier, later)
    link = between(cases)
    assert link is None or (link.kind is LinkKind.SIMILAR and not link.sure)
    assert cases[0].chain != cases[1].chain


def test_a_case_of_no_named_office_does_not_join_those_of_two() -> None:
    cases = linked(
        Told(CAMERA, MAY, PUT_OFF, office="学校安全課"),
        Told(CAMERA, date(2021, 6, 1), PUT_OFF),
        Told(CAMERA, JULY, office="危機管理課"),
    )
    assert [case.chain for case in cases] == ["0.txt#1", "0.txt#1", "2.txt#1"]


def test_two_items_of_one_list_with_the_same_title_are_two_matters() -> None:
    title = "就学時の健診の情報の収集について"
    first, second = (Told(title, MAY, office=office).case("a.txt") for office in (None, None))
    second = replace(second, id="a.txt#2", title_span=(40, 60))
    chained = link_chains([first, second])
    assert [case.chain for case in chained] == ["a.txt#1", "a.txt#2"]


def test_a_mention_of_a_number_is_sure_but_joins_no_chain() -> None:
    cases = linked(
        Told("納税通知の委託について", MAY, label="諮問第14号"),
        Told("保育所の入所選考について", JULY, text="先に諮問第14号について不適当とした理由は"),
    )
    link = between(cases)
    assert link is not None
    assert (link.kind, link.sure) == (LinkKind.REFERS, True)
    assert "納税" not in cases[1].title
    text = f"{cases[1].title}\n先に諮問第14号について不適当とした理由は"
    assert text[slice(*link.span)] == "諮問第14号"
    assert cases[0].chain != cases[1].chain


def test_a_chain_over_three_files_is_named_by_its_first() -> None:
    cases = linked(
        Told(f"{CAMERA}（継続諮問）", NEXT_MAY),
        Told(f"「{CAMERA}」", MAY, UNTOLD),
        Told(CAMERA, JULY, PUT_OFF),
    )
    assert {case.chain for case in cases} == {"1.txt#1"}


def test_links_go_both_ways_and_each_rests_on_the_words_of_its_own_case() -> None:
    cases = linked(Told(CAMERA, MAY, PUT_OFF), Told(CAMERA, JULY))
    (forth,), (back,) = cases[1].links, cases[0].links
    assert (forth.case, back.case) == (cases[0].id, cases[1].id)
    assert (forth.kind, forth.sure, forth.reason) == (back.kind, back.sure, back.reason)
    assert back.span == cases[0].title_span


def test_the_order_of_the_records_changes_nothing() -> None:
    sample = [s for s in find_sources([ROOT / "records" / "sample"]) if s.path.suffix == ".txt"]
    cases = [case for source in sample for case in _read(source).cases]
    told = {case.id: (case.chain, case.links) for case in link_chains(cases)}
    shuffled = random.Random(4).sample(cases, len(cases))
    assert {case.id: (case.chain, case.links) for case in link_chains(shuffled)} == told
    chained = [id for id, (chain, _) in told.items() if chain != id]
    assert len(chained) >= 8


def test_a_matter_put_off_and_then_approved_is_one(shared_records: Path) -> None:
    sources = [s for s in find_sources([shared_records]) if s.path.suffix == ".txt"]
    cases = link_chains([case for source in sources for case in _read(source).cases])
    put_off = [case for case in cases if any(d.outcome is PUT_OFF for d in case.decisions)]
    assert put_off
    chains = {case.chain for case in put_off}
    newest = [
        max((c for c in cases if c.chain == chain), key=lambda c: c.day or MAY) for chain in chains
    ]
    assert [case.outcome for case in newest] == [Outcome.APPROVED]
    # what is no more than alike is asserted of none of them
    assert all(case.chain == case.id or case.chain in chains for case in cases)


def test_twice_as_many_cases_take_less_than_four_times_as_long() -> None:
    things = (
        "水位計 見守りカメラ 窓口チャットボット 図書館貸出端末 給食費徴収 防災無線アプリ".split()
    )
    offices = ["防災課", "学務課", None]
    told = [
        Told(
            f"{things[n % 6]}第{n // 10}区画の更新に伴うオンライン結合による個人情報の提供について",
            date(2015 + n % 9, 1 + n % 12, 5),
            PUT_OFF if n % 3 else Outcome.APPROVED,
            label=f"諮問第{n % 30}号",
            office=offices[n % 3],
            text="以前承認した水位計の案件と、諮問第3号と同じか。",
        )
        for n in range(4000)
    ]
    cases = [one.case(f"{n}.txt") for n, one in enumerate(told)]

    def seconds(number: int) -> float:
        """Of this thread alone: others of the process may be at work."""
        started = time.thread_time()
        link_chains(cases[:number])
        return time.thread_time() - started

    seconds(10)  # the patterns and caches are ready
    assert min(seconds(4000) for _ in range(2)) < 4 * max(min(seconds(2000) for _ in range(2)), 0.1)
