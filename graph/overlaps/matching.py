"""Pairs of items that are alike enough: the score, and every pair above a threshold.

Subject and wording together find what people see as the same work; either alone does not, and words of an activity
("audit", "review") are in nearly every row. So a score is the weighted mean of three likenesses, each the cosine of two
vectors: topics (with half the weight for a topic's broader one, rare topics counting more), topics and kinds of work
together (an audit of neglect is near another audit of neglect), and wording (stems of title, measures and the aims above,
by TF-IDF). As each is a product of vectors, so is the score: one sparse matrix times its transpose gives every pair, and
sparse_dot_topn keeps those above the threshold. It leaves out nothing: blocks only bound the memory.

The weights were chosen on the open two thirds of benchmarks/judged/pairs.csv; benchmarks/overlaps.py measures them.
"""

import math
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
STOP = frozenset(
    [
        "a",
        "about",
        "across",
        "all",
        "an",
        "and",
        "any",
        "are",
        "as",
        "at",
        "be",
        "been",
        "being",
        "both",
        "but",
        "by",
        "can",
        "do",
        "each",
        "for",
        "from",
        "had",
        "has",
        "have",
        "how",
        "if",
        "in",
        "include",
        "including",
        "into",
        "is",
        "it",
        "its",
        "may",
        "more",
        "must",
        "no",
        "not",
        "of",
        "on",
        "or",
        "other",
        "our",
        "out",
        "over",
        "shall",
        "should",
        "so",
        "some",
        "such",
        "than",
        "that",
        "the",
        "their",
        "them",
        "then",
        "there",
        "these",
        "they",
        "this",
        "those",
        "through",
        "to",
        "under",
        "up",
        "was",
        "we",
        "were",
        "what",
        "when",
        "where",
        "which",
        "who",
        "will",
        "with",
        "within",
        "would",
    ]
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
    matrix = csr_matrix(
        (np.array(data, float), np.array(indices, int), np.array(indptr)), shape=(len(items), max(1, len(names)))
    )
    held = np.bincount(matrix.indices, minlength=matrix.shape[1])
    matrix.data *= (np.log((1 + len(items)) / (1 + held)) + 1)[matrix.indices]
    lengths = (
        np.sqrt(matrix.multiply(matrix).sum(axis=1)).A1
        if hasattr(matrix.sum(axis=1), "A1")
        else np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
    )
    lengths[lengths == 0] = 1
    matrix.data /= np.repeat(lengths, np.diff(matrix.indptr))
    return matrix


def pairs(matrix: "csr_matrix", threshold: float) -> Iterator[Pair]:
    """Give every pair of rows whose product reaches the threshold (above 0), in their order."""
    import numpy as np
    from sparse_dot_topn import sp_matmul_topn

    other = matrix.T.tocsr()
    for start in range(0, matrix.shape[0], BLOCK):
        product = sp_matmul_topn(
            matrix[start : start + BLOCK],
            other[:, start:],
            top_n=other.shape[1] - start,
            threshold=threshold,
            sort=False,
            n_threads=1,
        )
        rows = np.repeat(np.arange(product.shape[0]), np.diff(product.indptr))
        upper = product.indices > rows
        for row, column, score in zip(rows[upper], product.indices[upper], product.data[upper], strict=True):
            if score >= threshold:
                yield Pair(start + int(row), start + int(column), min(1.0, float(score)))
