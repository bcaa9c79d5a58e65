"""The evaluation itself: its gold is in order, and each of its metrics can fail."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from eval import gold, leaks, metrics, pages, reading, report
from eval.__main__ import figures, page
from eval.baselines import Reply, abstainer
from eval.gold import GoldCase, KnownCase, Question, Span
from index.readers.text import decode

ROOT = Path(__file__).resolve().parent.parent

# -- the gold


@pytest.fixture(scope="session")
def texts(shared_records: Path, shared_formats: Path) -> dict[str, str]:
    own = (ROOT / "records" / "sample", ROOT / "eval" / "unseen")
    folders = (shared_records, shared_formats, *own)
    return {path.name: decode(path) for folder in folders for path in folder.glob("*.txt")}


@pytest.mark.parametrize(("name", "least"), [("real", 80), ("sample", 40), ("unseen", 90)])
def test_there_are_enough_questions_of_every_sort(name: str, least: int) -> None:
    questions = gold.load_questions(name)
    unanswerable = [q for q in questions if not q.answerable]
    assert len(questions) >= least
    assert 3 * len(unanswerable) >= len(questions)
    assert {q.why for q in unanswerable} == gold.WHY
    assert {q.kind for q in questions} == gold.KINDS
    assert any(len(q.turns) > 1 for q in questions)


def test_gold_is_in_order(texts: dict[str, str]) -> None:
    questions = [q for name in gold.SETS for q in gold.load_questions(name)]
    assert gold.problems(questions, texts) == []
    for name in ("real", "sample", "unseen"):
        assert all(case.spans or name == "sample" for case in gold.load_cases(name, texts))


def test_no_unseen_town_is_on_both_sides(texts: dict[str, str]) -> None:
    towns = {case.record: case.municipality for case in gold.load_cases("unseen", texts)}
    assert set(towns) == {path.name for path in (ROOT / "eval" / "unseen").glob("*.txt")}
    sides = {
        (towns[span.record], q.split)
        for q in gold.load_questions("unseen")
        for span in (*q.spans, *q.spans_also)
    }
    assert len(dict(sides)) == len(sides)


def test_gold_repeats_nothing_long(texts: dict[str, str]) -> None:
    words = [
        word for q in [*gold.load_questions("real"), *gold.load_questions("formats")]
        for word in (*(w for fact in q.facts for w in fact), *(c.title for c in q.cases), *q.forbidden)
    ]  # fmt: skip
    words += [case.title for case in gold.load_cases("real", texts)]
    assert [word for word in words if len(word) > 20] == []


@pytest.mark.parametrize("name", ["sample", "unseen"])
def test_the_records_of_the_test_side_are_known(name: str) -> None:
    hidden = gold.test_records(name)
    questions = gold.load_questions(name)
    dev = [q for q in questions if q.split == "dev"]
    assert bool(hidden) == (len(dev) < len(questions))
    assert not hidden & {span.record for q in dev for span in (*q.spans, *q.spans_also)}


def question(**changes: object) -> Question:
    values: dict[str, object] = {
        "id": "x1", "set": "real", "turns": ("?",), "kind": "fact", "answerable": True, "why": "",
        "facts": (), "cases": (), "optional": (), "spans": (), "spans_also": (), "forbidden": (),
        "group": "x", "split": "dev", "note": "",
    }  # fmt: skip
    return Question(**{**values, **changes})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"facts": (("a",),)}, ""),
        ({}, "nothing makes an answer right"),
        ({"facts": ((),)}, "empty fact"),
        ({"facts": (("",),)}, "empty fact"),
        ({"facts": (("a",),), "kind": "riddle"}, "no kind"),
        ({"answerable": False}, "why is"),
        ({"answerable": False, "why": "wrong_town"}, ""),
        ({"facts": (("a",),), "spans": (Span("r", 0, 9),)}, "outside its record"),
        ({"facts": (("a",),), "spans": (Span("r", 2, 2),)}, "outside its record"),
        ({"facts": (("a",),), "spans": (Span("q", 0, 1),)}, "outside its record"),
        ({"facts": (("a",),), "spans": (Span("r", 3, 4),)}, "holds nothing"),
        ({"cases": (GoldCase("r", "題", ("perhaps",)),)}, "no such record or outcome"),
    ],
)
def test_faults_of_the_gold_are_found(changes: dict[str, object], fault: str) -> None:
    found = gold.problems([question(**changes)], {"r": "あいう えお"})
    assert fault in found[0] if fault else found == []


def test_twice_and_both_sides_are_faults() -> None:
    twins = [question(facts=(("a",),)), question(facts=(("a",),), split="test")]
    assert ["twice" if "2 times" in fault else "sides" for fault in gold.problems(twins, {})] == [
        "twice",
        "sides",
    ]


# -- the test part stays unseen


def test_the_program_has_no_words_of_the_test_questions(texts: dict[str, str]) -> None:
    questions = [q for name in gold.SETS for q in gold.load_questions(name)]
    runs = leaks.distinctive_runs(questions, texts.values())
    assert len(runs) > 1_000
    assert leaks.leaks(runs, leaks.sources(ROOT, leaks.PROGRAM)) == []
    assert leaks.whole(questions, leaks.sources(ROOT, (*leaks.PROGRAM, *leaks.TESTS))) == []


def test_distinctive_is_what_neither_records_nor_dev_questions_nor_asking_has() -> None:
    asked = "港の見回りロボットの写真は何日残りますか"
    test = question(id="t", split="test", turns=(asked,))
    runs = leaks.distinctive_runs([test], [])
    assert "回りロボットの写真は" in runs
    assert not any(run.endswith("残りますか") for run in runs)  # 何日, and 残: too little to tell
    assert leaks.distinctive_runs([test], [f"…{asked}"]) == {}
    assert leaks.distinctive_runs([test, question(turns=(asked,))], []) == {}
    generic = question(split="test", turns=("その案件は承認されましたか。条件は何ですか",))
    assert leaks.distinctive_runs([generic], []) == {}
    assert leaks.leaks(runs, {"a.py": 'r"見回りロボットの写真"'}) != []
    assert leaks.leaks(runs, {"a.py": 'r"ロボット"'}) == []
    assert leaks.whole([test], {"t.py": '"港の見回りロボットの写真は、何日残りますか?"'}) != []
    assert leaks.whole([test], {"t.py": '"港の見回りロボットは何日残りますか"'}) == []


def test_words_that_only_the_test_part_has_are_counted() -> None:
    test = question(split="test", turns=("ロボットとドローンの外注",))
    assert leaks.shared_words([test], ["ドローン"], {"list.txt": "委託外注"}) == (2, 1)


# -- right and wrong


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ＡＩ－ＯＣＲ の　案件", "ai-ocrの案件"),
        ("**承認**されました[1]。[23]", "承認されました。"),
        ("| 市 | 結論 |\n|---|:--|\n| あ | 可 |", "市結論あ可"),
        ("## 5〜7日<br>まで", "5~7日まで"),
    ],
)
def test_normalise(text: str, expected: str) -> None:
    assert metrics.normalise(text) == expected


def case(
    outcome: str = "approved", title: str = "見守りカメラの設置", **more: object
) -> dict[str, object]:
    return {"record": "r", "title": title, "outcome": outcome, "outcome_text": "", **more}


def said(text: str, *cases: dict[str, object], abstained: bool = False) -> dict[str, object]:
    return {"answer": text, "abstained": abstained, "cases": list(cases), "citations": []}


CAMERA = GoldCase("r", "見守りカメラ", ("approved",))
BUS = GoldCase("r", "バスの位置", ("rejected",))


def known(record: str, title: str, outcome: str) -> KnownCase:
    return KnownCase(
        record, "鳥羽根町", None, title, ("consultation",), (outcome,), (None,), None, (), (), ()
    )  # fmt: skip


KNOWN = [
    known("r", "見守りカメラ", "approved"),
    known("r", "バスの位置", "rejected"),
    known("s", "バスの位置", "continued"),
]
FACT = question(facts=(("5日", "五日"), ("国内",)), forbidden=("海外",))
VERDICT = question(kind="verdict", facts=(("承認",),), cases=(CAMERA,), forbidden=("不承認",))
LIST = question(kind="list", cases=(CAMERA, BUS))
PREMISE = question(
    answerable=False, why="false_premise", facts=(("承認",),), forbidden=("否決された",)
)
NOWHERE = question(answerable=False, why="wrong_town")
BUS_CASE = case("rejected", "路線バスの位置の公開")
UNREAD = case("not_recorded", doubts=[{"kind": "verdict"}])  # 結論を読み取れず（要確認）


@pytest.mark.parametrize(
    ("asked", "answer", "status"),
    [
        (FACT, said("国内で 5 日[1]残る。"), "right"),
        (FACT, said("5日残る。"), "wrong"),  # one of two facts
        (FACT, said("ほ" * 200 + "国内で5日残る。"), "wrong"),  # not in the head
        (FACT, said("国内で5日残る。海外にも写しがある。"), "wrong"),  # says something false
        (FACT, said("記録にありません。", abstained=True), "abstained"),
        (VERDICT, said("**承認**されました。", case()), "right"),
        (VERDICT, said("**承認**されました。"), "wrong"),  # of no case
        (VERDICT, said("**承認**されました。", case("rejected")), "wrong"),
        (VERDICT, said("**承認**されました。", case(title="別の件")), "wrong"),
        (VERDICT, said("**承認**されました。", case(record="s")), "wrong"),
        (VERDICT, said("不承認でした。", case()), "wrong"),
        (VERDICT, said("**承認**されました。", case(), case("approved", "路線バスの位置の公開")), "wrong"),
        (VERDICT, said("**承認**されました。", case(), case("continued", "路線バスの位置の公開")), "right"),
        (question(kind="verdict", cases=(CAMERA,)), said("資料です。", case()), "wrong"),  # untold
        (question(facts=(("**可",),)), said("**可**とする。"), "right"),
        (question(facts=(("**可",),)), said("可能性がある。"), "wrong"),
        (LIST, said("見守りカメラの設置: 承認\n路線バスの位置: 不承認", case(), BUS_CASE), "right"),
        (LIST, said("見守りカメラの設置: 承認\nほか1件: 不承認", case(), BUS_CASE), "wrong"),
        (LIST, said("見守りカメラの設置: 承認", case()), "wrong"),
        (PREMISE, said("いいえ、承認されています。"), "right"),
        (PREMISE, said("見つかりません。", abstained=True), "right"),
        (PREMISE, said("費用のためです。"), "answered"),
        (PREMISE, said("否決されたのは費用のためです。承認。"), "answered"),
        (NOWHERE, said("見つかりません。", abstained=True), "right"),
        (NOWHERE, said("承認されました。"), "answered"),
    ],
)  # fmt: skip
def test_judge(asked: Question, answer: dict[str, object], status: str) -> None:
    judgement = metrics.judge(asked, answer, KNOWN)
    assert judgement.status == status, judgement.reasons


@pytest.mark.parametrize(
    ("text", "words", "said"),
    [
        ("保存は5日とする", "5日", True),
        ("保存は15日とする", "5日", False),
        ("2.5日で消える", "5日", False),
        ("4月5日に開かれた", "5日", False),  # a day, not how long
        ("4月5日に開かれた", "4月5日", True),
        ("14月5日", "4月5日", False),
        ("令和3年に始めた", "3年", False),
        ("令和3年に始めた", "令和3年", True),
        ("3年度の予算", "3年", False),
        ("保存は3年です", "3年", True),
        ("第2回の会議", "2回", False),
        ("会議は2回", "2回", True),
        ("条例第9条第7項", "9条第7項", True),
        ("条例第19条第7項", "9条第7項", False),
        ("1,149件", "149", False),
        ("五日間", "五日", True),
        ("十五日間", "五日", False),
        ("idとパスワード", "id", True),
        ("videoを送る", "id", False),
        ("承認されました", "承認", True),
        ("意見を付した上で承認とする", "承認", True),
        ("不承認", "承認", False),
        ("未承認です", "承認", False),
        ("承認されませんでした", "承認", False),
        ("承認の記録はありません", "承認", False),
        ("承認しない", "承認", False),
        ("承認されたかは分かりません", "承認", False),
        ("承認されたのではなく、不承認です", "承認", False),
        ("承認されたのではなく、不承認です", "不承認", True),
        ("不承認となったのではなく、承認されました", "不承認", False),
        ("不承認となったのではなく、承認されました", "承認", True),
        ("不適当と認める", "適当", False),
        ("条件はありません", "条件はな", False),
        ("条件はありません", "ありません", True),
    ],
)
def test_words_are_said_or_merely_there(text: str, words: str, said: bool) -> None:
    assert metrics.says(metrics.normalise(text), metrics.normalise(words)) is said


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        ("見守りカメラ", "「見守りカメラ」の設置について", True),
        ("第5号事案（通話の録音）", "事案(通話の録音)について(非公開)", True),
        ("見守りカメラの設置", "見守りカメラの撤去", False),
        ("について（公開）", "見守りカメラについて（公開）", False),  # nothing is left of the first
    ],
)
def test_titles_of_one_case(left: str, right: str, same: bool) -> None:
    assert metrics.same_title(left, right) is same


def test_a_part_is_of_a_verdict_only_beside_one() -> None:
    assert metrics.outcomes_told(metrics.normalise("健康の部分は別紙にする。")) == set()
    assert "partly_approved" in metrics.outcomes_told(metrics.normalise("一部を除き承認する。"))
    assert "partly_approved" in metrics.outcomes_told(metrics.normalise("この部分は認めない。"))


def test_what_is_made_a_condition_is_approved_with_it() -> None:
    told = metrics.outcomes_told(
        metrics.normalise("暗号にすることを条件として、適当と認められる。")
    )
    assert told == {"approved", "approved_with_conditions"}


def test_figures_of_two_cells_are_two() -> None:
    text = metrics.normalise("| (市外) | 149 | 114 |\n3 件")
    assert metrics.says(text, "149")
    assert metrics.says(text, "114")
    assert not metrics.says(text, "149114")


SHORT = question(kind="list", cases=(GoldCase("r", "見守りカメラについて", ("approved",)), BUS))
COUNT = question(kind="count", facts=(("2件",),), cases=(CAMERA, BUS))
UNDECIDED = question(answerable=False, why="undecided", facts=(("継続",),))
GROUNDED = question(facts=(("5日",),), spans=(Span("r", 0, 9),))
BOTH = "見守りカメラの設置: 承認\n路線バスの位置: 不承認"


@pytest.mark.parametrize(
    ("asked", "answer", "status"),
    [
        # a verdict of another case in the first line
        (VERDICT, said("**不適当**とされました（別の件）。\n見守りカメラの設置: **承認**", case()), "wrong"),
        (VERDICT, said("**承認**されました。ほかに不適当とされた件もあります。", case()), "right"),
        # told only far below
        (question(kind="verdict", cases=(CAMERA,)), said("ほ" * 220 + "承認された。", case()), "wrong"),
        # each verdict beside its own title, not anywhere in the text
        (LIST, said("見守りカメラの設置: 不承認\n路線バスの位置: 承認", case(), BUS_CASE), "wrong"),
        # a title told without the について that it ends with
        (SHORT, said(BOTH.replace("の設置", ""), case(title="見守りカメラについて"), BUS_CASE), "right"),
        # lists and counts with cases that nobody asked for
        (LIST, said(f"{BOTH}\n別の件: 承認", case(), BUS_CASE, case(title="別の件")), "wrong"),
        (LIST, said(BOTH, case(), BUS_CASE, case(record="s", municipality="鳥羽根町")), "right"),
        (COUNT, said(f"2件です。\n{BOTH}", case(), BUS_CASE), "right"),
        (COUNT, said(f"12件です。\n{BOTH}", case(), BUS_CASE), "wrong"),
        # a case beside a fact, with an outcome that it does not have
        (FACT, said("国内で5日残る。", case("rejected")), "wrong"),
        # that there is no verdict is false; that none could be read claims nothing, and is no verdict
        (FACT, said("国内で5日残る。", case("not_recorded")), "wrong"),
        (FACT, said("国内で5日残る。", UNREAD), "right"),
        (NOWHERE, said("記録からは分かりません。", UNREAD, abstained=True), "right"),
        (VERDICT, said("結論を読み取れませんでした。", UNREAD, abstained=True), "abstained"),
        (VERDICT, said("**承認**されました。", UNREAD), "wrong"),
        # two titles run together: the verdict of the second is told of the first
        (FACT, said("国内で5日残る。", case("rejected", "見守りカメラ 課 承認 バスの位置")), "wrong"),
        (FACT, said("国内で5日残る。", case("approved", "見守りカメラ 課 承認 バスの位置")), "right"),
        # a piece of the text told as a case with a verdict; as a matter without one it is harmless
        (FACT, said("国内で5日残る。", case("rejected", "お手紙の(2)について")), "wrong"),
        (FACT, said("国内で5日残る。", case("not_recorded", "お手紙の(2)について")), "right"),
        (FACT, said("国内で5日残る。", case("rejected", "お手紙", record="z")), "right"),
        # says that it abstains, and answers all the same
        (NOWHERE, said("承認されました。", abstained=True), "answered"),
        (FACT, said("国内で5日残る。", abstained=True), "right"),
        # what is presumed is told first, and set right below
        (PREMISE, said("費用のためです。\n結論: 承認"), "answered"),
        (UNDECIDED, said("**継続**審議です。"), "right"),
        (UNDECIDED, said("継続審議ではなく、終わっています。"), "answered"),
        (PREMISE, said("不承認の理由は費用です。"), "answered"),  # 承認 stands in it, in letters only
        (PREMISE, said("「否決された」のではなく、承認されました。"), "right"),
    ],
)  # fmt: skip
def test_judge_coldly(asked: Question, answer: dict[str, object], status: str) -> None:
    judgement = metrics.judge(asked, answer, KNOWN)
    assert judgement.status == status, judgement.reasons


UNDECIDED_CASE = question(answerable=False, why="undecided", cases=(CAMERA,))
NO_CAMERA = "記録に、「カメラ」に当たる案件は見つかりません。"


@pytest.mark.parametrize(
    ("asked", "first", "status"),
    [
        (UNDECIDED_CASE, "記録からは分かりません。", "right"),
        (UNDECIDED_CASE, NO_CAMERA, "answered"),  # there is one, of which nothing is decided
        (NOWHERE, NO_CAMERA, "right"),
        (UNDECIDED_CASE, f"{NO_CAMERA}ただし、第2回の記録からは、案件を読み取れていません。", "right"),
        (UNDECIDED_CASE, "不承認とされた案件は見つかりません。", "right"),
        (UNDECIDED_CASE, "件名に「カメラ」とある案件は見つかりません。", "right"),
        (question(cases=(CAMERA,)), NO_CAMERA, "wrong"),
        (question(cases=(CAMERA,)), "記録からは分かりません。", "abstained"),
    ],
)  # fmt: skip
def test_that_there_is_no_such_case_may_be_false(asked: Question, first: str, status: str) -> None:
    assert metrics.judge(asked, said(first, abstained=True), KNOWN).status == status


@pytest.mark.parametrize(
    ("item", "status"),
    [
        ("- 路線バスの位置の公開[1]: **不承認**", "right"),
        ("- 路線バスの位置の公開[1]: **継続審議**", "right"),  # in another record of the town
        ("- 路線バスの位置の公開[1]: **意見を付して承認**", "answered"),
        ("- 路線バスの位置の公開[1]: **結論を読み取れず（要確認）**", "right"),
        ("- **承認**とした例は路線バスの位置[2]", "right"),  # cites no title
    ],
)
def test_a_verdict_of_a_case_offered_as_near_may_be_false(item: str, status: str) -> None:
    quotes = [
        {"n": 1, "record": "r", "quote": "路線バスの位置の公開"},
        {"n": 2, "record": "r", "quote": "例"},
    ]
    answer = {
        **said(f"見つかりません。\n近い別の案件\n{item}", abstained=True),
        "citations": quotes,
    }
    assert metrics.judge(NOWHERE, answer, KNOWN).status == status


@pytest.mark.parametrize(
    ("record", "head", "status"),
    [("r", "5日残る。[1]", "right"), ("s", "5日残る。[1]", "wrong"), ("s", "5日残る。", "right")],
)
def test_the_evidence_is_of_the_right_record(record: str, head: str, status: str) -> None:
    cited = {"n": 1, "record": record, "start": 0, "end": 2, "quote": "あい"}
    answer = {**said(head), "citations": [cited]}
    assert metrics.judge(GROUNDED, answer, KNOWN).status == status


def test_at_once_is_the_first_line() -> None:
    assert metrics.at_once(FACT, said("国内で5日[1]残る。\n- ほか"))
    assert not metrics.at_once(FACT, said("国内です。\n- 5日"))


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("見守りカメラの件は承認された。", "right"),
        ("承認された。", "wrong"),
        ("承認。" + "ほ" * 1_000 + "見守りカメラ", "wrong"),
    ],
)
def test_a_plain_text_may_tell_a_case(text: str, status: str) -> None:
    assert metrics.judge(VERDICT, said(text), KNOWN, text_only=True).status == status


def test_a_list_has_recall_and_precision() -> None:
    answer = said("見守りカメラ: 承認。別の件: 承認。", case(), case(title="別の件"))
    assert metrics.listed(LIST, answer) == (0.5, 0.5)
    optional = question(
        kind="list", cases=(CAMERA,), optional=(GoldCase("r", "別の件", ("approved",)),)
    )
    assert metrics.listed(optional, answer) == (1.0, 1.0)


# -- spans


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ([], 0.0),
        ([Span("r", 0, 5)], 0.5),
        ([Span("r", 0, 4)], 0.0),  # less than half of the first
        ([Span("r", 0, 3), Span("r", 3, 5)], 0.5),  # half of it, in two
        ([Span("s", 0, 90)], 0.0),
        ([Span("r", 0, 40)], 1.0),
        ([Span("r", 0, 10), Span("r", 70, 80)], 1.0),  # the other place says the same
        ([Span("r", 0, 80)], 1.0),
    ],
)
def test_recall(found: list[Span], expected: float) -> None:
    spans, also = (Span("r", 0, 10), Span("r", 30, 40)), (Span("r", 70, 80),)
    assert metrics.recall(question(spans=spans, spans_also=also), found) == expected


def test_precision_is_of_the_cited_characters() -> None:
    assert metrics.precision([Span("r", 0, 10), Span("r", 5, 20)], [Span("r", 10, 15)]) == 0.25


def test_a_span_is_widened_to_its_sentence() -> None:
    text = "一つ目。二つ目の文。\n三つ目"
    for span, expected in (
        ((5, 6), "二つ目の文。"),
        ((4, 10), "二つ目の文。"),
        ((12, 13), "三つ目"),
    ):
        wide = metrics.sentence_around(text, Span("r", *span))
        assert text[wide.start : wide.end] == expected


def test_quotes_must_be_exact_and_marks_must_have_one() -> None:
    good = {"n": 1, "record": "r", "start": 0, "end": 2, "quote": "あい"}
    answer = {
        "answer": "あい[1]。う[2]。",
        "citations": [good, {**good, "n": 3, "start": 1, "end": 3}],
    }
    assert metrics.exact_quotes(answer, {"r": "あいう"}) == [True, False, False]


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ("承認されました。[1]条件はありません。", 0.5),
        ("「可とする。」とされた[1]。\n調べた範囲: 記録4件。", 1.0),
        ("## 結論\n| 市 | 結論 |\n|---|---|\n| あの市 | 承認 [1] |\n| この市 | 記録なし |", 0.5),
        ("審議で問われたこと\n- 削除の時期を問われた\n- 直ちにと答えた[2]", 0.5),
        ("なし", None),
    ],
)
def test_coverage(answer: str, expected: float | None) -> None:
    assert metrics.coverage(answer) == expected


# -- reading, uncertainty, pages


def test_cases_are_paired_one_to_one() -> None:
    titles = [
        ("r", "路線バスの位置の公開"),
        ("r", "見守りカメラの設置について"),
        ("q", "見守りカメラ"),
    ]
    assert metrics.pair_cases(KNOWN, titles) == [1, 0, None]


def test_f1_counts_what_is_missing_and_what_is_too_much() -> None:
    tally = {"cases found": reading.Tally(1, 2), "cases true": reading.Tally(1, 1)}
    assert reading.f1(tally) == pytest.approx(2 / 3)


def test_interval_draws_whole_groups() -> None:
    values = [1.0] * 50 + [0.0] * 50
    alone = metrics.interval(values, [str(n) for n in range(100)])
    together = metrics.interval(values, ["a"] * 50 + ["b"] * 50)
    assert 0.35 < alone[0] < 0.45 < 0.55 < alone[1] < 0.65
    assert together == (0.0, 1.0)


def results() -> Iterator[report.Result]:
    for asked, answer in (
        (FACT, said("国内で5日。")),
        (VERDICT, said("?")),
        (NOWHERE, said("はい。")),
    ):
        yield report.judged(asked, Reply(answer, (), 1.0), KNOWN, {})


def test_summary() -> None:
    found = report.summary(list(results()))
    wanted = {"questions": 3, "unanswerable": 1, "right_n": 1, "wrong_n": 1, "answered_n": 1}
    wanted |= {"abstained": 0, "right_of_answerable": 0.5, "at_once": 0.5, "refusal_recall": 0}
    assert {name: found[name] for name in wanted} == wanted
    silent = [report.judged(q, abstainer(q.turns), KNOWN, {}, ours=False) for q in (FACT, NOWHERE)]
    found = report.summary(silent)
    assert (found["right"], found["abstained"]) == (0.5, 0.5)
    assert (found["refusal_precision"], found["refusal_recall"]) == (0.5, 1.0)
    assert found["refusal_f1"] == pytest.approx(2 / 3)


def test_margin_is_of_the_same_questions() -> None:
    ours = list(results())
    silent = [report.judged(r.question, abstainer(()), KNOWN, {}, ours=False) for r in ours]
    same = report.margin(ours, ours, lambda r: r.status == "right")
    assert same == (0.0, (0.0, 0.0))
    better = report.margin(ours, silent, lambda r: r.status == "right")
    assert better is not None
    assert better[0] == 0.0
    assert report.margin(ours, silent, lambda r: r.recall) is None


def test_of_more_spans_than_places_as_many_as_these_can_be_found() -> None:
    spans = tuple(Span("r", 10 * n, 10 * n + 10) for n in range(10))
    asked, found = question(spans=spans), list(spans[:5])
    assert (metrics.recall(asked, found), metrics.recall_within(asked, found)) == (0.5, 1.0)


def test_evidence_is_held_by_characters() -> None:
    asked = question(spans=(Span("r", 0, 10), Span("r", 20, 30)), spans_also=(Span("r", 50, 60),))
    assert metrics.held(asked, [Span("r", 0, 5)]) == 0.25
    assert metrics.held(asked, [Span("r", 0, 10), Span("r", 50, 60)]) == 1.0
    assert metrics.held(asked, [Span("s", 0, 90)]) == 0.0


@pytest.mark.parametrize(
    ("outcome", "expected"), [("approved", (1, 1)), ("rejected", (0, 1)), (None, (0, 0))]
)
def test_verdicts_are_counted_where_given(outcome: str | None, expected: tuple[int, int]) -> None:
    answer = said("…", *([case(outcome)] if outcome else []))
    assert metrics.verdicts(VERDICT, answer) == expected


def test_the_page_shows_no_question_of_the_test_part() -> None:
    runs: dict[str, dict[str, list[report.Result]]] = {"sample": {report.OURS: [], "x": []}}
    for split in ("dev", "test"):
        asked = question(id=f"id-{split}", turns=(f"問い-{split}",), split=split, facts=(("5日",),))
        result = report.judged(asked, Reply(said("?"), (), 1.0), KNOWN, {})
        runs["sample"][report.OURS].append(result)
        runs["sample"]["x"].append(result)
    _, whole = page(runs, {}, ("", {}, []), {}, "t")
    kept = json.dumps(figures(runs, {}, "c"), ensure_ascii=False)
    for text in (whole, kept):
        assert "id-dev" in text
        assert "id-test" not in text
        assert "問い-test" not in text


@pytest.fixture
def gold_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(gold, "FOLDER", tmp_path)
    return tmp_path


def test_questions_of_a_set_come_from_all_its_files(gold_folder: Path) -> None:
    def write(name: str, id: str, **more: str) -> None:
        entry = {"id": id, "turns": ["?"], "kind": "fact", "answerable": True, "facts": [["a"]]}
        text = json.dumps({**entry, **more}) + "\n\n"
        (gold_folder / name).write_text(text, encoding="utf-8")

    write("real.jsonl", "a", split="test", group="g")
    write("real2.jsonl", "b")
    write("real_dev.jsonl", "c")
    write("realistic.jsonl", "d")
    questions = gold.load_questions("real")
    assert [(q.id, q.split, q.set) for q in questions] == [
        ("a", "test", "real"),
        ("b", "dev", "real"),
        ("c", "dev", "real"),
    ]


SECRET = "かもめ台市の審議会では、港の見回りに使う記録装置について、保存の期間を三日とすることの可否が問われた。"


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        (f"前{SECRET}後", f"前{SECRET[:10]}…後"),
        (f"| {SECRET[:20]} |\n| {SECRET[20:]} |", f"| {SECRET[:10]}… |\n|  |"),
        (SECRET[:29], SECRET[:29]),
        ("| --- | --- |" * 9, "| --- | --- |" * 9),
    ],
)
def test_pages_that_are_kept_repeat_no_record(page: str, expected: str) -> None:
    assert report.without_records(page, [SECRET, "-" * 99]) == expected


def test_more_cases_are_the_sample_under_other_towns_names(tmp_path: Path) -> None:
    sample = tmp_path / "sample"
    sample.mkdir()
    shutil.copy(ROOT / "records" / "sample" / "kaedesawa-r3-3.txt", sample)
    assistant = pages.thousand(sample, ["楓沢町"], tmp_path / "thousand", cases=10)
    cases = assistant.evidence.cases
    assert len(cases) >= 10
    assert {case.municipality for case in cases} >= {"楓沢町", "東楓沢町"}
    assert len({(case.municipality, case.title) for case in cases}) == len(cases)
