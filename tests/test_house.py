"""The rules of the house: which way imports go, and what no file of the project may contain."""

import ast
import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

# -- imports -------------------------------------------------------------------------------------

# A stage, a file or a folder of its package, may import only the stages of earlier steps. A module
# that is not listed serves them all (index/japanese.py does), and therefore imports none of them.
STEPS = {
    "index": [
        {"records", "readers"},
        {"text", "grammar"},
        {"headings", "sittings"},
        {"meetings", "matters"},
        {"cases", "parts"},
        {"layout"},
        {"reading"},
        {"corrections"},
        {"entered"},
        {"corrected"},
        {"passages"},
        {"embedding", "storage"},
        {"store"},
        {"writer", "originals"},
        {"build_report"},
        {"build"},
    ],
    "assistant": [
        {"understanding"},
        {"questions"},
        {"conversations", "sides"},
        {"hits"},
        {"finding"},
        {"evidence"},
        {"statements"},
        {"surveys", "language_model"},
        {"drafting"},
        {"drafts"},
        {"citations"},
        {"answers"},
        {"explanations"},
        {"chat"},
        {"desks"},
        {"commands"},
        {"__main__"},
    ],
}

FORBIDDEN = {
    "index": {"assistant", "app", "eval", "streamlit", "tests"},
    "assistant": {"app", "eval", "streamlit", "tests"},
    "app": {"eval", "tests"},
}

ONLY_IMPORT = {
    "fugashi": "index/japanese.py",
    "lxml": "index/readers/html.py",
    "pptx": "index/readers/pptx.py",
    "pypdfium2": "index/readers/pdf.py",
    "sentence_transformers": "index/embedding.py",
    "chromadb": "index/storage/chroma.py",
    "langchain_chroma": "index/storage/chroma.py",
    "sqlite3": "index/storage/sqlite.py",
    "langchain": "assistant/language_model/models.py",
}


def imported(source: str, module: str, *, package: bool = False) -> set[str]:
    """The dotted names that a module imports, at its top or anywhere inside.

    `from index import cases` gives both `index` and `index.cases`, for it may be either.
    """
    names: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                parts = module.split(".")
                here = parts[: len(parts) - node.level + (1 if package else 0)]
                base = ".".join([*here, *filter(None, [base])])
            names.add(base)
            names.update(f"{base}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Call) and node.args:
            called = node.func.attr if isinstance(node.func, ast.Attribute) else ""
            called = node.func.id if isinstance(node.func, ast.Name) else called
            first = node.args[0]
            if (
                called in {"import_module", "__import__"}
                and isinstance(first, ast.Constant)
                and isinstance(first.value, str)
            ):
                names.add(first.value)
    return names


def stage(dotted: str) -> tuple[str, str]:
    """`index.text.lines` is of the package `index` and the stage `text`."""
    package, _, rest = dotted.partition(".")
    return package, rest.partition(".")[0]


def step(package: str, name: str) -> int:
    """Which step of its package a module belongs to; -1 for one that serves them all."""
    return next((n for n, names in enumerate(STEPS[package]) if name in names), -1)


def breaches(path: str, names: set[str]) -> list[str]:
    """What in a module's imports goes against the house, one sentence each."""
    dotted = path.removesuffix(".py").replace("/", ".")
    package, own = stage(dotted)
    found = []
    for name in sorted(names):
        top = name.partition(".")[0]
        if top in FORBIDDEN.get(package, set()):
            found.append(f"{path} imports {name}: {package} knows nothing of {top}")
        if top in ONLY_IMPORT and path != ONLY_IMPORT[top]:
            found.append(f"{path} imports {name}: only {ONLY_IMPORT[top]} may")
        if top != package or package not in STEPS or own == "__init__":
            continue
        other = stage(name)[1]
        its = step(package, other)
        mine = step(package, own)
        if its >= 0 and other != own and its >= mine and {other, own} != {"records", "readers"}:
            found.append(f"{path} imports {name}: {other} does not come before {own}")
    return found


def modules() -> list[str]:
    files = [*ROOT.glob("index/**/*.py"), *ROOT.glob("assistant/**/*.py"), *ROOT.glob("app.py")]
    return sorted(file.relative_to(ROOT).as_posix() for file in files)


@pytest.mark.parametrize("path", modules())
def test_imports_go_the_way_the_data_goes(path: str) -> None:
    dotted = path.removesuffix(".py").replace("/", ".").removesuffix(".__init__")
    source = (ROOT / path).read_text(encoding="utf-8")
    assert breaches(path, imported(source, dotted, package=path.endswith("__init__.py"))) == []


def circles(imports: dict[str, set[str]]) -> list[set[str]]:
    """The modules that import each other, directly or through others."""
    reached = {name: set(names) for name, names in imports.items()}
    for through in imports:
        for names in reached.values():
            if through in names:
                names |= reached[through]
    rings = (
        {other for other in names if name in reached.get(other, set())}
        for name, names in reached.items()
    )
    return [ring for ring in rings if ring]


@pytest.mark.parametrize("package", STEPS)
def test_no_modules_import_each_other(package: str) -> None:
    paths = {path.removesuffix(".py").replace("/", "."): path for path in modules()}
    imports = {
        name: imported((ROOT / path).read_text(encoding="utf-8"), name) & paths.keys()
        for name, path in paths.items()
        if stage(name)[0] == package and stage(name)[1] not in {"records", "readers"}
    }
    assert circles(imports) == []


def test_a_circle_is_told() -> None:
    assert circles({"a": {"b"}, "b": {"c"}, "c": set()}) == []
    assert circles({"a": {"b"}, "b": {"c"}, "c": {"a"}}) == [{"a", "b", "c"}] * 3


@pytest.mark.parametrize(
    ("path", "source", "allowed"),
    [
        ("index/cases.py", "from index.meetings import Meeting", True),
        ("index/cases.py", "from .meetings import Meeting", True),
        ("index/cases.py", "from index.japanese import words", True),
        ("index/cases.py", "from index import passages", False),
        ("index/cases.py", "from . import passages", False),
        ("index/cases.py", "def late():\n    import index.build", False),
        ("index/japanese.py", "from index.records import Record", False),
        ("index/japanese.py", "import fugashi", True),
        ("index/records.py", "from index.readers import pdf", True),
        ("index/readers/pdf.py", "from ..records import Record", True),
        ("index/readers/pdf.py", "from ..cases import Case", False),
        ("index/embedding.py", "from index.store import Index", False),
        ("index/build.py", "from index import embedding, store", True),
        ("index/build.py", "import assistant.chat", False),
        ("index/build.py", "import sqlite3", False),
        ("assistant/hits.py", "from index.store import Index", True),
        ("assistant/hits.py", "from assistant.drafts import Draft", False),
        ("assistant/evidence.py", "from assistant.statements import Statement", False),
        ("index/text/lines.py", "from index.text.turns import Turn", True),
        ("index/text/turns.py", "from index.matters import lists", False),
        ("assistant/questions.py", "from assistant.understanding.terms import Term", True),
        ("assistant/understanding/terms.py", "from assistant.questions import Question", False),
        ("assistant/hits.py", "import importlib\nimportlib.import_module('streamlit')", False),
        ("assistant/chat.py", "import chromadb", False),
        ("assistant/__main__.py", "from assistant import chat", True),
        ("assistant/chat.py", "from assistant import __main__", False),
        ("app.py", "import streamlit\nfrom assistant.chat import reply", True),
        ("app.py", "from eval import metrics", False),
    ],
)
def test_the_arrow_is_told_from_its_breaches(path: str, source: str, allowed: bool) -> None:
    dotted = path.removesuffix(".py").replace("/", ".")
    assert (breaches(path, imported(source, dotted)) == []) is allowed


def test_the_architecture_tells_of_every_stage() -> None:
    told = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    folders = {path.rpartition("/")[0] + "/" for path in modules() if path.count("/") > 1}
    files = {
        path for path in modules() if path.count("/") == 1 and not path.endswith("__init__.py")
    }
    names = {stage.partition("/")[2] for stage in folders | files}
    assert [name for name in sorted(names) if f"`{name}`" not in told] == []


@pytest.mark.parametrize("path", modules())
def test_every_module_says_first_what_it_does(path: str) -> None:
    said = ast.get_docstring(ast.parse((ROOT / path).read_text(encoding="utf-8")))
    assert said, f"{path} has no docstring"


# -- no rule names a town ------------------------------------------------------------------------

TOWNS = re.compile(
    "久留米|狛江|東村山|小平|旭川|厚木|長岡京|奈良県|大阪市|調布"
    r"|\b(?:kurume|komae|higashimurayama|kodaira|asahikawa|atsugi|nagaokakyo|nara|osaka|chofu)\b",
    re.IGNORECASE,
)
# The nationwide list of municipalities is data: it names all of them or it is of no use.
GAZETTEER = "index/data/municipalities.txt"


def test_no_rule_names_a_town() -> None:
    named = [
        f"{path}:{number}: {line.strip()}"
        for path, text in project_texts()
        if path.startswith(("index/", "assistant/", "prompts/")) or path == "app.py"
        if path != GAZETTEER
        for number, line in enumerate(text.splitlines(), start=1)
        if TOWNS.search(line)
    ]
    assert named == []


def test_the_gazetteer_favours_nobody() -> None:
    # 47 prefectures and some 1,740 municipalities: a handful would be a rule in disguise.
    gazetteer = ROOT / GAZETTEER
    if gazetteer.exists():
        assert len(set(gazetteer.read_text(encoding="utf-8").split())) > 1_700


# -- no real record's text -----------------------------------------------------------------------

RUN = 40
TEXT_SUFFIXES = {
    ".py", ".md", ".json", ".jsonl", ".txt", ".toml",
    ".csv", ".tsv", ".yaml", ".yml", ".html", ".cfg", ".ini", ".sh",
}  # fmt: skip
NOT_THE_PROJECTS = {
    ".git",
    ".venv",
    ".senrei",
    ".hypothesis",
    ".mypy_cache",
    ".pytest_cache",
    ".ruff_cache",
    "__pycache__",
    "build",
    "dist",
}
TAGS = re.compile(r"</?[a-zA-Z][^<>]*>")
# White space, and the marks with which Markdown, JSON and source code break a text into lines.
MARKS = re.compile(r"""[\s"'\\>#|*`]+""")
ESCAPES = re.compile(r"\\(?:u([0-9a-fA-F]{4})|[nrt])")


def project_texts() -> Iterator[tuple[str, str]]:
    """Every text file that is or may come into the repository: its path and what it says."""
    for folder, folders, files in os.walk(ROOT):
        folders[:] = sorted(
            name for name in folders if name not in NOT_THE_PROJECTS and not name.endswith("-info")
        )
        here = Path(folder).relative_to(ROOT)
        if here == Path("records"):  # what the user put there is the user's
            folders[:] = [name for name in folders if name == "sample"]
            files = [name for name in files if name == "README.md"]
        if here == Path("eval"):  # not committed: working files
            folders[:] = [name for name in folders if name not in {"scratch", ".cache"}]
        for name in sorted(files):
            path = Path(folder, name)
            if path.suffix in TEXT_SUFFIXES:
                text = path.read_bytes().decode("utf-8", errors="replace")
                yield (here / name).as_posix(), text


def squeezed(text: str) -> str:
    """The text without what layout, quoting and escaping put between its characters."""
    unescaped = ESCAPES.sub(lambda found: chr(int(found[1], 16)) if found[1] else " ", text)
    return MARKS.sub("", TAGS.sub("", unescaped))


def runs(text: str) -> Iterator[str]:
    """Every run of RUN characters that says something: not a ruled line, not a row of figures."""
    text = squeezed(text)
    for start in range(len(text) - RUN + 1):
        run = text[start : start + RUN]
        if len(set(run)) >= 10 and not run.isascii():
            yield run


def copied(text: str, real: set[str]) -> list[str]:
    """The places where a text repeats a real record, each once, however long."""
    text = squeezed(text)
    starts = [n for n in range(len(text) - RUN + 1) if text[n : n + RUN] in real]
    firsts = [n for n, before in zip(starts, [-2, *starts], strict=False) if n > before + 1]
    return [text[n : n + RUN] for n in firsts]


def test_no_real_record_is_repeated(shared_records: Path, shared_formats: Path) -> None:
    real = {
        run
        for folder in (shared_records, shared_formats)
        for file in folder.glob("*.txt")
        for run in runs(file.read_text(encoding="utf-8"))
    }
    assert len(real) > 10_000
    found = [f"{path}: {run}" for path, text in project_texts() for run in copied(text, real)]
    assert found == []


INVENTED = "かもめ台市の審議会では、港の見回りに使う記録装置について、保存の期間を三日とすることの可否が問われた。"


@pytest.mark.parametrize(
    ("text", "is_copy"),
    [
        (INVENTED, True),
        (INVENTED[3:44], True),
        (INVENTED[3:42], False),
        ("\n".join(INVENTED), True),
        (INVENTED[:20] + '<input type="checkbox" checked="">' + INVENTED[20:], True),
        ("\n> ".join([INVENTED[:20], INVENTED[20:]]), True),
        (f'"{INVENTED[:20]}"\n    "{INVENTED[20:]}"', True),
        (INVENTED[:20] + r"\n" + INVENTED[20:], True),
        (INVENTED.encode("ascii", errors="backslashreplace").decode(), True),
        (INVENTED[:25] + "別" + INVENTED[25:], False),
        ("…" * 200, False),
    ],
)
def test_a_copy_is_told_from_a_likeness(text: str, is_copy: bool) -> None:
    real = set(runs(INVENTED + "…" * 100))
    assert bool(copied(text, real)) is is_copy
