"""`python -m eval.crowd DIR`: an index of many records of invented towns, to see how pages bear it.

DIR/records holds the files, DIR/index the index; its vectors are any, and the app opens it all the
same: `senrei serve --index DIR/index`.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from itertools import product
from pathlib import Path

from eval.any_vectors import as_if_real
from index.build import build

RECORDS, CASES = 200, 5  # of each record
_TOWNS = [
    f"{first}{second}{kind}"
    for first, second, kind in product(
        ("楓", "霞", "星", "潮", "茜", "柏", "藤", "霧"), ("沢野", "見原", "ヶ浦"), ("市", "町")
    )
]
_WHAT = (
    "AI-OCR", "窓口予約システム", "防犯カメラ", "電話交換機", "健診結果の管理", "図書館の利用者カード",
    "保育所の入所選考", "ごみ収集の申込み", "道路台帳の電子化", "水道料金の収納", "学習支援の端末",
    "災害時の安否確認", "空き家の調査", "介護認定の帳票",
)  # fmt: skip
_HOW = ("利用", "導入に伴う外部提供", "運用の委託", "オンライン結合", "目的外利用")
_OFFICES = ("税務課", "市民課", "防災課", "教育総務課", "福祉課", "水道課")
_VERDICTS = (
    "諮問どおり承認する。",
    "保存期間を5日以内とすることを条件に承認する。",
    "諮問どおり行うことを「可」とする。",
    "引き続き審議することとする。",
    "不適当とする。",
    "",  # the record does not say
)


def records(number: int, cases: int = CASES) -> Iterator[tuple[str, str]]:
    """The file names and texts of so many records, each of so many cases; always the same ones."""
    for n in range(number):
        town, round = _TOWNS[n % len(_TOWNS)], n // len(_TOWNS)
        year, ordinal = 1 + round // 4, 1 + round % 4
        day = "" if n % 23 == 7 else f"令和{year}年{4 + ordinal}月{1 + n % 27}日"
        body = "".join(_case(n, m, year) for m in range(cases))
        yield (
            f"{n:04}-r{year}-{ordinal}.txt",
            f"令和{year}年度第{ordinal}回{town}個人情報保護審議会 会議録\n\n開催日時 {day}\n場所 庁舎\n\n{body}",
        )


def _case(n: int, m: int, year: int) -> str:
    kind = n * CASES + m
    title = f"{_WHAT[kind * 5 % len(_WHAT)]}の{_HOW[kind * 3 % len(_HOW)]}について"
    verdict = _VERDICTS[kind * 7 % len(_VERDICTS)]
    said = f"会長　{verdict}\n" if verdict else ""
    talk = "".join(
        f"委員　{q}はどうなっているか。\n事務局　{q}は要領{kind}-{r}で定めている。\n"
        for r, q in enumerate(("保存期間", "委託先の監督", "廃棄の方法", "閲覧の権限"))
    )
    return f"議題{m + 1} 諮問第{kind + 1}号 {title}（{_OFFICES[kind % len(_OFFICES)]}）\n{talk}{said}\n"


def make(folder: Path, number: int = RECORDS, cases: int = CASES) -> Path:
    """Write the records and build their index, unless it is there; returns the index's folder."""
    (folder / "records").mkdir(parents=True, exist_ok=True)
    for name, text in records(number, cases):
        (folder / "records" / name).write_text(text, encoding="utf-8")
    build([folder / "records"], folder / "index", embedder=as_if_real())
    return folder / "index"


def main(arguments: Sequence[str] | None = None) -> int:
    """Make one, and say where it is."""
    parser = argparse.ArgumentParser(prog="python -m eval.crowd", description=__doc__)
    parser.add_argument("folder", type=Path, metavar="DIR")
    parser.add_argument("--records", type=int, default=RECORDS)
    parser.add_argument("--cases", type=int, default=CASES, help="of each record")
    options = parser.parse_args(arguments)
    print(make(options.folder, options.records, options.cases))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
