"""What the report is told from: each stored query asked once, its rows narrowed to the plans chosen and put by thing.

A row that names a thing only by its label is of that plan's thing.
"""

from calendar import month_name
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import cached_property
from typing import TYPE_CHECKING

from goldenthread.graph import chains
from goldenthread.graph.answers import Step, Thing, period
from goldenthread.graph.engines import Rows
from goldenthread.graph.gaps import Gap, gaps, kinds
from goldenthread.graph.queries import stored
from goldenthread.graph.report.once import Once
from goldenthread.graph.report.page_names import FOLDERS, page_names, slug, unique
from goldenthread.graph.tracker import Wanted, tracker

if TYPE_CHECKING:
    from goldenthread.graph.plans import Plans

Record = Mapping[str, str]
EITHER = ("plan", "other_plan")  # the columns that name plans
FIRST = (
    "relations",
    "bodies",
    "names",
    "actions",
    "overlaps",
    "board-by-topic",
    "mentions",
    "structure",
    "load",
    "meetings",
    "changes",
)
BETWEEN = ("earlier", "later")  # those of a comparison, which has no plan of its own


@dataclass
class Story:
    """Plans, what of them is asked, and what the stored queries answer."""

    plans: "Plans"
    version: str
    plan: str | None = None
    day: str | None = None

    def __post_init__(self) -> None:
        self._records: dict[str, tuple[Record, ...]] = {}
        self._grouped: dict[tuple[str, str], dict[str, list[Record]]] = {}
        self._words: dict[str, dict[str, str]] = {}
        self.stills: dict[str, bytes] = {}  # the still pictures that were drawn, by their files

    # what is asked

    @cached_property
    def loaded(self) -> tuple[Record, ...]:
        """The plans chosen, by partnership and age."""
        rows = _records(self.plans.rows("plans", plan=self.plan, day=self.day))
        return tuple(sorted(rows, key=lambda row: (row["partnership"], row["earliest"], row["plan"])))

    @cached_property
    def chosen(self) -> dict[str, Record]:
        """The plans chosen by their short id."""
        return {row["plan"]: row for row in self.loaded}

    @cached_property
    def partnerships(self) -> dict[str, list[str]]:
        """The plans chosen of each partnership, the oldest first."""
        found: dict[str, list[str]] = defaultdict(list)
        for row in self.loaded:
            found[row["partnership"]].append(row["plan"])
        return dict(found)

    @cached_property
    def on(self) -> str:
        """The day on which dates are judged."""
        return self.day or datetime.now(UTC).date().isoformat()

    @cached_property
    def on_in_words(self) -> str:
        """The same day as "21 November 2026"."""
        on = date.fromisoformat(self.on)
        return f"{on.day} {month_name[on.month]} {on.year}"

    def period(self, plan: str) -> str:
        """Return the period of a plan in words."""
        return period(self.chosen[plan]["since"], self.chosen[plan]["until"])

    # answers

    @contextmanager
    def asking_ahead(self) -> Iterator[None]:
        """Ask what every report asks, what takes longest first, while something else is done, if the engine can."""
        once = self.plans.engine
        names = [*FIRST, "steps" if self.day else "steps-on-any-day", *(kind.key for kind in kinds(self.plans))]
        try:
            if isinstance(once, Once):
                once.ahead(stored(name).bind(self._given(name)) for name in names)
            yield
        finally:
            if isinstance(once, Once):
                once.close()

    def _given(self, query: str) -> dict[str, str]:
        takes = {parameter.name for parameter in stored(query).parameters}
        return {name: value for name, value in (("plan", self.plan), ("day", self.day)) if value and name in takes}

    def records(self, query: str) -> tuple[Record, ...]:
        """Return a stored query's rows about the plans chosen, what is empty as ""."""
        if query not in self._records:
            rows = _records(self.plans.rows(query, **self._given(query)))
            self._records[query] = tuple(row for row in rows if self._asked(row))
        return self._records[query]

    def by(self, query: str, column: str) -> Mapping[str, list[Record]]:
        """Return a stored query's rows by the values of a column."""
        key = (query, column)
        if key not in self._grouped:
            grouped: defaultdict[str, list[Record]] = defaultdict(list)
            for row in self.records(query):
                grouped[row[column]].append(row)
            self._grouped[key] = dict(grouped)
        return self._grouped[key]

    def of(self, query: str, column: str, value: str) -> list[Record]:
        """Return the rows of a stored query whose column has this value."""
        return self.by(query, column).get(value, [])

    def naming(self, query: str, *columns: str) -> Mapping[str, list[Record]]:
        """Return a stored query's rows by the addresses of those that these columns name, each row once a thing."""
        key = (query, "naming " + " ".join(columns))
        if key not in self._grouped:
            grouped: defaultdict[str, list[Record]] = defaultdict(list)
            for row in self.records(query):
                labels = [label for column in columns for label in parts(row[column])]
                for iri in dict.fromkeys(self.named.get((row["plan"], label), "") for label in labels):
                    grouped[iri].append(row)
            self._grouped[key] = dict(grouped)
        return self._grouped[key]

    def words(self, scheme: str) -> dict[str, str]:
        """Return what the ontology calls the concepts of a scheme."""
        if scheme not in self._words:
            self._words[scheme] = self.plans.words(scheme)
        return self._words[scheme]

    def word(self, scheme: str, notation: str) -> str:
        """Return what the ontology calls a concept; the notation itself if it has no word for it."""
        return self.words(scheme).get(notation, notation)

    @cached_property
    def found(self) -> tuple[Gap, ...]:
        """What is missing, contradictory or remarkable, the gravest first."""
        return tuple(gap for gap in gaps(self.plans, plan=self.plan, day=self.day) if gap.plan in self.chosen)

    @cached_property
    def found_about(self) -> dict[str, list[Gap]]:
        """The same by the address of what it is about."""
        by_thing: defaultdict[str, list[Gap]] = defaultdict(list)
        for gap in self.found:
            by_thing[gap.thing].append(gap)
        return dict(by_thing)

    @cached_property
    def actions(self) -> tuple[Record, ...]:
        """The action tracker, with the address of each action as `iri`."""
        address = {(row["plan"], row["key"]): row["action"] for row in self.records("actions")}
        table = tracker(self.plans, Wanted(), plan=self.plan, day=self.day)
        rows = ({column: "" if value is None else str(value) for column, value in row.items()} for row in table)
        return tuple(row | {"iri": address[row["plan"], row["action"]]} for row in rows if self._asked(row))

    @cached_property
    def action(self) -> dict[str, Record]:
        """The rows of the tracker by the action's address."""
        return {row["iri"]: row for row in self.actions}

    @cached_property
    def place(self) -> dict[str, int]:
        """The place of each action in the tracker, and of each priority in its list, by their addresses."""
        listed = (*self.actions, *({"iri": row["priority"]} for row in self.records("priorities")))
        return {row["iri"]: at for at, row in enumerate(listed)}

    @cached_property
    def steps(self) -> chains.Edges:
        """Every step of every reporting route, by the end from which it leads upward."""
        every = chains.every_edge(self.plans.engine, plan=self.plan, day=self.day)
        return {iri: [edge for edge in some if edge.step.plan in self.chosen] for iri, some in every.items()}

    @cached_property
    def below(self) -> dict[str, list[Step]]:
        """The reporting lines by the one that hears."""
        found: defaultdict[str, list[Step]] = defaultdict(list)
        for some in self.steps.values():
            for edge in some:
                if edge.phase == "line":
                    found[edge.step.target.iri].append(edge.step)
        order = list(self.chosen)
        for steps in found.values():
            steps.sort(key=lambda step: (order.index(step.plan), step.source.name))
        return dict(found)

    # things and their pages

    @cached_property
    def things(self) -> dict[str, Thing]:
        """The bodies, reviews and documents that the plans chosen name, in the order of their names."""
        found = {row["body"]: Thing(row["body"], row["name"], "body", "") for row in self.records("bodies")}
        for row in _records(self.plans.rows("names")):
            if row["class"] in FOLDERS and set(parts(row["plans"])) & set(self.chosen):
                found.setdefault(row["thing"], Thing(row["thing"], row["name"], row["class"], row["key"]))
        plans: defaultdict[str, list[str]] = defaultdict(list)
        for iri, plan in self._named_in:
            plans[iri].append(plan)
        some = (
            replace(thing, plans=tuple(key for key in self.chosen if key in plans[iri])) for iri, thing in found.items()
        )
        return {thing.iri: thing for thing in sorted(some, key=lambda one: (one.name.casefold(), one.iri))}

    @cached_property
    def _named_in(self) -> dict[tuple[str, str], None]:
        """Which plan names which thing."""
        columns = {"bodies": ("body",), "mentions": ("thing",), "relations": ("from", "to")}
        return {
            (row[c], row["plan"]): None for query, some in columns.items() for row in self.records(query) for c in some
        }

    @cached_property
    def named(self) -> dict[tuple[str, str], str]:
        """The address of the thing with a page that a plan means by a label; a label of two things means neither."""
        meant: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
        columns = {"bodies": (("name", "body"),), "mentions": (("subject", "thing"),),
                   "relations": (("source", "from"), ("target", "to"))}  # fmt: skip
        for query, some in columns.items():
            for row in self.records(query):
                for label, iri in some:
                    if row[iri] in self.pages:
                        meant[row["plan"], row[label]].add(row[iri])
        for thing in self.things.values():
            for plan in self.chosen:
                if (plan, thing.name) not in meant and self._alone(thing):
                    meant[plan, thing.name].add(thing.iri)
        return {key: min(some) for key, some in meant.items() if len(some) == 1}

    @cached_property
    def short_names(self) -> dict[str, str]:
        """What boards that have topics of their own are called in short, the longest name first."""
        boards = {row["board_iri"]: row["board"] for row in self.records("board-by-topic")}
        short = {name: next((parts(row["abbreviation"])[0] for row in self.of("bodies", "body", iri) if row["abbreviation"]), "")
                 for iri, name in boards.items()}  # fmt: skip
        return dict(sorted(((name, word) for name, word in short.items() if word), key=lambda pair: -len(pair[0])))

    def _alone(self, thing: Thing) -> bool:
        return self._bearers[thing.name] == 1

    @cached_property
    def _bearers(self) -> dict[str, int]:
        counted: defaultdict[str, int] = defaultdict(int)
        for thing in self.things.values():
            counted[thing.name] += 1
        return counted

    @cached_property
    def pages(self) -> dict[str, str]:
        """The page of each body, review and document by its address."""
        return page_names(self.things.values())

    def plan_page(self, plan: str) -> str:
        """Return the page of a plan."""
        return f"plans/{self.places[plan]}.html"

    @cached_property
    def places(self) -> dict[str, str]:
        """What stands for each plan in names of files and places."""
        found: dict[str, str] = {}
        for plan in self.chosen:
            found[plan] = unique(slug(plan, otherwise="plan"), found.values())
        return found

    def _asked(self, row: Mapping[str, object]) -> bool:
        columns = EITHER if "plan" in row else BETWEEN
        return all(row[column] in self.chosen for column in columns if row.get(column))


def parts(joined: str) -> list[str]:
    """Return the values of a cell that holds several."""
    return [part for part in joined.split("; ") if part]


def _records(rows: Rows) -> list[dict[str, str]]:
    return [
        {column: "" if value is None else str(value) for column, value in zip(rows.columns, row, strict=True)}
        for row in rows.rows
    ]
