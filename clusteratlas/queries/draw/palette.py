"""Colors and the style sheet that all pictures share, for light and dark."""

from __future__ import annotations

import re

from clusteratlas.queries.draw.canvas import CATEGORIES, SIZES

LIGHT = {
    "paper": "#fdfdfb",
    "panel": "#f4f4ef",
    "ink": "#1b2430",
    "muted": "#586273",
    "line": "#d9dad2",
    "accent": "#0a5a8c",
    "accent-soft": "#d7e6f0",
    "good": "#00705a",
    "fair": "#4d8fbf",
    "plain": "#8a8f98",
    "weak": "#c77700",
    "bad": "#b3352b",
    "s0": "#0a5a8c",
    "s1": "#b8500f",
    "s2": "#00705a",
    "s3": "#8e3d74",
    "s4": "#6b6f78",
    "s5": "#8a6d00",
    "s6": "#b3352b",
    "s7": "#5a4fb0",
    "q0": "#d5e3d0",
    "q1": "#9ccbb4",
    "q2": "#52a5a4",
    "q3": "#23708f",
    "q4": "#1d3a6b",
    "m0": "#f3e7b3",
    "m1": "#cfdfac",
    "m2": "#8fc9ab",
    "m3": "#469db0",
    "m4": "#1d6aa3",
    "m5": "#123870",
    "d0": "#8c4a12",
    "d1": "#d08c4c",
    "d2": "#f0dcc0",
    "d3": "#cfe3ea",
    "d4": "#5a9fc2",
    "d5": "#17507f",
    "hot": "#b3352b",
    "cold": "#2f6fae",
    "calm": "#d8d6cd",
    "land": "#eceae3",
    "border": "#c9c3b5",
    "state": "#7b7466",
}
DARK = {
    "paper": "#12171d",
    "panel": "#1a2129",
    "ink": "#e7eaee",
    "muted": "#a2adbb",
    "line": "#303a45",
    "accent": "#7cbbe6",
    "accent-soft": "#213a4c",
    "good": "#46c3a2",
    "fair": "#4f7fa8",
    "plain": "#9aa2ad",
    "weak": "#f0a63a",
    "bad": "#f08579",
    "s0": "#7cbbe6",
    "s1": "#f29a5c",
    "s2": "#46c3a2",
    "s3": "#d58cbb",
    "s4": "#a9b0ba",
    "s5": "#d9bd54",
    "s6": "#f08579",
    "s7": "#a9a2ee",
    "q0": "#31473f",
    "q1": "#35706a",
    "q2": "#3f9c9a",
    "q3": "#84c8b4",
    "q4": "#e0f0c8",
    "m0": "#3c4130",
    "m1": "#2d544b",
    "m2": "#2c7079",
    "m3": "#3f9ca8",
    "m4": "#86cfc2",
    "m5": "#f3f6c4",
    "d0": "#f3b27a",
    "d1": "#b0713a",
    "d2": "#57402c",
    "d3": "#26424f",
    "d4": "#3f86ab",
    "d5": "#a6dbf5",
    "hot": "#f08579",
    "cold": "#5e9ee0",
    "calm": "#333d47",
    "land": "#1e262e",
    "border": "#45515d",
    "state": "#7f8b97",
}

FONT = '"Liberation Sans", Arial, Helvetica, sans-serif'
"""Fonts of one set of widths, so that labels placed by it lie right with each of them."""

RULES = """
svg { display: block; width: 100%; height: auto; }
svg.store { position: absolute; width: 0; height: 0; }
svg text { fill: var(--ink); font-family: FONT; font-size: 12px; }
SIZES
svg text.title, svg text.head, svg text.center, svg text.town { font-weight: 700; }
svg text.tick, svg text.axis, svg text.subtitle, svg text.link, svg text.value
  { fill: var(--muted); }
svg text.name, svg text.center, svg text.town
  { paint-order: stroke; stroke: var(--paper); stroke-width: 4px; stroke-linejoin: round; }
svg a text { fill: var(--ink); }
.sheet-paper { fill: var(--paper); }
.grid, .rule { stroke: var(--line); stroke-width: 1; }
.one { stroke: var(--muted); stroke-width: 1; stroke-dasharray: 4 3; }
.diagonal { stroke: var(--muted); stroke-dasharray: 3 4; }
FILLS
.bubble { fill-opacity: .75; stroke: var(--paper); stroke-width: .8; }
.size { fill: none; stroke: var(--muted); }
.tried { fill: var(--plain); opacity: .5; }
.loose { fill: none; stroke: var(--plain); opacity: .3; }
.pareto { fill: var(--accent); }
.shipped { fill: var(--s1); stroke: var(--paper); stroke-width: .8; }
path.distinct { fill: var(--paper); stroke-width: 1.5; }
.stem { stroke-width: 1.2; opacity: .5; }
.band { opacity: .1; }
.band.highly, .pin.highly { fill: var(--good); } .band.stable, .pin.stable { fill: var(--fair); }
.band.pattern, .pin.pattern { fill: var(--plain); }
.band.doubtful, .pin.doubtful { fill: var(--weak); }
.band.dissolved, .pin.dissolved { fill: var(--bad); }
.stick { stroke-width: 2; opacity: .55; }
.stick.highly { stroke: var(--good); } .stick.stable { stroke: var(--fair); }
.stick.pattern { stroke: var(--plain); } .stick.doubtful { stroke: var(--weak); }
.stick.dissolved { stroke: var(--bad); }
.part.core, .part.traded { fill: var(--accent); } .part.usual { fill: var(--fair); opacity: .65; }
.part.marginal, .part.local { fill: var(--weak); opacity: .85; }
.halo { stroke: var(--paper); stroke-width: 4; }
.slope { stroke-width: 2; opacity: .6; }
.bound { stroke: var(--muted); stroke-width: 1.2; opacity: .7; }
.whisker { stroke: var(--ink); stroke-width: 1.4; }
.trend { stroke-width: 2.2; stroke-linecap: round; } .spread { opacity: .16; }
.reach { stroke-width: 1.2; opacity: .45; } .against { stroke-width: 1.4; stroke-dasharray: 5 4; }
.total { stroke: var(--ink); stroke-width: 2.2; } .zero { stroke: var(--muted); }
.piece { fill-opacity: .8; }
.calm { fill: var(--plain); opacity: .25; } .bar { fill: var(--muted); }
.flow { opacity: .62; }
.place { fill: var(--accent); fill-opacity: .55; stroke: var(--paper); stroke-width: .8; }
.land { fill: var(--land); fill-rule: evenodd; }
.area, .speck { stroke: var(--paper); stroke-width: 3; fill-rule: evenodd; }
.absent, .lined { fill: var(--paper); } .area.lined { stroke: var(--border); }
.family { fill-opacity: .72; stroke: var(--paper); stroke-width: 1.4; }
.coarse .states { stroke-width: 1.5; }
.swatch.f0, .swatch.f1, .swatch.f2, .swatch.f3, .swatch.f4, .swatch.f5, .swatch.f6, .swatch.f7
  { fill-opacity: .72; }
.withheld { fill: var(--land); } .withheld-dot { fill: var(--muted); }
.hot-area { fill: none; stroke: var(--hot); stroke-width: 18; stroke-linejoin: round; }
.swatch.hot-area { stroke-width: 18; }
.pin-point { fill: var(--ink); stroke: var(--paper); stroke-width: .8; }
.speck { stroke-width: .5; }
.hair { fill: none; stroke: var(--border); stroke-width: 3; stroke-linejoin: round; }
.states { fill: none; stroke: var(--state); stroke-width: 7; stroke-linejoin: round; }
.strong-area { fill: none; stroke: var(--ink); stroke-width: 13; stroke-linejoin: round; }
.inset { fill: none; stroke: var(--border); }
.hatching { fill: var(--paper); opacity: .75; }
.swatch { stroke: var(--border); stroke-width: 8; }
.swatch.strong-area { stroke: var(--ink); stroke-width: 13; }
.spot-hot { fill: var(--hot); } .spot-cold { fill: var(--cold); }
.spot-neither { fill: var(--calm); }
.round { fill-opacity: .85; stroke: var(--ink); stroke-width: 1.2; pointer-events: all; }
.round-halo { fill: none; stroke: var(--paper); stroke-width: 3.4; stroke-opacity: .8; }
.round.open { fill: none; }
.leader { stroke: var(--muted); stroke-width: .8; }
.shade { stroke: var(--muted); stroke-width: .6; fill-opacity: .85; }
.none { fill: var(--paper); }
.plate { fill: var(--paper); stroke: var(--accent); stroke-width: 1.6; }
.pill { fill: var(--accent-soft); stroke: var(--accent); }
.role { fill-opacity: .08; } .feed { fill: none; opacity: .55; }
.feed.doubt, .stalk.doubt { stroke-dasharray: 1.5 4; stroke-linecap: round; opacity: .95; }
.feed.doubt { stroke-width: 2; }
.stalk { stroke-width: 1.4; opacity: .6; }
.ringline { fill: none; stroke: var(--plain); stroke-linecap: round; }
.ringline { stroke-dasharray: 1 6; opacity: .55; }
.hollow { fill: var(--paper); stroke-width: 1.8; } .broken { stroke-dasharray: 2.4 2; }
.dotted { stroke-dasharray: 1.4 2.2; }
.rest { fill: none; stroke-width: 4.2; stroke-linecap: round; }
.rest-hole, .rest-eye { fill: none; stroke: var(--paper); stroke-linecap: round; }
.rest-hole { stroke-width: 2.2; } .rest-eye { stroke-width: 1.1; }
.tie { fill: none; stroke: var(--line); stroke-width: 1; }
.hub { fill: var(--panel); stroke: var(--ink); stroke-width: 1.2; }
.dot { stroke-width: 1.6; }
.dot.is-strong { fill: var(--s0); stroke: var(--s0); }
.dot.is-present, .dot.is-weak { fill: var(--fair); stroke: var(--fair); }
.dot.is-withheld { fill: var(--paper); stroke: var(--s0); } .mark { fill: var(--s0); }
.dot.is-missing { fill: var(--paper); stroke: var(--s1); }
.dot.is-everywhere, .dot.is-next { fill: var(--plain); stroke: var(--plain); }
.dot.is-other { fill: var(--paper); stroke: var(--plain); }
.dot.is-unknown { fill: var(--paper); stroke: var(--plain); stroke-dasharray: 2 2; }
"""


def style_sheet(*, dark: bool = True) -> str:
    """Write the style sheet of pictures.

    Parameters
    ----------
    dark
        Follow the reader's setting by variables. False writes the light colors into the rules, for
        renderers that know no variables.
    """
    sizes = "\n".join(f"svg text.{k} {{ font-size: {v:g}px; }}" for k, v in SIZES.items())
    fills = "\n".join(
        f".f{i} {{ fill: var(--s{i}); }} .s{i} {{ stroke: var(--s{i}); }} "
        f"path.s{i}.all {{ fill: var(--s{i}); }}"
        for i in range(CATEGORIES)
    )
    fills += "\n" + "\n".join(f".q{i} {{ fill: var(--q{i}); }}" for i in range(5))
    steps = [f"{scale}{i}" for scale in "md" for i in range(6)]
    fills += "\n" + "\n".join(f".{step} {{ fill: var(--{step}); }}" for step in steps)
    rules = RULES.replace("FONT", FONT).replace("SIZES", sizes).replace("FILLS", fills)
    if not dark:
        return re.sub(r"var\(--([a-z0-9-]+)\)", lambda m: LIGHT[m[1]], rules).strip() + "\n"
    return (
        f":root {{ color-scheme: light dark; {_variables(LIGHT)} }}\n"
        f"@media (prefers-color-scheme: dark) {{ :root {{ {_variables(DARK)} }} }}\n"
        f"@media print {{ :root {{ {_variables(LIGHT)} --paper: #fff; --ink: #000; }} }}\n"
        f"{rules.strip()}\n"
    )


def _variables(colors: dict[str, str]) -> str:
    return " ".join(f"--{name}: {value};" for name, value in colors.items())
