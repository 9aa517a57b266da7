"""The key under which a name is looked up: case, accents, punctuation and spacing aside."""

import re
import unicodedata


def fold(name: str) -> str:
    """Return the look-up key of a name; dots between digits stay, so that 2.3 is not 23.

    >>> fold("CSA Sub-Group") == fold("the csa subgroup"), fold("Health & Wellbeing Board")
    (True, 'healthandwellbeingboard')
    >>> fold("norfolk-2016 2.3")
    'norfolk20162.3'
    """
    text = unicodedata.normalize("NFKD", name.casefold()).replace("&", " and ")
    text = re.sub(r"^\s*the\s+", "", text)
    return re.sub(r"(?<!\d)\.|\.(?!\d)|[^a-z0-9.]", "", text)
