"""Colours that can be read: a style names one, and light and dark pages, pale and deep boxes each need their own.

Contrast is the ratio of WCAG 2; text needs 4.5, lines and borders 3.
"""

import colorsys

PAPER = "#ffffff"
NIGHT = "#161b22"
INK = "#14202e"
CHALK = "#e9eef5"


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, from 1 to 21.

    >>> round(contrast("#000000", "#ffffff"))
    21
    """
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def ink(fill: str) -> str:
    """Return the colour of writing on a box of this fill."""
    return max((INK, CHALK), key=lambda colour: contrast(colour, fill))


def visible(colour: str, ground: str, ratio: float = 3.0) -> str:
    """Return the colour, made lighter or darker until it stands out from the ground."""
    goal = 1.0 if _luminance(ground) < 0.2 else 0.0
    red, green, blue = _parts(colour)
    hue, light, full = colorsys.rgb_to_hls(red, green, blue)
    for _ in range(20):
        if contrast(colour, ground) >= ratio:
            break
        light += (goal - light) * 0.15
        colour = _written(*colorsys.hls_to_rgb(hue, light, full))
    return colour


def pale(colour: str, ground: str = PAPER, ratio: float = 3.0) -> str:
    """Return the colour as near to the ground as it can be and still be seen, for what may stand back."""
    shades = [_between(colour, ground, share / 20) for share in range(20)]
    return next((shade for shade in reversed(shades) if contrast(shade, ground) >= ratio), colour)


def night_fill(fill: str) -> str:
    """Return a deep shade of a pale fill, for dark pages."""
    hue, light, full = colorsys.rgb_to_hls(*_parts(fill))
    return _written(*colorsys.hls_to_rgb(hue, 0.22 if light > 0.5 else 0.3, min(full, 0.35)))


def _between(one: str, other: str, share: float) -> str:
    return _written(*(a + (b - a) * share for a, b in zip(_parts(one), _parts(other), strict=True)))


def _parts(colour: str) -> tuple[float, float, float]:
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return red, green, blue


def _written(*parts: float) -> str:
    return "#" + "".join(f"{round(part * 255):02x}" for part in parts)


def _luminance(colour: str) -> float:
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in _parts(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
