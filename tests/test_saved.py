"""Saved questions and judgements: what changed, and the record that made it so; nothing is lost."""

import json
import shutil
from pathlib import Path

import pytest
from stand_ins import HashEmbedder

from assistant.chat import Assistant
from assistant.conversations import conversation
from assistant.desks.judgements import Judgement, as_gold, as_jsonl, judge
from assistant.desks.keeping import Notes, NotKept, notes_folder
from assistant.desks.saved import (
    Holdings,
    Kept,
    KeptCase,
    Line,
    Reasons,
    SavedQuestions,
    differences,
    sheet,
)
from assistant.questions import Filters
from eval.gold import problems, read_questions
from index.build import build
from index.store import open_index

MINUTES = """会議の名称\t令和3年度第{n}回茜ヶ浦町個人情報保護運営審議会\t\t
開催日時\t令和3年{month}月21日(木) 午前10時～11時\t\t
会議次第\t(1) 諮問審議 ・令和3年度諮問第{case}号 「{title}」(防災課)\t\t
会 議 経 過\t\t\t
(1) 諮問審議

○「{title}」について、{verdict}

※委員意見及び防災課の回答

- 記録は何日残るのか。
 → {days}日間残して消す。
"""
EMBEDDER = HashEmbedder("a", "b", 8)


class Desk:
    """Records in a folder, built anew as often as wanted, and the questions saved over them."""

    def __init__(self, folder: Path) -> None:
        self.records, self.index = folder / "records", folder / ".senrei"
        self.records.mkdir()
        notes = notes_folder(self.index)
        self.questions = SavedQuestions(
            Notes(notes / "questions.jsonl"), Notes(notes / "holdings.jsonl")
        )

    def write(self, name: str, **said: object) -> None:
        told = {
            "n": 2, "month": 10, "case": 4, "title": "水位計の設置", "days": 3,
            "verdict": "諮問どおり行うことを「可」とする。",
        } | said  # fmt: skip
        (self.records / name).write_text(MINUTES.format(**told), encoding="utf-8")

    def built(self) -> Assistant:
        build([self.records], self.index, embedder=EMBEDDER)
        return Assistant(open_index(self.index), EMBEDDER)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    desk = Desk(tmp_path)
    desk.write("a.txt")
    return desk


ASKED = ("水位計の設置の案件は承認されましたか。",)


def test_what_has_not_changed_is_said_not_to_have(desk: Desk) -> None:
    desk.questions.save(desk.built(), ASKED)
    (saved,) = desk.questions.all(desk.built())
    assert (saved.question, saved.changes, saved.records) == (ASKED[0], (), ())
    # another town's record, on another matter, changes nothing that was said
    desk.write("b.txt", title="図書の貸出し", case=9, n=3, month=11)
    (saved,) = desk.questions.all(desk.built())
    assert saved.changes == ()
    assert "b.txt" in saved.records[0]


def test_a_changed_verdict_is_told_with_the_record_that_changed_it(desk: Desk) -> None:
    desk.questions.save(desk.built(), ASKED)
    desk.write("a.txt", verdict="継続審議とする。")
    assistant = desk.built()
    (saved,) = desk.questions.all(assistant)
    first = saved.changes[0]
    assert first.what.startswith("結論: 茜ヶ浦町")
    assert first.was.startswith("承認")
    assert first.now.startswith("継続審議")
    assert first.why == "記録 a.txt の内容が変わりました"
    assert any(change.what == "1行目" for change in saved.changes)
    assert saved.records == ("内容が変わった記録: a.txt（1件）",)
    assert len(sheet([saved]).rows) == len(saved.changes)

    # seen: from now on this is the answer to compare with, and the change is remembered
    desk.questions.seen(assistant, saved)
    (saved,) = desk.questions.all(desk.built())
    assert saved.changes == ()
    assert any("承認" in words and "継続審議" in words for words in saved.history)


def test_a_new_case_and_one_that_is_gone(desk: Desk) -> None:
    asked = ("茜ヶ浦町ではどんな案件がありましたか。",)
    desk.questions.save(desk.built(), asked)
    desk.write("b.txt", title="図書の貸出し", case=9, n=3, month=11)
    (saved,) = desk.questions.all(desk.built())
    added = [c for c in saved.changes if c.what.startswith("案件が加わりました")]
    assert [(c.was, c.why) for c in added] == [("", "新しい記録 b.txt")]
    assert "図書の貸出し" in added[0].what
    (desk.records / "a.txt").unlink()
    (saved,) = desk.questions.all(desk.built())
    gone = [c for c in saved.changes if c.what.startswith("案件が外れました")]
    assert [(c.now, c.why) for c in gone] == [("", "記録 a.txt が、読み込まれなくなりました")]


def test_a_record_that_only_has_another_name_changes_nothing(desk: Desk) -> None:
    desk.questions.save(desk.built(), ASKED)
    (desk.records / "a.txt").rename(desk.records / "z.txt")
    (saved,) = desk.questions.all(desk.built())
    assert saved.changes == ()
    assert saved.records == ("名前だけ変わった記録: a.txt → z.txt",)


def test_what_was_not_recorded_and_now_is(desk: Desk) -> None:
    asked = ("図書の貸出しの案件は承認されましたか。",)
    desk.questions.save(desk.built(), asked)
    desk.write("b.txt", title="図書の貸出し", case=9, n=3, month=11)
    (saved,) = desk.questions.all(desk.built())
    assert any(c.what == "答えの有無" and c.why == "新しい記録 b.txt" for c in saved.changes)


def test_a_rebuild_from_nothing_leaves_what_was_saved(desk: Desk) -> None:
    desk.questions.save(
        desk.built(), ("水位計の案件は?", "条件は?"), ("years",), Filters(("茜ヶ浦町",), (2021,))
    )
    desk.questions.save(  # twice is once
        desk.built(), ("水位計の案件は?", "条件は?"), ("years",), Filters(("茜ヶ浦町",), (2021,))
    )
    shutil.rmtree(desk.index)
    (saved,) = desk.questions.all(desk.built())
    assert saved.turns == ("水位計の案件は?", "条件は?")
    assert saved.drop == ("years",)
    assert saved.within == Filters(("茜ヶ浦町",), (2021,))
    desk.questions.forget(saved.id)
    assert desk.questions.all(desk.built()) == []


# -- differences ----------------------------------------------------------------------------------

NOTHING = Holdings({}, {}, "1")
CASE = KeptCase("a", "茜ヶ浦町", "水位計", "2021-10-21", "approved", ("消すこと",))


@pytest.mark.parametrize(
    ("then", "today", "records", "why"),
    [
        ({"a": "1"}, {"a": "1", "b": "2"}, ["b"], "新しい記録 b"),
        ({"a": "1"}, {"a": "2"}, ["a"], "記録 a の内容が変わりました"),
        ({"a": "1"}, {}, ["a"], "記録 a が、読み込まれなくなりました"),
        ({"a": "1"}, {"a": "1", "b": "2"}, ["a"], "この文の記録は変わっていません"),
        ({"a": "1"}, {"a": "1"}, ["a"], "記録は変わっていません"),
    ],
)
def test_a_change_is_put_down_to_a_record_only_where_it_changed(
    then: dict[str, str], today: dict[str, str], records: list[str], why: str
) -> None:
    reasons = Reasons(Holdings(then, {}, "1"), Holdings(today, {}, "1"))
    assert reasons.of(records).startswith(why)


def test_corrections_and_a_new_reader_are_told_as_such() -> None:
    then, today = Holdings({"a": "1"}, {}, "1"), Holdings({"a": "1"}, {"a": "9"}, "1")
    assert "人の訂正" in Reasons(then, today).of(["a"])
    assert "読み取り方" in Reasons(then, Holdings({"a": "1"}, {}, "2")).of(["a"])


def test_the_numbers_of_citations_and_conditions_in_the_same_words_are_no_change() -> None:
    was = Kept((Line("lead", "承認されました。", ("a",)),), (CASE,), False, (1, 1, 1))
    same = Kept((Line("lead", "承認されました。 ", ("a",)),), (CASE,), False, (9, 9, 9))
    assert list(differences(was, same, Reasons(NOTHING, NOTHING))) == []


# -- the files ------------------------------------------------------------------------------------


def test_a_line_that_cannot_be_read_is_left_where_it_is(tmp_path: Path) -> None:
    path = tmp_path / "kept" / "questions.jsonl"
    notes = Notes(path)
    assert notes.all() == []
    first = notes.add({"turns": ["一"]})
    with path.open("a", encoding="utf-8") as file:
        file.write("{broken\r\n[1, 2]\n")
    second = notes.add({"turns": ["二\u2028三\ud800"]})
    notes.change(first, {"seen": "x"})
    assert [(n["id"], n.get("seen")) for n in notes.all()] == [(first, "x"), (second, None)]
    notes.change(first, None)
    assert [n["id"] for n in notes.all()] == [second]
    text = path.read_text(encoding="utf-8")
    assert "{broken" in text
    assert "[1, 2]" in text
    assert "二\u2028三" in text  # readable as it stands
    assert sorted(p.suffix for p in path.parent.iterdir()) == [".jsonl", ".lock"]


def test_where_nothing_can_be_written_a_sentence_says_where_and_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("", encoding="utf-8")
    with pytest.raises(NotKept, match=r"taken.*フォルダー"):
        Notes(tmp_path / "taken" / "questions.jsonl").add({})


def test_notes_are_beside_the_index_and_not_in_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SENREI_NOTES", raising=False)
    assert notes_folder(Path("/x/.senrei")) == Path("/x/senrei-notes")
    assert notes_folder(Path("/x/index")) == Path("/x/index-notes")
    monkeypatch.setenv("SENREI_NOTES", "/y")
    assert notes_folder(Path("/x/.senrei")) == Path("/y")


# -- judgements -----------------------------------------------------------------------------------


def test_judgements_are_read_by_the_evaluation(desk: Desk, tmp_path: Path) -> None:
    assistant = desk.built()
    notes = Notes(tmp_path / "judgements.jsonl")
    for asked, judgement, words in (
        (ASKED, Judgement.RIGHT, ""),
        (("図書の貸出しの案件は承認されましたか。",), Judgement.RIGHT, "ないはず"),
        (("記録は何日残りますか。",), Judgement.WRONG, "<b>5日</b>のはず"),
        (("水位計の設置の案件は?", "結論は?"), Judgement.RIGHT, ""),
    ):
        judge(notes, assistant.index, asked, assistant.ask(asked), judgement, words)
    exported = tmp_path / "exported.jsonl"
    exported.write_bytes(as_jsonl(notes.all()))
    texts = {info.id: assistant.index.text(info.id) for info in assistant.index.records()}
    questions = read_questions(exported, "own")
    assert problems(questions, texts) == []
    assert [q.turns for q in questions] == [
        ASKED, ("図書の貸出しの案件は承認されましたか。",), ("水位計の設置の案件は?", "結論は?")
    ]  # fmt: skip
    right, absent, follow = questions
    assert right.kind == "verdict"
    assert right.cases[0].outcomes == ("approved",)
    assert all(texts[s.record][s.start : s.end].strip() for s in right.spans)
    assert (absent.answerable, absent.why, absent.note) == (False, "not_recorded", "ないはず")
    assert follow.kind == "followup"

    # with filters on, the words alone are not the question
    within = assistant.ask(ASKED, within=Filters(("茜ヶ浦町",)))
    judge(notes, assistant.index, ASKED, within, Judgement.RIGHT)
    exported.write_bytes(as_jsonl(notes.all()))
    assert read_questions(exported, "own") == questions

    # of what was called wrong, what is right is still to be written; then it is a question too
    wrong = as_gold(notes.all()[2])
    assert wrong["cited"]
    assert wrong["note"] == "<b>5日</b>のはず"
    assert not wrong["facts"]
    exported.write_text(json.dumps({**wrong, "facts": [["3日"]]}) + "\n", encoding="utf-8")
    assert read_questions(exported, "own")[0].facts == (("3日",),)


def test_the_turns_of_a_judgement_are_what_was_understood(desk: Desk, tmp_path: Path) -> None:
    assistant = desk.built()
    turns = ("水位計の設置の案件は?", "結論は?")
    notes = Notes(tmp_path / "judgements.jsonl")
    judge(notes, assistant.index, turns, assistant.ask(turns), Judgement.RIGHT)
    (note,) = notes.all()
    again = conversation(note["turns"], assistant.vocabulary, assistant)
    assert again.intent.value == note["intent"]
