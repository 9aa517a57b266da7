"""Which records to ask for: those that the measures of a plan, body, post, priority or action name."""

from typing import TYPE_CHECKING

from goldenthread.graph.answers import Table, Thing

if TYPE_CHECKING:
    from goldenthread.graph.plans import Plans

WORK = ("leads", "enables", "owned-by")
COLUMNS = ("record", "plan", "action", "measure", "leads", "basis", "document", "line")


def evidence(plans: "Plans", name: str, *, plan: str | None = None) -> Table:
    """Return the records that the measures name, for the thing of this name; a note tells how many name none."""
    thing = plans.one(name, plan=plan)
    if thing.kind == "plan":
        records, unnamed = (
            plans.table("records", plan=thing.key),
            plans.table("measures-without-record", plan=thing.key),
        )
        keys = None
    else:
        actions = _actions(plans, thing, plan)
        if not actions:
            return Table(COLUMNS, [], (f"no action of {thing.name} is known, so no measure names a record",))
        records = plans.table("records", action=actions, plan=plan)
        unnamed = plans.table("measures-without-record", plan=plan)
        keys = {(row["plan"], row["key"]) for row in plans.table("actions", action=actions)}
    without = sum(keys is None or (row["plan"], row["item"]) in keys for row in unnamed)
    rows = [
        (row["record"], row["plan"], row["action_key"], row["measure"], row["leads"], row["basis"], row["document"], row["line"])
        for row in records
    ]  # fmt: skip
    rows.sort(key=lambda row: (str(row[0]).casefold(), *map(str, row[1:3])))
    note = f"{without} more measure{'s name' if without != 1 else ' names'} no record"
    return Table(COLUMNS, rows, (note,) if without else ())


def _actions(plans: "Plans", thing: Thing, plan: str | None) -> list[str]:
    """The addresses of the actions that a thing leads, enables, is served by or is named in."""
    if thing.kind == "action":
        return [thing.iri]
    answer = plans.rows("relations", thing=thing.iri, plan=plan)
    at = {column: index for index, column in enumerate(answer.columns)}
    wanted = ("serves",) if thing.kind == "priority" else WORK
    found = {
        str(row[at["from"]]) for row in answer.rows
        if row[at["relation"]] in wanted and row[at["to"]] == thing.iri and "/action/" in str(row[at["from"]])
    }  # fmt: skip
    if thing.kind in ("document", "review"):
        actions = plans.rows("actions", plan=plan)
        named, address = actions.columns.index("refers_to"), actions.columns.index("action")
        found |= {str(row[address]) for row in actions.rows if thing.name in str(row[named] or "").split("; ")}
    return sorted(found)
