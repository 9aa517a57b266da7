"""From the name a person types to the thing that bears it: all candidates, never a choice made for them."""

from collections.abc import Collection, Iterable

from goldenthread.graph.answers import Thing
from goldenthread.graph.engines import Engine
from goldenthread.graph.folding import blind, fold
from goldenthread.graph.namespaces import THINGS, local
from goldenthread.graph.queries import stored

NEAR_ENOUGH = 75  # rapidfuzz's similarity, of 100, from which a name is suggested


class UnknownName(Exception):
    """Nothing bears this name: `suggestions` are names near it; or nothing in the plan asked about, but in `others`."""

    def __init__(self, name: str, suggestions: Collection[str], *, plan: str = "", others: Collection[str] = ()) -> None:
        hint = f" Did you mean {', '.join(map(repr, suggestions))}?" if suggestions else ""
        elsewhere = f"{plan} names nothing called {name!r}; {', '.join(others)} {'do' if len(others) > 1 else 'does'}"
        super().__init__(elsewhere if others else f"nothing here is called {name!r}.{hint}")
        self.suggestions = tuple(suggestions)


class AmbiguousName(Exception):
    """Several things bear this name; `candidates` are all of them."""

    def __init__(self, name: str, candidates: Iterable[Thing]) -> None:
        self.name, self.candidates = name, tuple(candidates)
        listed = "\n".join(
            f"  {thing.name} ({thing.kind}{'; ' + ', '.join(thing.plans) if thing.plans else ''}): {short(thing)}"
            for thing in self.candidates
        )
        super().__init__(
            f"{name!r} may be one of several; ask again with the address or key after the colon:\n{listed}"
        )


def short(thing: Thing) -> str:
    """Return the address of a thing without what all addresses share: norfolk/body/piqag."""
    return thing.iri.removeprefix(THINGS)


def bearing(engine: Engine, name: str, *, plan: str | None = None) -> list[Thing]:
    """Return every thing that bears a name, abbreviation, former name, key or address."""
    address = name if "://" in name or name.startswith("urn:") else THINGS + name if "/" in name else ""
    if address:
        key = local(address)
        found = things(engine, fold(key)) + things(engine, fold(f"named person {key.lstrip('p')}"))
        return [thing for thing in found if thing.iri == address][:1]
    found = things(engine, fold(name))
    return [thing for thing in found if plan in thing.plans] if plan else found


def resolve(engine: Engine, name: str, *, plan: str | None = None, kinds: Collection[str] = ()) -> Thing:
    """Return the one thing that bears a name, if need be among some kinds; UnknownName or AmbiguousName otherwise."""
    found = [thing for thing in bearing(engine, name, plan=plan) if not kinds or thing.kind in kinds]
    if len(found) > 1:
        raise AmbiguousName(name, found)
    if not found:
        others = [one for thing in bearing(engine, name) if not kinds or thing.kind in kinds for one in thing.plans]
        if plan and others:
            raise UnknownName(name, (), plan=plan, others=sorted(set(others)))
        raise UnknownName(name, suggestions(engine, name, kinds=kinds))
    return found[0]


def things(engine: Engine, folded: str) -> list[Thing]:
    """Return the things found under a look-up key, each once; people by their names too, which the store may not hold."""
    rows = stored("names").run(engine, folded=(folded, blind(folded)))
    at = {column: index for index, column in enumerate(rows.columns)}
    found = {
        str(row[at["thing"]]): Thing(
            str(row[at["thing"]]), str(row[at["name"]]), str(row[at["class"]]), str(row[at["key"]]),
            tuple(filter(None, str(row[at["plans"]] or "").split("; "))),
        )
        for row in rows.rows
    }  # fmt: skip
    return list(found.values())


def suggestions(engine: Engine, name: str, *, kinds: Collection[str] = (), most: int = 5) -> list[str]:
    """Return names near a misspelt one, the nearest first."""
    from rapidfuzz import fuzz, process

    rows = stored("names").run(engine)
    at = {column: index for index, column in enumerate(rows.columns)}
    shown: dict[str, str] = {}
    for row in rows.rows:
        if (not kinds or row[at["class"]] in kinds) and not str(row[at["folded"]]).startswith("blind:"):
            shown.setdefault(str(row[at["folded"]]), str(row[at["name"]]))
    near = process.extract(fold(name), list(shown), scorer=fuzz.WRatio, score_cutoff=NEAR_ENOUGH, limit=most * 3)
    return list(dict.fromkeys(shown[key] for key, _, _ in near))[:most]
