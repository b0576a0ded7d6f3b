"""The rules as a family tree: years go down, a line leads from every rule to those that build on it. Pure functions."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise

import numpy as np

from optimizers import Optimizer

ROW = 50.0  # pixels from one row to the next
NODE_HEIGHT = 28.0
GAP = 12.0  # between neighbours in a row
LANE = 6.0  # the width that a passing line takes
GUTTER = 46.0  # for the years
LETTER, PADDING = 7.0, 20.0  # of a label, in pixels
SWEEPS = 24


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
        max(node.x + node.width / 2 for node in nodes) + GAP,
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


def _items(rules: Mapping[str, Optimizer], row_of: Mapping[str, int]) -> tuple[list[list[Item]], list[tuple[Item, Item]]]:
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
                item: float(np.mean([place[other] for other in neighbours[item]])) if item in neighbours else place[item]
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
    above, below = _neighbours(links), _neighbours((child, parent) for parent, child in links)
    x_of = {}
    for row in rows:
        for item, x in zip(row, _offsets(row, width_of), strict=True):
            x_of[item] = x
    for sweep in range(SWEEPS):
        for row in rows if sweep % 2 == 0 else rows[::-1]:
            wanted = np.array([_mean_place(item, x_of, above, below) for item in row])
            weights = np.array([1.0 if item in width_of else 4.0 for item in row])  # trunks stay straight
            offsets = _offsets(row, width_of)
            x_of.update(zip(row, (_rising(wanted - offsets, weights) + offsets).tolist(), strict=True))
    return x_of


def _mean_place(item: Item, x_of: Mapping[Item, float], above: Mapping, below: Mapping) -> float:
    places = [x_of[other] for other in (*above.get(item, ()), *below.get(item, ()))]
    return float(np.mean(places)) if places else x_of[item]


def _offsets(row: Sequence[Item], width_of: Mapping[Item, float]) -> np.ndarray:
    """Centres of a row whose items stand as close together as they may."""
    half = [width_of.get(item, LANE) / 2 for item in row]
    return np.cumsum([0.0, *(left + GAP + right for left, right in pairwise(half))])


def _rising(wanted: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """The closest numbers to `wanted` that never fall: pool adjacent violators."""
    blocks: list[list[float]] = []  # mean, weight, length
    for value, weight in zip(wanted, weights, strict=True):
        blocks.append([value, weight, 1])
        while len(blocks) > 1 and blocks[-2][0] > blocks[-1][0]:
            (mean, mass, length), (last, last_mass, last_length) = blocks[-2:]
            total = mass + last_mass
            blocks[-2:] = [[(mean * mass + last * last_mass) / total, total, length + last_length]]
    return np.concatenate([np.full(int(length), mean) for mean, _, length in blocks])


def _edge(parent: str, child: str, row_of: Mapping[str, int], x_of: Mapping[Item, float]) -> Edge:
    """From the foot of the parent's box through the places of its trunk to the top of the child's box."""
    points = [(x_of[parent, 0], _y(row_of[parent]) + NODE_HEIGHT / 2)]
    for item in _trunk(parent, row_of[child] - row_of[parent])[1:]:
        y = _y(row_of[parent] + item[1])
        points += [(x_of[item], y - NODE_HEIGHT / 2), (x_of[item], y + NODE_HEIGHT / 2)]
    points.append((x_of[child, 0], _y(row_of[child]) - NODE_HEIGHT / 2))
    return Edge(parent, child, tuple(points))


def svg(tree: FamilyTree, rules: Mapping[str, Optimizer]) -> str:
    """The drawing. Colours are the page's; every rule is a link to its card."""
    edges = "".join(
        f'<path data-parent="{edge.parent}" data-child="{edge.child}" d="{_curve(edge.points)}"/>' for edge in tree.edges
    )
    years = "".join(f'<text x="4" y="{y + 4:.0f}">{year}</text>' for year, y in tree.years)
    nodes = "".join(_node(node, rules[node.slug]) for node in sorted(tree.nodes, key=lambda node: (node.y, node.x)))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{tree.width:.0f}" height="{tree.height:.0f}" '
        f'viewBox="0 0 {tree.width:.0f} {tree.height:.0f}" role="group" aria-label="Family tree of the optimizers">'
        f'<g class="years">{years}</g><g class="edges" aria-hidden="true">{edges}</g>{nodes}</svg>'
    )


def _node(node: Node, rule: Optimizer) -> str:
    told = escape(rule.changes or rule.teaches, quote=True)
    return (
        f'<a class="rule" href="?rule={node.slug}" data-rule="{node.slug}" aria-label="{escape(node.label)}, {node.year}">'
        f"<title>{escape(node.label)}, {node.year}. {told}</title>"
        f'<rect x="{node.x - node.width / 2:.1f}" y="{node.y - NODE_HEIGHT / 2:.1f}" width="{node.width:.1f}" '
        f'height="{NODE_HEIGHT:.0f}" rx="6"/>'
        f'<text x="{node.x:.1f}" y="{node.y + 4.5:.1f}" text-anchor="middle">{escape(node.label)}</text></a>'
    )


def _curve(points: Sequence[tuple[float, float]]) -> str:
    """Straight down beside boxes, in a soft bend between the rows."""
    (x, y), *rest = points
    parts = [f"M{x:.1f} {y:.1f}"]
    for to_x, to_y in rest:
        if abs(to_x - x) < 0.5:
            parts.append(f"L{to_x:.1f} {to_y:.1f}")
        else:
            middle = (y + to_y) / 2
            parts.append(f"C{x:.1f} {middle:.1f} {to_x:.1f} {middle:.1f} {to_x:.1f} {to_y:.1f}")
        x, y = to_x, to_y
    return "".join(parts)
