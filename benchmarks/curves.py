"""Curves on logarithmic axes, as an SVG that needs no library: text that a program writes the same each time."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from html import escape

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 860, 520, 70, 250, 30, 60
_COLOURS = ("#1b6ca8", "#c2410c", "#15803d", "#7e22ce", "#b91c1c", "#0f766e", "#a16207", "#334155")

Curve = tuple[Mapping[int, float], float | None]


def drawn(curves: Mapping[str, Curve]) -> str:
    """The picture: seconds by units for each curve, with its exponent."""
    across = sorted({units for points, _ in curves.values() for units in points})
    up = [took for points, _ in curves.values() for took in points.values() if took > 0]
    scale = _Scale(math.log10(across[0]), math.log10(across[-1]), math.floor(math.log10(max(min(up), 0.01))), math.ceil(math.log10(max(up))))  # fmt: skip
    lines = [*_frame(scale, across), *_lines(scale, curves)]
    head = f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif" font-size="13">'
    title = "<title>Processortid efter antal enheter, båda axlarna logaritmiska</title>"
    return "\n".join(
        [
            head,
            title,
            f'<rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>',
            *lines,
            "</svg>",
            "",
        ]
    )


class _Scale:
    """Where a value stands."""

    def __init__(self, first: float, last: float, low: int, high: int) -> None:
        self.first, self.last, self.low, self.high = first, max(last, first + 0.1), low, high

    def x(self, units: float) -> float:
        part = (math.log10(units) - self.first) / (self.last - self.first)
        return round(LEFT + part * (WIDTH - LEFT - RIGHT), 1)

    def y(self, took: float) -> float:
        part = (math.log10(max(took, 10**self.low)) - self.low) / (self.high - self.low)
        return round(HEIGHT - BOTTOM - part * (HEIGHT - TOP - BOTTOM), 1)


def _frame(scale: _Scale, across: list[int]) -> Iterator[str]:
    right, low = WIDTH - RIGHT, HEIGHT - BOTTOM
    for power in range(scale.low, scale.high + 1):
        y, told = scale.y(10**power), f"{10**power:g}".replace(".", ",")
        yield f'<path d="M{LEFT} {y}H{right}" stroke="#d4d4d4"/><text x="{LEFT - 8}" y="{y + 4}" text-anchor="end">{told}</text>'
    for units in across:
        x = scale.x(units)
        yield f'<path d="M{x} {TOP}V{low}" stroke="#e5e5e5"/><text x="{x}" y="{low + 20}" text-anchor="middle">{units}</text>'
    yield f'<text x="{(LEFT + right) / 2}" y="{HEIGHT - 12}" text-anchor="middle">enheter som redovisar</text>'
    yield f'<text x="18" y="{(TOP + low) / 2}" text-anchor="middle" transform="rotate(-90 18 {(TOP + low) / 2})">sekunder processortid</text>'


def _lines(scale: _Scale, curves: Mapping[str, Curve]) -> Iterator[str]:
    last = sorted(curves, key=lambda name: -list(curves[name][0].values())[-1])
    for place, (name, (points, power)) in enumerate(curves.items()):
        colour = _COLOURS[place % len(_COLOURS)]
        path = "L".join(f"{scale.x(units)} {scale.y(took)}" for units, took in points.items())
        yield f'<path d="M{path}" fill="none" stroke="{colour}" stroke-width="2"/>'
        for units, took in points.items():
            yield f'<circle cx="{scale.x(units)}" cy="{scale.y(took)}" r="3" fill="{colour}"/>'
        told = "" if power is None else f" (exponent {power:.2f})".replace(".", ",")
        y = TOP + 20 + 22 * last.index(name)
        yield f'<text x="{WIDTH - RIGHT + 18}" y="{y}" fill="{colour}">{escape(name)}{told}</text>'
