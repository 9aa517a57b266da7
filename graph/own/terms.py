"""RDF in goldenthread's own terms: taken as it stands, each statement put into the graph it belongs to.

Turtle and N-Triples have no graphs, so that an export in them has lost which plan says what. It is told again: by
gt:plan, by what a passage stands in, by an address that begins with the plan's, and for a plain property such as
org:reportsTo by the relation beside it. What can be made from the rest is added where it is missing: look-up keys, and
which relations are steps of a route. What the build makes anew (ontology, computed graph) is left out.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from itertools import count

import pyoxigraph as ox

from goldenthread.graph import namespaces as ns
from goldenthread.graph import ontology
from goldenthread.graph.folding import fold
from goldenthread.graph.namespaces import GT, local
from goldenthread.graph.own.nameless import NUMBERED, Nameless
from goldenthread.graph.own.reading import Fact
from goldenthread.graph.terms import LABEL, TYPE

GRAPHS = ns.graph("")
MADE_ANEW = frozenset(map(ns.graph, ("ontology", "computed", "description")))
COMPUTED = ns.THINGS + "computed/"
DESCRIBING = re.compile(re.escape(ns.THINGS) + r"(dataset/|metric/|plan/[^/]+/period$|[^/]+/measurement/)")
OF_EXPORTS = (ns.DCT + "title", ns.DCT + "source", ns.DCT + "temporal")  # what a description adds to a plan
IDENTIFIER = ns.DCT + "identifier"
NAME = ns.FOAF + "name"
INVENTED = ns.INVENTED
BY_OUR_READING = " by our reading"
KINDS = ns.concept("relation", "")
NAMES = (NAME, ns.SKOS + "altLabel", ns.SKOS + "prefLabel", ns.SKOS + "hiddenLabel")
KEPT_OF_PEOPLE = (GT, ns.ORG)  # what may be said of a person without giving the name away, if it is no text
Values = dict[str, defaultdict[str, list[str]]]  # predicate -> subject -> values


def placed(facts: Iterable[Fact], *, with_names: bool) -> list[Fact]:
    """Return the statements in their graphs, names of people left out unless wanted, missing keys and steps added."""
    given = _in_graphs(_without_made_anew(list(facts)))
    if not with_names:
        given = _without_names(given)
    return list(dict.fromkeys([*given, *_missing_keys(given), *_missing_steps(given)]))


def _without_made_anew(facts: list[Fact]) -> list[Fact]:
    """Leave out ontology, computed graph and an export's description, also where they have lost their graphs."""
    described = any(fact.subject.startswith(ns.THINGS + "dataset/") for fact in facts)
    plans = _instances(facts)[GT + "Plan"] if described else set()
    return [
        fact
        for fact in facts
        if fact.graph not in MADE_ANEW
        and not fact.subject.startswith(COMPUTED)
        and not (
            described and (DESCRIBING.match(fact.subject) or (fact.subject in plans and fact.predicate in OF_EXPORTS))
        )
    ]


def _values(facts: Iterable[Fact], *predicates: str) -> Values:
    found: Values = {predicate: defaultdict(list) for predicate in predicates}
    for fact in facts:
        if fact.predicate in found:
            found[fact.predicate][fact.subject].append(fact.text)
    return found


def _instances(facts: Iterable[Fact]) -> defaultdict[str, set[str]]:
    classes = defaultdict(set)
    for fact in facts:
        if fact.predicate == TYPE:
            classes[fact.text].add(fact.subject)
    return classes


def _is_reading(fact: Fact) -> bool:
    return fact.predicate == GT + "basis" and fact.text == ns.concept("basis", "inferred")


# which graph


def _in_graphs(facts: list[Fact]) -> list[Fact]:
    if all(fact.graph.startswith(GRAPHS) for fact in facts):
        return facts
    graphs = _Graphs(facts)
    return [
        fact._replace(graph=graph)
        for fact in facts
        for graph in ([fact.graph] if fact.graph.startswith(GRAPHS) else map(ns.graph, graphs.of(fact)))
    ]


class _Graphs:
    """Which graphs each statement belongs to: those of plans, the registry, the names."""

    def __init__(self, facts: list[Fact]) -> None:
        classes = _instances(facts)
        at = _values(facts, IDENTIFIER, GT + "plan", GT + "text", GT + "from", GT + "to", GT + "relationKind",
                     ns.OA + "hasSource", ns.OA + "hasSelector")  # fmt: skip
        self.named = {fact.subject for fact in facts if fact.predicate == NAME} & classes[ns.FOAF + "Person"]
        self.plans = {iri: _plan_key(iri, at[IDENTIFIER][iri]) for iri in classes[GT + "Plan"]}
        self.keys = frozenset(self.plans.values())
        self.plan_of = dict(self.plans)
        for entry, plans in at[GT + "plan"].items():
            self.plan_of[entry] = self.plans.get(plans[0], "")
        self._follow(at[GT + "text"])
        for passage, texts in at[ns.OA + "hasSource"].items():
            self.plan_of[passage] = self.plan_of.get(texts[0], "")
        self._follow(at[ns.OA + "hasSelector"])
        read = {fact.subject for fact in facts if _is_reading(fact)}  # beside such a relation no plain property stands
        self.beside: defaultdict[tuple[str, str, str], set[str]] = defaultdict(set)
        for relation, kinds in ((one, kinds) for one, kinds in at[GT + "relationKind"].items() if one not in read):
            plain = ontology.relation_kind(kinds[0].removeprefix(KINDS)).plain_property
            for start in at[GT + "from"][relation]:
                for end in at[GT + "to"][relation]:
                    self.beside[start, plain, end].add(self.plan_of.get(relation, ""))

    def _follow(self, values: defaultdict[str, list[str]]) -> None:
        for subject, objects in values.items():
            for one in objects:
                self.plan_of[one] = self.plan_of.get(subject, "")

    def of(self, fact: Fact) -> list[str]:
        if plan := self.plan_of.get(fact.subject, "") or self._by_address(fact.subject):
            return [plan]
        if beside := self.beside.get((fact.subject, fact.predicate, fact.text), set()) - {""}:
            return sorted(beside)
        naming = fact.predicate in (LABEL, NAME, ns.SKOS + "altLabel", GT + "folded")
        return ["names" if naming and fact.subject in self.named else "registry"]

    def _by_address(self, iri: str) -> str:
        if not iri.startswith(ns.THINGS):
            return ""
        key, slash, _ = iri.removeprefix(ns.THINGS).partition("/")
        return key if slash and key in self.keys else ""


def _plan_key(iri: str, identifiers: list[str]) -> str:
    if iri.startswith(ns.THINGS + "plan/"):
        return iri.removeprefix(ns.THINGS + "plan/")
    return fold(identifiers[0] if identifiers else local(iri)) or "plan"


# people without names


def _without_names(facts: list[Fact]) -> list[Fact]:
    people = _instances(facts)[ns.FOAF + "Person"]
    names: defaultdict[str, set[str]] = defaultdict(set)
    for fact in facts:
        if fact.subject in people and _bears_name(fact):
            names[fact.subject].add(fact.text)
    named = frozenset(names)
    numbers = _numbers(people, _values(facts, IDENTIFIER)[IDENTIFIER])
    nameless = Nameless({iri: names.get(iri, set()) for iri in people}, numbers)
    kept = [
        _hidden(fact, nameless)
        for fact in facts
        if fact.graph != ns.graph("names") and (fact.subject not in named or _is_harmless(fact))
    ]
    return kept + list(_shown(facts, named, nameless))


def _bears_name(fact: Fact) -> bool:
    """Whether a statement about a person gives a name; a label with nothing but post and number does not."""
    return fact.predicate in NAMES or (fact.predicate == LABEL and not NUMBERED.search(fact.text))


def _is_harmless(fact: Fact) -> bool:
    """Whether a statement about a named person may stay: keys that tell nothing, and what joins the person to things."""
    if fact.predicate == IDENTIFIER:
        return _number(fact.text).isdigit()
    if fact.predicate == GT + "folded":
        return fact.text.startswith(("blind:", fold("named person")))
    return fact.predicate == TYPE or (fact.points() and fact.predicate.startswith(KEPT_OF_PEOPLE))


def _number(key: str) -> str:
    return key.removeprefix("p")


def _numbers(people: set[str], identifiers: defaultdict[str, list[str]]) -> dict[str, str]:
    """Number people as their keys do (p3), the others by their addresses in the numbers that are free."""
    keys = {iri: next((_number(key) for key in identifiers[iri] if _number(key).isdigit()), "") for iri in people}
    taken = set(keys.values())
    free = (str(number) for number in count(1) if str(number) not in taken)
    return {iri: keys[iri] or next(free) for iri in sorted(people)}


def _hidden(fact: Fact, nameless: Nameless) -> Fact:
    """A statement with people's addresses and texts that give no name away."""
    subject = nameless.address(fact.subject)
    shown = nameless.address(fact.text) if fact.points() else nameless.text(fact.text)
    if shown == fact.text:
        return fact._replace(subject=subject)
    return fact._replace(subject=subject, value=ox.NamedNode(shown) if fact.points() else ox.Literal(shown))


def _shown(facts: list[Fact], named: Collection[str], nameless: Nameless) -> Iterator[Fact]:
    """How the people whose names were left out are called and found."""
    at = _values(facts, IDENTIFIER)
    posts = _posts(facts)
    for iri in sorted(named):
        texts = [(LABEL, nameless.label(iri, posts[iri]))]
        texts += [(GT + "folded", key) for key in sorted(nameless.keys(iri))]
        if not any(_number(key).isdigit() for key in at[IDENTIFIER][iri]):
            texts.append((IDENTIFIER, f"p{nameless.numbers[iri]}"))
        for predicate, text in texts:
            yield Fact(nameless.address(iri), predicate, ox.Literal(text), ns.graph("registry"))


def _posts(facts: list[Fact]) -> defaultdict[str, list[str]]:
    """Return the posts that people hold as plans state them, else as we read them, which is said."""
    at = _values(facts, GT + "relationKind", GT + "from", GT + "to", LABEL)
    read = {fact.subject for fact in facts if _is_reading(fact)}
    holdings = sorted(one for one, kinds in at[GT + "relationKind"].items() if kinds == [KINDS + "holds"])
    posts: defaultdict[str, list[str]] = defaultdict(list)
    for relation in sorted(holdings, key=lambda one: one in read):
        for person in at[GT + "from"][relation]:
            if relation not in read or all(post.endswith(BY_OUR_READING) for post in posts[person]):
                said = BY_OUR_READING if relation in read else ""
                posts[person] += [label + said for post in at[GT + "to"][relation] for label in at[LABEL][post][:1]]
    return posts


# what is missing


def _missing_keys(facts: list[Fact]) -> Iterator[Fact]:
    """Give the look-up keys that are not there, beside the thing's label."""
    classes = _instances(facts)
    at = _values(facts, LABEL, IDENTIFIER, GT + "abbreviation", GT + "plan", GT + "ref", GT + "folded")
    items = classes[GT + "Priority"] | classes[GT + "Action"]
    found_by_name = items.union(
        *(classes[one] for one in (GT + "Plan", GT + "Document", GT + "Review", ns.ORG + "Post"))
    )
    found_by_name |= set().union(*(classes[ontology.body_class(kind)] for kind in ontology.notations("body")))
    for label in facts:
        iri = label.subject
        if label.predicate == LABEL and iri in found_by_name:
            own = [*at[IDENTIFIER][iri], *at[GT + "ref"][iri]]
            names = {
                label.text.removesuffix(INVENTED),
                *own,
                *at[GT + "abbreviation"][iri],
                *([] if iri.startswith(ns.THINGS) else [local(iri)]),
            }
            if iri in items:
                names |= {
                    f"{key} {one}" for plan in at[GT + "plan"][iri] for key in at[IDENTIFIER][plan] for one in own
                }
            for key in sorted(set(map(fold, names)) - {"", *at[GT + "folded"][iri]}):
                yield label._replace(predicate=GT + "folded", value=ox.Literal(key))


def step_classes(kind: str, *, about: bool) -> list[str]:
    """Return the classes that a relation of this kind has beside gt:Relation: those of the steps of a route.

    A kind whose route starts at the target is no step from its source: a body's chair is not whom it reports to.
    """
    behaviour = ontology.relation_kind(kind)
    if behaviour.carries_accountability:
        return [GT + ("WorkReport" if about or kind == "reports-on-work-to" else "ReportingLine")]
    return [GT + "RouteStart"] if behaviour.starts_route_at == "source" else []


def _missing_steps(facts: list[Fact]) -> Iterator[Fact]:
    """Say which relations are steps of a route where nobody has, from their kinds."""
    at = _values(facts, GT + "from", GT + "to", GT + "about", GT + "stepFrom", GT + "stepTo", TYPE)
    for fact in facts:
        if fact.predicate == GT + "relationKind":
            relation = fact.subject
            classes = step_classes(fact.text.removeprefix(KINDS), about=relation in at[GT + "about"])
            wanted = [(TYPE, one) for one in classes]
            if classes:
                wanted += [(GT + "stepFrom", one) for one in at[GT + "from"][relation]]
                wanted += [(GT + "stepTo", one) for one in at[GT + "to"][relation]]
            for predicate, value in wanted:
                if value not in at[predicate][relation]:
                    yield fact._replace(predicate=predicate, value=ox.NamedNode(value))
