"""The house holds: a room imports only from rooms below it, and each outside library has its home."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

# Each room, and the rooms below it. The pages, app.py and cli.py stand on top and may use them all.
BELOW: dict[str, set[str]] = {
    "corpus": set(),
    "prompts": set(),
    "ingestion": {"corpus", "prompts"},
    "retrieval": {"corpus", "prompts"},
    "answering": {"corpus", "prompts", "retrieval"},
    "briefing": {"corpus", "prompts", "ingestion", "retrieval", "answering"},
    "evals": {"corpus", "prompts", "ingestion", "retrieval", "answering", "briefing"},
    "training": {"corpus", "prompts", "ingestion", "retrieval", "answering", "briefing", "evals"},
}
ROOMS = {*BELOW, "pages", "app", "cli"}

# What only one file may import, or few.
HOMES: dict[str, set[str]] = {
    "chromadb": {"corpus/index.py"},
    "langchain_chroma": {"corpus/index.py", "retrieval/search.py"},
    "langchain.chat_models": {"answering/model.py"},
    "langchain_core.language_models": {"answering/model.py"},
    "langchain_openai": {"answering/model.py"},
    "langchain_anthropic": {"answering/model.py"},
    "langchain_ollama": {"answering/model.py"},
    "openai": {"answering/model.py"},
    "anthropic": {"answering/model.py"},
    "sentence_transformers": {"training/embedder.py"},
    "sklearn": {"training/calibrate.py", "training/kinds.py"},
}


def sources() -> list[str]:
    """Every Python file of the rooms, the app and the terminal, as a path below the root."""
    files = [ROOT / "app.py", ROOT / "cli.py"]
    for room in (*BELOW, "pages"):
        files += sorted((ROOT / room).rglob("*.py"))
    return [file.relative_to(ROOT).as_posix() for file in files if file.exists()]


def imports(source: str) -> Iterator[str]:
    """Every module and name that ``source`` imports, wherever it stands: ``from a.b import c`` gives "a.b.c"."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def is_within(name: str, module: str) -> bool:
    return name == module or name.startswith(f"{module}.")


def test_imports_are_found_at_the_top_in_functions_and_by_name() -> None:
    source = "import a.b\nfrom c import d\ndef f():\n    from e.f import g\n"
    assert list(imports(source)) == ["a.b", "c.d", "e.f.g"]


@pytest.mark.parametrize("room", BELOW)
def test_a_room_imports_only_from_rooms_below_it(room: str) -> None:
    allowed = BELOW[room] | {room}
    wrong = [
        f"{path} imports {name}"
        for path in sources()
        if path.startswith(f"{room}/")
        for name in imports((ROOT / path).read_text(encoding="utf-8"))
        if name.split(".")[0] in ROOMS - allowed
    ]
    assert wrong == []


def test_nobody_imports_the_training() -> None:
    """What ships owes nothing to it but its weights."""
    wrong = [
        f"{path} imports {name}"
        for path in sources()
        if not path.startswith("training/")
        for name in imports((ROOT / path).read_text(encoding="utf-8"))
        if is_within(name, "training")
    ]
    assert wrong == []


@pytest.mark.parametrize("library", HOMES)
def test_a_library_is_imported_only_in_its_home(library: str) -> None:
    wrong = [
        f"{path} imports {name}"
        for path in sources()
        if path not in HOMES[library]
        for name in imports((ROOT / path).read_text(encoding="utf-8"))
        if is_within(name, library)
    ]
    assert wrong == []


def test_every_room_is_there() -> None:
    assert [room for room in BELOW if not (ROOT / room).is_dir()] == []
