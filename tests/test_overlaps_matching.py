"""Pairs of alike items: exact against a dense computation, what counts in a score, stopping and starting again."""

import csv
import importlib.util
import itertools
import random
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest

from goldenthread.graph import ontology
from goldenthread.graph.overlaps import finding, matching
from goldenthread.graph.overlaps.finding import alike
from goldenthread.graph.overlaps.items import Item, items
from goldenthread.graph.overlaps.matching import Pair, ingredients, pairs, tokens, vectors
from goldenthread.graph.overlaps.relationship import SHOWN
from goldenthread.graph.overlaps.resuming import Finished
from goldenthread.graph.plans import Plans

BENCHMARK = Path(__file__).parents[1] / "benchmarks" / "overlaps.py"
BROADER = {"neglect": ["harm"], "bruising": ["harm"]}
PLAIN = Item(
    iri="", type="action", plan="elm-2020", partnership="Elmshire", section="1", ref="", key="1.1", title="",
    document="elm.txt", line="1", kind="", boards=(), leads=(), groups=(), topics=(), work=(), audience=(), people=(),
    since="2020-01-01", until="2022-12-31", target="", more="", above=(), above_titles=(),
)  # fmt: skip


def item(title: str = "", topics: Iterable[str] = (), work: Iterable[str] = (), **more: Any) -> Item:
    """An item of a section of its own, if nothing else is said."""
    key = str(more.pop("key", next(NUMBERS)))
    more |= {"iri": f"https://elm.example/{key}", "key": key, "section": key}
    return replace(PLAIN, title=title, topics=tuple(topics), work=tuple(work), **more)


NUMBERS = itertools.count(1)


def some_items(number: int, seed: int = 7) -> list[Item]:
    """Random items of few words, topics and kinds of work, so that every score occurs; every tenth has nothing."""
    chance = random.Random(seed)
    said = [f"word{letter}{other}" for letter in "abcdef" for other in "abcdefgh"]
    topics, work = ["neglect", "bruising", "harm", "housing", "voice", "data"], ["audit", "train", "report"]
    return [
        item(
            " ".join(chance.choices(said, k=chance.randint(1, 7))),
            chance.sample(topics, chance.randint(0, 3)),
            chance.sample(work, chance.randint(0, 2)),
            key=f"{seed}-{place}",
            more=" ".join(chance.choices(said, k=chance.randint(0, 7))),
            partnership=f"Elmshire {place % 3}",
        )
        if place % 10
        else item(key=f"{seed}-{place}", partnership=f"Elmshire {place % 3}")
        for place in range(number)
    ]


def scores(*some: Item) -> "np.ndarray[tuple[int, int], np.dtype[np.float64]]":
    """The score of every item with every other, computed densely."""
    dense = vectors(some, BROADER).toarray()
    return np.asarray(dense @ dense.T)


def score(first: Item, second: Item, *others: Item) -> float:
    """The score of two items among others."""
    return float(scores(first, second, *others)[0, 1])


# exactness


@pytest.mark.parametrize("threshold", [0.05, 0.2, 0.5, 0.8, 1.0])
def test_pairs_are_those_of_a_dense_computation_none_lost_none_invented(
    threshold: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(matching, "BLOCK", 37)
    some = some_items(400)
    full = [one for one in some if one.topics and one.work and one.title]
    some[350:] = [replace(one, more="") for one in full[:25]] + full[:25]  # so that high scores occur, too
    every = scores(*some).round(matching.PLACES)
    expected = {(i, j) for i, j in itertools.combinations(range(400), 2) if every[i, j] >= threshold}
    found = list(pairs(vectors(some, BROADER), threshold))
    assert expected
    assert [(one.first, one.second) for one in found] == sorted(expected)
    assert all(abs(one.score - every[one.first, one.second]) < 1e-8 for one in found)


def test_a_pair_exactly_at_the_threshold_is_found() -> None:
    from scipy.sparse import csr_matrix

    assert list(pairs(csr_matrix([[0.5, 0.5], [1.0, 0.0]]), 0.5)) == [Pair(0, 1, 0.5)]


@pytest.mark.parametrize("rows", [1, 13, 399, 400, 1000])
def test_the_size_of_a_block_changes_nothing(rows: int, monkeypatch: pytest.MonkeyPatch) -> None:
    matrix = vectors(some_items(400), BROADER)
    whole = list(pairs(matrix, 0.3))
    monkeypatch.setattr(matching, "BLOCK", rows)
    assert list(pairs(matrix, 0.3)) == whole


def test_without_items_or_without_anything_in_them_there_are_no_pairs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(matching, "BLOCK", 2)
    assert list(pairs(vectors([], BROADER), 0.1)) == []
    assert list(pairs(vectors([item(), item(), item()], BROADER), 0.1)) == []
    assert list(pairs(vectors([item(), item(), item(), item("Audit"), item("Audit")], BROADER), 0.1)) == [
        Pair(3, 4, pytest.approx(1 / 2.2, abs=1e-8))  # type: ignore[arg-type]
    ]
    assert list(alike([], 0.1)) == []


def test_a_threshold_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="above 0, not 0"):
        list(pairs(vectors([item("Audit")], {}), 0))


# what counts in a score


def test_an_item_with_topic_work_and_words_is_wholly_like_itself_and_likeness_goes_both_ways() -> None:
    full = [one for one in some_items(100) if one.topics and one.work and one.title]
    every = scores(*full)
    assert len(full) > 20
    assert np.allclose(np.diag(every), 1)
    assert np.allclose(every, every.T)
    assert every.max() <= 1 + 1e-9


def test_the_weights_are_what_one_likeness_alone_gives() -> None:
    rest = [item("fire drill", ["housing"], ["report"]), item("swimming", ["voice"], ["train"])]
    words_only = score(item("Audit files"), item("Auditing of files"), *rest)
    topics_only = score(item("cats", ["neglect"]), item("dogs", ["neglect"]), *rest)
    topics_and_work = score(item("cats", ["neglect"], ["audit"]), item("dogs", ["neglect"], ["audit"]), *rest)
    assert words_only == pytest.approx(1 / 2.2)
    assert topics_only == pytest.approx(1 / 2.2)
    assert topics_and_work == pytest.approx(1.2 / 2.2)
    assert score(item("cats", work=["audit"]), item("dogs", work=["audit"]), *rest) == 0


def test_a_rare_topic_counts_more_than_a_common_one() -> None:
    common = [item(f"other{number}", ["data"]) for number in range(20)]
    one = item("cats", ["housing", "data"])
    assert score(one, item("dogs", ["housing", "voice"]), *common) > score(
        one, item("dogs", ["data", "voice"]), *common
    )


def test_topics_meet_in_their_broader_one_at_half_weight() -> None:
    """Two narrower topics, each with half of `harm`: with rarities r and h the cosine is (h/2)² / (r² + (h/2)²)."""
    one, other, wide = item("cats", ["neglect"]), item("dogs", ["bruising"]), item("birds", ["harm"])
    rare, half = np.log(4 / 2) + 1, (np.log(4 / 4) + 1) * matching.BROADER
    length = np.hypot(rare, half)
    assert matching.BROADER == 0.5
    assert score(one, other, wide) == pytest.approx(half**2 / length**2 / 2.2)
    assert score(one, wide, other) == pytest.approx(half / length / 2.2)


def test_a_rare_word_counts_more_than_a_common_one() -> None:
    common = [item(f"audit{number} review") for number in range(20)]
    assert score(item("Badger review"), item("Badger plan"), *common) > score(
        item("Badger review"), item("Plan review"), *common
    )


def test_words_that_say_nothing_and_their_endings_do_not_matter() -> None:
    assert tokens("Auditing of all the Threshold-Guides, with 2 more") == ["audit", "thresholdguid"]
    plain, wordy = item("Audit neglect files"), item("The auditing of files on neglect, and with it all")
    assert score(plain, wordy, item("Swimming")) == pytest.approx(1 / 2.2)


def test_a_word_of_the_title_counts_more_than_one_of_a_measure_or_the_aim_above() -> None:
    rest = [item("swimming"), item("cycling")]
    named = item("badger")
    in_title = score(named, item("badger", more="fox"), *rest)
    in_measure = score(named, item("fox", more="badger"), *rest)
    above = score(named, item("fox", above=("x",), above_titles=("badger",)), *rest)
    assert in_title > in_measure > 0
    assert above == pytest.approx(in_measure)
    assert score(named, item("fox", above=("x", "y"), above_titles=("owl", "badger")), *rest) == 0


def test_nothing_else_of_an_item_moves_its_score() -> None:
    one = item("Audit files", ["neglect"], ["audit"], more="A report", above_titles=("Safe homes",))
    rest = some_items(30)
    other = replace(one, plan="oak-2021", key="9", leads=("Head of Elm",), boards=("Elm Board",), audience=("adults",))
    assert ingredients(one) == ingredients(other)
    assert (vectors([one, *rest], BROADER) != vectors([other, *rest], BROADER)).nnz == 0


# blocks of partnerships


def test_beyond_so_many_items_partnerships_are_compared_each_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    some = some_items(90)
    assert any(some[i].partnership != some[j].partnership for i, j, _ in alike(some, 0.2))
    monkeypatch.setattr(finding, "MOST_ACROSS", 89)
    expected = []
    for name in ("Elmshire 0", "Elmshire 1", "Elmshire 2"):
        places = [place for place, one in enumerate(some) if one.partnership == name]
        for first, second, likeness in pairs(vectors([some[i] for i in places], ontology.broader("topic")), 0.2):
            expected.append((places[first], places[second], likeness))
    assert list(alike(some, 0.2)) == expected
    assert len(expected) > 50


def test_a_whole_and_its_part_and_different_rows_of_one_section_are_no_pair() -> None:
    aim = item("Audit files", key="s1")
    part = item("Audit files", above=(aim.iri,), above_titles=("Audit files",))
    beside = replace(part, iri="beside", title="Audit more files")
    again = replace(part, iri="again", title="AUDIT files")
    assert [(i, j) for i, j, _ in alike([aim, part, beside, again], 0.1)] == [(1, 3)]


def test_progress_is_told_after_each_block(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finding, "MOST_ACROSS", 10)
    told: list[tuple[int, int]] = []
    list(alike(some_items(30), 0.2, progress=lambda done, of: told.append((done, of))))
    assert told == [(1, 3), (2, 3), (3, 3)]


# stopping and starting again


@pytest.fixture
def computed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The partnerships whose pairs are computed, in their order, while each is a block of its own."""
    seen: list[str] = []

    def noted(some: Sequence[Item], broader: dict[str, list[str]]) -> object:
        seen.append(some[0].partnership)
        return vectors(some, broader)

    monkeypatch.setattr(finding, "MOST_ACROSS", 10)
    monkeypatch.setattr(finding, "vectors", noted)
    return seen


def stop_after(number: int) -> finding.Progress:
    """A progress that is interrupted as by Ctrl-C when this many blocks are done."""

    def told(done: int, of: int) -> None:
        if done == number:
            raise KeyboardInterrupt

    return told


def test_after_an_interruption_only_the_rest_is_computed_and_the_result_is_the_same(
    computed: list[str], tmp_path: Path
) -> None:
    some = some_items(90)
    whole = list(alike(some, 0.2))
    computed.clear()
    with pytest.raises(KeyboardInterrupt):
        list(alike(some, 0.2, resume=tmp_path, progress=stop_after(2)))
    assert computed == ["Elmshire 0", "Elmshire 1"]
    assert len(list(tmp_path.iterdir())) == 2
    assert list(alike(some, 0.2, resume=tmp_path)) == whole
    assert computed == ["Elmshire 0", "Elmshire 1", "Elmshire 2"]
    assert list(alike(some, 0.2, resume=tmp_path)) == whole
    assert computed == ["Elmshire 0", "Elmshire 1", "Elmshire 2"]


def test_an_interruption_within_a_block_leaves_nothing_of_it(computed: list[str], tmp_path: Path) -> None:
    def broken(some: Sequence[Item]) -> Iterator[Pair]:
        yield Pair(0, 1, 0.5)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        Finished(tmp_path, 0.2, {}).pairs("Elmshire", some_items(5), broken)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "change",
    [
        {"title": "Another title"},
        {"more": "Other"},
        {"topics": ("voice",)},
        {"work": ("train",)},
        {"above_titles": ("Aim",)},
    ],
    ids=lambda change: next(iter(change)),
)
def test_a_partnership_of_which_anything_compared_changed_is_computed_again(
    change: dict[str, object], computed: list[str], tmp_path: Path
) -> None:
    some = some_items(90)
    list(alike(some, 0.2, resume=tmp_path))
    computed.clear()
    some[1] = replace(some[1], **change)  # type: ignore[arg-type]
    again = list(alike(some, 0.2, resume=tmp_path))
    assert computed == ["Elmshire 1"]
    assert again == list(alike(some, 0.2))


def test_what_is_not_compared_may_change_and_still_counts_in_the_answer(computed: list[str], tmp_path: Path) -> None:
    some = some_items(90)
    first, second, _ = next(iter(alike(some, 0.2, resume=tmp_path)))
    list(alike(some, 0.2, resume=tmp_path))
    computed.clear()
    some[second] = replace(some[second], above=(some[first].iri,))
    again = [(i, j) for i, j, _ in alike(some, 0.2, resume=tmp_path)]
    assert computed == []
    assert (first, second) not in again
    assert len(again) > 50


def test_another_threshold_or_a_damaged_file_is_computed_again(computed: list[str], tmp_path: Path) -> None:
    some = some_items(90)
    low = list(alike(some, 0.2, resume=tmp_path))
    high = list(alike(some, 0.6, resume=tmp_path))
    assert high == [one for one in low if one[2] >= 0.6]
    for file in tmp_path.iterdir():
        file.write_bytes(file.read_bytes()[:-9])
    computed.clear()
    assert list(alike(some, 0.6, resume=tmp_path)) == high
    assert len(computed) == 3


def test_a_file_in_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "kept").write_text("mine")
    with pytest.raises(ValueError, match="is a file; name a folder"):
        list(alike(some_items(3), 0.2, resume=tmp_path / "kept"))


# against what people judged


@pytest.fixture(scope="module")
def benchmark() -> ModuleType:
    """The module of the benchmark, which is no part of the package."""
    spec = importlib.util.spec_from_file_location("benchmarked_overlaps", BENCHMARK)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def test_average_precision_is_the_mean_of_precisions_at_the_right_pairs(benchmark: ModuleType) -> None:
    assert benchmark.average_precision([0.9, 0.8, 0.7], [True, False, True], [1, 1, 1]) == pytest.approx(
        (1 + 2 / 3) / 2
    )
    assert benchmark.average_precision([0.9, 0.8, 0.7], [True, False, True], [1, 4, 3]) == pytest.approx(
        (1 + 3 * 4 / 8) / 4
    )
    assert benchmark.average_precision([0.5, 0.5, 0.5, 0.5], [True, False, False, False], [1] * 4) == 0.25
    assert benchmark.average_precision([0.9], [False], [1]) == 0


def test_the_open_judged_pairs_come_before_the_others(benchmark: ModuleType, builtin: Plans) -> None:
    every = items(builtin.engine)
    judged = benchmark.judged(every, "open")
    likeness = benchmark.matcher(every, [(pair.first, pair.second) for pair in judged])
    each = [1.0] * len(judged)
    overlaps = [pair.is_overlap for pair in judged]
    assert len(judged) == 296
    assert benchmark.average_precision(likeness, overlaps, each) >= 0.80
    assert benchmark.average_precision(likeness, [pair.is_same for pair in judged], each) >= 0.62
    assert benchmark.at_threshold(likeness, overlaps, each, SHOWN)[0] >= 0.80


def test_every_judged_pair_is_of_rows_that_are_there(benchmark: ModuleType, builtin: Plans) -> None:
    every = items(builtin.engine)
    with benchmark.JUDGED.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(benchmark.judged(every, "open")) + len(benchmark.judged(every, "held-out")) == len(rows) == 445
