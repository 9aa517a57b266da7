"""HTML that is safe to open: templates that escape everything, data that cannot end its script, and a policy that lets
nothing run or load but the page's own style and script, named by their hashes.
"""

import base64
import hashlib
import json
from importlib.resources import files

TEMPLATES = files("goldenthread.viz") / "templates"


def resource(name: str) -> str:
    """Return a file beside the templates (a style sheet or script), with plain line ends as a browser hashes them."""
    return _plain_ends((TEMPLATES / name).read_text(encoding="utf-8"))


def page(template: str, *, styles: str, scripts: tuple[str, ...], **content: object) -> str:
    """Return a whole page: the template filled in, with its style and scripts inside and the policy that fits them."""
    from jinja2 import Environment, FunctionLoader, StrictUndefined
    from markupsafe import Markup

    environment = Environment(
        loader=FunctionLoader(resource),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    styles = _plain_ends(styles)
    scripts = tuple(_inside_script(_plain_ends(script)) for script in scripts)
    if "</" in styles:
        raise ValueError("a style sheet holds '</', which would end it")
    text: str = environment.get_template(template).render(
        policy=policy(styles, scripts),
        styles=Markup(styles),
        scripts=tuple(Markup(script) for script in scripts),
        **content,
    )
    return text.encode("utf-8", "replace").decode("utf-8")


def policy(styles: str, scripts: tuple[str, ...]) -> str:
    """Return a Content-Security-Policy that allows exactly these inline pieces."""
    allowed = " ".join(_hash(script) for script in scripts)
    return (
        f"default-src 'none'; script-src {allowed}; style-src {_hash(styles)}; "
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
