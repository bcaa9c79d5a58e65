"""Whether words of the test questions stand in the program: then it would be tuned on them.

A test question's *distinctive run* is ten of its characters in a row (folded) that stand in no record
and in no development question, and hold at least four that are more than asking: kanji, katakana,
letters or figures outside the words with which anything is asked. None may stand in the code, the
word lists or the prompts; and no whole test question in the tests. Words alone prove nothing (外注
is a synonym that a thesaurus should have), so they are counted and the count is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from assistant.understanding.terms import asking
from eval.gold import Question
from index.japanese import fold, words

RUN = 10
CONTENT = 4
WHOLE = 8  # characters of a turn from which it may be looked for as a whole
PROGRAM = ("index/**/*", "assistant/**/*", "app_parts/**/*", "prompts/**/*", "app.py")
TESTS = ("tests/**/*", "docs/**/*", "*.md", "scripts/**/*")
LISTS = ("assistant/data/*.txt", "index/data/*.txt")
NATIONWIDE = "municipalities.txt"  # has every town, and so proves nothing
_TEXT = {".py", ".txt", ".md", ".json", ".toml", ".js", ".css", ".html"}
_CONTENT = re.compile(r"[一-龠々ァ-ヶーa-z0-9]")
_POINTS = re.compile(r"[、。?!「」『』・]")


def sources(root: Path, patterns: Iterable[str]) -> dict[str, str]:
    """The project's texts under some patterns, folded, by path."""
    paths = sorted({path for pattern in patterns for path in root.glob(pattern)})
    return {
        path.relative_to(root).as_posix(): fold(path.read_text(encoding="utf-8"))
        for path in paths
        if path.suffix in _TEXT and path.name != NATIONWIDE
    }


def _known(questions: Sequence[Question], records: Iterable[str]) -> str:
    dev = [fold(turn) for q in questions if q.split != "test" for turn in q.turns]
    return "\n".join([*(fold(text) for text in records), *dev])


def _turns(questions: Sequence[Question]) -> Iterator[tuple[str, str]]:
    return ((q.id, fold(turn)) for q in questions if q.split == "test" for turn in q.turns)


def distinctive_runs(questions: Sequence[Question], records: Iterable[str]) -> dict[str, str]:
    """Each distinctive run of the test questions, with the id of one that has it."""
    known = _known(questions, records)
    asked = sorted((word for word in asking() if len(word) > 1), key=len, reverse=True)
    frame = re.compile("|".join(map(re.escape, asked)))
    found: dict[str, str] = {}
    for id, turn in _turns(questions):
        content = [bool(_CONTENT.match(character)) for character in turn]
        for match in frame.finditer(turn):
            content[match.start() : match.end()] = [False] * (match.end() - match.start())
        for start in range(len(turn) - RUN + 1):
            run = turn[start : start + RUN]
            if sum(content[start : start + RUN]) >= CONTENT and run not in known:
                found.setdefault(run, id)
    return found


def leaks(runs: Mapping[str, str], texts: Mapping[str, str]) -> list[str]:
    """Where distinctive runs stand in the program, one sentence each."""
    return [
        f"{path} has {run}, which only the test question {id} has"
        for path, text in texts.items()
        for run, id in runs.items()
        if run in text
    ]


def whole(questions: Sequence[Question], texts: Mapping[str, str]) -> list[str]:
    """Where a test question stands as a whole, one sentence each."""
    bare = {path: _POINTS.sub("", text) for path, text in texts.items()}
    return [
        f"{path} has the whole of {id}"
        for id, turn in _turns(questions)
        if len(_POINTS.sub("", turn)) >= WHOLE
        for path, text in bare.items()
        if _POINTS.sub("", turn) in text
    ]


def shared_words(
    questions: Sequence[Question], records: Iterable[str], texts: Mapping[str, str]
) -> tuple[int, int]:
    """How many words only test questions have, and how many of those stand in the word lists."""
    known = _known(questions, records)
    own = {
        word
        for _, turn in _turns(questions)
        for word in words(turn)
        if len(word) > 1 and re.search(r"[一-龠ァ-ヶa-z]", word) and word not in known
    }
    listed = {word for text in texts.values() for word in own if word in text}
    return len(own), len(listed)
