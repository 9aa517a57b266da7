"""Registry rows to triples: each thing once, with its type, its label and the keys under which it is found.

Names of people go to a graph of their own, which is written only when names are asked for; without it a person is
"named person 3" with the posts that the plans state.
"""

from collections import defaultdict
from collections.abc import Iterator

import pyoxigraph as ox

from goldenthread.graph import namespaces as ns
from goldenthread.graph import ontology
from goldenthread.graph.columns import TABLES
from goldenthread.graph.facts import NATIONAL, Partnership, Plan
from goldenthread.graph.folding import blind, fold
from goldenthread.graph.namespaces import GT
from goldenthread.graph.tables import Row
from goldenthread.graph.terms import LABEL, Sheet

PLACES = {"bodies": "body", "posts": "post", "people": "person", "documents": "document", "reviews": "review"}
CLASSES = {
    "posts": ns.ORG + "Post",
    "people": ns.FOAF + "Person",
    "documents": GT + "Document",
    "reviews": GT + "Review",
}


class Addresses:
    """The address of every thing of a partnership by its key, national things included."""

    def __init__(self, partnership: Partnership, national: Partnership | None) -> None:
        self._iris: dict[str, str] = {}
        self._tables: dict[str, str] = {}
        self._collectives: set[str] = set()
        for owner in filter(None, (national, partnership)):
            for key, name in owner.registry().items():
                self._iris[key] = f"{ns.THINGS}{owner.key}/{PLACES[name]}/{key}"
                self._tables[key] = name
            self._collectives |= {row.text("key") for row in owner.rows["bodies"] if _is_collective(row)}

    def __getitem__(self, key: str) -> str:
        return self._iris[key]

    def table(self, key: str) -> str:
        """Return the registry table of a key, "" if it is not a registry key."""
        return self._tables.get(key, "")

    def is_collective(self, key: str) -> bool:
        """Return whether a key is that of several bodies or people spoken of as one, which is no organisation."""
        return key in self._collectives

    def with_entries(self, plan: str, entries: dict[str, str]) -> "Addresses":
        """Return these addresses together with those of a plan's own entries (key to "priority" or "action")."""
        both = object.__new__(Addresses)
        both._iris = self._iris | {key: f"{ns.THINGS}{plan}/{kind}/{key}" for key, kind in entries.items()}
        both._tables, both._collectives = self._tables, self._collectives
        return both


def write_registry(partnership: Partnership, addresses: Addresses, *, with_names: bool) -> Iterator[ox.Quad]:
    """Give the registry graph's statements of one partnership, and the names graph's if asked for."""
    sheet = Sheet("registry")
    home = ns.THINGS + partnership.key
    sheet.type(home, GT + "Partnership")
    sheet.text(home, LABEL, partnership.row.text("name"))
    sheet.text(home, ns.DCT + "identifier", partnership.key)
    sheet.text(home, GT + "area", partnership.row.text("area"))
    if partnership.row.flag("synthetic"):
        sheet.add(home, GT + "synthetic", ox.Literal(True))
    names = _names_in_plans(partnership)
    for table in PLACES:
        for row in partnership.rows[table]:
            iri = addresses[row.text("key")]
            sheet.add(iri, GT + "partnership", home)
            sheet.text(iri, ns.DCT + "identifier", row.text("key"))
            if table == "people":
                sheet.type(iri, CLASSES[table])
                continue
            _describe(sheet, iri, table, row)
            found_by = {row.text("key"), row.text("name"), *row.many("abbreviation"), *names[row.text("key")]}
            sheet.text(iri, GT + "folded", *sorted({fold(name) for name in found_by}))
    yield from sheet.quads
    yield from (_named_people if with_names else _nameless_people)(partnership, addresses)


def _is_collective(row: Row) -> bool:
    return ontology.body_class(row.text("kind")) == GT + "Collective"


def _describe(sheet: Sheet, iri: str, table: str, row: Row) -> None:
    sheet.text(iri, LABEL, row.text("name"))
    sheet.text(iri, GT + "abbreviation", *row.many("abbreviation"))
    match table:
        case "bodies":
            sheet.type(iri, ontology.body_class(row.text("kind")))
            sheet.concepts(iri, GT + "bodyKind", "body", [row.text("kind")])
            if not _is_collective(row):
                sheet.concepts(iri, ns.ORG + "classification", "body", [row.text("kind")])
            sheet.text(iri, GT + "area", row.text("area"))
        case "documents" | "reviews":
            sheet.type(iri, CLASSES[table])
            kind = PLACES[table]
            sheet.concepts(iri, f"{GT}{kind}Kind", kind, [row.text("kind")])
        case _:
            sheet.type(iri, CLASSES[table])


def _names_in_plans(partnership: Partnership) -> defaultdict[str, set[str]]:
    names: defaultdict[str, set[str]] = defaultdict(set)
    for plan in partnership.plans:
        for row in plan.rows["mentions"]:
            names[row.text("subject")] |= {row.text("name"), row.text("abbreviation")} - {""}
    return names


def _named_people(partnership: Partnership, addresses: Addresses) -> Iterator[ox.Quad]:
    sheet = Sheet("names")
    for row in partnership.rows["people"]:
        iri = addresses[row.text("key")]
        sheet.text(iri, LABEL, row.text("name"))
        sheet.text(iri, ns.FOAF + "name", row.text("name"))
        sheet.text(iri, ns.SKOS + "altLabel", *row.many("also"))
        found_by = {row.text("name"), *row.many("also"), _numbered(row.text("key"))}
        sheet.text(iri, GT + "folded", *sorted(map(fold, found_by)))
    yield from sheet.quads


def _nameless_people(partnership: Partnership, addresses: Addresses) -> Iterator[ox.Quad]:
    sheet = Sheet("registry")
    for row in partnership.rows["people"]:
        key = row.text("key")
        sheet.text(addresses[key], LABEL, _shown_as(partnership, key))
        names = {blind(fold(name)) for name in (row.text("name"), *row.many("also"))}
        sheet.text(addresses[key], GT + "folded", fold(_numbered(key)), *sorted(names))
    yield from sheet.quads


def _numbered(key: str) -> str:
    return f"named person {key.lstrip('p')}"


def _shown_as(partnership: Partnership, key: str) -> str:
    """Return how a person is shown without name: by post, and by plan where the plans do not agree on it."""
    posts = {row.text("key"): row.text("name") for row in partnership.rows["posts"]}
    by_plan = {plan.key: _held(plan, key, posts) for plan in partnership.plans if _occurs(plan, key)}
    held = {plan: post for plan, post in by_plan.items() if post}
    if not held:
        return f"{_numbered(key)}, post not stated"
    if len(set(by_plan.values())) == 1:
        return f"{next(iter(held.values()))} ({_numbered(key)})"
    return f"{_numbered(key)} ({', '.join(f'{plan}: {post}' for plan, post in held.items())})"


def _held(plan: Plan, key: str, posts: dict[str, str]) -> str:
    stated, read = (
        [
            posts[row.text("post")]
            for row in plan.rows["holdings"]
            if row.text("person") == key and row.text("post") and (row.text("basis") == "inferred") is inferred
        ]
        for inferred in (False, True)
    )
    return " / ".join(dict.fromkeys(stated)) or " / ".join(f"{post} by our reading" for post in dict.fromkeys(read))


def _occurs(plan: Plan, key: str) -> bool:
    columns = {table.name: [column for column in table.columns if "people" in column.refers] for table in TABLES}
    return any(
        key in (row.many(column.name) if column.many else (row.text(column.name),))
        for name, rows in plan.rows.items()
        for column in columns[name]
        for row in rows
    )


def national(partnerships: list[Partnership]) -> Partnership | None:
    """Return the registry of national bodies, if it is among the partnerships."""
    return next((partnership for partnership in partnerships if partnership.key == NATIONAL), None)
