"""Words on boxes: control characters taken out, long names wrapped, nothing cut off."""

import re
import textwrap

OUR_READING = "our reading"
STATED = "stated"
NOT_STATED = "not stated in the plan"
ON_THE_BOX = "(not stated)"

# Besides control characters: marks that turn the direction of text (they make a name read as another), and halves of
# pairs, which cannot be written as UTF-8.
_UNPRINTABLE = re.compile(
    r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)


def plain(text: str) -> str:
    """Return the text without characters that cannot be shown or that change how the rest is read; newlines stay.

    >>> plain("Board\\x00 of\\tgovernors")
    'Board  of governors'
    """
    return _UNPRINTABLE.sub(" ", text)


def wrapped(text: str, width: int = 22) -> tuple[str, ...]:
    """Return the text in lines of at most `width` characters, as even in length as its words allow.

    >>> wrapped("Performance, Improvement and Quality Assurance Group", 22)
    ('Performance,', 'Improvement and', 'Quality', 'Assurance Group')
    """
    return tuple(line for part in plain(text).split("\n") for line in _even(part, width)) or (" ",)


def _even(text: str, width: int) -> list[str]:
    lines = textwrap.wrap(text, width)
    for narrower in range(width - 1, width // 2, -1):
        trial = textwrap.wrap(text, narrower, break_long_words=False)
        if len(trial) > len(lines) or max(map(len, trial), default=0) > width:
            break
        lines = trial
    return lines
