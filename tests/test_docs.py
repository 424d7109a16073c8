"""What the documents tell a council is so: each setting that they name exists, and each that exists is told of."""

import re
from pathlib import Path

import pytest

from corpus.settings import ROOT, Settings

NAMED = re.compile(r"PLANCHAT_([A-Z_]+)\b")
DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "docs" / "council").iterdir())]
SETTINGS = {name.upper() for name in Settings.model_fields}


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.name)
def test_every_setting_that_is_named_exists(document: Path) -> None:
    assert set(NAMED.findall(document.read_text(encoding="utf-8"))) - SETTINGS == set()


def test_the_readme_tells_of_every_setting() -> None:
    assert SETTINGS - set(NAMED.findall((ROOT / "README.md").read_text(encoding="utf-8"))) == set()


def test_links_between_the_documents_lead_somewhere() -> None:
    for document in (d for d in DOCUMENTS if d.suffix == ".md"):
        links = re.findall(r"\]\(([^)#:]+)\)", document.read_text(encoding="utf-8"))
        assert [link for link in links if not (document.parent / link).exists()] == []
