"""Replies (答申), one by one or many in a file: each matter has its title, its day and what was concluded."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date

import pytest

from index.cases import Case
from index.grammar.verdicts import read_verdict
from index.japanese import fold
from index.meetings import read_meetings
from index.reading.case_reading import read_cases
from index.records import Record
from index.text.lines import lines
from index.text.replies import replies_bound

TOWNS = ["霞野市", "銀杏町", "柚木野市"]
MATTERS = [
    "国民健康保険の被保険者に係る健診の結果を研究のため大学に提供すること",
    "防犯カメラの映像の警察署への提供",
    "人事給与システムの保守における遠隔からの接続",
    "学校の出欠の連絡に係るアプリケーションの利用",
    "空き家の所有者に関する税の情報の目的外利用",
]
CONCLUSIONS = [
    ("{matter}は、適当である。", "approved"),
    ("実施機関が行おうとする{matter}は、適当でない。", "rejected"),
    (
        "{town}長（以下「実施機関」という。）が行おうとする{matter}は、次の条件を付して適当と認める。\n　(1)　記録を残すこと。\n　(2)　年に一度報告すること。",
        "approved_with_conditions",
    ),
    ("{matter}について、諮問のとおり実施することは差し支えない。", "approved"),
    ("実施機関が定めようとする基準（案）は、妥当である。", "approved"),
    ("{matter}は、実施機関が示した案のうち氏名を除き、適当と認める。", "partly_approved"),
    ("本件については、結論を出すに至らなかったので、引き続き審議する。", "continued"),
]
HEADINGS = [
    "１　審査会の結論",
    "第１　結論",
    "１　結論",
    "第１　審議会の結論",
    "２　答申の内容",
    "【結論】",
]
REASONS = [
    "２　判断の理由\n　実施機関は、夜間に備える必要があると説明した。審査会としては、説明に合理性があると考える。",
    "第２　審査の経過\n　令和２年１０月２２日に説明を受け、審議した。委員からは適当でないとの意見もあった。",
    "３　付言\n　審査会は、費用のみを理由に認めることはできないと考える。",
    "２　諮問の趣旨\n　実施機関は、事業者に業務を委ねることは適当であるとして、意見を求めている。",
]
BETWEEN = ["\n", "\n――――――――――――――\n\n", "\n\f\n", "\n- 1 -\n\n"]


def wrapped(text: str, width: int = 36) -> str:
    rows = []
    for row in text.split("\n"):
        rows += [row[at : at + width] for at in range(0, max(1, len(row)), width)]
    return "\n".join(rows)


@dataclass(frozen=True)
class Reply:
    matter: str
    outcome: str
    day: date


def a_reply(draw: random.Random, town: str, number: int, matter: str) -> tuple[str, Reply]:
    day = date(draw.choice([2020, 2021]), draw.randint(1, 12), draw.randint(1, 28))
    body = f"{town}個人情報保護審査会"
    numbered = draw.choice(["{}情審第{}号\n", "{}個審答申第{}号\n", ""]).format(town[0], number)
    addressed = draw.choice(
        ["{}長　山野　太郎　様", "{}長　様", "{}長　殿", "{}教育委員会　様", "実施機関　{}長　様"]
    )
    signed = draw.choice(["会　長　　海原　次郎\n", "会長　海原次郎\n", ""])
    head = f"{numbered}令和{day.year - 2018}年{day.month}月{day.day}日\n\n{addressed.format(town)}\n\n{body}\n{signed}"
    if draw.random() < 0.25:
        head = f"答申第{number}号\n{head}"
    asked = "令和２年９月８日付け霞国保第３０５号で諮問のあったこのことについて、下記のとおり答申します。"
    titled = [
        f"{matter}について（答申）\n\n{wrapped(asked)}",
        f"{wrapped(f'{matter}について（答申）', draw.choice([28, 34]))}\n\n{wrapped(asked)}",
        f"{matter}について\n（答申）\n\n{wrapped(asked)}",
        f"答申書\n\n件名　{matter}について",
        f"答申書\n\n１　諮問事項\n　{matter}について",
        "答　申　書\n\n"
        + wrapped(
            f"令和２年９月８日付けで諮問のありました「{matter}」について、次のとおり答申します。"
        ),
    ]
    words, outcome = draw.choice(CONCLUSIONS)
    told = wrapped(f"　{words.format(matter=matter, town=town)}")
    below = draw.choice(["", "\n記\n"])
    parts = [
        head,
        draw.choice(titled),
        below,
        draw.choice(HEADINGS),
        told,
        "",
        draw.choice(REASONS),
        "",
    ]
    text = "\n".join(parts)
    return text, Reply(matter, outcome, day)


def read(text: str) -> list[Case]:
    record = Record("toshin.txt", text, "")
    pieces = lines(text)
    return read_cases(record, pieces, read_meetings(record, pieces))


@pytest.mark.parametrize("seed", range(4))
def test_each_of_the_replies_that_a_file_binds_is_a_case_of_its_own(seed: int) -> None:
    for n in range(30):
        draw = random.Random(f"{seed}/{n}")
        town = draw.choice(TOWNS)
        made = [
            a_reply(draw, town, 3 + at, matter)
            for at, matter in enumerate(draw.sample(MATTERS, draw.randint(1, 3)))
        ]
        text = "".join(letter + draw.choice(BETWEEN) for letter, _ in made)
        found = read(text)
        assert [(case.outcome, case.day) for case in found] == [
            (reply.outcome, reply.day) for _, reply in made
        ], text
        for case, (_, reply) in zip(found, made, strict=True):
            assert fold(reply.matter) in fold(case.title), text
            assert case.municipality == town
            if reply.outcome == "approved_with_conditions":
                assert case.newest is not None
                assert len(case.newest.conditions) == 2


@pytest.mark.parametrize(
    "text",
    [
        "",
        # who asks writes to the council
        "令和3年5月6日\n霞野市個人情報保護審議会会長　様\n霞野市長　山野　太郎\n水道の検針について（諮問）\n意見を求めます。\n",
        # a letter that replies nothing
        "霞野市長　様\n市民の会\n水道の検針についての要望書\n検針を月に二度とするよう求める。\n",
        "令和3年度第1回霞野市個人情報保護審議会会議録\n(1) 答申の案について\n会長 答申の案を次回示す。\n",
    ],
)
def test_what_is_no_reply_begins_none(text: str) -> None:
    assert replies_bound(lines(text)) == []


@pytest.mark.parametrize(
    ("sentence", "outcome"),
    [
        # what another does is judged by the council
        ("実施機関が定めようとする「提供に係る基準」（案）は、妥当である。", "approved"),
        ("霞野市長が、情報を大学に提供することは、適当と認める。", "approved"),
        ("教育委員会が操作の記録を分析することは、適当でない。", "rejected"),
        ("市長が住民票の写しを提供することについては、差し支えない。", "approved"),
        ("実施機関が諮問したとおり、実施することは適当である。", "approved"),
        # and here another judges
        ("実施機関は、提供は妥当であると主張する。", None),
        ("実施機関が、提供は妥当であると説明した。", None),
        ("市長が今回は承認した。", None),
        ("大学の倫理委員会は、研究を承認した。", None),
        # what a member thinks
        ("委員からは適当でないとの意見もあった。", None),
        ("妥当であるとの少数意見があった。", None),
        ("提供を認めるべきでないという意見が出された。", None),
    ],
)
def test_what_another_does_is_judged_and_what_another_says_judges_nothing(
    sentence: str, outcome: str | None
) -> None:
    verdict = read_verdict(sentence, labelled=True)
    assert (verdict.outcome if verdict else None) == outcome


TABLE = """霞情審答申第18号
令和2年12月21日

霞野市長　様

霞野市情報公開・個人情報保護審議会

条例の規定に基づく諮問について（答申）

令和2年10月1日付けで諮問のあった下記の事項について、次のとおり答申します。

第1　審議会の結論

　別表のとおり

別表
番号 諮問事項 実施機関 条例の条項 結論
1 自動の音声による電話の案内の委託に伴う個人情報の提供
　　市長（保険課） 第9条第2項 公益上の必要があると認める。
2 議会の委員会の映像の配信（委員に係る部分）
　　議会（事務局） 第10条 認める。
3 議会の委員会の映像の配信（傍聴者に係る部分）
　　議会（事務局） 第10条 認めない。
4 援助の認定に係る所得の情報の利用
　　教育委員会（学務課） 第9条第2項 判断を留保する。

第2　諮問事項の概要

1　自動の音声による電話の案内の委託に伴う個人情報の提供
　受診を勧めるものである。

2及び3　議会の委員会の映像の配信
　常任委員会について行う。

4　援助の認定に係る所得の情報の利用
　証明書を不要とするものである。
"""


def test_a_reply_whose_conclusions_stand_in_a_table_has_a_case_for_each_row() -> None:
    told = [(case.title, case.outcome, case.department) for case in read(TABLE)]
    assert sorted(told) == sorted(
        [
            (
                "自動の音声による電話の案内の委託に伴う個人情報の提供",
                "approved",
                "市長（保険課）",
            ),
            ("議会の委員会の映像の配信（委員に係る部分）", "approved", "議会（事務局）"),
            ("議会の委員会の映像の配信（傍聴者に係る部分）", "rejected", "議会（事務局）"),
            ("援助の認定に係る所得の情報の利用", "continued", "教育委員会（学務課）"),
        ]
    )
