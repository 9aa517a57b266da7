"""HTML that is safe to open: templates that escape everything, data that cannot end its script, and a policy that lets
nothing run or load but the page's own styles and scripts: those inside named by their hashes, and, where a page has any,
files of its own folder.
"""

import base64
import hashlib
import json
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jinja2 import Environment

TEMPLATES = files("goldenthread.viz") / "templates"


def resource(name: str) -> str:
    """Return a file beside the templates, with plain line ends as a browser hashes them.

    Of a style sheet or script what only its editors need stays behind: indentation and lines of comment.
    """
    text = _plain_ends((TEMPLATES / name).read_text(encoding="utf-8"))
    if not name.endswith((".css", ".js")):
        return text
    lines = (line.strip() for line in text.split("\n"))
    return "".join(f"{line}\n" for line in lines if line and not line.startswith("//"))


@cache
def environment() -> "Environment":
    """Return the templates' environment: everything is escaped, and a name that is not given is an error."""
    from jinja2 import Environment, FunctionLoader, StrictUndefined

    return Environment(
        loader=FunctionLoader(resource),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def page(
    template: str,
    *,
    styles: str = "",
    scripts: tuple[str, ...] = (),
    style_files: tuple[str, ...] = (),
    script_files: tuple[str, ...] = (),
    **content: object,
) -> str:
    """Return a whole page: the template filled in, and the policy that fits its styles and scripts.

    `styles` and `scripts` stand inside the page; `style_files` and `script_files` are addresses from the page.
    """
    from markupsafe import Markup

    styles = _plain_ends(styles)
    scripts = tuple(_inside_script(_plain_ends(script)) for script in scripts)
    if "</" in styles:
        raise ValueError("a style sheet holds '</', which would end it")
    text: str = (
        environment()
        .get_template(template)
        .render(
            policy=policy(styles, scripts, files=bool(style_files or script_files)),
            styles=Markup(styles),
            scripts=tuple(Markup(script) for script in scripts),
            style_files=style_files,
            script_files=script_files,
            **content,
        )
    )
    return text.encode("utf-8", "replace").decode("utf-8")


def policy(styles: str, scripts: tuple[str, ...], *, files: bool = False) -> str:
    """Return a Content-Security-Policy that allows exactly these inline pieces and, with `files`, the page's folder."""
    own = ["'self'"] if files else []
    script_sources = " ".join([*own, *map(_hash, scripts)]) or "'none'"
    style_sources = " ".join([*own, *([_hash(styles)] if styles else [])]) or "'none'"
    return (
        f"default-src 'none'; script-src {script_sources}; style-src {style_sources}; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )


def embedded(data: object) -> str:
    """Return data as JSON that may stand inside a script element: no markup in it, so no name can end it."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text


def _inside_script(script: str) -> str:
    if "</script" in script.lower() or "<!--" in script:
        raise ValueError("a script holds '</script' or '<!--', which would end it")
    return script


def _plain_ends(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
