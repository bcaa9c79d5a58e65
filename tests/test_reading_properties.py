"""What must hold for any text: spans are exact, nothing raises, nothing undecided is approved.

The minutes here are made by a generator: layouts, labels, speakers, verdicts and noise are drawn
and put together. Every sentence is invented; so are the towns.
"""

import os
import random
import re
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.cases import Case, read_cases
from index.headings import is_procedure, kind_of, looks_like_title, numbering
from index.japanese import (
    FiscalYear,
    dates,
    fiscal_years,
    fold,
    folded_with_offsets,
    level,
    number,
    similarity,
)
from index.lines import Line, lines
from index.meetings import Meeting, read_meetings
from index.records import Record
from index.turns import exchanges, read_turns
from index.verdicts import Outcome, read_verdict, read_verdict_word

QUICK = settings(
    deadline=None,
    derandomize=True,  # the same examples in every run: a failure here is a failure there
    suppress_health_check=list(HealthCheck),
)
APPROVING = (Outcome.APPROVED, Outcome.APPROVED_WITH_CONDITIONS, Outcome.PARTLY_APPROVED)


def read(text: str) -> tuple[Record, list[Line], list[Meeting], list[Case]]:
    record = Record("minutes.txt", text, "")
    pieces = lines(text)
    meetings = read_meetings(record, pieces)
    return record, pieces, meetings, read_cases(record, pieces, meetings)


# -- a generator of minutes ----------------------------------------------------------------------

TOWNS = ["霞野市", "銀杏町", "白樺村", "柚木野市", "青磁県", "瑠璃区", "雪ノ瀬市"]
BODIES = ["個人情報保護審議会", "情報公開・個人情報保護審査会", "個人情報保護運営審議会"]
SUBJECTS = [
    "AI-OCRの利用", "防犯カメラの設置", "図書館の貸出システムの更新", "給付金の案内の発送業務の委託",
    "避難行動要支援者名簿の外部提供", "健診結果の分析業務の委託", "住民票の電子申請の受付",
    "水道の検針データの目的外利用", "学童保育の入退室管理", "空き家の所有者の調査",
    "ドローンによる河川の撮影", "職員の出退勤管理のクラウド化", "市民意識調査の対象者の抽出",
    "ごみ収集の予約システムの導入", "窓口の混雑状況の配信", "遠隔の健康相談の実施",
    "消防団員名簿の提供", "公園の利用者数の計測", "母子手帳アプリの導入", "給食費の口座振替",
]  # fmt: skip
TITLES = ["{}について", "{}に伴う個人情報の取扱いについて", "{}に係る個人情報の本人以外からの収集について", "{}の件"]
OFFICES = ["総務課", "福祉課", "情報政策課", "税務課", "危機管理室", "こども課"]
# (what a member asks, what the agency says): among them words that are verdicts elsewhere
TALK = [
    ("画像はいつ消すのか。", "読み取りの翌日に消す。"),
    ("誰が見ることができるのか。", "係長と担当者の二人だけである。"),
    ("本人の同意はどうするのか。", "申込書の中で同意を得る。"),
    ("提供先はどこか。", "国の機関であり、県の審議会でも承認されている。"),
    ("再委託はあるのか。", "再委託は認めない。"),
    ("登録の流れを知りたい。", "申請を課長が承認する。"),
    ("ほかの市ではどうか。", "隣の市では審議会で承認されたと聞いている。"),
    ("前の年はどうだったか。", "昨年度に承認された案件と同じ仕組みである。"),
    ("契約の書類を見て問題がなければ、承認してよいと思う。", "写しをお送りする。"),
    ("期間を短くするなら、認めてもよい。", "三か月とすることを検討する。"),
    ("承認するとしても、条件を付けるべきである。", "承知した。"),
    ("通知は出すのか。", "案内の文書に書く。承認後に発送する。"),
    ("費用はいくらか。", "年に百二十万円ほどである。"),
    ("漏えいへの備えは十分か。", "通信は暗号にする。持ち出しは不可とする。"),
]  # fmt: skip
VERDICTS: dict[str, list[tuple[str, tuple[str, ...]]]] = {
    "approved": [
        ("本件は承認とする。", ()),
        ("本件については、諮問のとおり承認することとする。", ()),
        ("異議がないので、本件は承認とします。", ()),
        ("本件は適当であると認める。", ()),
        ("以上により、本件は諮問どおり「可」とする。", ()),
        ("本件について、審議会として了承する。", ()),
    ],
    "approved_with_conditions": [
        ("本件は、「{}」との意見を付して承認とする。", ("映像を七日で消去すること",)),
        ("本件については、{}を条件に承認する。", ("保存の期間を三か月とすること",)),
        ("本件は、「{}」及び「{}」の2つの意見を付して承認とする。", ("閲覧の記録を残すこと", "年に一度報告すること")),
    ],
    "continued": [
        ("本件は継続審議とする。", ()),
        ("本件については、次回改めて審議することとします。", ()),
    ],
    "rejected": [
        ("本件は承認しないこととする。", ()),
        ("本件は不適当と認める。", ()),
    ],
    "withdrawn": [("本件は取下げとなった。", ())],
    "not_recorded": [
        ("", ()),
        ("以上で質疑を終わります。", ()),
        ("本件を承認してよろしいか、各委員のお考えを伺います。", ()),
        ("答申の案を作り、書面でお諮りします。", ()),
        ("承認か継続かで意見が分かれましたので、休憩とします。", ()),
    ],
}  # fmt: skip
WORDS = {
    "approved": "承認", "approved_with_conditions": "条件付き承認", "continued": "継続審議",
    "rejected": "不承認", "withdrawn": "取下げ",
}  # fmt: skip


@dataclass(frozen=True)
class Told:
    """A case as the generator tells it."""

    subject: str
    outcome: str
    conditions: tuple[str, ...]


@dataclass(frozen=True)
class Minutes:
    text: str
    cases: list[Told]
    style: str


def spoken(style: str, who: str, words: str) -> list[str]:
    names = {"chair": "会長", "member": "委員", "agency": "担当課"}
    name = names[who]
    return {
        "paren": [f"（{name}）{words}"],
        "letters": [f"（{'A委員' if who == 'member' else name}）{words}"],
        "square": [f"【{name}】", words],
        "circle": [f"○{name} {words}"],
        "named": [f"〇{ {'chair': '山野会長', 'member': '海原委員', 'agency': '総務課長'}[who] }　{words}"],
        "angle": [f"<{name}>", words],
        "bare": [name if who != "agency" else "実施機関", words],
        "colon": [f"{name}：{words}"],
        "asked": [f"({ {'chair': '会長', 'member': '質問', 'agency': '回答'}[who] }){words}"],
        "spaced": [f"( { {'chair': '会 長', 'member': '委 員', 'agency': '実 施 機 関'}[who] } ) {words}"],
        "unmarked": [f"{ {'chair': '山野会長', 'member': '海原委員', 'agency': '総務課長'}[who] }　{words}"],
        "bullets": [f"- {words}" if who == "member" else f"  → {words}" if who == "agency" else words],
    }[style]  # fmt: skip


PROSE = [
    "申込みの画面で本人の同意を得る。", "利用者の登録は係長が承認する。", "対象者は抽選により決定する。",
    "持ち出しは不可とする。", "再委託は認めない。", "通信の暗号は国の基準に照らして適切である。",
    "提供先の大学では倫理審査委員会の承認を得た。", "費用は年に百二十万円ほどである。",
    "導入は庁議で決定した。", "本人が申請を取り下げた。", "運用を継続する。", "委員は説明を了承した。",
]  # fmt: skip
SPEAKERS = ["paren", "letters", "square", "circle", "named", "angle", "bare", "colon", "asked", "bullets"]
LAYOUTS = ["labelled", "agenda", "in the heading", "result heading", "table"]
LABELS = ["【諮問案件{}】", "議題{} ", "審議 {} ", "諮問第{}号 ", "諮問第 {}号　", "令和3年度諮問第{}号 ", "案件{}：", "第{}号諮問事案 "]
NUMBERS: list[Callable[[int], str]] = [
    lambda n: f"({n}) ", lambda n: f"（{n}）", lambda n: f"{n} ", lambda n: f"{n}．",
    lambda n: "①②③④⑤⑥"[n - 1] + " ", lambda n: "アイウエオカ"[n - 1] + " ",
]  # fmt: skip
FULL = str.maketrans({c: chr(ord(c) + 0xFEE0) for c in "0123456789()"})


def minutes(r: random.Random, *, layout: str = "", speakers: str = "") -> Minutes:
    """Minutes drawn from all of the above; `layout` and `speakers` may be set."""
    layout = layout or r.choice(LAYOUTS)
    speakers = speakers or r.choice(SPEAKERS)
    town, body, n = r.choice(TOWNS), r.choice(BODIES), r.randint(1, 9)
    held = date(2020, 4, 1) + timedelta(days=r.randint(0, 1000))
    era = f"令和{held.year - 2018}年{held.month}月{held.day}日"
    told: list[Told] = []
    out: list[str] = [
        r.choice(
            [
                f"{FiscalYear.of(held).name}第{n}回{town}{body}会議録",
                f"{FiscalYear.of(held).name} 第{n}回 {town}{body} 会議要旨",
                f"{town}{body}({FiscalYear.of(held).name}第{n}回)会議録",
                f"第{n + 40}回{town}{body}会議の概要",
            ]
        )
    ]
    out += r.choice(
        [
            [f"日時 {era}"], ["日時", "", f"{era}(火) 午後2時から"], [f"1 日時　{era}"], ["◇日時", f"  {era}"],
            [f"開催日時\t{era}"], [f"日 時  {era}"],
        ]
    )  # fmt: skip
    out += r.choice([["出席者 山野会長、海原委員、谷口委員"], [f"場所 {town}役所 第1会議室"], []])

    subjects = r.sample(SUBJECTS, r.randint(1, 4))
    titles = []
    for subject in subjects:
        outcomes = [o for o in VERDICTS if layout not in ("in the heading", "table") or o in ("approved", "rejected", "continued")]
        outcome = r.choice([*outcomes, "not_recorded"] if layout not in ("in the heading", "table") else outcomes)
        titles.append((subject, r.choice(TITLES).format(subject), outcome))
    if layout == "one title":
        offices = r.sample(OFFICES, len(titles))
        titles = [(o, f"個人情報の外部提供について({o})", t[2]) for o, t in zip(offices, titles, strict=True)]
    label, numbered = r.choice(LABELS), r.choice(NUMBERS)
    office = r.choice(OFFICES)

    def discussion() -> list[str]:
        if speakers == "prose":
            return [f"{office}から、次のとおり説明があった。", *r.sample(PROSE, r.randint(1, 3))]
        talk: list[str] = []
        if speakers == "bullets":
            talk.append(f"※委員意見及び{office}の回答")
        for asked, answered in r.sample(TALK, r.randint(1, 3)):
            talk += spoken(speakers, "member", asked) + spoken(speakers, "agency", answered)
        return talk

    def verdict(outcome: str) -> tuple[list[str], tuple[str, ...]]:
        phrase, conditions = r.choice(VERDICTS[outcome])
        phrase = phrase.format(*conditions)
        if not phrase:
            return [], ()
        if speakers in ("bullets", "asked", "prose") or r.random() < 0.3:
            if outcome == "not_recorded":
                return ["質疑の後、休憩に入った。"], ()
            return ["", f"―{phrase}―" if r.random() < 0.5 else phrase], conditions
        return spoken(speakers, "chair", phrase), conditions

    if layout == "table":
        out += ["", "令和3年度の諮問案件", "件名\t審議結果"]
        for subject, title, outcome in titles:
            out.append(f"{title}\t{WORDS[outcome]}")
            told.append(Told(subject, outcome, ()))
        return Minutes(noisy(r, out), told, f"{layout}")
    if layout in ("agenda", "in the heading", "one title", "chair") or (layout != "once" and r.random() < 0.3):
        out += [r.choice(["議題", "議事", "2 議題", "◇議事", "次第"])]
        out += [f"{numbered(i)}{title}" for i, (_, title, _) in enumerate(titles, 1)]
        out += ["", r.choice(["議事の概要", "会議の概要", "審議の概要"])]
    if layout == "once":
        out += ["", r.choice(["議題", "議事"])]
    for i, (subject, title, outcome) in enumerate(titles, 1):
        if layout == "in the heading":
            done = {
                "approved": "について、諮問どおり行うことを「可」とする。",
                "rejected": "について、諮問どおり行うことを「否」とする。",
                "continued": "について、継続審議とする。",
            }[outcome]
            out += ["", f"○「{re.sub('(について|の件)$', '', title)}」{done}", "", *discussion()]
            told.append(Told(subject, outcome, ()))
            continue
        if layout in ("agenda", "one title"):
            out += ["", f"{numbered(i)}{title}"]
        elif layout == "once":
            out.append(f"{numbered(i)}{title}")
        elif layout == "chair":
            out += spoken(speakers, "chair", f"議題({i})に移ります。")
        else:
            head = label.format(i)
            out += ["", *([head.strip(), title] if r.random() < 0.3 and "【" in head else [head + title])]
        if layout == "result heading":
            word = WORDS.get(outcome)
            out += [f"(担当 {office})" if r.random() < 0.5 else "", *discussion(), "<審議結果>"]
            out += [word if word and r.random() < 0.5 else f"本件は{word}とする。" if word else "次の会議で示す。"]
            told.append(Told(subject, outcome, ()))
            continue
        ending, conditions = verdict(outcome)
        out += [*discussion(), *ending]
        told.append(Told(subject, outcome, conditions))
    out += r.choice([[], ["", "以上"], ["", "閉会"]])
    return Minutes(noisy(r, out), told, f"{layout}/{speakers}")


def noisy(r: random.Random, rows: list[str]) -> str:
    """The rows as a text, with what printing, scanning and saving do to one."""
    if r.random() < 0.25:
        rows = [row.translate(FULL) if r.random() < 0.7 else row for row in rows]
    if r.random() < 0.2:
        rows = [row.replace("AI-OCR", r.choice(["A I - O C R", "ＡＩ－ＯＣＲ", "AI‐OCR"])) for row in rows]
    if r.random() < 0.25:
        width = r.randint(30, 44)
        rows = [piece for row in rows for piece in wrapped(row, width)]
    if r.random() < 0.2:
        rows = [piece for row in rows for piece in (row, "")]
    if r.random() < 0.2:
        rows = [f"{row}{r.choice(['', ' ', '　'])}" for row in rows]
    return r.choice(["\n", "\n", "\n", "\r\n"]).join(rows) + "\n"


def wrapped(row: str, width: int) -> list[str]:
    if len(row) <= width or "\t" in row:
        return [row]
    pieces = [row[i : i + width] for i in range(0, len(row), width)]
    return [pieces[0], *("   " + piece for piece in pieces[1:])]


def found(told: Told, cases: list[Case]) -> Case | None:
    """The case that was read for the one told, by the subject in its title."""
    subject = fold(told.subject)
    return next((case for case in cases if subject in fold(f"{case.title}{case.department}")), None)
