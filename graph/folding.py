"""The key under which a name is looked up: case, accents, punctuation and spacing aside."""

import re
import unicodedata
import zlib


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


def blind(folded: str) -> str:
    """Return the key under which a person is found by a name or initials that are not in the store.

    Whoever knows the name may ask by it and gets the post; nobody can read the name out of the store.
    """
    return f"blind:{zlib.crc32(folded.encode()):08x}{zlib.crc32(folded[::-1].encode(), 1):08x}"
