"""An invented report that uses every block, for the tests of its pages; every name and statement in it is made up."""

from goldenthread.viz.blocks import (
    Branch,
    Cell,
    Code,
    Facts,
    Finding,
    Findings,
    Grid,
    Heat,
    HeatMap,
    Link,
    Listing,
    Mark,
    Page,
    Picture,
    Prose,
    Section,
    Site,
    Tree,
)  # fmt: skip
from goldenthread.viz.site import seen
from tests.networks import HOSTILE

READING = Mark("our reading")
BOARD = Link("Elmshire Safeguarding Board", "bodies/elmshire-safeguarding-board.html")
QUALITY = Link("Quality and Audit Group", "bodies/quality-and-audit-group.html")
LEADS: tuple[Cell, ...] = (
    "Board manager", (Link("Quality and Audit Group", "bodies/quality-and-audit-group.html"), READING),
    ("Head of early help", "Designated nurse"), Mark("not stated"), "",
)  # fmt: skip
DATES = ("30/06/2024", "1 March 2025", "June 2024 onwards", "Spring 2025", "", "2 April 2024", "ongoing", "10/04/2024")
STANDING: tuple[Cell, ...] = (Mark("date passed, result not stated"), "on track", "done, as stated")
TOPICS = ("neglect", "child exploitation; online safety", "domestic abuse", "early help; neglect", "transitions to adult services")  # fmt: skip
TITLES = (
    "Agree a shared threshold for early help, and publish it to every school and practice",
    "Audit twenty cases of neglect across agencies and report what was learnt to the board",
    "Brief frontline practitioners on exploitation outside the home",
    "Map who supports adults who care for a child at risk",
    "Review the escalation policy, with examples of challenge that changed a decision",
)
MEASURES = (
    "Audits show that the threshold is applied alike by all agencies",
    "Attendance at briefings, by agency; a survey of practitioners three months later shows what they do differently. "
    * 3,
    "",
)
COLUMNS = ("no", "action", "lead", "group", "date", "how it stands", "measures", "topics", "where it says so")


def _action(i: int) -> tuple[Cell, ...]:
    return (
        f"{i // 10 + 1}.{i % 10 + 1}", TITLES[i % 5], LEADS[i % 5], QUALITY if i % 2 else BOARD, DATES[i % 8],
        STANDING[i % 3], MEASURES[i % 3].strip(), TOPICS[i % 5], f"elmshire-2024.txt, lines {100 + 3 * i}-{102 + 3 * i}",
    )  # fmt: skip


TRACKER = Grid(
    "actions",
    COLUMNS,
    tuple(_action(i) for i in range(64)),
    filters=("lead", "group", "how it stands", "topics"),
    notes=("A lead that is stated for a whole priority counts for each of its actions.",),
)
RISKY = Grid(
    "risky",
    ("formula", "number", "said"),
    tuple((f"{sign}1+1", str(9 - i), f'"quoted", {sign}; _x0041_') for i, sign in enumerate("=+-@1a")),
    filters=("formula",),
)
TOPIC_NAMES = (
    "accountability", "child deaths", "child exploitation", "child sexual abuse", "children in care",
    "children missing from home or education", "communication", "data and performance", "domestic abuse", "early help",
    "engagement with families", "equality and inclusion", "escalation and challenge", "governance", "information sharing",
    "learning from reviews", "mental health", "missing adults", "neglect", "online safety", "parental substance misuse",
    "policies and procedures", "prevention of radicalisation", "private fostering", "safer recruitment",
    "self-neglect and hoarding", "supervision", "training", "transitions to adult services", "voice of the child",
)  # fmt: skip
BOARDS = ("Elmshire Safeguarding Board", "Elmshire Community Safety Partnership", "Elmshire Health and Wellbeing Board", "Ashford Vale Forum", "Elmshire Adults Board")  # fmt: skip
SEVERAL = 3  # the board of which no plan is loaded


def _heat(board: int, topic: int) -> Heat:
    if board == SEVERAL:
        return Heat(None, "no plan of this forum is loaded" if topic else "its plan has no topics")
    number = max(0, (board * 7 + topic * 5) % 17 - 4)
    to = seen("actions.html", "actions", ("topics", "neglect")) if topic == TOPIC_NAMES.index("neglect") else ""
    return Heat(number, to=to)


BY_TOPIC = HeatMap(
    "by-topic",
    "board",
    TOPIC_NAMES,
    tuple((board, tuple(_heat(i, at) for at, _ in enumerate(TOPIC_NAMES))) for i, board in enumerate(BOARDS)),
)
PICTURE = b"""<svg xmlns="http://www.w3.org/2000/svg" width="900pt" height="300pt" viewBox="0 0 900 300">
<rect x="350" y="20" width="200" height="60" rx="6" fill="#c7d7ee" stroke="#1f3a5f"/><text x="450" y="55" text-anchor="middle"
 font-family="Arial" font-size="14">Elmshire Safeguarding Board</text><path d="M450 200V80" stroke="#1f3a5f"/>
<rect x="350" y="200" width="200" height="60" rx="6" fill="#dcefe6" stroke="#146551"/><text x="450" y="235"
 text-anchor="middle" font-family="Arial" font-size="14">Quality and Audit Group</text></svg>"""
WHERE = "elmshire-2024.txt, line 45"
FINDINGS = Findings(
    (
        Finding(
            ("Actions without a lead: 13 of 64 in ", Link("the tracker", seen("actions.html", "actions", ("lead", "not stated")))),
            "grave",
            "The form asks who leads, and the cell is blank or holds a placeholder.",
            "Ask the board who leads, and enter a post rather than a group.",
            tuple(f"action {i}.4, {WHERE}" for i in range(1, 7)),
        ),
        Finding(
            "Two groups audit neglect",
            "serious",
            "Both actions name one topic and one kind of work.",
            "Agree which group does it.",
            ((QUALITY, ", action 1.2"), ("Ashford Vale Forum, action 3 ", READING)),
            more="The plans do not name each other.",
        ),
        Finding("No date is given for an action", "minor", "The cell is blank.", "Ask for a date.", (WHERE,)),
    )
)  # fmt: skip
TREE = Tree(
    (
        Branch(
            BOARD,
            ("chaired by an independent chair",),
            (
                Branch(QUALITY, (f"Where it says so: {WHERE}",), (Branch("Case audit panel", (READING,)),)),
                Branch(("Workforce group ", Mark("not stated")), ()),
            ),
        ),
        Branch("Ashford Vale Forum"),
    )
)
AREAS = (
    Link("Overview", "index.html"), Link("Structure", "structure.html"), Link("Actions", "actions.html"),
    Link("Overlaps", "overlaps.html"), Link("Bodies", "bodies/index.html"), Link("Questions", "questions.html"),
)  # fmt: skip
CAPTION = (
    "elmshire-2024: Elmshire Safeguarding Board, April 2024 to March 2026",
    "goldenthread 0.1.0; source: elmshire-2024.txt; as the plan states, not confirmed since",
)
QUERY = 'SELECT DISTINCT ?plan ?body WHERE {\n  ?body a org:Organization ; rdfs:label "a < b & c" .\n}'


def _body(title: str, file: str) -> Page:
    return Page(
        file, title,
        (
            Facts((("Kind", "group"), ("Plans", Link("elmshire-2024", "index.html")), ("Reports to", (BOARD, READING)))),
            Section("actions", "Its actions", (Grid("its-actions", ("no", "action", "date"), (("1.1", TITLES[0], DATES[0]), ("1.2", TITLES[1], DATES[5]))),)),
        ),
        lead="A group of the invented partnership.", area="Bodies",
    )  # fmt: skip


SITE = Site(
    "Elmshire: who answers for what",
    AREAS,
    (
        Page(
            "index.html",
            "What the plans say",
            (
                Facts((("Plans", "1"), ("Period", "April 2024 to March 2026"), ("Bodies", Link("5", "bodies/index.html")), ("Actions", "64"))),
                Prose((("One plan is loaded. What it does not say stands as ", Mark("not stated"), "."),), small=True),
                Section("findings", "What deserves a meeting's time", (FINDINGS,)),
                Section("next", "Where to go", (Listing((Link("The tracker", "actions.html"), Link("Who reports to whom", "structure.html#tree"))),)),
            ),
            lead=("One plan of ", BOARD, ", as it stands in its document."),
            area="index.html",
        ),
        Page(
            "structure.html",
            "Who reports to whom",
            (
                Picture("pictures/structure.svg", "The board stands above the quality group."),
                Section("tree", "From the top down", (TREE,)),
                Section("more", "What else is said", (Prose(("Hidden until it is opened.",)), Section("deep", "Deeper", (Prose(("Deep inside.",)),))), closed=True),
            ),
            area="Structure",
        ),
        Page("actions.html", "Actions", (TRACKER, Section("odd", "Odd cells", (RISKY,))), lead="Who does what by when.", area="Actions"),
        Page(
            "overlaps.html", "Shared topics",
            (
                Prose(("How many actions and priorities of each board concern a topic.",)), BY_TOPIC,
                Section("empty", "Pairs", (Grid("pairs", ("one", "other"), (), notes=("No pairs were found.",)),)),
            ),
            area="Overlaps",
        ),
        Page("bodies/index.html", "Bodies", (Listing((BOARD, QUALITY, *(f"Panel {i}" for i in range(30))), columns=True),), area="Bodies"),
        _body("Elmshire Safeguarding Board", "bodies/elmshire-safeguarding-board.html"),
        _body("Quality and Audit Group", "bodies/quality-and-audit-group.html"),
        Page(
            "questions.html", "Stored questions",
            tuple(Section(f"q{i}", f"Question {i}", (Prose(("Why it matters.",)), Code(f"q{i}-text", QUERY)), closed=True) for i in range(3)),
            area="Questions",
        ),
    ),
    CAPTION,
    {"pictures/structure.svg": PICTURE, "data/actions.csv": b"no,action\r\n"},
)  # fmt: skip


def everywhere(text: str) -> Site:
    """Return a site that holds the text wherever text may stand."""
    cell: Cell = (text, Link(text, "index.html"), Mark(text))
    inner = (
        Prose((text, cell)), Prose((cell,), small=True), Facts(((text, cell),)), Listing((cell, text)),
        Grid("grid", (text, f"{text} 2"), ((cell, text), (text, cell)), filters=(text,), notes=(text,)),
        Grid("none", (text,), (), notes=(text,)),
        Findings((Finding(cell, text, text, text, (cell, text), more=cell),)), Tree((Branch(cell, (cell, text), (Branch(text),)),)),
        HeatMap("heat", text, (cell, text), ((cell, (Heat(None, text), Heat(3, text, "index.html"))),)),
        Picture("p.svg", text, "index.html"), Code("code", text),
    )  # fmt: skip
    blocks = (*inner, Section("closed", text, (Prose((text,)),), closed=True))
    return Site(
        text,
        (Link(text, "index.html"),),
        (Page("index.html", text, (Section("open", text, blocks),), lead=cell, area=text),),
        (text,),
        {"p.svg": PICTURE},
    )


__all__ = ["AREAS", "BY_TOPIC", "CAPTION", "COLUMNS", "HOSTILE", "RISKY", "SITE", "TRACKER", "everywhere"]
