"""What an answer about overlaps can and cannot see: whose priorities are loaded, and who is known only by mention."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from goldenthread.graph import ontology
from goldenthread.graph.answers import Thing
from goldenthread.graph.namespaces import GT
from goldenthread.graph.overlaps.items import Item

if TYPE_CHECKING:
    from goldenthread.graph.plans import Plans

JOINED = ("member-of", "represented-on")
BOARDS = (f"{GT}Board", f"{GT}Forum")
NOT_LOADED = "no plan loaded"


@dataclass(frozen=True, slots=True)
class Cover:
    """A body in scope: how many priorities and actions of its own are loaded, or that it is known only by mention."""

    body: str
    plans: tuple[str, ...]
    priorities: int
    actions: int
    joins: str = ""  # the forum that it is in scope for
    whole: bool = True  # whether its own plan is loaded, not only aims of it that another plan names
    asked: bool = False

    @property
    def loaded(self) -> bool:
        """Whether the body has priorities or a plan of its own among what is loaded."""
        return bool(self.plans)

    def __str__(self) -> str:
        if not self.loaded:
            return f"{self.body}: known only by mention, {NOT_LOADED}"
        if not self.whole:
            named = f"{self.priorities} priorit{'y' if self.priorities == 1 else 'ies'} of it named"
            return f"{self.body}: {named} in {', '.join(self.plans)}; {NOT_LOADED} of its own"
        aims = f"{self.priorities} priorit{'y or aim' if self.priorities == 1 else 'ies and aims'}"
        actions = f"{self.actions} action{'' if self.actions == 1 else 's'}"
        return f"{self.body}: {aims}, {actions} loaded ({', '.join(self.plans)})"


def coverage(
    plans: "Plans", every: Sequence[Item], asked: Sequence[Thing] = (), *, plan: str | None = None
) -> list[Cover]:
    """Return the bodies in scope, loaded ones first: those asked for and the boards that they join, else every board."""
    if asked:
        names = {thing.name: "" for thing in asked}
        for thing in asked:
            for name in _joined(plans, thing, plan):
                names.setdefault(name, thing.name)
    else:
        rows = plans.table("bodies", plan=plan)
        names = {str(row["name"]): "" for row in rows if ontology.body_class(str(row["kind"])) in BOARDS}
    boards = {board for row in plans.table("plans") for board in str(row["boards"]).split("; ")}
    own: dict[str, Counter[str]] = {}
    for item in every:
        for board in item.boards:
            own.setdefault(board, Counter()).update((item.type, f"in {item.plan}"))
    found = [
        Cover(
            name,
            tuple(sorted(key.removeprefix("in ") for key in own.get(name, {}) if key.startswith("in "))),
            own.get(name, Counter())["priority"],
            own.get(name, Counter())["action"],
            joins,
            whole=name in boards,
            asked=any(name == thing.name for thing in asked),
        )
        for name, joins in names.items()
    ]
    return sorted(found, key=lambda cover: (not cover.loaded, bool(cover.joins), cover.body))


def _joined(plans: "Plans", thing: Thing, plan: str | None) -> list[str]:
    """The boards that are members of a body, or represented on it."""
    boards = {
        str(row["name"]) for row in plans.table("bodies", plan=plan) if ontology.body_class(str(row["kind"])) in BOARDS
    }
    answer = plans.rows("relations", thing=thing.iri, plan=plan)
    at = {column: index for index, column in enumerate(answer.columns)}
    return sorted(
        {
            str(row[at["source"]])
            for row in answer.rows
            if row[at["relation"]] in JOINED and row[at["to"]] == thing.iri and row[at["source"]] in boards
        }
    )


def sentences(covers: Sequence[Cover]) -> list[str]:
    """Return the coverage in lines: the loaded bodies one by one, those known only by mention counted and named."""
    lines = [str(cover) for cover in covers if cover.loaded]
    silent = [cover.body for cover in covers if not cover.loaded]
    if silent:
        lines.append(f"known only by mention, {NOT_LOADED} ({len(silent)} of {len(covers)}): {', '.join(silent)}")
    return lines
