"""The facade: open plans, then ask. Every answer starts from a stored query, on whatever engine holds the data."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from goldenthread.graph import chains, names, places
from goldenthread.graph.answers import Chain, Profile, Source, Table, Thing
from goldenthread.graph.engines import Engine, Oxigraph, Rows
from goldenthread.graph.namespaces import ONTOLOGY
from goldenthread.graph.queries import natural, stored

if TYPE_CHECKING:
    from rdflib import Dataset

    from goldenthread.graph.adhoc import Limits
    from goldenthread.graph.sources import Document, Redaction
    from goldenthread.viz.network import Network
    from goldenthread.viz.notebook import Frame

BUILTIN = "builtin"


def load(data: str | Path | Iterable[str | Path] = BUILTIN, *, with_names: bool = False) -> "Dataset":
    """Return the plans as a read-only rdflib Dataset on Oxigraph, its default graph the union of all."""
    from oxrdflib import OxigraphStore
    from rdflib import Dataset

    from goldenthread.graph.store import open_store

    store = open_store(data_paths(data), with_names=with_names)
    return Dataset(store=OxigraphStore(store=store), default_union=True)


def open_plans(
    data: str | Path | Iterable[str | Path] = BUILTIN,
    *,
    endpoint: str | None = None,
    documents: str | Path | None = None,
    with_names: bool = False,
    facets: str = "read",
) -> "Plans":
    """Open built-in plans ("builtin"), folders of tables or a SPARQL endpoint; BadTables, StoreError, EndpointError.

    With `facets="auto"` the tagger gives every plan its topics, kinds of work and audience, whatever was read.
    """
    if facets not in ("read", "auto"):
        raise ValueError(f"facets are read or auto, not {facets!r}")
    folder = Path(documents) if documents else None
    if endpoint:
        from goldenthread.graph.endpoint import Endpoint

        return Plans(Endpoint(endpoint), (), folder, with_names)
    from goldenthread.graph.store import open_store

    paths = data_paths(data)
    store = open_store(paths, with_names=with_names, facets=facets)
    return Plans(Oxigraph(store), tuple(paths), folder, with_names, facets)


def data_paths(data: str | Path | Iterable[str | Path]) -> list[Path]:
    """Return the folders that data names, "builtin" standing for the built-in plans."""
    several = [data] if isinstance(data, str | Path) else list(data)
    return [places.DATA if str(one) == BUILTIN else Path(one) for one in several]


@dataclass
class Plans:
    """Plans that can be asked. `plan` and `day` narrow a question to one plan, or to what holds on a day."""

    engine: Engine
    paths: Sequence[Path] = ()
    documents: Path | None = None
    with_names: bool = False
    facets: str = "read"
    _texts: dict[str, "Document | None"] = field(default_factory=dict, repr=False)

    # stored queries

    def rows(self, query: str, **parameters: str | Iterable[str] | None) -> Rows:
        """Return a stored query's rows; KeyError for an unknown query, ValueError for a wrong parameter."""
        asked = stored(query)
        return asked.run(self._ontology if asked.about_ontology and not self.paths else self.engine, **parameters)

    def table(self, query: str, **parameters: str | Iterable[str] | None) -> Table:
        """Return a stored query's answer as a table, without columns of addresses."""
        return Table.of(self.rows(query, **parameters))

    def asked_by_name(self, query: str, given: Mapping[str, Sequence[str]]) -> Table:
        """Return a stored query's answer where things may be given by name: `thing` = "PIQAG" as well as its address."""
        kinds = {parameter.name: parameter.type for parameter in stored(query).parameters}
        addresses = {
            name: [one if kinds.get(name) != "iri" or "://" in one else self.one(one).iri for one in values]
            for name, values in given.items()
        }
        return self.table(query, **addresses)

    def sparql(self, query: str, limits: "Limits | None" = None) -> Table:
        """Return the answer to your own SELECT query, with a note if it was cut; RefusedQuery or LimitHit.

        It runs in a process of its own where the plans are a store on this machine.
        """
        from goldenthread.graph.adhoc import Limits, ask
        from goldenthread.graph.harmless import check_harmless

        limits = limits or Limits()
        if self.paths:
            from goldenthread.graph.store import store_folder

            rows, cut = ask(store_folder(self.paths, with_names=self.with_names, facets=self.facets), query, limits)
        else:
            check_harmless(query)
            found = self.engine.select(query)
            rows, cut = Rows(found.columns, found.rows[: limits.rows]), len(found.rows) > limits.rows
        note = f"cut at {limits.rows} rows: there are more; ask for more with --limit"
        return Table(rows.columns, rows.rows, (note,) if cut else ())

    @cached_property
    def _ontology(self) -> Engine:
        import pyoxigraph as ox

        from goldenthread.graph.ontology import triples

        store = ox.Store()
        store.extend(ox.Quad(triple.subject, triple.predicate, triple.object) for triple in triples())
        return Oxigraph(store)

    def concepts(self, scheme: str) -> Table:
        """Return how the ontology names, defines and draws the concepts of a scheme, such as "relation"."""
        return self.table("styles", in_scheme=f"{ONTOLOGY}/{scheme}")

    def words(self, scheme: str) -> dict[str, str]:
        """Return what the ontology calls the concepts of a scheme: notation to label."""
        rows = self.rows("wordings", in_scheme=f"{ONTOLOGY}/{scheme}")
        return {str(notation): str(label) for _, notation, label in rows.rows}

    def marked(self, scheme: str, flag: str) -> set[str]:
        """Return the concepts of a scheme that bear a flag, such as "expected_to_report"."""
        return {str(row["notation"]) for row in self.concepts(scheme) if row[flag] == "true"}

    # questions

    def status(self, *, plan: str | None = None, day: str | None = None) -> Table:
        """Return what is loaded: a row a plan with its period, its boards and how many entries of each kind."""
        plans = Table.of(self.rows("plans", plan=plan, day=day))
        kinds = ("Mention", "Relation", "Priority", "Action", "Measure", "Learning", "Duty", "Change", "Remark")
        counted = {(row["plan"], row["kind"]): row for row in self.table("counts", plan=plan)}
        missing = self._missing(plan)
        rows = []
        for row in plans:
            entries = [counted.get((row["plan"], kind), {}).get("entries") or 0 for kind in kinds]
            inferred = sum(int(one["inferred"] or 0) for key, one in counted.items() if key[0] == row["plan"])
            rows.append((row["plan"], row["title"], row["partnership"], row["boards"], row["since"], row["until"], *entries,
                         inferred, missing[str(row["plan"])], row["document"]))  # fmt: skip
        columns = ("plan", "title", "partnership", "boards", "since", "until", "mentions", "relations", "priorities",
                   "actions", "measures", "learning", "duties", "changes", "statements", "our_readings",
                   "actions_with_a_gap", "document")  # fmt: skip
        return Table(columns, rows)

    def _missing(self, plan: str | None) -> Counter[str]:
        """How many actions of each plan lack a lead, group, date or measure that the form asks for."""
        from goldenthread.graph.gaps import gaps, kinds

        absences = [kind.key for kind in kinds(self) if kind.detail_scheme == "absence"]
        lacking = {(gap.plan, gap.item) for kind in absences for gap in gaps(self, plan=plan, kind=kind)}
        return Counter(key for key, _ in lacking)

    def find(self, text: str, *, plan: str | None = None, day: str | None = None) -> list[Thing]:
        """Return what bears this name, abbreviation, former name, key or address; nothing if nothing does."""
        found = names.bearing(self.engine, text, plan=plan)
        if day is None:
            return found
        covering = {str(row[0]) for row in self.rows("periods", day=day).rows}
        return [thing for thing in found if covering & set(thing.plans)]

    def suggestions(self, text: str) -> list[str]:
        """Return names near a misspelt one."""
        return names.suggestions(self.engine, text)

    def one(self, text: str, *, plan: str | None = None, kinds: Sequence[str] = ()) -> Thing:
        """Return the one thing of this name; UnknownName with suggestions, AmbiguousName with the candidates."""
        return names.resolve(self.engine, text, plan=plan, kinds=kinds)

    def chain(self, name: str, *, down: bool = False, plan: str | None = None, day: str | None = None) -> Chain:
        """Return the reporting routes of a body, post, person or action to the top, or who reports to it."""
        thing = self.one(name, plan=plan, kinds=chains.ASKED_FOR)
        if thing.kind not in chains.KINDS:
            raise chains.NoRoute(
                f"{thing.name} is a {thing.kind}, which reports to nobody; `goldenthread show` tells what is known of it"
            )
        follow = chains.chain_down if down else chains.chain
        return follow(self.engine, thing, plan=plan, day=day)

    def changes(self, earlier: str, later: str) -> Table:
        """Return what changed between two plans of one partnership; ValueError if they are not two such plans."""
        loaded = {str(row["plan"]): row for row in self.table("plans")}
        for plan in (earlier, later):
            if plan not in loaded:
                raise ValueError(f"there is no plan {plan!r}; the plans are {', '.join(loaded)}")
        if loaded[earlier]["partnership"] != loaded[later]["partnership"] or earlier == later:
            raise ValueError(f"{earlier} and {later} are not two plans of one partnership")
        if str(loaded[earlier]["earliest"]) > str(loaded[later]["earliest"]):
            raise ValueError(f"{earlier} begins after {later}; name the earlier plan first")
        return self.table("changes", earlier=earlier, later=later)

    def show(self, name: str, *, plan: str | None = None, day: str | None = None) -> Profile:
        """Return everything known about the thing of this name."""
        from goldenthread.graph.profiles import profile

        return profile(self, self.one(name, plan=plan), plan=plan, day=day)

    def picture(self, what: str, *names: str, **narrowing: Any) -> "Network | Frame":
        """Return a picture by the name of its function in graph/pictures; ValueError if there is none of this name.

        Of a plural, such as "structures", comes every plan's in one page with a slider. Both show themselves in a notebook.

            plans.picture("structure", plan="norfolk-2016")
            plans.picture("chain", "PIQAG", plan="norfolk-2016")
        """
        from goldenthread.graph import pictures
        from goldenthread.viz.network import Network
        from goldenthread.viz.notebook import Frame

        known = sorted(name for name in pictures.__all__ if name.islower() and name != "drawn")
        if what not in known:
            raise ValueError(f"there is no picture {what!r}; they are {', '.join(known)}")
        drawn = getattr(pictures, what)(self, *names, **narrowing)
        return drawn if isinstance(drawn, Network) else Frame(drawn)

    # where it says so

    def located(self, source: Source) -> Source:
        """Return a source with its heading, phrase and, if the documents are at hand, its passage."""
        heading, phrase, _ = self.passages.get((source.document, source.line), ("", "", ""))
        return Source(source.plan, source.document, source.line, heading, phrase, self._passage(source))

    @cached_property
    def passages(self) -> dict[tuple[str, str], tuple[str, str, str]]:
        """Heading, phrase and digest of every passage cited, by document and lines."""
        return {
            (str(row["document"]), str(row["lines"])): (
                str(row["heading"] or ""),
                str(row["phrase"] or ""),
                str(row["digest"] or ""),
            )
            for row in self.table("passages")
        }

    def _passage(self, source: Source) -> str:
        if not self.documents:
            return ""
        from goldenthread.graph.sources import digest, readable

        document = self._text(source.document)
        if document is None:
            return f"({source.document} is not in {self.documents})"
        try:
            passage = document.passage(source.line)
        except ValueError as error:
            return f"({error})"
        expected = self.passages.get((source.document, source.line), ("", "", ""))[2]
        changed = (
            "(the document has changed here since its facts were entered) "
            if expected not in ("", digest(passage))
            else ""
        )
        return changed + readable(self._redaction(passage))

    def _text(self, name: str) -> "Document | None":
        from goldenthread.graph.sources import Document

        if name not in self._texts:
            assert self.documents is not None
            path = self.documents / Path(name).name
            self._texts[name] = Document.read(path) if path.is_file() else None
        return self._texts[name]

    @cached_property
    def _redaction(self) -> "Redaction":
        from goldenthread.graph.facts import read
        from goldenthread.graph.own.reading import is_rdf
        from goldenthread.graph.sources import Redaction, spellings

        if self.with_names:
            return Redaction()
        if not self.paths:
            raise ValueError("an endpoint's passages may bear names of people; ask for them with --with-names")
        if any(map(is_rdf, self.paths)):
            raise ValueError("passages behind RDF of your own may bear names of people; ask for them with --with-names")
        return Redaction(spellings(read(self.paths)))


def lines_in_order(lines: str) -> list[str]:
    """Return the parts of a joined `line` cell in the order of the document."""
    return sorted(filter(None, lines.split("; ")), key=natural)
