"""An interactive page: pyvis' network in our own template, one file that opens from a memory stick, or a page of a
folder that shares style sheets and scripts.

pyvis' own template loads style sheets from elsewhere and lets a heading run scripts, so only its data and its copy of
vis-network are used. The words stand in two tables, of lines and of boxes, for all moments of a series; what is on a card
is copied from them by the page's script, so that a card, a table and a reader without JavaScript say the same.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from goldenthread.viz.blocks import Link
from goldenthread.viz.labels import NOT_STATED, OUR_READING, STATED, plain
from goldenthread.viz.legend import Legend, legend
from goldenthread.viz.markup import embedded, page, resource
from goldenthread.viz.network import Moment, Network
from goldenthread.viz.page.canvas import FEW_LINES, OPTIONS, box_colours, drawn, line_colour, looks, quiet
from goldenthread.viz.page.packing import packed
from goldenthread.viz.page.tables import rows

WORDS = {"reading": OUR_READING, "stated": STATED, "unknown": NOT_STATED}
_LONG = 420  # signs in a caption that would push the picture down
_SCRIPTS = (
    "network-data.js",
    "network.js",
    "network-find.js",
    "network-lines.js",
    "network-paper.js",
    "network-cards.js",
)


def interactive(what: Network | Sequence[Moment], *, assets: str = "", back: Link | None = None) -> str:
    """Return the page: picture, cards, legend and tables; with several moments, a slider between them.

    Moments of several groups (partnerships) are chosen by group first. The page opens at the last moment of the first.
    With `assets` (such as "../assets/") style sheets and scripts are files of that folder, see `assets()`; `back` is a
    link to a page of the folder that holds it.
    """
    moments = _labelled([Moment("", what)] if isinstance(what, Network) else list(what))
    networks = [moment.network for moment in moments]
    opened = [moment for moment in moments if moment.group == moments[0].group][-1]
    kinds = _legend(networks)
    tables = rows(moments)
    return page(
        "network.html.j2",
        styles=("" if assets else resource("look.css") + resource("network.css")) + _kind_colours(kinds),
        scripts=() if assets else (_vis_network(), _script()),
        style_files=(f"{assets}look.css", f"{assets}network.css") if assets else (),
        script_files=(f"{assets}vis-network.min.js", f"{assets}network.js") if assets else (),
        data=_safe(embedded(packed([drawn(moment) for moment in moments], tables))),
        shared=_safe(embedded(_shared(moments, kinds, moments.index(opened)))),
        title=plain(opened.network.title),
        caption=[plain(line) for line in opened.network.caption],
        long=max(sum(map(len, network.caption)) for network in networks) > _LONG,
        shown=plain(opened.label),
        series=[plain(moment.label) for moment in moments] if len(moments) > 1 else [],
        groups=_groups(moments),
        columned=any(network.columns for network in networks),
        rows=tables,
        back=(f"{assets.removesuffix('assets/')}{back.to}", plain(back.text)) if back else None,
        legend=kinds,
        styles_of={"box": dict(kinds.bodies), "line": dict(kinds.lines)},
        node_number={kind: i for i, (kind, _) in enumerate(kinds.bodies)},
        edge_number={kind: i for i, (kind, _) in enumerate(kinds.lines)},
        plain=plain,
        words=WORDS,
    )


def assets() -> dict[str, bytes]:
    """Return the files that pages made with `assets` share, by name."""
    return {
        "look.css": resource("look.css").encode(),
        "network.css": resource("network.css").encode(),
        "network.js": _script().encode(),
        "vis-network.min.js": _vis_network().encode(),
    }


def _labelled(moments: list[Moment]) -> list[Moment]:
    """Return the moments with labels that tell them apart: links name a moment by its label."""
    if not moments:
        raise ValueError("a page needs at least one picture")
    used: Counter[str] = Counter()
    found = []
    for moment in moments:
        used[moment.label] += 1
        again = used[moment.label]
        found.append(replace(moment, label=f"{moment.label} ({again})") if again > 1 else moment)
    return found


def _legend(networks: list[Network]) -> Legend:
    """Return one legend for all pictures; the script leaves out what the one that is shown does not use."""
    each = [legend(network) for network in networks]
    return Legend(
        bodies=tuple({kind: style for one in each for kind, style in one.bodies}.items()),
        lines=tuple({kind: style for one in each for kind, style in one.lines}.items()),
        inferred=any(one.inferred for one in each),
        unknown=any(one.unknown for one in each),
    )


def _groups(moments: list[Moment]) -> list[str]:
    return list(dict.fromkeys(plain(moment.group) for moment in moments))


def _shared(moments: list[Moment], kinds: Legend, start: int) -> dict[str, object]:
    networks, groups = [moment.network for moment in moments], _groups(moments)
    return {
        "options": OPTIONS,
        "looks": looks(kinds),
        "words": WORDS,
        "moments": [plain(moment.label) for moment in moments],
        "of": [groups.index(plain(moment.group)) for moment in moments],
        "start": start,
        "quiet": quiet(networks),
        "few": FEW_LINES,
    }


def _kind_colours(kinds: Legend) -> str:
    """Return the legend's colours as style rules, numbered by the place of a kind in the legend."""
    day, night = _rules(kinds, night=False), _rules(kinds, night=True)
    return f"{day}\n@media screen and (prefers-color-scheme: dark) {{\n{night}\n}}\n"


def _rules(kinds: Legend, *, night: bool) -> str:
    """Return a rule for each colour."""
    places: dict[str, list[str]] = {}
    for i, (_, style) in enumerate(kinds.bodies):
        fill, border, _ = box_colours(style, night=night)
        places.setdefault(f"--fill:{fill}", []).append(f".body-{i}")
        places.setdefault(f"--line:{border}", []).append(f".body-{i}")
    for i, (_, style) in enumerate(kinds.lines):
        places.setdefault(f"--line:{line_colour(style, night=night)}", []).append(f".line-{i}")
    return "\n".join(f"{','.join(where)}{{{colour}}}" for colour, where in places.items())


def _script() -> str:
    return "\n".join(resource(name) for name in _SCRIPTS)


def _safe(json_text: str) -> str:
    from markupsafe import Markup

    return Markup(json_text)


def _vis_network() -> str:
    from importlib.resources import files

    for name in ("vis-9.1.2", "vis-9.0.4"):
        script = files("pyvis") / "lib" / name / "vis-network.min.js"
        if script.is_file():
            return script.read_text(encoding="utf-8")
    raise FileNotFoundError("pyvis is installed without its copy of vis-network; install pyvis 0.3.2")
