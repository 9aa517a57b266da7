"""Where the installed package keeps its resources: folders beside this one.

importlib.resources gives no path for a folder without code and costs a tenth of a warm answer.
"""

from pathlib import Path

_HOUSE = Path(__file__).absolute().parent.parent
ONTOLOGY, QUERIES, DATA = _HOUSE / "ontology", _HOUSE / "queries", _HOUSE / "data"
EXAMPLES = _HOUSE / "examples"
