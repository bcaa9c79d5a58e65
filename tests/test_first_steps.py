"""はじめての方へ: a word is explained by a sentence whose form explains, or said not to be."""

from pathlib import Path

import pytest
from conftest import HOSTILE_RECORD
from stand_ins import HashEmbedder

from assistant.desks.dossiers import Dossiers
from assistant.desks.first_steps import FirstSteps
from assistant.surveys.glossary import Glossary, listed
from assistant.surveys.precedents import Precedents
from index.build import build
from index.japanese import fold
from index.store import Index, open_index

SAYING = """令和4年度第2回 茜ヶ浦町個人情報保護審議会 会議録
日時 令和4年8月3日 午後2時

1 漁港の水位計の設置について（諮問）
{line}
"""


def index_of(tmp_path: Path, *texts: str) -> Index:
    records = tmp_path / "records"
    records.mkdir()
    for number, text in enumerate(texts):
        (records / f"akanegaura-{number}.txt").write_text(text, encoding="utf-8")
    build([records], tmp_path / "index", embedder=HashEmbedder("a", "b", 8))
    return open_index(tmp_path / "index")


@pytest.mark.parametrize(
    ("line", "explained"),
    [
        ("「目的外利用」とは、集めた目的と違う目的で町が使うことをいいます。", "目的外利用"),
        ("附帯意見とは、認めるときに添える意見のことである。", "附帯意見"),
        ("○事務局 諮問は、町が決める前に審議会の意見を聴くものです。", "諮問"),
        ("町の外の者に渡す場合は「外部提供」といい、区別しています。", "外部提供"),
        ("※ISMS・・・情報の管理の仕組みについて定めた国際的な規格。", "ISMS"),
        ("水位計とは、川の水の高さを測る機器である。", "水位計"),
        # none of these says what a word means
        ("目的外利用とは言えないと考える。", ""),
        ("「目的外利用」とは別の問題である。", ""),
        ("外部提供とは何か。", ""),
        ("オンライン結合は、認められないものです。", ""),
        ("前回とは、担当の課が違うものである。", ""),
        ("目的外利用を行うこととする。", ""),
        ("「対象者」とは、次の者をいう。", ""),
        ("精度の改善とは、申告書を使って学習させるということですね。", ""),
    ],
)  # fmt: skip
def test_a_sentence_explains_by_its_form(tmp_path: Path, line: str, explained: str) -> None:
    index = index_of(tmp_path, SAYING.format(line=line))
    glossary = Glossary(index)
    found = {fold(e.word.name): e.explained for e in glossary.entries() if e.explained}
    found |= {fold(one.word): (one.told,) for one in glossary.others()}
    assert list(found) == ([fold(explained)] if explained else [])
    for told in found.get(fold(explained), ()):
        said = index.text(told.place.record)[told.place.start : told.place.end]
        assert fold(explained) in fold(said)
        assert said.strip() in line
        assert "令和4年度第2回" in told.where


def test_the_reply_to_what_it_means_explains(tmp_path: Path) -> None:
    text = HOSTILE_RECORD.replace("水位計の画面には何が表示されるのか", "検針器とは、何のことか")
    index = index_of(tmp_path, text)
    (one,) = Glossary(index).others()
    place = one.told.place
    assert fold(one.word) == "検針器"
    assert index.text(place.record)[place.start : place.end].startswith("水位計の画面には")


def test_the_same_words_in_two_papers_are_one_explanation(tmp_path: Path) -> None:
    text = SAYING.format(line="「答申」とは、審議会の返事をいいます。")
    glossary = Glossary(index_of(tmp_path, text, text.replace("第2回", "第3回")))
    (entry,) = [e for e in glossary.entries() if e.explained]
    assert entry.word.name == "答申"
    assert len(entry.explained) == 1


def test_every_listed_word_has_a_plain_line_and_none_is_twice() -> None:
    names = [key for word in listed() for key in word.keys]
    assert len(names) == len(set(names))
    assert all(word.plain.endswith("。") for word in listed())
    asked = "目的外利用 外部提供 オンライン結合 本人外収集 附帯意見 答申 諮問 電子計算組織の結合 要配慮個人情報"
    assert {fold(name) for name in asked.split()} <= set(names)


def test_what_the_records_say_of_the_change_of_the_law(tmp_path: Path) -> None:
    line = (
        "令和5年4月から、個人情報の保護に関する法律が町にも適用され、町の条例は廃止されます。\n"
        "令和5年4月から、水位計を3台増やします。\n条例の改正はいつか。"
    )
    index = index_of(tmp_path, SAYING.format(line=line))
    precedents = Precedents(index)
    steps = FirstSteps(index, precedents, Dossiers(index, precedents))
    (told,) = steps.law
    said = index.text(told.place.record)[told.place.start : told.place.end]
    assert said == line.partition("\n")[0]


def test_three_cases_that_end_differently(desk_index: Path) -> None:
    index = open_index(desk_index)
    precedents = Precedents(index)
    walks = FirstSteps(index, precedents, Dossiers(index, precedents)).walks
    assert len({walk.dossier.case.chain or walk.dossier.case.id for walk in walks}) == 3
    approved, resumed, open_ = (walk.dossier for walk in walks)
    assert approved.outcome == "approved_with_conditions"
    assert approved.row.conditions
    assert approved.themes
    assert resumed.steps[0].decision
    assert resumed.steps[0].decision.outcome in ("continued", "rejected", "withdrawn")
    assert resumed.outcome in ("approved", "approved_with_conditions")
    assert open_.outcome == "not_recorded"


def test_without_cases_there_is_nothing_to_walk(tmp_path: Path) -> None:
    index = index_of(tmp_path, "茜ヶ浦町の海岸には松が多い。")
    precedents = Precedents(index)
    steps = FirstSteps(index, precedents, Dossiers(index, precedents))
    assert (steps.walks, steps.law, steps.council) == ((), (), ())
    assert not any(entry.explained for entry in Glossary(index).entries())
