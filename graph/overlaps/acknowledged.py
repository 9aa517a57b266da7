"""What plans themselves say of two rows: that one repeats or takes up the other, or that their work is shared."""

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass

from goldenthread.graph.engines import Engine
from goldenthread.graph.overlaps.items import Item
from goldenthread.graph.queries import stored

TAKEN_UP = ("kept", "reworded", "carried-over", "re-dated")


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage that says something of two rows: what it says, restated, and where."""

    says: str
    plan: str
    document: str
    line: str


class Acknowledged:
    """The passages of plans about two rows, looked up by their addresses."""

    def __init__(self, engine: Engine) -> None:
        self._repeated = _pairs(engine, "repeated-rows", ("thing", "other"), lambda row: row["how"] == "by reference")
        self._taken_up = _pairs(
            engine, "follow-ups", ("earlier_item", "later_item"), lambda row: row["kind"] in TAKEN_UP
        )
        self._shared: defaultdict[str, dict[str, Passage]] = defaultdict(dict)
        self._subjects: defaultdict[str, set[str]] = defaultdict(set)
        self._names: defaultdict[str, set[str]] = defaultdict(set)
        for row in _rows(engine, "join-ups"):
            passage = Passage(row["statement"], row["plan"], row["document"], row["line"])
            self._shared[row["thing"]][row["entry"]] = passage
            self._subjects[row["entry"]].add(row["thing"])
            self._names[row["entry"]].add(row["subject"])

    def joined(self, rows: Container[str]) -> Iterator[frozenset[str]]:
        """Give the pairs of these rows, by address, that a passage joins: repeated, taken up, or said to be shared."""
        yield from self._repeated
        yield from self._taken_up
        for subjects in self._subjects.values():
            if len(subjects) == 2 and all(subject in rows for subject in subjects):
                yield frozenset(subjects)

    def repeated(self, first: Item, second: Item) -> Passage | None:
        """Return the passage by which one of two rows repeats the other."""
        return self._repeated.get(frozenset((first.iri, second.iri)))

    def taken_up(self, first: Item, second: Item) -> Passage | None:
        """Return the passage by which the later of two rows takes up the earlier."""
        return self._taken_up.get(frozenset((first.iri, second.iri)))

    def of_both(self, first: Item, second: Item) -> Passage | None:
        """Return the passage that is about these two rows and nothing else: it says that they are joined up.

        A passage that lists more things says that each is shared with somebody, not that two of them are one work.
        """
        for entry, passage in self._shared.get(first.iri, {}).items():
            if self._subjects[entry] == {first.iri, second.iri}:
                return passage
        return None

    def shared(self, first: Item, second: Item) -> Passage | None:
        """Return the passage of a plan that says one of its rows is shared with a body that has the other row."""
        if first.plan != second.plan:
            return None
        for row, other in ((first, second), (second, first)):
            for entry, passage in self._shared.get(row.iri, {}).items():
                if passage.plan == row.plan and self._names[entry] & set(other.boards + other.leads + other.groups):
                    return passage
        return None


def _pairs(engine: Engine, query: str, ends: tuple[str, str], wanted: object) -> dict[frozenset[str], Passage]:
    found = {}
    for row in _rows(engine, query):
        if callable(wanted) and wanted(row) and all(row[end] for end in ends):
            said = row.get("what") or f"{row.get('item', '')} repeats {row.get('detail', '')}"
            found[frozenset(row[end] for end in ends)] = Passage(said, row["plan"], row["document"], row["line"])
    return found


def _rows(engine: Engine, query: str) -> Iterable[dict[str, str]]:
    answer = stored(query).run(engine)
    for values in answer.rows:
        yield {name: "" if value is None else str(value) for name, value in zip(answer.columns, values, strict=True)}
