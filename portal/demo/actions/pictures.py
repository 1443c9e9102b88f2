"""Pictures for the demo's profiles, drawn here: nobody's face, nobody's copyright."""

import io
import math
import random
from collections.abc import Callable

from PIL import Image, ImageDraw, ImageFilter

SIDE = 480
Colour = tuple[int, int, int]
SKIES: tuple[tuple[Colour, Colour], ...] = (
    ((250, 214, 165), (116, 150, 178)),
    ((232, 240, 238), (133, 178, 190)),
    ((255, 190, 152), (94, 92, 138)),
    ((214, 228, 205), (110, 157, 142)),
)


def picture(motif: str, seed: int) -> io.BytesIO:
    """Draw a picture as a PNG file: hills, sea, forest or rings."""
    chance = random.Random(seed)  # noqa: S311 - a picture, not a secret
    low, high = SKIES[seed % len(SKIES)]
    image = _sky(low, high)
    MOTIFS[motif](ImageDraw.Draw(image), chance, low)
    written = io.BytesIO()
    image.filter(ImageFilter.GaussianBlur(0.6)).save(written, "PNG")
    written.seek(0)
    return written


def _sky(low: Colour, high: Colour) -> Image.Image:
    image = Image.new("RGB", (SIDE, SIDE))
    draw = ImageDraw.Draw(image)
    for y in range(SIDE):
        draw.line((0, y, SIDE, y), _between(high, low, y / SIDE))
    return image


def _hills(draw: ImageDraw.ImageDraw, chance: random.Random, light: Colour) -> None:
    _sun(draw, chance, light)
    for row in range(4):
        base, wave = 250 + row * 62, chance.uniform(60, 120)
        shift, shade = chance.uniform(0, 6), _between((92, 128, 118), (28, 58, 50), row / 3)
        heights = [
            base + 34 * math.sin(x / wave + shift) + 9 * math.sin(x / 23 + shift)
            for x in range(0, SIDE + 8, 8)
        ]
        line = [(8 * number, height) for number, height in enumerate(heights)]
        draw.polygon([(0, SIDE), *line, (SIDE, SIDE)], shade)


def _sea(draw: ImageDraw.ImageDraw, chance: random.Random, light: Colour) -> None:
    _sun(draw, chance, light)
    for y in range(300, SIDE):
        draw.line((0, y, SIDE, y), _between((96, 140, 152), (24, 58, 78), (y - 300) / 180))
    for _wave in range(150):
        x, y = chance.randrange(SIDE), chance.randrange(304, SIDE)
        draw.line((x, y, x + chance.randrange(8, 40), y), _between(light, (60, 110, 130), 0.55), 2)
    mast = chance.randrange(150, 330)
    draw.polygon([(mast, 200), (mast, 296), (mast - 58, 296)], (246, 240, 228))
    draw.polygon([(mast + 6, 222), (mast + 6, 296), (mast + 46, 296)], (228, 216, 196))
    draw.polygon(
        [(mast - 62, 304), (mast + 56, 304), (mast + 38, 324), (mast - 44, 324)], (88, 52, 40)
    )


def _forest(draw: ImageDraw.ImageDraw, chance: random.Random, light: Colour) -> None:
    _sun(draw, chance, light)
    for row in range(3):
        shade = _between((104, 142, 124), (24, 56, 46), row / 2)
        foot = 340 + row * 70
        for x in range(-20, SIDE + 40, 46 + row * 12):
            top = foot - chance.randrange(110, 190)
            middle, width = x + chance.randrange(-8, 9), 22 + row * 8
            for step in range(4):
                y, half = top + (foot - top) * step / 4, width * (0.45 + 0.2 * step)
                drop = (foot - top) * 0.42
                draw.polygon(
                    [(middle, y), (middle - half, y + drop), (middle + half, y + drop)], shade
                )
        draw.rectangle((0, foot, SIDE, SIDE), shade)


def _rings(draw: ImageDraw.ImageDraw, chance: random.Random, _light: Colour) -> None:
    draw.rectangle((0, 0, SIDE, SIDE), (120, 84, 56))
    x, y = chance.uniform(210, 270), chance.uniform(210, 270)
    radius = 330.0
    while radius > 5:
        tone = _between((224, 184, 132), (176, 124, 78), chance.random() * 0.6)
        draw.ellipse((x - radius, y - radius, x + radius, y + radius), tone, (140, 94, 58), 2)
        radius -= chance.uniform(7, 19)
        x, y = x + chance.uniform(-1.5, 1.5), y + chance.uniform(-1.5, 1.5)


MOTIFS: dict[str, Callable[[ImageDraw.ImageDraw, random.Random, Colour], None]] = {
    "hills": _hills,
    "sea": _sea,
    "forest": _forest,
    "rings": _rings,
}


def _sun(draw: ImageDraw.ImageDraw, chance: random.Random, light: Colour) -> None:
    x, y, radius = chance.randrange(110, 370), chance.randrange(110, 210), 44
    draw.ellipse(
        (x - radius, y - radius, x + radius, y + radius), _between(light, (255, 250, 235), 0.7)
    )


def _between(one: Colour, other: Colour, share: float) -> Colour:
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
    return red, green, blue
