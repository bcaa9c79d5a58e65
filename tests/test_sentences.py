"""Where sentences end."""

import pytest

from index.sentences import sentences


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("甲である。乙である。", ["甲である。", "乙である。"]),
        ("―甲である。―\n乙である。", ["―甲である。―", "乙である。"]),
        ("甲である。」と述べた。乙である。", ["甲である。」と述べた。", "乙である。"]),
        ("本件（以下「甲」という。）は、\n乙である。", ["本件（以下「甲」という。）は、\n乙である。"]),
        ("「甲である。」\n乙である。", ["「甲である。」", "乙である。"]),
        ("議題\n\n本件は承認とした。", ["議題", "本件は承認とした。"]),
        ("本件は、\n承認とした。", ["本件は、\n承認とした。"]),
        ("議題\r\n\r\n本件は承認とした。", ["議題", "本件は承認とした。"]),
        (
            "本件は、窓口の業務を委ねることについて話し合い、諮問のとおり承認\n\n   した。次に移る。",
            ["本件は、窓口の業務を委ねることについて話し合い、諮問のとおり承認\n\n   した。", "次に移る。"],
        ),
        (" \n\n", []),
        (
            "窓口の業務を委ねることについて長く話し合い、承認とした。以上\n\n次に移る。",
            ["窓口の業務を委ねることについて長く話し合い、承認とした。", "以上", "次に移る。"],
        ),
    ],
)  # fmt: skip
def test_a_sentence_ends_at_its_stop_or_at_an_empty_line_but_not_at_a_hard_wrap(
    text: str, pieces: list[str]
) -> None:
    assert [text[start:end] for start, end in sentences(text, 0, len(text))] == pieces
