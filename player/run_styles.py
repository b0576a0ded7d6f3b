"""How runs are told apart: colour, dash and marker together, so that hue is never the only difference."""

from base64 import b64encode
from itertools import cycle, islice

from experiments import MAX_RUNS

# Okabe and Ito, Color Universal Design, 2008; the order keeps neighbours apart. Its yellow and black
# would vanish on a light and on a dark ground; an ochre and a grey stand in for them.
COLORS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#8C6D1F", "#7A7A7A")
DASHES = ((), (9, 4), (2.5, 3.5), (11, 4, 2.5, 4))
MARKERS = ("circle", "square", "triangle", "diamond")


def run_styles() -> list[dict]:
    """One style per possible run; no two are the same."""
    styles = []
    for index, color in enumerate(islice(cycle(COLORS), MAX_RUNS)):
        lap = index // len(COLORS)
        styles.append(
            {
                "color": color,
                "dash": list(DASHES[(index + lap) % len(DASHES)]),
                "marker": MARKERS[(index + lap) % len(MARKERS)],
            }
        )
    return styles


def swatch(index: int) -> str:
    """The style of run `index` as a small picture in Markdown, an SVG made of our own constants only."""
    style = run_styles()[index]
    dash = " ".join(str(length) for length in style["dash"])
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="30" height="14">'
        f'<line x1="1" y1="7" x2="29" y2="7" stroke="{style["color"]}" stroke-width="4" stroke-dasharray="{dash}"/></svg>'
    )
    return f"![run {index + 1}](data:image/svg+xml;base64,{b64encode(svg.encode()).decode()})"
