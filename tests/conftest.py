"""What every test may ask for, and the switches that keep a test run on this machine."""

import os

# Before any other import: these are read when the libraries are loaded.
os.environ.update(
    {
        "HF_HUB_OFFLINE": "1",
        "TRANSFORMERS_OFFLINE": "1",
        "TOKENIZERS_PARALLELISM": "false",
        "ANONYMIZED_TELEMETRY": "False",
        "LANGSMITH_TRACING": "false",
        "LANGCHAIN_TRACING_V2": "false",
        "STREAMLIT_BROWSER_GATHER_USAGE_STATS": "false",
        "DO_NOT_TRACK": "1",
    }
)
# A developer's own index must not be what a test reads.
os.environ.pop("SENREI_INDEX", None)

import shutil
from pathlib import Path
from typing import NoReturn

import pytest

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"


def lacking(what: str) -> NoReturn:
    """Skip the test for want of something; in CI, where it is supposed to be there, fail."""
    if os.environ.get("SENREI_CI") == "1":
        pytest.fail(what, pytrace=False)
    pytest.skip(what)


def folder_with_records(folder: Path) -> Path:
    if not any(folder.glob("*.txt")):
        lacking(f"There are no real records in {folder}, and this test reads them.")
    return folder


@pytest.fixture(scope="session")
def shared_records() -> Path:
    """The folder of the real records that the evaluation uses; it is not part of the project."""
    return folder_with_records(SHARED / "records")


@pytest.fixture(scope="session")
def shared_formats() -> Path:
    """The folder of re-keyed records, one form each, with their facts in index.json."""
    return folder_with_records(SHARED / "formats")


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of a Chromium, for playwright's `executable_path`."""
    for name in ("chromium", "google-chrome", "chromium-browser"):
        if path := shutil.which(name):
            return path
    lacking("There is no chromium or google-chrome on this machine, and this test drives one.")
