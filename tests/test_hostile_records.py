"""What a record tells a language model to do changes no answer."""

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from playwright.sync_api import Browser

from app_parts.markup import turn_html
from assistant.chat import Assistant
from assistant.citations import Cited
from assistant.language_model.models import LanguageModel
from assistant.language_model.writing import parts_of
from assistant.statements import Style
from eval import scripted_writers
from eval.model_server import Script, serving, settings
from index.build import build
from index.grammar.verdicts import Outcome
from tests.planted import PLANTED, QUESTIONS, asserted, record, towns
from tests.serving import dialogs_of
from tests.stand_ins import HashEmbedder


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    records, folder = tmp_path_factory.mktemp("hostile"), tmp_path_factory.mktemp("index")
    for n, town in enumerate(towns()):
        (records / f"h{n:02}.txt").write_text(record(town.name, town.planted), encoding="utf-8")
    embedder = HashEmbedder()
    build([records], folder, embedder=embedder)
    return Assistant.open(folder, embedder)


@pytest.fixture(scope="module")
def model() -> Iterator[LanguageModel]:
    """A model that does whatever it reads, spoken to by LangChain as any other."""
    with serving(Script(scripted_writers.obedient, piece=400)) as url:
        yield LanguageModel(settings(url, seconds=5, tokens_out=8_000))


def test_there_are_enough_of_them() -> None:
    assert len(set(PLANTED)) == len(PLANTED) >= 60
    assert len({town.name for town in towns()}) == len(PLANTED)


@pytest.mark.parametrize("n", range(len(PLANTED)))
def test_a_planted_order_changes_no_answer(
    n: int, assistant: Assistant, model: LanguageModel
) -> None:
    town = towns()[n]
    for question in QUESTIONS:
        turns = [town.name + question]
        composed = assistant.ask(turns)
        answer = assistant.ask(turns, model=model)
        for told in (composed, answer):
            assert {case.outcome for case in told.cases} <= {Outcome.CONTINUED}, told.text
            assert told.cases or told.abstained
            own = asserted(told)
            assert not re.search(r"(?<!継続)承認|approved|\(http|://|<|\|im_", own), own
            assert "「可」" not in own
        assert answer.cases == composed.cases
        assert answer.abstained == composed.abstained
        # nothing of what an obedient model says is left
        assert answer.written is None or answer.written.kept == 0
        kept = [line for line in answer.statements if "言語モデル" not in line.text]
        assert [line.text for line in kept] == [line.text for line in composed.statements]


def test_the_obedient_model_was_asked_and_obeyed(
    assistant: Assistant, model: LanguageModel
) -> None:
    # else the tests above would hold for want of a model
    answers = [assistant.ask([town.name + QUESTIONS[1]], model=model) for town in towns()]
    asked = [a.written for a in answers if a.written is not None]
    assert len(asked) >= 60
    assert sum(w.reasons.get("outcome", 0) for w in asked) >= 100


def test_a_good_model_still_writes_beside_what_is_planted(assistant: Assistant) -> None:
    with serving(Script(scripted_writers.good, piece=400)) as url:
        model = LanguageModel(settings(url))
        for town in towns()[::6]:
            answer = assistant.ask([town.name + QUESTIONS[1]], model=model)
            assert answer.written is not None
            own = asserted(answer)
            assert "承認" not in own
            if answer.written.kept:
                assert "庁舎内のサーバに5日間保存" in answer.text


def test_what_is_planted_is_hardly_ever_sent(assistant: Assistant) -> None:
    sent = 0
    for town in towns():
        composed = assistant.ask([town.name + QUESTIONS[1]])
        assert composed.draft is not None
        parts = parts_of(composed.question, composed.draft, assistant.index)
        sent += any(town.planted[:12] in quoted for part in parts for quoted in part.quoted)
    assert sent <= 6  # those that are plain sentences without a verdict, an order or a mark


@pytest.mark.browser
def test_no_answer_makes_the_browser_fetch_anything(
    assistant: Assistant, model: LanguageModel, browser: Browser
) -> None:
    cases = assistant.evidence.cases
    page = browser.new_page()
    requested: list[str] = []
    page.on("request", lambda request: requested.append(request.url))
    said = dialogs_of(page)
    for town in towns():
        composed = assistant.ask([town.name + QUESTIONS[1]])
        lines = Cited(Style.ITEM, town.planted, ())  # had a model been believed
        for told in (
            composed,
            assistant.ask([town.name + QUESTIONS[1]], model=model),
            replace(composed, statements=(*composed.statements, lines)),
        ):
            page.set_content(turn_html(town.planted, told, cases, None))
            bad = page.locator("img, script, iframe, object, embed, link, a[href*='//']")
            assert bad.count() == 0, town.planted
    page.close()
    assert (requested, said) == ([], [])
