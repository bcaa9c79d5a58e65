"""A generator of minutes: layouts, labels, speakers, verdicts and noise are drawn and put together.

Every sentence is invented; so are the towns.
"""

import random
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from index.japanese import FiscalYear

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
TITLES = [
    "{}について",
    "{}に伴う個人情報の取扱いについて",
    "{}に係る個人情報の本人以外からの収集について",
    "{}の件",
]
ACTIONS = [
    "{}",
    "{}に伴う個人情報の外部提供",
    "{}に係る電子計算機の結合",
    "{}に関する業務の委託",
]  # without について
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
# What decides, and what does not: words that the minutes tell or a chair says, with the conditions in them.
VERDICTS: dict[str, list[tuple[str, tuple[str, ...]]]] = {
    "approved": [
        ("本件は承認とする。", ()),
        ("本件については、諮問のとおり承認することとする。", ()),
        ("異議がないので、本件は承認とします。", ()),
        ("本件は適当であると認める。", ()),
        ("以上により、本件は諮問どおり「可」とする。", ()),
        ("本件について、審議会として了承する。", ()),
        ("審議の結果、本件は原案のとおり承認された。", ()),
        ("本件については、諮問のとおり決定した。", ()),
        ("採決の結果、賛成多数により本件は承認された。", ()),
        ("異議なしと認め、本件は原案のとおり可決しました。", ()),
        ("本件は、公益上の必要があると認められるので、適当である。", ()),
        ("審議の結果、これを了とした。", ()),
        ("本件は、やむを得ないものと認める。", ()),
        ("委員から反対の意見が出されたが、採決の結果、本件は可とすることに決した。", ()),
    ],
    "approved_with_conditions": [
        ("本件は、「{}」との意見を付して承認とする。", ("映像を七日で消去すること",)),
        ("本件については、{}を条件に承認する。", ("保存の期間を三か月とすること",)),
        ("本件は、「{}」及び「{}」の2つの意見を付して承認とする。", ("閲覧の記録を残すこと", "年に一度報告すること")),
        ("本件は承認する。ただし、{}。", ("再委託をしないこと",)),
        ("本件は承認とする。なお、{}。", ("名簿は施錠して保管すること",)),
        ("{}を附帯意見として付し、本件を適当と認めることとする。", ("責任の分担を要綱に定めること",)),
        ("本件は、{}を前提として了承する。", ("写真は顔が分からないよう加工すること",)),
        ("{}を附帯意見として、本件の実施を認めることに決した。", ("本人の同意を得ること",)),
        ("本件は、{}の上、承認する。", ("要領の一部を修正",)),
    ],
    "partly_approved": [
        ("本件は、住所の収集については承認するが、年齢の収集については承認しない。", ()),
        ("本件は一部を除き承認する。", ()),
    ],
    "continued": [
        ("本件は継続審議とする。", ()),
        ("本件については、次回改めて審議することとします。", ()),
        ("本件は、資料を整えて再度お諮りいただくこととし、保留といたします。", ()),
        ("御意見が分かれましたので、本件は、本日は結論を出さず、次回に審議することといたします。", ()),
        ("本件の結論は留保し、改めて付議することとなった。", ()),
        ("委員から本人の同意についての意見が出され、次回までに確認の上、再提案することとなった。", ()),
        ("本件については、もう一度審議することとします。", ()),
        ("本件は大筋で了承し、詳細は次回とする。", ()),
        ("本件の承認には至らず、継続とする。", ()),
        ("本件は適当と認める。ただし、結論は次回とする。", ()),
        ("本件は、修正した要領を次回確認した上で承認することとする。", ()),
        ("本件の趣旨は妥当とされたが、本日は結論を出さず、次回に再度諮ることとする。", ()),
    ],
    "rejected": [
        ("本件は承認しないこととする。", ()),
        ("本件は不適当と認める。", ()),
        ("本件は不承認とする。", ()),
        ("採決の結果、賛成少数により本件は否決された。", ()),
        ("本件については、必要性が認められず、承認することはできない。", ()),
    ],
    "withdrawn": [
        ("本件は取下げとなった。", ()),
        ("本件については、担当課から取下げの申出がありましたので、審議は行いません。", ()),
    ],
    "not_recorded": [
        ("", ()),
        ("以上で質疑を終わります。", ()),
        ("本件を承認してよろしいか、各委員のお考えを伺います。", ()),
        ("答申の案を作り、書面でお諮りします。", ()),
        ("承認か継続かで意見が分かれましたので、休憩とします。", ()),
        ("本件は承認すべきとの御意見と、見合わせるべきとの御意見がありました。", ()),
        ("隣の市では、映像を消すことを条件に承認したと聞いています。", ()),
        ("前回承認された案件と似ていますので、説明は省きます。", ()),
        ("本件を承認するかどうかは、皆様でお考えください。", ()),
        ("承認する場合には、条件を付けることになります。", ()),
        ("課長が修正の上、承認する運用です。", ()),
        ("担当課の説明を了とした。", ()),
        ("やむを得ないと認められるときは提供できます。", ()),
    ],
}  # fmt: skip
# What a chair puts to the members, and what they say to it.
PUT: dict[str, list[tuple[tuple[tuple[str, str], ...], tuple[str, ...]]]] = {
    "approved": [
        ((("chair", "本件を承認することでよろしいですか。"), ("member", "異議なし。")), ()),
        ((("chair", "諮問のとおり承認してよろしいでしょうか。"), ("", "（「異議なし」の声）"), ("chair", "異議なしと認めます。")), ()),
        ((("chair", "本件は承認としたい。よろしいか。"), ("member", "異議なし。")), ()),
        ((("chair", "では、この件はお認めするということで。"), ("", "（委員一同、了承）")), ()),
        ((("chair", "本件は原案のとおり承認とします。御異議ありませんか。"), ("", "（異議なし）")), ()),
        ((("chair", "本件に賛成の方は挙手を願います。"), ("", "（全員挙手）"), ("chair", "全員賛成ですので、本件は承認とします。")), ()),
    ],
    "approved_with_conditions": [
        ((("chair", "本件は、{}を条件に承認することとしてよろしいですか。"), ("member", "異議なし。")), ("画像を年度末に消すこと",)),
        ((("chair", "{}を条件に、本件は承認とします。御異議ありませんか。"), ("", "（「異議なし」の声）")), ("写真は加工すること",)),
    ],
    "not_recorded": [
        ((("chair", "本件を承認することでよろしいですか。"), ("member", "反対です。")), ()),
        ((("chair", "本件は承認としたい。よろしいか。"), ("member", "もう少し考えたい。")), ()),
        ((("chair", "では、この件はお認めするということで。"), ("member", "反対です。")), ()),
        ((("chair", "本件は承認とします。御異議ありませんか。"), ("member", "異議があります。")), ()),
        ((("chair", "本件を承認してよろしいでしょうか。"), ("member", "条件を付けるべきです。"), ("chair", "では、休憩とします。")), ()),
        ((("chair", "本件の承認について、いかがでしょうか。"), ("member", "資料が足りません。")), ()),
    ],
}  # fmt: skip
WORDS = {
    "approved": ["承認", "原案のとおり承認", "適当", "可", "承認する。"],
    "approved_with_conditions": ["条件付き承認", "条件付承認"],
    "continued": ["継続審議", "継続", "保留"],
    "rejected": ["不承認", "不適当", "承認しない。"], "withdrawn": ["取下げ"], "partly_approved": ["一部承認"],
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
SPEAKERS = [
    "paren",
    "letters",
    "square",
    "circle",
    "named",
    "angle",
    "bare",
    "colon",
    "asked",
    "bullets",
]
LAYOUTS = [
    "labelled", "agenda", "in the heading", "result heading", "table", "chair", "one title", "beside", "form",
    "letter", "one row", "together", "by number",
]  # fmt: skip
LABELS = [
    "【諮問案件{}】",
    "議題{} ",
    "審議 {} ",
    "諮問第{}号 ",
    "諮問第 {}号　",
    "令和3年度諮問第{}号 ",
    "案件{}：",
    "第{}号諮問事案 ",
    "議案第{}号　",
    "議第{}号 ",
    "審議事項{} ",
]
NUMBERS: list[Callable[[int], str]] = [
    lambda n: f"({n}) ", lambda n: f"（{n}）", lambda n: f"{n} ", lambda n: f"{n}．",
    lambda n: "①②③④⑤⑥"[n - 1] + " ", lambda n: "アイウエオカ"[n - 1] + " ",
]  # fmt: skip
FULL = str.maketrans({c: chr(ord(c) + 0xFEE0) for c in "0123456789()"})


def minutes(r: random.Random, *, layout: str = "", speakers: str = "") -> Minutes:
    """Minutes drawn from all of the above; `layout` and `speakers` may be set."""
    layout = layout or r.choice(LAYOUTS)
    speakers = speakers or r.choice(SPEAKERS)
    if layout in ("chair", "one row", "together") and speakers in ("bullets", "asked", "prose"):
        speakers = "circle"  # here a chair has to speak
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
    outcomes = [*VERDICTS, "not_recorded"]
    if layout in ("in the heading", "table", "beside", "together", "by number"):
        outcomes = ["approved", "rejected", "continued"]
    many = {"letter": (1, 1), "together": (2, 4), "by number": (2, 4)}.get(layout, (1, 4))
    forms = ACTIONS if layout in ("agenda", "by number") and r.random() < 0.4 else TITLES
    titles = [
        (subject, r.choice(forms).format(subject), r.choice(outcomes))
        for subject in r.sample(SUBJECTS, r.randint(*many))
    ]
    if layout == "one title":
        offices = r.sample(OFFICES, len(titles))
        titles = [
            (o, f"個人情報の外部提供について({o})", t[2])
            for o, t in zip(offices, titles, strict=True)
        ]
    label, numbered = r.choice(LABELS), r.choice(NUMBERS)
    office = r.choice(OFFICES)

    def discussion() -> list[str]:
        if speakers == "prose":
            return [f"{office}から、次のとおり説明があった。", *r.sample(PROSE, r.randint(1, 3))]
        talk: list[str] = []
        if speakers != "bullets" and r.random() < 0.3:
            talk += spoken(speakers, "chair", "説明をお願いします。")
            talk += spoken(speakers, "agency", r.choice(TALK)[1])
        if speakers == "bullets":
            talk.append(f"※委員意見及び{office}の回答")
        for asked, answered in r.sample(TALK, r.randint(1, 3)):
            talk += spoken(speakers, "member", asked) + spoken(speakers, "agency", answered)
        return talk

    def verdict(outcome: str) -> tuple[list[str], tuple[str, ...]]:
        narrated = speakers in ("bullets", "asked", "prose")
        if outcome in PUT and not narrated and r.random() < 0.3:
            turns, conditions = r.choice(PUT[outcome])
            rows = [
                spoken(speakers, who, words.format(*conditions)) if who else [words]
                for who, words in turns
            ]
            return [row for turn in rows for row in turn], conditions
        phrase, conditions = r.choice(VERDICTS[outcome])
        phrase = phrase.format(*conditions)
        if not phrase:
            return [], ()
        if r.random() < 0.05:
            phrase = " ".join(phrase)
        if narrated or r.random() < 0.3:
            if outcome == "not_recorded":
                return ["質疑の後、休憩に入った。"], ()
            return ["", f"―{phrase}―" if r.random() < 0.5 else phrase], conditions
        return spoken(speakers, "chair", phrase), conditions

    def done(outcome: str) -> str:
        return r.choice(WORDS[outcome]).rstrip("。")

    def finished(style: str) -> Minutes:
        return Minutes(noisy(r, out), told, style)

    if layout in ("table", "beside"):
        if layout == "table":
            out += ["", "令和3年度の諮問案件", "件名\t審議結果"]
        else:
            out += ["", r.choice(["議題及び審議結果", "案件及び結果"])]
        gap = r.choice(["【{}】", "　　{}", "（{}）", " → {}"])
        for i, (subject, title, outcome) in enumerate(titles, 1):
            word = gap.format(done(outcome)) if layout == "beside" else "\t" + done(outcome)
            out.append((numbered(i) if layout == "beside" else "") + title + word)
            told.append(Told(subject, outcome, ()))
        return finished(layout)
    if layout == "by number":
        out += [r.choice(["議題", "5 議題", "▽議題", "【議題】"])]
        out += [f"{numbered(i)}{title}" for i, (_, title, _) in enumerate(titles, 1)]
        out += [r.choice(["審議結果", "6 審議結果", "▽審議結果", "【審議結果】"])]
        for i, (subject, _, outcome) in enumerate(titles, 1):
            word = done(outcome)
            word = f"{word}である旨答申する。" if word == "適当" else word
            out.append(f"{numbered(i)}{word}")
            told.append(Told(subject, outcome, ()))
        return finished(layout)
    if layout == "form":
        for i, (subject, title, outcome) in enumerate(titles, 1):
            word = done(outcome) if outcome in WORDS else "次の会議で示す。"
            out += r.choice([[f"諮問番号\t諮問第{i}号"], []])
            out += [
                f"件名\t{title}",
                f"審議内容\t{office}から説明を受けた。{r.choice(PROSE)}",
                f"審議結果\t{word}",
            ]
            told.append(Told(subject, outcome, ()))
        return finished(layout)
    if layout == "letter":
        ((subject, title, outcome),) = titles
        phrase, conditions = r.choice(VERDICTS[outcome])
        out = [f"{town}長　様", f"{town}{body}", "会長　山野太郎", "個人情報の取扱いについて（答申）", era,
               "令和2年4月1日付けで諮問のあった件について、次のとおり答申します。", "記", *r.choice([["1　諮問事項", f"　{title}"], [f"1　件名　{title}"]]),
               r.choice(["2　審議会の結論", "2　答申の内容"]), "　" + (phrase.format(*conditions) or "別に示す。"), "3　審議の経過", "　諮問の説明を受け、審議した。"]  # fmt: skip
        told.append(Told(subject, outcome, conditions))
        return finished(layout)
    if layout == "one row":
        listed = "　".join(f"（{i}）{title}" for i, (_, title, _) in enumerate(titles, 1))
        out += [r.choice(["【議題】", "議題："]) + listed, "", "会議の概要"]
    elif layout == "together":
        out += ["議題"] + [f"諮問第{i}号　{title}" for i, (_, title, _) in enumerate(titles, 1)]
        out += ["", "会議の概要", *discussion(), *discussion()]
        decided = {"approved": "承認", "continued": "継続審議", "rejected": "不承認"}
        if r.random() < 0.5:
            titles = [(subject, title, "approved") for subject, title, _ in titles]
            words = (
                f"諮問第1号から第{len(titles)}号までは、原案のとおり承認することに決定しました。"
            )
        else:
            words = "審議の結果、" + "、".join(
                f"諮問第{i}号は{decided[outcome]}" for i, (_, _, outcome) in enumerate(titles, 1)
            ) + "といたします。"  # fmt: skip
        out += spoken(speakers, "chair", words)
        told += [Told(subject, outcome, ()) for subject, _, outcome in titles]
        return finished(f"{layout}/{speakers}")
    elif layout in ("agenda", "in the heading", "one title", "chair") or (
        layout != "once" and r.random() < 0.3
    ):
        out += [r.choice(["議題", "議事", "2 議題", "◇議事", "次第"])]
        out += [f"{numbered(i)}{title}" for i, (_, title, _) in enumerate(titles, 1)]
        out += ["", r.choice(["議事の概要", "会議の概要", "審議の概要"])]
    if layout == "once":
        out += ["", r.choice(["議題", "議事"])]
    for i, (subject, title, outcome) in enumerate(titles, 1):
        if layout == "in the heading":
            ends = {
                "approved": "について、諮問どおり行うことを「可」とする。",
                "rejected": "について、諮問どおり行うことを「否」とする。",
                "continued": "について、継続審議とする。",
            }[outcome]
            out += ["", f"○「{re.sub('(について|の件)$', '', title)}」{ends}", "", *discussion()]
            told.append(Told(subject, outcome, ()))
            continue
        if layout in ("agenda", "one title"):
            out += ["", f"{numbered(i)}{title}"]
        elif layout == "once":
            out.append(f"{numbered(i)}{title}")
        elif layout in ("chair", "one row"):
            turn = r.choice(
                [
                    "議題({})に移ります。",
                    "次に、議題({})を審議します。",
                    "議題({})について、説明をお願いします。",
                ]
            )
            out += spoken(speakers, "chair", turn.format(i))
        else:
            head = label.format(i)
            out += [
                "",
                *([head.strip(), title] if r.random() < 0.3 and "【" in head else [head + title]),
            ]
        if layout == "result heading":
            word = done(outcome) if outcome in WORDS else ""
            out += [f"(担当 {office})" if r.random() < 0.5 else "", *discussion()]
            heading = r.choice(["<審議結果>", "【審議結果】", "〔採決〕", "審議会の結論"])
            full = f"本件は{word}とする。" if not word.endswith(("い", "る")) else word
            out += [heading, r.choice([word, full]) if word else "次の会議で示す。"]
            told.append(Told(subject, outcome, ()))
            continue
        ending, conditions = verdict(outcome)
        out += [*discussion(), *ending]
        told.append(Told(subject, outcome, conditions))
    out += r.choice([[], ["", "以上"], ["", "閉会"]])
    return finished(f"{layout}/{speakers}")


MISREAD = str.maketrans({"ー": "一", "条": "粂", "務": "务", "税": "稅"})


def noisy(r: random.Random, rows: list[str]) -> str:
    """The rows as a text, with what printing, scanning and saving do to one."""
    if r.random() < 0.25:
        rows = [row.translate(FULL) if r.random() < 0.7 else row for row in rows]
    if r.random() < 0.2:
        rows = [
            row.replace("AI-OCR", r.choice(["A I - O C R", "ＡＩ－ＯＣＲ", "AI‐OCR"]))
            for row in rows
        ]
    if r.random() < 0.1:  # outside the titles, by which the cases are known again
        titled = [any(name in row for name in (*SUBJECTS, *OFFICES)) for row in rows]
        rows = [
            row if is_title else row.translate(MISREAD)
            for row, is_title in zip(rows, titled, strict=True)
        ]
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
