"""Questions put to an assistant, whose every answer is looked at for what holds of any."""

from collections.abc import Callable

from assistant.answers import Answer
from assistant.chat import Assistant
from assistant.citations import readable
from assistant.statements import Style

Ask = Callable[..., Answer]


def asker(assistant: Assistant) -> Ask:
    def asked(*turns: str) -> Answer:
        answer = assistant.ask(turns)
        keeps_its_word(answer, assistant)
        return answer

    return asked


def keeps_its_word(answer: Answer, assistant: Assistant) -> None:
    """What holds of any answer: exact citations, none missing, nothing asserted without one."""
    for citation in answer.citations:
        text = assistant.index.text(citation.record)
        assert text[citation.start : citation.end] == citation.quote
        assert citation.quote.strip()
    numbers = [citation.n for citation in answer.citations]
    assert numbers == list(range(1, len(numbers) + 1))
    for line in answer.statements:
        assert set(line.numbers) <= set(numbers)
        if line.style not in (Style.NOTE, Style.HEADING):
            assert line.numbers
    assert {n for line in answer.statements for n in line.numbers} == set(numbers)
    assert "調べた範囲" in answer.text
    assert "{searched}" not in answer.text
    assert "****" not in answer.text


def own_words(answer: Answer) -> str:
    """The answer without what it quotes."""
    text = answer.text
    for citation in answer.citations:
        text = text.replace(f"「{readable(citation.quote)}」", "")
    return text
