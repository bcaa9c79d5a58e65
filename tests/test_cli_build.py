"""The command line: `senrei build`, `cases` and `serve`."""

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from stand_ins import HashEmbedder

from assistant import __main__ as command_line
from assistant import commands
from assistant.__main__ import main
from assistant.facts import case_as_json
from index import build as building
from index.build_report import BuildReport, Refusal, Unsure
from index.cases import Case, Condition, Correction, Decision, Field, Link, LinkKind
from index.doubts import Doubt, DoubtKind
from index.grammar.verdicts import Outcome
from index.store import open_index
from index.text.slots import Slot

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = ROOT / "records" / "sample"


@pytest.fixture
def work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with three of the sample's records, where the model is a quick one."""
    for path in sorted(SAMPLE.glob("*.txt"))[:3]:
        (tmp_path / "records" / "sample").mkdir(parents=True, exist_ok=True)
        shutil.copy(path, tmp_path / "records" / "sample")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(building, "load_embedder", HashEmbedder)
    return tmp_path


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, list[str], str]:
    """The exit code, the lines said, and what was said on standard error."""
    code = main(arguments)
    said, complained = capsys.readouterr()
    return code, said.splitlines(), complained


def in_a_process(*arguments: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "assistant", *arguments],
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        capture_output=True,
        check=False,
    )


# -- build ---------------------------------------------------------------------------------------


def test_build_tells_what_it_did(work: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, said, complained = run(capsys, "build")
    assert (code, complained) == (0, "")
    assert [line.split() for line in said[:4]] == [
        ["read", "3"],
        ["unchanged", "0"],
        ["removed", "0"],
        ["refused", "0"],
    ]
    assert said[4].startswith("The index now has 3 records, ")
    assert (work / ".senrei" / "CURRENT").read_text(encoding="ascii") == "gen-000001\n"

    (work / "records" / "写真.jpg").write_bytes(b"\xff\xd8")
    (work / "records" / "a.txt").write_bytes(next(SAMPLE.glob("*.txt")).read_bytes())
    code, said, _ = run(capsys, "build", "records")
    assert code == 0
    assert [line.split()[-1] for line in said[:4]] == ["4", "0", "3", "1"]
    assert said[4].startswith("  写真.jpg: The file is damaged, or not of its kind")
    code, said, _ = run(capsys, "build", "records")
    assert [line.split()[-1] for line in said[:4]] == ["0", "4", "0", "1"]
    assert said[5].startswith("The index is as it was, with 4 records")


def test_doubts_are_told_as_a_table_of_at_most_twenty_records() -> None:
    verdict, day = Doubt(DoubtKind.VERDICT, "ありません"), Doubt(DoubtKind.DATE, "二つあります")
    held = (verdict, Doubt(DoubtKind.VERDICT, "ありません", (3, 9)), day)
    unsure = (Unsure("令和3年度.txt", held), *(Unsure(f"{n}.txt", (day,)) for n in range(24)))
    report = BuildReport(
        read=1,
        unchanged=0,
        removed=0,
        refused=(Refusal("b.txt", "It is empty.", "Fill it.", "空です。"),),
        records=30,
        meetings=1,
        cases=25,
        passages=9,
        embedded=9,
        unsure=unsure,
        seconds=1.25,
        stages={},
        generation="gen-000001",
        changed=True,
    )
    lines = list(commands._build_lines(report))
    assert "  b.txt: It is empty. Fill it." in lines
    assert lines[6:10] == [
        "\nTo be looked at: 27 in 25 of 30 records",
        "  record         verdict  date",
        "  令和3年度.txt        2     1",
        "  0.txt                -     1",
    ]
    assert sum(".txt  " in line for line in lines) == 20
    assert lines[-2] == "  … and 5 more records"
    assert "記録" in lines[-1]


def test_doubts_of_unchanged_records_are_told_again(
    work: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copy(SAMPLE / "shiomidai-r3-sheets.txt", work / "records" / "sample")
    _, said, _ = run(capsys, "build")
    table = next(n for n, line in enumerate(said) if line.startswith("To be looked at"))
    _, again, _ = run(capsys, "build")
    assert again[-len(said[table:]) :] == said[table:]
    assert any(line.split()[0] == "shiomidai-r3-sheets.txt" for line in said[table + 2 :])


def test_a_bar_is_shown_to_a_person_only(
    work: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    assert main(["build"]) == 0
    said, shown = capsys.readouterr()
    assert all(stage in shown for stage in ("Reading", "Embedding", "Indexing"))
    assert "100%" in shown
    assert "%" not in said


# -- which index ---------------------------------------------------------------------------------


def test_the_index_named_then_the_environments_then_the_folders(
    work: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert main(["build"]) == 0
    monkeypatch.setenv("SENREI_INDEX", "named by the environment")
    assert main(["build"]) == 0
    assert main(["build", "--index", "named outright"]) == 0
    monkeypatch.setenv("SENREI_INDEX", "")
    assert main(["build"]) == 0
    capsys.readouterr()
    assert sorted(path.parent.name for path in work.glob("*/CURRENT")) == [
        ".senrei",
        "named by the environment",
        "named outright",
    ]


# -- faults --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["cases"], "There is no index in .senrei. Make one: senrei build --index .senrei"),
        (["build", "nowhere"], "nowhere: There is no such file or folder."),
        (["build", "--index", "records/sample/README.md"], "cannot be written"),
        (["cases", "--index", "records/sample/README.md"], "README.md is no folder."),
    ],
)
def test_a_fault_is_told_in_one_line(
    work: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], said: str
) -> None:
    (work / "records" / "sample" / "README.md").write_text("", encoding="ascii")
    code, lines, complained = run(capsys, *arguments)
    assert (code, lines) == (1, [])
    assert complained.startswith("senrei: ")
    assert said in complained
    assert complained.count("\n") == 1


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (TypeError("of\nours"), "an unexpected fault, TypeError: of ours"),
        (KeyboardInterrupt(), "stopped"),
    ],
)
def test_what_nobody_expected_is_one_line_too(
    work: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    error: BaseException,
    said: str,
) -> None:
    def failing(*_: object) -> None:
        raise error

    monkeypatch.setattr(commands, "open_index", failing)
    code, _, complained = run(capsys, "cases")
    assert code == 1
    assert complained.startswith(f"senrei: {said}")
    assert complained.count("\n") == 1
    monkeypatch.setenv("SENREI_TRACEBACK", "1")
    if isinstance(error, TypeError):
        with pytest.raises(TypeError):
            main(["cases"])


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["nothing"],
        ["build", "--colour"],
        ["serve", "x"],
        ["serve", "--port", "65536"],
        ["serve", "--port", "０"],
    ],
)
def test_wrong_usage(capsys: pytest.CaptureFixture[str], arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    assert caught.value.code == 2
    assert "usage: senrei" in capsys.readouterr().err


# -- cases ---------------------------------------------------------------------------------------

DECISION = Decision(
    Outcome.APPROVED_WITH_CONDITIONS,
    "附帯意見を付して承認する。",
    10,
    23,
    (Condition("三日で消すこと", 3, 10),),
    "令和3年度第2回",
    "a.txt#m1",
    date(2021, 8, 1),
)
CASE = Case(
    id="a.txt#1",
    record="a.txt",
    label="諮問第4号",
    title="見回りの記録装置",
    title_span=(0, 8),
    kind="consultation",
    municipality="かもめ台市",
    council="かもめ台市個人情報保護審議会",
    meeting="令和3年度第2回",
    meeting_id="a.txt#m1",
    year=2021,
    day=date(2021, 8, 1),
    department="港湾課",
    department_span=(1, 2),
    legal_basis=("条例第10条",),
    decisions=(Decision(Outcome.CONTINUED, "継続とする。", 1, 7, (), "", "", None), DECISION),
    spans=((0, 30),),
    doubts=(
        Doubt(DoubtKind.DATE, "日付が二つあります", (12, 15)),
        Doubt(DoubtKind.MUNICIPALITY, "自治体名が見つかりません"),
    ),
    chain="a.txt#1",
    slots=(
        Slot("retention", "三日", 20, 22, label="保存の期間"),
        Slot("", "無", 24, 25, ("無",), "その他"),
    ),
    law="ordinance",
    links=(Link("b.txt#2", LinkKind.SIMILAR, "題名が似ています", (0, 8), False),),
    corrected=(Correction(Field.DATE, "", "2021-08-01", "北", "2026-01-02T10:00:00+09:00", "a1"),),
)


def test_a_case_as_json() -> None:
    assert case_as_json(CASE) == {
        "id": "a.txt#1",
        "record": "a.txt",
        "municipality": "かもめ台市",
        "council": "かもめ台市個人情報保護審議会",
        "meeting": "令和3年度第2回",
        "date": "2021-08-01",
        "kind": "consultation",
        "title": "見回りの記録装置",
        "department": "港湾課",
        "legal_basis": ["条例第10条"],
        "outcome": "approved_with_conditions",
        "outcome_text": "附帯意見を付して承認する。",
        "conditions": ["三日で消すこと"],
        "decisions": [
            {"date": None, "outcome": "continued", "text": "継続とする。", "conditions": []},
            {
                "date": "2021-08-01",
                "outcome": "approved_with_conditions",
                "text": "附帯意見を付して承認する。",
                "conditions": ["三日で消すこと"],
            },
        ],
        "meeting_id": "a.txt#m1",
        "label": "諮問第4号",
        "chain": "a.txt#1",
        "law": "ordinance",
        "slots": [
            {
                "name": "retention",
                "label": "保存の期間",
                "value": "三日",
                "ticked": [],
                "start": 20,
                "end": 22,
            },
            {
                "name": None,
                "label": "その他",
                "value": "無",
                "ticked": ["無"],
                "start": 24,
                "end": 25,
            },
        ],
        "doubts": [
            {"kind": "date", "text": "日付が二つあります", "start": 12, "end": 15},
            {
                "kind": "municipality",
                "text": "自治体名が見つかりません",
                "start": None,
                "end": None,
            },
        ],
        "links": [
            {
                "case": "b.txt#2",
                "kind": "similar",
                "reason": "題名が似ています",
                "sure": False,
                "start": 0,
                "end": 8,
            },
        ],
        "corrected": [
            {
                "field": "date",
                "read": "",
                "now": "2021-08-01",
                "by": "北",
                "why": "",
                "when": "2026-01-02T10:00:00+09:00",
            },
        ],
    }


def test_a_case_without_facts_as_json() -> None:
    facts: dict[str, Any] = dict.fromkeys(
        ("municipality", "council", "year", "day", "department", "department_span")
    )
    bare = {name: getattr(CASE, name) for name in Case.__slots__} | facts
    told = case_as_json(Case(**{**bare, "decisions": (), "legal_basis": ()}))
    assert (told["date"], told["department"], told["municipality"]) == (None, None, None)
    assert (told["outcome"], told["outcome_text"]) == ("not_recorded", "")
    assert told["conditions"] == told["decisions"] == told["legal_basis"] == []


def test_cases_are_listed(work: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["build"]) == 0
    capsys.readouterr()
    with closing(open_index(Path(".senrei"))) as index:
        cases = index.cases()
    code, lines, _ = run(capsys, "cases", "--json")
    assert code == 0
    assert [json.loads(line) for line in lines] == [case_as_json(case) for case in cases]
    code, lines, _ = run(capsys, "cases")
    assert (code, lines[-1]) == (0, f"{len(cases)}件")
    assert all(any(case.title in line for line in lines) for case in cases)


def test_the_output_is_utf8_whatever_the_machine_speaks(work: Path) -> None:
    assert main(["build"]) == 0
    done = in_a_process("cases", "--json", PYTHONIOENCODING="cp932", LC_ALL="C", PYTHONUTF8="0")
    assert (done.returncode, done.stderr) == (0, b"")
    lines = done.stdout.decode().splitlines()
    assert all("municipality" in json.loads(line) for line in lines)
    done = in_a_process("cases", "--index", "無い", PYTHONIOENCODING="ascii")
    assert (done.returncode, done.stdout) == (1, b"")
    assert "無い" in done.stderr.decode()


@pytest.mark.skipif(os.name == "nt", reason="needs a Unix shell")
def test_a_reader_that_has_seen_enough(work: Path) -> None:
    assert main(["build"]) == 0
    command = f"'{sys.executable}' -m assistant cases --json | true; echo ${{PIPESTATUS[0]}}"
    done = subprocess.run(
        ["bash", "-c", command],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.stdout, done.stderr) == ("0\n", "")


# -- serve ---------------------------------------------------------------------------------------

STREAMLIT = """
import json, os, sys
def main(prog_name):
    print(json.dumps([sys.argv[1:], os.environ["SENREI_INDEX"]]), flush=True)
    if "CODE" not in os.environ:
        import time
        time.sleep(60)
    sys.exit(int(os.environ["CODE"]))
"""


@pytest.fixture
def streamlit(work: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A streamlit that only tells how it was started."""
    web = work / "fake" / "streamlit" / "web"
    web.mkdir(parents=True)
    for folder in (web.parent, web):
        (folder / "__init__.py").write_text("", encoding="ascii")
    (web / "cli.py").write_text(STREAMLIT, encoding="ascii")
    (work / "app.py").write_text("", encoding="ascii")
    monkeypatch.setenv("PYTHONPATH", str(work / "fake"))
    monkeypatch.setattr(command_line, "APP", work / "app.py")
    assert main(["build"]) == 0


def test_serve_starts_the_app(
    streamlit: None, work: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.setenv("CODE", "0")
    capfd.readouterr()
    assert main(["serve", "--port", "9000"]) == 0
    arguments, index = json.loads(capfd.readouterr().out)
    assert arguments[:2] == ["run", str(work / "app.py")]
    options = dict(zip(arguments[2::2], arguments[3::2], strict=True))
    assert options["--server.address"] == "127.0.0.1"
    assert options["--browser.gatherUsageStats"] == "false"
    assert options["--server.port"] == "9000"
    if sys.platform == "linux":
        assert options["--server.headless"] == "true"
    assert index == str(work / ".senrei")


@pytest.mark.skipif(os.name == "nt", reason="there are no such signals")
@pytest.mark.parametrize("stop", [signal.SIGTERM, signal.SIGINT])
def test_stopping_serve_stops_the_app(streamlit: None, work: Path, stop: signal.Signals) -> None:
    script = (
        "import sys, signal; from pathlib import Path; from assistant import __main__ as line;"
        # What the shell that runs the tests may have set is not the matter here.
        "signal.signal(signal.SIGINT, signal.default_int_handler);"
        "line.APP = Path('app.py'); sys.exit(line.main(['serve']))"
    )
    environment = {**os.environ, "PYTHONPATH": f"{work / 'fake'}{os.pathsep}{ROOT}"}
    with subprocess.Popen(
        [sys.executable, "-c", script],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        start_new_session=True,
    ) as process:
        try:
            assert process.stdout is not None
            assert "run" in process.stdout.readline()
            if stop == signal.SIGINT:  # which the terminal sends to both
                os.killpg(process.pid, stop)
            else:
                process.send_signal(stop)
            # The pipe is at its end only when the app too has let go of it.
            assert process.stdout.read() == ""
            assert process.wait(timeout=20) == 0
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)


def test_serve_tells_when_the_app_fails(
    streamlit: None, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CODE", "3")
    assert main(["serve"]) == 1
    assert "senrei: the app ended with code 3" in capfd.readouterr().err
    monkeypatch.setattr(command_line, "APP", Path("gone.py"))
    assert main(["serve"]) == 1
    assert "gone.py is missing" in capfd.readouterr().err


def test_streamlit_knows_the_options_of_serve() -> None:
    from streamlit import config

    for name in (
        "server.address",
        "server.headless",
        "server.showEmailPrompt",
        "server.fileWatcherType",
        "server.port",
        "browser.gatherUsageStats",
        "client.toolbarMode",
        "client.showErrorDetails",
    ):
        assert config.get_options_for_section(name.partition(".")[0])
        config.get_option(name)  # raises for an unknown one


def test_every_kind_of_doubt_has_a_column() -> None:
    from assistant.commands import _DOUBTS
    from index.doubts import DoubtKind

    assert set(_DOUBTS) == set(DoubtKind)
