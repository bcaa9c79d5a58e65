"""The newcomer's guide as HTML. What the program says of itself is marked; the rest is quoted."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from app_parts.dossier_html import exchange_html, steps_html
from app_parts.links import case_link, link, place_mark
from app_parts.markup import case_badge
from assistant.citations import readable
from assistant.desks.first_steps import Walk
from assistant.facts import Place
from assistant.statements import date_name, short_title
from assistant.surveys.glossary import Entry, Explained, Told
from index.cases import Case
from index.store import Index

Open = tuple[str, int, int] | None
OWN = "この道具の説明"  # what stands under this is the program's word, not the records'
_CASES = 3
_EXCHANGES = 3
_TELLING = 24  # characters of a reply that says more than yes


def own_html(words: str) -> str:
    """A paragraph in the program's own words, marked as such."""
    return f'<p class="own"><span class="tag-own">{OWN}</span>{escape(words)}</p>'


def told_html(told: Sequence[Told], index: Index, open: Open) -> str:
    """What the records say: verbatim, whose word it is, at which meeting."""
    return "".join(
        f"<blockquote>「{escape(_words(one.place, index))}」{place_mark(one.place, open)}"
        f"<footer>{escape(one.who)}　{escape(one.where)}</footer></blockquote>"
        for one in told
    )


def _words(place: Place, index: Index) -> str:
    words = readable(index.text(place.record)[place.start : place.end])
    if words.startswith("「") and words.endswith("」") and words.count("「") == 1:
        return words[1:-1]
    return words.lstrip("-・ 　")


def entries_html(entries: Sequence[Entry], index: Index, open: Open) -> str:
    """A word each: the program's line, then the records' own explanation, or that there is none."""
    return f'<dl class="words">{"".join(_entry(entry, index, open) for entry in entries)}</dl>'


def _entry(entry: Entry, index: Index, open: Open) -> str:
    others = "・".join(entry.word.others[:3])
    also = f'<div class="sub">{escape(others)}</div>' if others else ""
    body = own_html(entry.word.plain)
    if entry.explained:
        body += told_html(entry.explained, index, open)
    elif entry.occurs:
        body += '<p class="sub">お手元の記録に出てきますが、この言葉を説明した箇所は見つかりません。</p>'
    else:
        body += '<p class="sub">お手元の記録には出てきません。</p>'
    if entry.cases:
        shown = "".join(f"<li>{_case(case)}</li>" for case in _varied(entry.cases))
        more = ""
        if len(entry.cases) > _CASES:
            more = (
                f"<li>{link('precedents', {'text': entry.word.name}, '先例一覧でほかも見る')}</li>"
            )
        body += (
            f"<details><summary>この言葉が件名にある案件（{len(entry.cases)}）</summary>"
            f'<ul class="plain">{shown}{more}</ul></details>'
        )
    return f'<dt id="{escape(entry.word.name)}">{escape(entry.word.name)}{also}</dt><dd>{body}</dd>'


def _varied(cases: Sequence[Case]) -> list[Case]:
    """A few of the cases: of as many outcomes as there are."""
    first = {case.outcome: case for case in reversed(cases)}
    rest = [case for case in cases if case not in first.values()]
    return [*first.values(), *rest][:_CASES]


def _case(case: Case) -> str:
    where = " ".join(filter(None, [case.municipality, date_name(case.day)]))
    return (
        f"{case_badge(case)} {case_link(case.id, escape(short_title(case.title, 44)))} "
        f'<span class="sub">{escape(where)}</span>'
    )


def others_html(others: Sequence[Explained], index: Index, open: Open) -> str:
    """The words beyond the list that these records explain."""
    rows = "".join(
        f"<dt>{escape(one.word)}</dt><dd>{told_html([one.told], index, open)}</dd>"
        for one in others
    )
    return f'<dl class="words">{rows}</dl>'


def walk_html(number: int, walk: Walk, open: Open) -> str:
    """A case step by step: what was asked for, what the papers say, what was asked, what was
    decided; each with its source."""
    dossier, case = walk.dossier, walk.dossier.case
    office = f"　担当: {escape(case.department)}" if case.department else ""
    title = (
        f"<p>{escape(readable(case.title) or case.label)}"
        f"{place_mark(Place(case.record, *case.title_span), open) if case.title_span[1] > case.title_span[0] else ''}</p>"
        f'<p class="sub">{escape(case.municipality or "")} {date_name(case.day)}{office}</p>'
    )
    fields = "".join(
        f'<tr><th scope="row">{escape(field.shown)}</th><td>{escape(words[:160])}'
        f"{'…' if len(words) > 160 else ''}{place_mark(place, open)}</td></tr>"
        for field in dossier.fields[:4]
        for words, place in field.values[:1]
    )
    papers = (
        f'<table class="facts">{fields}</table>'
        if fields
        else '<p class="sub">項目ごとに書かれた資料は、この案件の記録の中にありません。</p>'
    )
    # one of each theme first: what is asked of most, and what else is asked
    asked = [one for n in range(2) for _, held in dossier.themes for one in held[n : n + 1]]
    asked.sort(key=lambda one: not any(len(reply.text) >= _TELLING for reply in one.replies))
    answered = [one for one in asked if one.replies][:_EXCHANGES] or asked[:_EXCHANGES]
    every = sum(len(held) for _, held in dossier.themes)
    said = "".join(exchange_html(one, open) for one in answered)
    if every > len(answered):
        said += f'<p class="sub">ほかに{every - len(answered)}件の発言・質疑があります（案件の頁）。</p>'
    steps = (
        ("諮られたこと", title),
        ("資料に書かれたこと", papers),
        ("審議で問われたこと", said or '<p class="sub">質疑の記録はありません。</p>'),
        ("結論と、その後", steps_html(dossier, open)),
    )
    items = "".join(f"<li><h4>{name}</h4>{html}</li>" for name, html in steps)
    return (
        f'<article class="walk dossier"><h3>{number}　{case_badge(case, dossier.outcome)} '
        f"{case_link(case.id, escape(short_title(case.title, 40)))}</h3>"
        f'<p class="sub">選んだ理由: {escape(walk.chosen)}</p><ol class="walked">{items}</ol></article>'
    )


COURSE = (
    ("諮問", "担当課（実施機関）が、個人情報の新しい使い方について審議会の意見を求めます。資料には、だれの、どの情報を、どこへ、何のために使うかが書かれます。"),
    ("審議", "審議会で担当課が説明し、委員が質問します。委員の発言は意見、担当課の発言は説明で、どちらも審議会の結論ではありません。"),
    ("結論", "会長が取りまとめ、審議会として「適当」「承認」「継続審議」などの結論を出します。記録で結論といえるのは、この部分だけです。"),
    ("条件・附帯意見", "認めるに当たって、守ってほしいことが付くことがあります。結論と一緒に、必ず原文で確かめてください。"),
    ("答申・報告", "結論は答申として担当課へ返ります。その後、条件への対応が後の会議で報告されることがあります。"),
)  # fmt: skip
COUNCIL = (
    "個人情報保護審議会（審査会・委員会という名前のこともあります）は、市町村などが個人情報を"
    "新しく集めたり、ほかの目的に使ったり、外部へ渡したりするときに、意見を述べる第三者の機関です。"
    "決めて実施するのは担当課などの実施機関で、審議会はその前に意見を返します。"
    "開示請求の決定への審査請求について、意見を返す役割を併せ持つ団体もあります。"
)
LAW = (
    "2023年4月1日から、個人情報の保護に関する法律が地方公共団体にも直接適用されています。"
    "それまでは団体ごとの条例があり、目的外利用・外部提供・オンライン結合などについて審議会の意見を"
    "聴くと定めるものが多くありました。法律のもとで審議会に諮問するのは、専門的な知見に基づく意見を"
    "聴くことが特に必要であると認めるときです（法第129条）。このため、2023年3月以前の先例は、"
    "考え方の参考にはなりますが、根拠となる規定が今と異なります。議会は法律の対象外で、"
    "それぞれの条例によります。"
)


def course_html() -> str:
    """How a case goes, in the program's own words."""
    items = "".join(
        f"<li><h4>{escape(name)}</h4><p>{escape(words)}</p></li>" for name, words in COURSE
    )
    words = "案件は、おおむね次のように進みます。言葉や順は、団体によって少し異なります。"
    return f'{own_html(words)}<ol class="walked">{items}</ol>'
