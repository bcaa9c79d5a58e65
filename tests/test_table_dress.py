"""A table of what was consulted says the same however its cells have come to be parted."""

from __future__ import annotations

import pytest
from reading import read_text

from index.cases import Case

HEAD = """令和4年度 個人情報保護制度の運用状況

青柳野市総務部
令和5年6月

3 審議会への諮問
 青柳野市個人情報保護審議会に諮問した事項は、次のとおりである。

 表2 諮問及び答申の一覧
"""
COLUMNS = ("番号", "件名", "所管課", "諮問日", "答申日", "結果")
NUMBERS = {
    "the year before": ("R4-1", "R4-2", "R4-3", "R4-4", "R4-5", "R4-6"),
    "plain": ("1", "2", "3", "4", "5", "6"),
    "of the inquiry": tuple(f"諮問第{n}号" for n in range(31, 37)),
}
DAYS = {
    "stops": (("R4.4.12", "R4.5.20"), ("R4.6.1", "R4.7.8"), ("R4.6.1", "R4.9.30")),
    "full": (("令和4年4月12日", "令和4年5月20日"), ("令和4年6月1日", "令和4年7月8日"),
             ("令和4年6月1日", "令和4年9月30日")),
    "strokes": (("R4/4/12", "R4/5/20"), ("R4/6/1", "R4/7/8"), ("R4/6/1", "R4/9/30")),
}  # fmt: skip
TITLES = (
    ("遊泳場の混雑を知らせる定点カメラの", "設置について（新たな収集）"),
    ("図書館の利用者への返却の督促における電子", "メールの利用について"),
    ("町内会長の氏名及び連絡先の引っ越し業者への", "外部提供について"),
    ("水道の使用の開始の申込みにおける民間の", "電子申請の利用について"),
    ("墓地の使用者の所在の調査に係る戸籍の", "利用について（目的外利用）"),
    ("ふれあい号の乗降の記録の", "大学への提供について"),
)
OFFICES = ("観光課", "図書館", "市民協働課", "上下水道局業務課", "環境衛生課", "交通政策課")
RESULTS = ("承認", "条件付承認 ※1", "不承認 ※2", "取下げ（R4.8.1）", "承認", "－")
TERM = "督促のほかの知らせを送らず、退会の届出から1月以内にあて先を消去すること。"
NOTES = f"""
 ※1 条件：{TERM}
 ※2 理由：会長の連絡先は町内の用のために届け出られたものであり、業者に渡すことは予測を超える。
"""
TOLD = [
    ("観光課", "approved", "2022-05-20", []),
    ("図書館", "approved_with_conditions", "2022-07-08", [TERM]),
    ("市民協働課", "rejected", "2022-09-30", []),
    ("上下水道局業務課", "withdrawn", "2022-08-01", []),
    ("環境衛生課", "approved", "2022-09-30", []),
    ("交通政策課", "not_recorded", None, []),
]


def rows(numbers: str, days: str) -> list[list[str]]:
    (a, b), (c, d), (e, f) = DAYS[days]
    asked = (a, c, c, e, e, f)
    given = (b, d, f, "－", f, "（審議中）")
    return [
        [NUMBERS[numbers][n], "".join(TITLES[n]), OFFICES[n], asked[n], given[n], RESULTS[n]]
        for n in range(6)
    ]


def wrapped(row: list[str]) -> list[str]:
    first, second = next(title for title in TITLES if "".join(title) == row[1])
    return [row[0], first, second, *row[2:]]


DRESSES = {
    "tabs": lambda cells: "\n".join("\t".join(row) for row in (COLUMNS, *cells)),
    "bars": lambda cells: "\n".join(f"| {' | '.join(row)} |" for row in (COLUMNS, *cells)),
    "spaces": lambda cells: "\n".join(" ".join(row) for row in (COLUMNS, *cells)),
    "wide spaces": lambda cells: "\n".join("　".join(row) for row in (COLUMNS, *cells)),
    "blocks below one line of names": lambda cells: (
        " " + " ".join(COLUMNS) + "\n" + "\n\n".join(" " + "\n ".join(row) for row in cells)
    ),
    "blocks with wrapped titles": lambda cells: (
        " ".join(COLUMNS) + "\n" + "\n\n".join("\n".join(wrapped(row)) for row in cells)
    ),
    "one cell a line, without gaps": lambda cells: (
        " ".join(COLUMNS) + "\n" + "\n".join("\n".join(row) for row in cells)
    ),
    "names of columns one a line": lambda cells: (
        "\n".join(COLUMNS) + "\n" + "\n".join("\n".join(row) for row in cells)
    ),
    "names one a line, wrapped titles": lambda cells: (
        "\n".join(COLUMNS) + "\n\n" + "\n\n".join("\n".join(wrapped(row)) for row in cells)
    ),
    "every cell a paragraph": lambda cells: "\n\n".join("\n\n".join(row) for row in (COLUMNS, *cells)),
}  # fmt: skip


def told_of(case: Case) -> tuple[str | None, str, str | None, list[str]]:
    newest = case.newest
    return (
        case.department,
        case.outcome.value,
        str(newest.day) if newest else None,
        [condition.text for condition in newest.conditions] if newest else [],
    )


@pytest.mark.parametrize("days", DAYS)
@pytest.mark.parametrize("numbers", NUMBERS)
@pytest.mark.parametrize("dress", DRESSES)
def test_a_table_says_the_same_however_its_cells_are_parted(
    dress: str, numbers: str, days: str
) -> None:
    text = HEAD + DRESSES[dress](rows(numbers, days)) + "\n" + NOTES
    cases = read_text(text, head="")
    assert [case.title for case in cases] == ["".join(title) for title in TITLES]
    assert [told_of(case) for case in cases] == TOLD
