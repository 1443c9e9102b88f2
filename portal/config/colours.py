"""Contrast of colours, as WCAG 2.2 reckons it."""


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two #rrggbb colours (WCAG 2.2, relative luminance)."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def lightened(colour: str) -> str:
    """Lighten a colour until it can be read on the dark background (7:1 on #16201c)."""
    parts = [int(colour[place : place + 2], 16) for place in (1, 3, 5)]
    while contrast("#{:02x}{:02x}{:02x}".format(*parts), "#16201c") < 7:
        parts = [min(255, part + max(1, (255 - part) // 12)) for part in parts]
    return "#{:02x}{:02x}{:02x}".format(*parts)


def _luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
