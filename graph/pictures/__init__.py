"""From stored queries to networks that viz can draw: a picture's boxes and lines are exactly the rows of stored queries.

One module a picture; the function of its name gives one picture, that in the plural one for every plan or date.
"""

from goldenthread.graph.pictures.chain import chain, chains
from goldenthread.graph.pictures.changes import changes
from goldenthread.graph.pictures.learning import learning, learnings
from goldenthread.graph.pictures.load import load, loads
from goldenthread.graph.pictures.overlaps import overlaps
from goldenthread.graph.pictures.records import NothingToDraw
from goldenthread.graph.pictures.structure import structure, structures
from goldenthread.graph.pictures.timeline import timeline, timelines

__all__ = ["NothingToDraw", "chain", "chains", "changes", "learning", "learnings", "load", "loads", "overlaps",
           "structure", "structures", "timeline", "timelines"]  # fmt: skip
