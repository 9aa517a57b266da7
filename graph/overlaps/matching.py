"""Pairs of items that are alike enough: the score, and every pair above a threshold.

Subject and wording together find what people see as the same work; either alone does not, and words of an activity
("audit", "review") are in rows on every subject. So a score is the weighted mean of three likenesses, each the cosine of two
vectors: topics (with half the weight for a topic's broader one, rare topics counting more), topics and kinds of work
together (an audit of neglect is near another audit of neglect), and wording (stems of title, measures and the aims above,
by TF-IDF). As each is a product of vectors, so is the score: one sparse matrix times its transpose gives every pair, and
sparse_dot_topn keeps those above the threshold. It leaves out nothing: blocks only bound the memory. How rare a feature
is, is counted among the items that are compared with one another.

The weights were chosen on the open two thirds of benchmarks/judged/pairs.csv; benchmarks/overlaps.py measures them.
"""

import math
import os
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from goldenthread.graph.overlaps.items import Item

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

WEIGHTS = {"topics": 1.0, "work": 0.2, "wording": 1.0}
BROADER = 0.5  # what a topic's broader topic counts
TITLE = 2  # how often the words of the title count
BLOCK = 1000  # rows of the product at a time: bounds the memory, changes no result
DENSITY = 0.02  # share of a product that memory is set aside for at first; it grows if there is more
PLACES = 9  # decimal places of a score
STOP = frozenset(
    """
    a about across all an and any are as at be been being both but by can do each for from had has have how if
    in include including into is it its may more must no not of on or other our out over shall should so some
    such than that the their them then there these they this those through to under up was we were what when
    where which who will with within would
    """.split()  # noqa: SIM905
)


class Pair(NamedTuple):
    """Two items by their places in the list, the first before the second, and their score from 0 to 1."""

    first: int
    second: int
    score: float


def tokens(text: str) -> list[str]:
    """Return the stems of a text's words, without those that say nothing.

    >>> tokens("Auditing of the Threshold Guide")
    ['audit', 'threshold', 'guid']
    """
    return [_stem(word) for word in re.findall(r"[a-z][a-z0-9]+", text.casefold().replace("-", "")) if word not in STOP]


def _stem(word: str) -> str:
    if word not in _STEMS:
        from snowballstemmer import stemmer

        _STEMS[word] = stemmer("english").stemWord(word)
    return _STEMS[word]


_STEMS: dict[str, str] = {}


def vectors(items: Sequence[Item], broader: Mapping[str, Iterable[str]]) -> "csr_matrix":
    """Return one row an item, such that the product of two rows is their score. `broader` maps topics to broader ones."""
    from scipy.sparse import csr_matrix, hstack

    topics = _rows(items, lambda item: _topics(item, broader))
    together = _rows(items, lambda item: {
        f"{topic} {kind}": weight for topic, weight in _topics(item, broader).items() for kind in item.work
    })  # fmt: skip
    wording = _rows(items, _words, sublinear=True)
    total = sum(WEIGHTS.values())
    parts = [
        part * math.sqrt(WEIGHTS[name] / total)
        for name, part in (("topics", topics), ("work", together), ("wording", wording))
    ]
    return csr_matrix(hstack(parts))


def ingredients(item: Item) -> tuple[object, ...]:
    """Return all of an item that its vector is made of: while these stay, so do its scores among the same items."""
    return item.title, item.more, item.above_titles[:1], item.topics, item.work


def _topics(item: Item, broader: Mapping[str, Iterable[str]]) -> dict[str, float]:
    weights = {wide: BROADER for topic in item.topics for wide in broader.get(topic, ())}
    return weights | dict.fromkeys(item.topics, 1.0)


def _words(item: Item) -> Counter[str]:
    words = Counter(tokens(f"{item.more} {' '.join(item.above_titles[:1])}"))
    for word in tokens(item.title):
        words[word] += TITLE
    return words


def _rows(
    items: Sequence[Item], features: Callable[[Item], Mapping[str, float]], *, sublinear: bool = False
) -> "csr_matrix":
    """Return rows of length 1 (or 0), each feature weighted by how rare it is."""
    import numpy as np
    from scipy.sparse import csr_matrix

    names: dict[str, int] = {}
    indptr, indices, data = [0], [], []
    for item in items:
        for name, value in features(item).items():
            indices.append(names.setdefault(name, len(names)))
            data.append(1 + math.log(value) if sublinear else value)
        indptr.append(len(indices))
    shape = (len(items), max(1, len(names)))
    matrix = csr_matrix((np.array(data, float), np.array(indices, np.int32), np.array(indptr, np.int32)), shape=shape)
    held = np.bincount(matrix.indices, minlength=shape[1])
    matrix.data *= (np.log((1 + len(items)) / (1 + held)) + 1)[matrix.indices]
    row = np.repeat(np.arange(len(items)), np.diff(matrix.indptr))
    matrix.data /= np.sqrt(np.bincount(row, matrix.data**2, minlength=len(items)))[row]
    return matrix


def pairs(matrix: "csr_matrix", threshold: float) -> Iterator[Pair]:
    """Give every pair of rows whose score reaches the threshold (above 0), in their order.

    Scores have 9 decimal places, so that neither the order of additions nor the blocks move a pair over the threshold.
    """
    if threshold <= 0:
        raise ValueError(f"the threshold of a score is above 0, not {threshold}")
    other = matrix.T.tocsr()
    for start in range(0, matrix.shape[0], BLOCK):
        rows, columns, scores = _products(matrix[start : start + BLOCK], other[:, start:], threshold)
        for row, column, score in zip(rows, columns, scores, strict=True):
            yield Pair(start + row, start + column, score)


def score(matrix: "csr_matrix", first: int, second: int) -> float:
    """Return the score of two rows."""
    return min(1.0, round(float(matrix[first].multiply(matrix[second]).sum()), PLACES))


def _products(block: "csr_matrix", other: "csr_matrix", threshold: float) -> tuple[list[int], list[int], list[float]]:
    """Return the products from this threshold on that lie right of the diagonal, row by row."""
    import numpy as np
    from sparse_dot_topn import sp_matmul_topn

    below = threshold - 2 * 10.0**-PLACES  # sp_matmul_topn keeps only what is greater
    threads = os.cpu_count() if block.shape[0] == BLOCK else 1  # what is small is done before a second thread has begun
    found = sp_matmul_topn(
        block, other, top_n=other.shape[1], threshold=below, density=DENSITY, sort=False, n_threads=threads
    )
    count = found.indptr[-1]  # where nothing is found, it gives one column too many
    columns, scores = found.indices[:count], np.round(found.data[:count], PLACES)
    rows = np.repeat(np.arange(found.shape[0]), np.diff(found.indptr))
    kept = np.flatnonzero((columns > rows) & (scores >= threshold))
    kept = kept[np.lexsort((columns[kept], rows[kept]))]
    return rows[kept].tolist(), columns[kept].tolist(), np.minimum(scores[kept], 1.0).tolist()
