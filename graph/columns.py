"""Every table and column that a partnership or plan may fill, declared once.

Reading, checking, data/README.md, the workbook and the exports all follow these declarations, so a column's
name, type, meaning and allowed values stand in this file and nowhere else. Allowed values that are concepts
of the ontology are not repeated here: `scheme` names the SKOS scheme, whose notations are the values.
"""

from dataclasses import dataclass
from typing import Literal

Type = Literal["key", "text", "reference", "concept", "lines", "whole", "date", "flag", "choice"]

THINGS = ("bodies", "posts", "people", "documents", "reviews")
ACTORS = ("bodies", "posts", "people")


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column: what may stand in it and what it means to the person who fills it."""

    name: str
    type: Type
    meaning: str
    required: bool = False
    many: bool = False  # several values, separated by "; "
    scheme: str = ""  # for a concept: the SKOS scheme whose notations are allowed
    allowed: tuple[str, ...] = ()  # for a choice
    refers: tuple[str, ...] = ()  # for a reference: the tables whose keys or names are allowed
    made: str = ""  # what it is made from if it is left empty (defaults.py)


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One table: a file (or a workbook's sheet) of rows with the same columns."""

    name: str
    level: Literal["partnership", "plan"]
    meaning: str
    columns: tuple[Column, ...]
    key: str = ""  # the column that identifies a row, if other tables refer to it
    generated: bool = False  # written by the tool, never by hand

    def column(self, name: str) -> Column:
        """Return the column of this name; KeyError if there is none."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(name)


def _key(meaning: str, made: str = "the name") -> Column:
    return Column(name="key", type="key", meaning=meaning, required=True, made=made)


def _text(name: str, meaning: str, *, required: bool = False, many: bool = False) -> Column:
    return Column(name=name, type="text", meaning=meaning, required=required, many=many)


def _concept(name: str, scheme: str, meaning: str, *, required: bool = False, many: bool = False) -> Column:
    return Column(name=name, type="concept", scheme=scheme, meaning=meaning, required=required, many=many)


def _refers(name: str, tables: tuple[str, ...], meaning: str, *, required: bool = False, many: bool = False) -> Column:
    return Column(name=name, type="reference", refers=tables, meaning=meaning, required=required, many=many)


def _date(name: str, meaning: str) -> Column:
    return Column(name=name, type="date", meaning=meaning)


BASIS = Column(
    name="basis",
    type="choice",
    allowed=("stated", "inferred"),
    meaning="stated: the text says so (also when left empty); inferred: our reading, with the reason",
)
REASON = _text("reason", "why we read it so; needed when the basis is inferred")
LINES = Column(
    name="lines",
    type="lines",
    required=True,
    many=True,
    made="this draft, if the plan has no document of its own",
    meaning="the line or lines of the document's text that say so, such as 74 or 74-75, counted from 1; or: this draft",
)
NOTE = _text("note", "a remark for the next editor, such as damage in the document's text; not published")

TABLES: tuple[Table, ...] = (
    Table(
        name="partnership",
        level="partnership",
        meaning="the partnership whose plans these are: one row",
        key="key",
        columns=(
            _key("short name of the partnership, part of every address of its things"),
            _text("name", "what the partnership is called", required=True),
            _text("area", "the county or city it covers", required=True),
            Column(name="synthetic", type="flag", meaning="yes if the data is invented; it is then marked everywhere"),
        ),
    ),
    Table(
        name="bodies",
        level="partnership",
        meaning="boards, groups, teams, agencies: each body once, whatever a plan calls it",
        key="key",
        columns=(
            _key("short name, unique among all keys of the partnership"),
            _text("name", "its full name", required=True),
            _text("abbreviation", "its usual abbreviations", many=True),
            _concept("kind", "body", "what kind of body it is", required=True),
            _text("area", "the county or city, if not the partnership's"),
            NOTE,
        ),
    ),
    Table(
        name="posts",
        level="partnership",
        meaning="posts and offices that people hold: each once",
        key="key",
        columns=(
            _key("short name, unique among all keys of the partnership"),
            _text("name", "its full title", required=True),
            _text("abbreviation", "its usual abbreviations", many=True),
            _refers("organisation", ("bodies",), "the body it is a post in, where the title or text says so"),
            NOTE,
        ),
    ),
    Table(
        name="people",
        level="partnership",
        meaning="named officials: the only table that holds names of people",
        key="key",
        columns=(
            _key("p and a number, such as p3: it becomes 'named person 3'", "the next number"),
            _text(
                "name",
                "the fullest form that the documents give, or the initials if there is nothing else",
                required=True,
            ),
            _text("also", "other spellings and initials that the documents use", many=True),
            NOTE,
        ),
    ),
    Table(
        name="documents",
        level="partnership",
        meaning="strategies, guides, protocols, registers, plans that the text names: each once",
        key="key",
        columns=(
            _key("short name, unique among all keys of the partnership"),
            _text("name", "its title", required=True),
            _text("abbreviation", "its usual abbreviations", many=True),
            _concept("kind", "document", "what kind of document it is", required=True),
            NOTE,
        ),
    ),
    Table(
        name="reviews",
        level="partnership",
        meaning="case reviews, inspections, audits, surveys that learning comes from: each once",
        key="key",
        columns=(
            _key("short name, unique among all keys of the partnership"),
            _text("name", "what the documents call it", required=True),
            _text("abbreviation", "its usual abbreviations", many=True),
            _concept("kind", "review", "what kind of review it is", required=True),
            NOTE,
        ),
    ),
    Table(
        name="plan",
        level="plan",
        meaning="the plan itself: one row",
        key="key",
        columns=(
            _key("short id, such as norfolk-2016", "the partnership's key and the first year"),
            _text("title", "the plan's title", required=True),
            _text("version", "its version, as printed"),
            _refers("boards", ("bodies",), "the boards whose plan it is", required=True, many=True),
            Column(name="since", type="date", required=True, meaning="first day, month or year that it covers"),
            Column(name="until", type="date", required=True, meaning="last day, month or year that it covers"),
            _date("signed_off", "when it was signed off"),
            _date("last_review", "when it was last reviewed"),
            _date("review_due", "when it is to be reviewed"),
            Column(
                name="document",
                type="text",
                required=True,
                made="the name of this workbook or folder, the facts being entered here first",
                meaning="file name of the document's text",
            ),
            _text("digest", "SHA-256 of that text's bytes"),
            _text("people_covered", "whom it covers, such as children, adults", required=True, many=True),
            Column(
                name="fields",
                type="concept",
                scheme="field",
                required=True,
                many=True,
                made="lead; group; date; measure",
                meaning="which fields the form of its action tables has",
            ),
            Column(
                name="lines",
                type="lines",
                required=True,
                many=True,
                made=LINES.made,
                meaning="the lines that state title, period and dates",
            ),
            NOTE,
        ),
    ),
    Table(
        name="sections",
        level="plan",
        meaning="the document's headings, in order; a fact's heading is the last one above it",
        key="line",
        columns=(
            Column(name="line", type="whole", required=True, meaning="line of the heading"),
            _text("heading", "the heading, at most 12 words", required=True),
            _text("section", "number of the action section that starts here, such as 2a"),
            Column(
                name="rows",
                type="whole",
                meaning="in an action section: rows of the table in the document, without heading rows",
            ),
            Column(name="actions", type="whole", meaning="in an action section: actions entered from it"),
            _text("count_note", "why rows and actions differ"),
        ),
    ),
    Table(
        name="mentions",
        level="plan",
        meaning="what this plan calls a body, post, document or review, and says about it: one row a name and passage",
        columns=(
            _refers("subject", ("bodies", "posts", "documents", "reviews"), "what is spoken of", required=True),
            _text("name", "what this plan calls it there", required=True),
            _text("abbreviation", "the abbreviation it gives there"),
            _text("status", "its standing as stated, such as statutory, non-statutory, established 2015"),
            _text("purpose", "what it is for, restated briefly"),
            _text("meets", "how often it meets, such as quarterly, bi-monthly, at least six times a year"),
            BASIS,
            REASON,
            LINES,
            NOTE,
        ),
    ),
    Table(
        name="holdings",
        level="plan",
        meaning="which person holds which post, or sits on or chairs which body in a personal capacity",
        columns=(
            _refers("person", ("people",), "who", required=True),
            _refers("post", ("posts",), "the post held"),
            _refers("organisation", ("bodies",), "the organisation the text puts the person in"),
            _date("since", "from when, if the text says"),
            _date("until", "until when, if the text says"),
            BASIS,
            REASON,
            LINES,
            NOTE,
        ),
    ),
    Table(
        name="relations",
        level="plan",
        meaning="one thing's relation to another: reporting lines, membership, chairing, support, sign-off and the rest",
        columns=(
            _refers(
                "source", THINGS, "the one that reports, belongs, is chaired, supports, signs off ...", required=True
            ),
            _concept("kind", "relation", "what the relation is", required=True),
            _refers("target", (*THINGS, "priorities"), "the other one", required=True),
            _refers(
                "about",
                ("actions", "priorities", "documents", "reviews"),
                "the one piece of work that it concerns, if only that",
            ),
            _text("detail", "what the text adds, restated briefly: topic, frequency, condition"),
            _date("since", "from when, if the text says"),
            _date("until", "until when, if the text says"),
            BASIS,
            REASON,
            LINES,
            NOTE,
        ),
    ),
    Table(
        name="priorities",
        level="plan",
        meaning="priorities, sections of the delivery plan, objectives, outcomes sought, enablers",
        key="key",
        columns=(
            _key("its number in the plan, or a short name; unique in the plan", "its number, else its title"),
            _text("number", "its number as printed"),
            _text("title", "its title, or a brief restatement", required=True),
            _concept("kind", "priority", "what kind of aim it is", required=True),
            _refers("parent", ("priorities",), "the aim it is part of"),
            _refers("boards", ("bodies",), "whose aim it is, if not the plan's boards'", many=True),
            _refers("owners", ACTORS, "who owns it, where the plan names an owner", many=True),
            _refers("chairs", ACTORS, "the chair named for it", many=True),
            _refers("support", ACTORS, "the support named for it", many=True),
            _text("outcome", "the difference or outcome it seeks, restated briefly", many=True),
            _concept("topics", "topic", "what it is about", many=True),
            _concept("work", "kind-of-work", "the kind of work", many=True),
            _concept("audience", "audience", "whom it is for", many=True),
            BASIS,
            REASON,
            LINES,
            NOTE,
        ),
    ),
    Table(
        name="actions",
        level="plan",
        meaning="every action of the plan's tables, in their order",
        key="key",
        columns=(
            _key("section and row, such as 2.3; unique in the plan", "section and row"),
            Column(
                name="section",
                type="text",
                required=True,
                made="the number or key of the priority it serves",
                meaning="number of the section as in the plan",
            ),
            _text("ref", "the plan's own number of the row, if it has one"),
            Column(
                name="row",
                type="whole",
                required=True,
                made="its place in the table",
                meaning="position of the action in its section, from 1",
            ),
            _refers(
                "repeats",
                ("actions",),
                "the earlier action of this plan that the row says again, in the same words or by a reference",
            ),
            _refers("priority", ("priorities",), "the priority, objective or outcome it serves", required=True),
            _text(
                "title",
                "what is to be done: the plan's words up to 12, else restated with its key terms",
                required=True,
            ),
            _refers("leads", ACTORS, "who leads, in the plan's order", many=True),
            Column(
                name="leads_absence",
                type="concept",
                scheme="absence",
                made="blank, if the form asks for it",
                meaning="why no lead is entered",
            ),
            Column(
                name="leads_basis",
                type="choice",
                allowed=("stated", "inferred"),
                meaning="inferred if reading who the leads are took a judgement; then with a reason",
            ),
            _text("leads_reason", "why the leads are read so"),
            _refers("groups", ACTORS, "the enabling subgroup or team, in the plan's order", many=True),
            Column(
                name="groups_absence",
                type="concept",
                scheme="absence",
                made="blank, if the form asks for it",
                meaning="why no group is entered",
            ),
            Column(
                name="groups_basis",
                type="choice",
                allowed=("stated", "inferred"),
                meaning="inferred if reading which the groups are took a judgement; then with a reason",
            ),
            _text("groups_reason", "why the groups are read so"),
            _text("scope", "C, A or B in a combined plan: children, adults, both"),
            _text("target_text", "the target date as written"),
            _text("target_edtf", "the date in EDTF, only where the wording cannot be read by rule"),
            _concept("target_kind", "target", "what kind of date, only where the wording cannot be read by rule"),
            Column(
                name="target_absence",
                type="concept",
                scheme="absence",
                made="blank or placeholder, by the wording",
                meaning="why no date is entered",
            ),
            Column(
                name="measures_absence",
                type="concept",
                scheme="absence",
                made="blank, if no measure is entered",
                meaning="why no measure is entered",
            ),
            _text("rag", "the RAG rating as printed in the row"),
            _text("progress", "the comment on progress in the row, restated briefly"),
            _refers("documents", ("documents",), "documents the row names", many=True),
            _refers("reviews", ("reviews",), "reviews the row names", many=True),
            _refers("people", ("people",), "people the row names other than as leads", many=True),
            _concept("topics", "topic", "what it is about", many=True),
            _concept("work", "kind-of-work", "the kind of work", many=True),
            _concept("audience", "audience", "whom it is for", many=True),
            BASIS,
            REASON,
            LINES,
            NOTE,
        ),
    ),
    Table(
        name="measures",
        level="plan",
        meaning="how the success of an action is measured: one row a measure",
        columns=(
            _refers("action", ("actions",), "the action it measures", required=True),
            Column(
                name="position",
                type="whole",
                required=True,
                made="its place in the table",
                meaning="position among the action's measures, from 1",
            ),
            _text("measure", "the measure, restated briefly with its key terms; no names of people", required=True),
            _text("date_text", "a date the measure itself gives, as written"),
            _text("records", "the records it names that show it: what to ask for", many=True),
            BASIS,
            REASON,
            LINES,
            NOTE,
        ),
    ),
    Table(
        name="learning",
        level="plan",
        meaning="learning, recommendations and findings, from a review to what takes them forward",
        key="key",
        columns=(
            _key("short name, unique in the plan", "its place in the table"),
            _refers("reviews", ("reviews",), "the review or reviews it comes from", required=True, many=True),
            _text("learning", "what was learnt or recommended, restated briefly", required=True),
            _refers("actions", ("actions",), "the actions that take it forward", many=True),
            _concept("stage", "stage", "how far it has come, by the text alone", required=True),
            BASIS,
            REASON,
            LINES,
            NOTE,
        ),
    ),
    Table(
        name="duties",
        level="plan",
        meaning="statutory duties the plan names, and who discharges them",
        columns=(
            _text("duty", "the duty, restated briefly", required=True),
            _text("law", "the law or guidance it names"),
            _refers("bodies", ACTORS, "who has or discharges it, where the text says", many=True),
            BASIS,
            REASON,
            LINES,
            NOTE,
        ),
    ),
    Table(
        name="events",
        level="plan",
        meaning="changes the text tells: a body or priority renamed, replaced, moved, set up, ended",
        columns=(
            _concept("kind", "change", "what kind of change", required=True),
            _refers("before", (*THINGS, "priorities"), "what there was before", many=True),
            _refers("after", (*THINGS, "priorities"), "what there is after", many=True),
            _text("what", "what changed, restated briefly", required=True),
            _date("date", "when, if the text says"),
            BASIS,
            REASON,
            LINES,
            NOTE,
        ),
    ),
    Table(
        name="statements",
        level="plan",
        meaning="what else the plan says: about the plan before it, findings, concerns, principles, contradictions",
        columns=(
            _concept("kind", "statement", "what kind of statement", required=True),
            _refers(
                "subjects",
                (*THINGS, "priorities", "actions"),
                "what it is about, if that is in the tables",
                many=True,
            ),
            _text("statement", "what it says, restated briefly", required=True),
            BASIS,
            REASON,
            LINES,
            NOTE,
        ),
    ),
    Table(
        name="follows",
        level="plan",
        meaning="what in this plan takes up something of an earlier plan, by the plan's own words or references",
        columns=(
            _concept("kind", "follow", "kept, reworded, added, carried over, re-dated, not kept", required=True),
            _text("earlier", "the earlier plan's item, as plan and key, such as norfolk-2014 2.3"),
            _refers("later", ("priorities", "actions"), "the item of this plan"),
            _text("what", "what was taken up or dropped, restated briefly", required=True),
            BASIS,
            REASON,
            LINES,
            NOTE,
        ),
    ),
    Table(
        name="sources",
        level="plan",
        meaning="for every passage cited: its digest and a phrase to search for; written by `make sources`",
        key="lines",
        generated=True,
        columns=(
            Column(name="lines", type="lines", required=True, meaning="the line or lines"),
            _text("digest", "SHA-256 of the passage, its lines joined by newlines", required=True),
            _text("phrase", "a phrase of at most eight words that stands only there"),
        ),
    ),
)


def table(name: str) -> Table:
    """Return the table of this name; KeyError if there is none."""
    for candidate in TABLES:
        if candidate.name == name:
            return candidate
    raise KeyError(name)
