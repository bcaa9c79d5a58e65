"""The draft of an office paper, and its Word file."""

import io
import re
import shutil
import subprocess
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import HOSTILE, lacking
from docx import Document

from assistant.chat import Assistant
from assistant.desks.office_paper import (
    OWN,
    PARTS,
    Line,
    edited,
    note_of,
    paper_of_answer,
    paper_of_case,
    paragraphs,
    plain_text,
)
from assistant.files.word import Kind, Paragraph, word_file
from eval.any_vectors import as_if_real
from index.cases import Correction, Decision, Field
from index.grammar.verdicts import Outcome


@pytest.fixture(scope="module")
def assistant(sample_index: Path) -> Assistant:
    return Assistant.open(sample_index)


def footnotes(file: bytes) -> list[str]:
    """The footnotes of a .docx, in their order, and that each is referred to once."""
    with zipfile.ZipFile(io.BytesIO(file)) as parts:
        xml = parts.read("word/footnotes.xml").decode()
        body = parts.read("word/document.xml").decode()
        assert "footnotes+xml" in parts.read("[Content_Types].xml").decode()
    numbers = re.findall(r'<w:footnote w:id="(\d+)"', xml)
    assert re.findall(r'<w:footnoteReference w:id="(\d+)"', body) == numbers
    return re.findall(r'<w:t xml:space="preserve"> (.*?)</w:t>', xml)


@pytest.mark.model
def test_a_paper_has_its_parts_and_every_claim_its_source(assistant: Assistant) -> None:
    answer = assistant.ask(["楓沢町のAI-OCRの案件は承認されましたか。"])
    lines = paper_of_answer(assistant, answer)
    parts = [line.part for line in lines]
    assert {"件名", "結論", "先例", "留意点"} <= set(parts) <= set(PARTS)
    for line in lines:
        if line.part in ("先例", "条件", "根拠"):
            assert line.citations, line
        for citation in line.citations:
            text = assistant.index.text(citation.record)
            assert text[citation.start : citation.end] == citation.quote
        assert "**" not in line.text
        assert not re.search(r"\[\d+\]$", line.text)


@pytest.mark.model
def test_a_paper_of_a_case_tells_its_verdict_and_where_it_stands(assistant: Assistant) -> None:
    case = next(c for c in assistant.evidence.cases if c.outcome is Outcome.APPROVED)
    lines = paper_of_case(assistant, case)
    verdict = next(line for line in lines if line.part == "結論")
    assert "承認" in verdict.text
    note = note_of(assistant, verdict.citations[0])
    assert "審議会の結論" in note
    assert case.record in note
    assert str(case.council) in note
    silent = next(c for c in assistant.evidence.cases if c.outcome is Outcome.NOT_RECORDED)
    told = " ".join(line.text for line in paper_of_case(assistant, silent) if line.part == "結論")
    assert "記録にありません" in told


@pytest.mark.parametrize(
    ("titled", "outcome"),
    [
        ("大学への外部提供", Outcome.CONTINUED),  # put off, and approved at the next sitting
        ("母子健康手帳アプリ", Outcome.NOT_RECORDED),  # its papers; the verdict is in the minutes
    ],
)
def test_a_paper_tells_how_the_matter_ended_in_whichever_record(
    desk_index: Path, titled: str, outcome: Outcome
) -> None:
    assistant = Assistant.open(desk_index, as_if_real())
    cases = assistant.evidence.cases
    case = next(c for c in cases if titled in c.title and c.outcome is outcome)
    lines = paper_of_case(assistant, case)
    verdict = next(line for line in lines if line.part == "結論")
    assert "承認（" in verdict.text
    assert verdict.citations[0].record != case.record
    assert not any("記録にありません" in line.text for line in lines)


def test_a_council_that_reviews_a_decision_is_not_said_to_approve(desk_index: Path) -> None:
    assistant = Assistant.open(desk_index, as_if_real())
    case = next(c for c in assistant.evidence.cases if c.outcome is Outcome.APPROVED)
    lines = paper_of_case(assistant, replace(case, kind="review"))
    told = [line.text for line in lines if line.part in ("結論", "先例")]
    assert all("実施機関の決定は妥当" in text for text in told)


def test_a_verdict_that_only_a_person_has_told_is_in_the_paper(desk_index: Path) -> None:
    assistant = Assistant.open(desk_index, as_if_real())
    case = next(c for c in assistant.evidence.cases if c.id == "shiomidai-r3-sheets.txt#1")
    read = Correction(Field.OUTCOME, "not_recorded", "rejected", "", "2024-05-01", "a", "")
    told = Decision(Outcome.REJECTED, "", *case.title_span[:1] * 2, (), "", "", None)
    lines = paper_of_case(assistant, replace(case, decisions=(told,), corrected=(read,)))
    verdict = next(line.text for line in lines if line.part == "結論")
    assert "不承認（人の訂正" in verdict
    assert not any("記録にありません" in line.text for line in lines)


@pytest.mark.model
def test_what_the_records_do_not_say_the_paper_does_not_say(assistant: Assistant) -> None:
    answer = assistant.ask(["楓沢町のドローンの案件は承認されましたか。"])
    assert answer.abstained
    lines = paper_of_answer(assistant, answer)
    assert any(line.part == "結論" for line in lines)
    assert not any(line.part in ("先例", "条件") for line in lines)


def test_what_a_person_writes_is_marked_as_theirs() -> None:
    line = Line("根拠", "記録の文です。")
    assert edited(line, " 記録の文です。 ") == line
    assert edited(line, "書き換えた文です。").own
    rows = paragraphs(None, [edited(line, "書き換えた文です。"), line], ["根拠"])  # type: ignore[arg-type]
    assert [row.text for row in rows] == ["根拠", "書き換えた文です。" + OWN, "記録の文です。"]


def test_the_parts_come_in_the_order_chosen_and_only_those() -> None:
    lines = [Line(part, part + "の文") for part in PARTS]
    made = paragraphs(None, lines, ["先例", "件名"])  # type: ignore[arg-type]
    assert [row.text for row in made] == ["先例", "先例の文", "件名の文"]


def test_the_copied_text_numbers_its_sources() -> None:
    made = [
        Paragraph(Kind.TITLE, "件名"),
        Paragraph(Kind.HEADING, "結論"),
        Paragraph(Kind.BODY, "承認", ("甲", "乙")),
        Paragraph(Kind.ITEM, "条件", ("丙",)),
    ]
    assert plain_text(made) == "件名\n\n■ 結論\n承認[1][2]\n・条件[3]\n\n[1] 甲\n[2] 乙\n[3] 丙"


@pytest.mark.parametrize(
    "text", [HOSTILE, "改ページ\x0c制御\x00文字\x1b", "&lt;</w:t>", "𠮷野家 ☃"]
)
def test_a_word_file_holds_any_text_and_opens_again(text: str) -> None:
    file = word_file([Paragraph(Kind.BODY, text, (text, "次"))])
    legal = re.sub("[\x00\x0c\x1b]", "", text)
    document = Document(io.BytesIO(file))
    assert document.paragraphs[0].text.rstrip(",") == legal
    assert len(footnotes(file)) == 2


@pytest.mark.slow
def test_libreoffice_reads_the_same_paper(tmp_path: Path) -> None:
    office = shutil.which("soffice") or lacking("There is no LibreOffice on this machine.")
    made = [
        Paragraph(Kind.TITLE, "回答案"),
        Paragraph(Kind.HEADING, "結論"),
        Paragraph(Kind.BODY, "承認されました。", ("霞野市個人情報保護審議会 審議会の結論",)),
    ]
    path = tmp_path / "回答案.docx"
    path.write_bytes(word_file(made))
    subprocess.run(
        [office, "--headless", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
         "--convert-to", "txt:Text (encoded):UTF8", "--outdir", str(tmp_path), str(path)],
        check=True, capture_output=True, timeout=90,
    )  # fmt: skip
    text = (tmp_path / "回答案.txt").read_text(encoding="utf-8-sig")
    for words in ("回答案", "結論", "承認されました。"):
        assert words in text
    fonts = zipfile.ZipFile(path).read("word/styles.xml").decode()
    assert "ＭＳ 明朝" in fonts
