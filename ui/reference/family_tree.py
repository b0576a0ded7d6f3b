"""The rules as a family tree: years go down, a line leads from every rule to those that build on it. Pure functions."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from itertools import accumulate, pairwise
from statistics import fmean

import numpy as np

from optimizers import Optimizer

ROW = 50.0  # pixels from one row to the next
NODE_HEIGHT = 28.0
GAP = 11.0  # between neighbours in a row
STEEP = 32.0  # a shift between two rows that would take a line behind the corner of a box
LANE = 6.0  # the width that a passing line takes
GUTTER = 46.0  # for the years
LETTER, PADDING = 6.6, 16.0  # of a label, in pixels
SWEEPS = 24  # over the order of the rows
SPREADS = 120  # over the places in them
PULLS = (8.0, 2.0, 1.0)  # on a link with no rule at its ends, one or two: a trunk is straight before all else


@dataclass(frozen=True)
class Node:
    """A rule in the drawing: the centre of its box, and its size."""

    slug: str
    label: str
    year: int
    x: float
    y: float
    width: float


@dataclass(frozen=True)
class Edge:
    """A line from a rule to one that builds on it, through the points where it passes the rows between."""

    parent: str
    child: str
    points: tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class FamilyTree:
    """Everything that is drawn, in pixels."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    years: tuple[tuple[int, float], ...]  # with the height of the first row of each
    width: float
    height: float


Item = tuple[str, int]  # a rule's slug, and in how many rows below it: 0 is the rule, others are its line passing by


def family_tree(rules: Mapping[str, Optimizer]) -> FamilyTree:
    """Lays the rules out.

    Rows follow the years; a rule stands below all it builds on, also within a year. All lines from one rule share one
    trunk, which has a place of its own in every row that it passes, so that it runs beside boxes and never behind one.
    Rows are ordered by the mean place of their neighbours (Sugiyama, Tagawa and Toda 1981), then spread out.

    Raises:
      ValueError: a rule builds on one that is not there, or that is younger.
    """
    row_of = _rows(rules)
    rows, links = _items(rules, row_of)
    rows = _ordered(rows, links)
    width_of = {(slug, 0): len(rule.label) * LETTER + PADDING for slug, rule in rules.items()}
    x_of = _placed(rows, links, width_of)
    left = min(x - width_of.get(item, LANE) / 2 for item, x in x_of.items())
    x_of = {item: x - left + GUTTER for item, x in x_of.items()}
    nodes = tuple(
        Node(slug, rule.label, rule.year, x_of[slug, 0], _y(row_of[slug]), width_of[slug, 0])
        for slug, rule in rules.items()
    )
    first_rows: dict[int, int] = {}
    for slug in sorted(rules, key=row_of.__getitem__):
        first_rows.setdefault(rules[slug].year, row_of[slug])
    return FamilyTree(
        nodes,
        tuple(_edge(parent, child, row_of, x_of) for child in rules for parent in rules[child].builds_on),
        tuple((year, _y(row)) for year, row in first_rows.items()),
        max(x + width_of.get(item, LANE) / 2 for item, x in x_of.items()) + GAP,
        _y(len(rows) - 1) + NODE_HEIGHT,
    )


def _y(row: int) -> float:
    return NODE_HEIGHT + row * ROW


def _rows(rules: Mapping[str, Optimizer]) -> dict[str, int]:
    """Row of every rule: by year, and within a year by how many of that year it stands on."""
    depths: dict[str, int] = {}

    def depth(slug: str) -> int:
        if slug not in depths:
            rule = rules[slug]
            for parent in rule.builds_on:
                if parent not in rules or rules[parent].year > rule.year:
                    raise ValueError(f"{slug} of {rule.year} builds on {parent!r}; allowed: a rule that is not younger")
            same_year = [parent for parent in rule.builds_on if rules[parent].year == rule.year]
            depths[slug] = 1 + max((depth(parent) for parent in same_year), default=-1)
        return depths[slug]

    places = sorted({(rule.year, depth(slug)) for slug, rule in rules.items()})
    return {slug: places.index((rule.year, depth(slug))) for slug, rule in rules.items()}


def _items(
    rules: Mapping[str, Optimizer], row_of: Mapping[str, int]
) -> tuple[list[list[Item]], list[tuple[Item, Item]]]:
    """What stands in every row, rules and passing trunks, and what is joined to what in the next row."""
    rows: list[list[Item]] = [[] for _ in range(max(row_of.values()) + 1)]
    for slug in sorted(rules, key=lambda slug: (rules[slug].year, rules[slug].label)):
        rows[row_of[slug]].append((slug, 0))
    links: dict[tuple[Item, Item], None] = {}
    for child, rule in rules.items():
        for parent in rule.builds_on:
            trunk = _trunk(parent, row_of[child] - row_of[parent])
            for item in trunk[1:]:
                if item not in rows[row_of[parent] + item[1]]:
                    rows[row_of[parent] + item[1]].append(item)
            links.update(dict.fromkeys(pairwise([*trunk, (child, 0)])))
    return rows, list(links)


def _trunk(parent: str, span: int) -> list[Item]:
    return [(parent, passed) for passed in range(span)]


def _ordered(rows: list[list[Item]], links: Sequence[tuple[Item, Item]]) -> list[list[Item]]:
    """The rows in an order in which few lines cross: sweeps down and up, the best of all kept."""
    above, below = _neighbours(links), _neighbours((child, parent) for parent, child in links)
    best, fewest = rows, _crossings(rows, links)
    for sweep in range(SWEEPS):
        neighbours, order = (above, rows) if sweep % 2 == 0 else (below, rows[::-1])
        place = {item: index / max(len(row) - 1, 1) for row in rows for index, item in enumerate(row)}
        swept = []
        for row in order:
            means = {
                item: fmean(place[other] for other in neighbours[item]) if item in neighbours else place[item]
                for item in row
            }
            swept.append(sorted(row, key=means.__getitem__))
            place.update({item: index / max(len(row) - 1, 1) for index, item in enumerate(swept[-1])})
        rows = swept if sweep % 2 == 0 else swept[::-1]
        if (crossings := _crossings(rows, links)) < fewest:
            best, fewest = rows, crossings
    return best


def _neighbours(links: Iterable[tuple[Item, Item]]) -> dict[Item, list[Item]]:
    """For every item at the end of a link, what is at the other end."""
    found: dict[Item, list[Item]] = {}
    for start, end in links:
        found.setdefault(end, []).append(start)
    return found


def _crossings(rows: list[list[Item]], links: Sequence[tuple[Item, Item]]) -> int:
    """How many pairs of lines cross between neighbouring rows."""
    place = {item: index for row in rows for index, item in enumerate(row)}
    row_of = {item: index for index, row in enumerate(rows) for item in row}
    ends: dict[int, list[tuple[int, int]]] = {}
    for parent, child in links:
        ends.setdefault(row_of[parent], []).append((place[parent], place[child]))
    count = 0
    for pairs in ends.values():
        starts, stops = np.array(pairs).T
        count += int(((starts[:, None] < starts) & (stops[:, None] > stops)).sum())
    return count


def _placed(
    rows: list[list[Item]], links: Sequence[tuple[Item, Item]], width_of: Mapping[Item, float]
) -> dict[Item, float]:
    """Centres along the rows: everything as near to its neighbours as the others in its row let it."""
    from scipy.optimize import isotonic_regression  # takes 0.2 s, for which the first picture of the app need not wait

    pulls: dict[Item, dict[Item, float]] = {item: {} for row in rows for item in row}
    for parent, child in links:
        strength = PULLS[(parent in width_of) + (child in width_of)]
        pulls[parent][child] = pulls[child][parent] = strength
    x_of = {item: x for row in rows for item, x in zip(row, _offsets(row, width_of), strict=True)}
    for sweep in range(SPREADS):
        for row in rows if sweep % 2 == 0 else rows[::-1]:
            offsets = _offsets(row, width_of)
            wanted = [
                _balance(x_of, pulls[item], x_of[item]) - offset for item, offset in zip(row, offsets, strict=True)
            ]
            weights = [sum(pulls[item].values()) or 1.0 for item in row]
            # The closest numbers to those wanted that never fall.
            rising = isotonic_regression(wanted, weights=weights).x.tolist()
            x_of.update({item: x + offset for item, x, offset in zip(row, rising, offsets, strict=True)})
    return x_of


def _balance(x_of: Mapping[Item, float], pulls: Mapping[Item, float], alone: float) -> float:
    """Where the pulls of all neighbours cancel."""
    total = sum(pulls.values())
    return sum(strength * x_of[other] for other, strength in pulls.items()) / total if total else alone


def _offsets(row: Sequence[Item], width_of: Mapping[Item, float]) -> list[float]:
    """Centres of a row whose items stand as close together as they may."""
    half = [width_of.get(item, LANE) / 2 for item in row]
    return list(accumulate((left + GAP + right for left, right in pairwise(half)), initial=0.0))


def _edge(parent: str, child: str, row_of: Mapping[str, int], x_of: Mapping[Item, float]) -> Edge:
    """From the foot of the parent's box through the places of its trunk to the top of the child's box."""
    first, last = row_of[parent], row_of[child]
    x = [x_of[item] for item in (*_trunk(parent, last - first), (child, 0))]
    points = [(x[0], _y(first) + NODE_HEIGHT / 2)]
    for passed in range(1, last - first):
        points += _passing(x[passed - 1], x[passed], x[passed + 1], _y(first + passed))
    points.append((x[-1], _y(last) - NODE_HEIGHT / 2))
    return Edge(parent, child, tuple(points))


def _passing(before: float, x: float, after: float, y: float) -> list[tuple[float, float]]:
    """Where a line passes a row: at one point, or straight down beside the boxes if it comes from or turns far aside."""
    turns_in, turns_out = abs(x - before) > STEEP, abs(after - x) > STEEP
    entry, exit_ = (x, y - NODE_HEIGHT / 2), (x, y + NODE_HEIGHT / 2)
    return [entry] * turns_in + [exit_] * turns_out or [(x, y)]


def svg(tree: FamilyTree, rules: Mapping[str, Optimizer]) -> str:
    """The drawing. Colours are the page's; every rule is a link to its card."""
    edges = "".join(
        f'<path data-parent="{edge.parent}" data-child="{edge.child}" d="{_curve(edge.points)}"/>'
        for edge in tree.edges
    )
    years = "".join(f'<text x="4" y="{y + 4:.0f}">{year}</text>' for year, y in tree.years)
    nodes = "".join(_node(node, rules[node.slug]) for node in sorted(tree.nodes, key=lambda node: (node.y, node.x)))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" style="width: {tree.width:.0f}px" '
        f'viewBox="0 0 {tree.width:.0f} {tree.height:.0f}" role="group" aria-label="Family tree of the optimizers">'
        f'<g class="years">{years}</g><g class="edges" aria-hidden="true">{edges}</g>{nodes}</svg>'
    )


def _node(node: Node, rule: Optimizer) -> str:
    description = escape(rule.changes or rule.teaches, quote=True)
    return (
        f'<a class="rule" href="?rule={node.slug}" data-rule="{node.slug}" aria-label="{escape(node.label)}, {node.year}">'
        f"<title>{escape(node.label)}, {node.year}. {description}</title>"
        f'<rect x="{node.x - node.width / 2:.1f}" y="{node.y - NODE_HEIGHT / 2:.1f}" width="{node.width:.1f}" '
        f'height="{NODE_HEIGHT:.0f}" rx="6"/>'
        f'<text x="{node.x:.1f}" y="{node.y + 4.5:.1f}" text-anchor="middle">{escape(node.label)}</text></a>'
    )


def _curve(points: Sequence[tuple[float, float]]) -> str:
    """A smooth line down through the points that never swings beyond two neighbours (Fritsch and Butland 1984)."""
    x, y = np.array(points).T
    slopes = np.diff(x) / np.diff(y)
    same_side = slopes[1:] * slopes[:-1] > 0
    means = 2 * slopes[1:] * slopes[:-1] / np.where(same_side, slopes[1:] + slopes[:-1], 1.0)
    tangents = [0.0, *np.where(same_side, means, 0.0), 0.0]
    parts = [f"M{x[0]:.1f} {y[0]:.1f}"]
    for i, third in enumerate(np.diff(y) / 3):
        parts.append(
            f"C{x[i] + tangents[i] * third:.1f} {y[i] + third:.1f} "
            f"{x[i + 1] - tangents[i + 1] * third:.1f} {y[i + 1] - third:.1f} {x[i + 1]:.1f} {y[i + 1]:.1f}"
        )
    return "".join(parts)
