"""Words -> the labels of cases they name (諮問第14号, 案件4), and whether a case bears one."""

from __future__ import annotations

import re
from dataclasses import dataclass

from index.cases import Case
from index.japanese import fold, number

_N = r"(?P<{}>[0-9]{{1,4}}|[一二三四五六七八九十]{{1,3}})"
_KINDS = r"諮問案件|報告案件|審議案件|諮問事項|報告事項|諮問|報告|審議|議案|議題|案件|事案"
# 第10条第2項第6号 is an article, 2件 a count; 答申第3号, 告示第3号, 様式第1号 are no cases
_LABEL = re.compile(
    rf"(?P<kind>{_KINDS})第?{_N.format('a')}(?:号|番(?!目)|(?![0-9件回つ人名年月日項条%台世か目覧般部]))"
    rf"|(?<![項条申式表示令例則達律])第{_N.format('b')}号(?P<after>諮問事案|事案|諮問|議案|案件)?"
)


@dataclass(frozen=True, slots=True)
class Label:
    """A label as a question names it: its words, its number, and what kind of thing it numbers."""

    words: str
    kind: str
    number: int
    numbered: bool

    def fits(self, case: Case, *, exactly: bool = False) -> bool:
        """Whether the case bears this label.

        A bare number (`2`, `(2)`) fits any kind of label, but not `exactly`.
        """
        label = re.sub(r"(?:令和|平成|昭和)?[0-9元]+年度?", "", fold(case.label))
        if self.numbered and re.search(rf"第?{self.number}号", label + fold(case.title)):
            return True
        numbers = [number(match) for match in re.findall(r"[0-9]+|[一二三四五六七八九十]+", label)]
        if self.numbered or self.number not in numbers[-1:]:
            return False
        kind = re.search(r"諮問|報告|審議|議案|議題|案件", label)
        if exactly and (kind is None or self.kind not in label):
            return False
        wanted = {"諮問": "consultation", "報告": "report"}.get(self.kind)
        if kind is not None and self.kind not in ("案件", "事案") and self.kind not in label:
            return False
        return kind is not None or wanted in (None, case.kind)


def read_labels(text: str) -> tuple[str, tuple[Label, ...]]:
    """The labels that a levelled text names, and the text without them."""
    labels = []
    for match in reversed(list(_LABEL.finditer(text))):
        value = number(match["a"] or match["b"])
        if value is None:
            continue
        kind = re.sub(r"(?<=..)(?:案件|事項|事案)$", "", match["kind"] or match["after"] or "案件")
        labels.append(Label(match.group(), kind, value, "号" in match.group()))
        text = text[: match.start()] + "、" + text[match.end() :]
    return text, tuple(reversed(labels))
