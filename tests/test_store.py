"""The store: built once, beside the old one, never half; damage is noticed and mended from the sources."""

import io
import os
import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest

from goldenthread.graph import building, engines
from goldenthread.graph.engines import Oxigraph, in_memory
from goldenthread.graph.namespaces import graph
from goldenthread.graph.plans import open_plans
from goldenthread.graph.queries import stored
from goldenthread.graph.store import StoreError, open_store
from goldenthread.graph.tables import BadTables

COMPUTED = ox.NamedNode(graph("computed"))


@pytest.fixture
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "cache"
    monkeypatch.setenv("GOLDENTHREAD_CACHE", str(folder))
    return folder


def built(cache: Path) -> list[Path]:
    return sorted(folder for folder in cache.iterdir() if folder.is_dir())


def names(folder: Path) -> set[object]:
    rows = stored("bodies").run(Oxigraph(open_store([folder])))
    return {row[rows.columns.index("name")] for row in rows.rows}


def test_a_second_opening_builds_nothing(own_cache: Path, elmshire_copy: Path) -> None:
    open_store([elmshire_copy])
    (first,) = built(own_cache)
    written = (first / "complete.json").stat().st_mtime_ns
    open_store([elmshire_copy])
    assert [folder / "complete.json" for folder in built(own_cache)] == [first / "complete.json"]
    assert (first / "complete.json").stat().st_mtime_ns == written


def test_a_changed_table_makes_a_new_store_and_prunes_the_old(own_cache: Path, elmshire_copy: Path) -> None:
    assert "Round Table" in names(elmshire_copy)
    before = built(own_cache)
    table = elmshire_copy / "bodies.csv"
    table.write_text(table.read_text().replace("Round Table", "Square Table"))
    assert "Square Table" in names(elmshire_copy)
    after = built(own_cache)
    assert len(after) == 1
    assert after != before


def test_a_store_that_is_too_large_to_compute_in_memory_holds_the_same(
    own_cache: Path, elmshire_copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    small = open_store([elmshire_copy])
    assert any(small.quads_for_pattern(None, None, None, COMPUTED))
    monkeypatch.setenv("GOLDENTHREAD_CACHE", str(own_cache / "other"))
    monkeypatch.setattr(building, "MOST_IN_MEMORY", 100)
    assert set(open_store([elmshire_copy])) == set(small)


def test_a_copy_in_memory_holds_the_same_and_a_large_store_is_not_copied(
    elmshire_copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = open_store([elmshire_copy])
    assert in_memory(store) is not store
    assert set(in_memory(store)) == set(store)
    monkeypatch.setattr(engines, "MOST_IN_MEMORY", len(store) - 1)
    assert in_memory(store) is store


class Terminal(io.StringIO):
    """What a person sees: a line that was written over is gone."""

    def isatty(self) -> bool:
        return True


def test_a_terminal_is_told_once_that_the_plans_are_read_and_a_pipe_never(
    own_cache: Path, elmshire_copy: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    seen = Terminal()
    with monkeypatch.context() as terminal:
        terminal.setattr(sys, "stderr", seen)
        open_store([elmshire_copy])
        open_store([elmshire_copy])
    said, gone, rest = seen.getvalue().split("\r")
    assert said.startswith("reading the plans, once")
    assert (gone.strip(), len(gone), rest) == ("", len(said), "")
    open_store([elmshire_copy], with_names=True)
    assert capsys.readouterr().err == ""


def test_a_touched_but_unchanged_table_keeps_the_store(own_cache: Path, elmshire_copy: Path) -> None:
    open_store([elmshire_copy])
    before = built(own_cache)
    os.utime(elmshire_copy / "bodies.csv", (1, 1))
    open_store([elmshire_copy])
    assert built(own_cache) == before


def test_a_bad_table_loads_nothing_and_leaves_the_former_store(own_cache: Path, elmshire_copy: Path) -> None:
    open_store([elmshire_copy])
    before = built(own_cache)
    table = elmshire_copy / "bodies.csv"
    good = table.read_text()
    table.write_text(good.replace(",subgroup,", ",subgruop,"))
    with pytest.raises(BadTables):
        open_store([elmshire_copy])
    assert built(own_cache) == before
    table.write_text(good)
    assert "Round Table" in names(elmshire_copy)


def test_a_cut_manifest_is_noticed_and_the_store_built_again(own_cache: Path, elmshire_copy: Path) -> None:
    open_store([elmshire_copy])
    (folder,) = built(own_cache)
    (manifest,) = (folder / "store").glob("MANIFEST*")
    manifest.write_bytes(manifest.read_bytes()[:10])
    assert "Round Table" in names(elmshire_copy)


def test_names_of_people_are_not_in_a_store_that_was_not_asked_for_them(own_cache: Path, elmshire_copy: Path) -> None:
    open_store([elmshire_copy])
    content = b"".join(file.read_bytes() for file in own_cache.rglob("*") if file.is_file())
    assert b"Quillon" not in content
    assert open_plans(elmshire_copy, with_names=True).one("Quillon Ashgrove").name == "Quillon Ashgrove"


def test_two_processes_that_build_at_once_both_get_an_answer(own_cache: Path, elmshire_copy: Path) -> None:
    code = "import sys; from pathlib import Path; from goldenthread.graph.store import open_store; print(len(open_store([Path(sys.argv[1])])))"
    command = [sys.executable, "-c", code, str(elmshire_copy)]
    both = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(3)]
    counts = {process.communicate(timeout=60)[0] for process in both}
    assert len(counts) == 1
    assert all(process.returncode == 0 for process in both)
    assert len(built(own_cache)) == 1


def test_a_cache_that_cannot_be_written_is_named_with_its_remedy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, elmshire_copy: Path
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("GOLDENTHREAD_CACHE", str(tmp_path / "file" / "cache"))
    with pytest.raises(StoreError, match="set GOLDENTHREAD_CACHE"):
        open_store([elmshire_copy])
