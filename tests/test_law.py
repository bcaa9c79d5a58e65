"""Articles cited, each with its place; and the law of a case by its date."""

from datetime import date

import pytest

from index.text.law import ACT, ORDINANCE, Article, decided_under, read_articles

KASUMINO = "霞野市個人情報保護条例"


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("条例第9条第3項第4号", ["条例第9条第3項第4号"]),
        ("個人情報保護条例第6条及び第10条に基づく", ["個人情報保護条例第6条", "個人情報保護条例第10条"]),
        ("条例第10条第1項第2号及び第3号並びに第12条", ["条例第10条第1項第2号", "条例第10条第1項第3号", "条例第12条"]),
        ("条例第9条第1項及び第2項", ["条例第9条第1項", "条例第9条第2項"]),
        ("条例第8条第2項第6号・第13条第2項第4号", ["条例第8条第2項第6号", "条例第13条第2項第4号"]),
        ("条例第9条から第12条まで", ["条例第9条", "条例第12条"]),
        ("条例第4条第3項第8号、同条第4項", ["条例第4条第3項第8号", "条例第4条第4項"]),
        ("条例第12条第2項第4号ただし書", ["条例第12条第2項第4号"]),
        ("法第69条第2項第2号及び条例第5条", ["法第69条第2項第2号", "条例第5条"]),
        ("番号法第9条第2項", ["番号法第9条第2項"]),
        ("・条例第14条第6号該当", ["条例第14条第6号"]),
        ("個人情報の保護に関する法律第129条", ["個人情報の保護に関する法律第129条"]),
        ("霞野市個人情報の保護に関する法律施行条例第5条第1項", ["霞野市個人情報の保護に関する法律施行条例第5条第1項"]),
        ("行政手続における特定の個人を識別するための番号の利用等に関する法律第28条", ["行政手続における特定の個人を識別するための番号の利用等に関する法律第28条"]),
        ("条例第９条　第３項", ["条例第9条第3項"]),
        ("条例 第 9 条 第 3 項", ["条例第9条第3項"]),
        ("条例第九条第三項第四号", ["条例第9条第3項第4号"]),
        ("条例第9条の2第1項", ["条例第9条の2第1項"]),
        ("③条例第13条第2項第4号 外部提供", ["条例第13条第2項第4号"]),
        ("当審議会の条例第9条", ["条例第9条"]),
        ("根拠条例第9条", ["条例第9条"]),
        (f"{KASUMINO}(平成7年霞野市条例第11号。以下「条例」という。)第45条", [f"{KASUMINO}第45条"]),
        # no articles
        ("霞野市条例第11号", []), ("第3項目", []), ("第2条例", []), ("令和3年度諮問第9号", []), ("", []),
    ],
)  # fmt: skip
def test_articles_are_read_from_lists_ranges_and_any_writing(text: str, names: list[str]) -> None:
    found = read_articles(text, 0, len(text))
    assert [article.name for article in found] == names
    for article in found:
        assert text[article.start : article.end]


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("条例第9条", "ordinance"), (f"{KASUMINO}第9条", "ordinance"), ("霞野市個人情報の保護に関する条例第9条", "ordinance"),
        ("個人情報保護法第69条", "act"), ("個人情報の保護に関する法律第69条", "act"), ("法施行条例第3条", "act"),
        ("番号法第9条", "number"), ("旧条例第9条", "former"), ("霞野市議会の個人情報の保護に関する条例第9条", "assembly"),
        (f"{KASUMINO}(以下「旧条例」という。)第9条", "former"), ("情報公開条例第9条", "other"), ("地方税法第22条", "other"),
        ("第9条", ""), ("法第69条", ""),
    ],
)  # fmt: skip
def test_an_article_says_of_which_rules_it_is(text: str, rule: str) -> None:
    assert [article.rule for article in read_articles(text, 0, len(text))] == [rule]


def test_a_misread_article_is_healed_and_the_healing_told() -> None:
    text = "根拠 条例第9粂第3頃第4号"
    (article,) = read_articles(text, 0, len(text))
    assert (article.name, article.healed) == ("条例第9条第3項第4号", "第9粂第3頃第4号")


def test_an_article_says_where_it_stands() -> None:
    text = "まず、 条例 第９条、次に番号法第9条第2項による。"
    found = read_articles(text, 3, len(text))
    assert [text[a.start : a.end] for a in found] == ["条例 第９条", "番号法第9条第2項"]


def of(rule: str, name: str = "条例第9条") -> Article:
    return Article(name, 0, 1, rule)


@pytest.mark.parametrize(
    ("day", "year", "articles", "body", "law", "doubted"),
    [
        (date(2023, 3, 31), 2022, [], None, ORDINANCE, False),
        (date(2023, 4, 1), 2023, [], None, ACT, False),
        (None, 2022, [], None, ORDINANCE, False),
        (None, 2023, [], None, ACT, False),
        (None, None, [of("ordinance")], None, None, False),
        (date(2022, 5, 1), 2022, [of("act")], None, ORDINANCE, False),
        (date(2023, 5, 1), 2023, [of("ordinance")], None, ACT, True),
        (date(2023, 5, 1), 2023, [of("former")], None, ORDINANCE, True),
        (date(2023, 5, 1), 2023, [of("number")], None, ACT, False),
        # other rules altogether: disclosure of documents, an assembly's own ordinance
        (date(2023, 5, 1), 2023, [of("other")], "霞野市個人情報保護審議会", None, False),
        (date(2023, 5, 1), 2023, [], "霞野市情報公開審査会", None, False),
        (date(2021, 5, 1), 2021, [], "霞野市情報公開審査会", None, False),
        (date(2023, 5, 1), 2023, [], "霞野市情報公開・個人情報保護審査会", ACT, False),
        (date(2023, 5, 1), 2023, [of("assembly")], None, ORDINANCE, False),
    ],
)  # fmt: skip
def test_the_law_of_a_case_goes_by_its_date(
    day: date | None, year: int | None, articles: list[Article], body: str | None, law: str | None, doubted: bool
) -> None:  # fmt: skip
    told, doubt = decided_under(day, year, articles, body=body)
    assert told == law
    assert bool(doubt) == doubted


def test_the_new_ordinances_that_go_with_the_act_are_no_mismatch() -> None:
    day = date(2023, 5, 1)
    assert decided_under(day, 2023, [of("ordinance")], body=None, enacting=True) == (ACT, "")
