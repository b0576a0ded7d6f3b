// Where names stand beside the heads of their paths: none on another, and where there is room none on a path.

/** @import { Area } from "./axis.js" */
/** @import { Box } from "./coverage.js" */

/** @typedef {{ x: number, y: number, width: number }} Anchor the head of a path, and how wide its name is */
/**
 * `top` is the middle of the line. `place` says which of the places around its head a name has, -1 for none of them;
 * `far` how many pixels lie between the two.
 * @typedef {{ left: number, top: number, width: number, place: number, far: number }} Label
 */

const RINGS = [10, 24, 40, 60, 84, 112] // pixels from a head to its name
const ANGLES = [0, 30, -30, 60, -60, 90, -90, 120, -120, 150, -150, 180].map(degrees => (degrees * Math.PI) / 180)
const GAP = 4 // pixels between two names in a line
const SEARCHED = 4 // pixels: how finely the whole area is searched where there is no place around a head
// What makes a place worse, in pixels by which it might as well be farther from its head.
const ON_PATHS = 600 // the whole name lies on paths
const ON_A_HEAD = 30
const MOVES = 12 // from where it was before

/**
 * Places names beside their heads, inside `area`.
 * @param {Anchor[]} anchors @param {Area} area @param {number} lineHeight
 * @param {(box: Box) => number} covered the share of a box that lies under paths
 * @param {Label[]} before where the names were
 * @returns {Label[]} in the order of the anchors
 */
export function placeLabels(anchors, area, lineHeight, covered = () => 0, before = []) {
  /** @type {Label[]} */
  const labels = []
  const order = anchors.map((_, index) => index).sort((a, b) => anchors[a].y - anchors[b].y)
  for (const index of order) {
    const taken = Object.values(labels)
    const isFree = (/** @type {Label} */ label) =>
      isInside(label, area, lineHeight) && !taken.some(other => overlap(label, other, lineHeight))
    const cost = (/** @type {Label} */ label) => {
      const box = { ...label, top: label.top - lineHeight / 2, height: lineHeight }
      const heads = anchors.filter((head, other) => other !== index && holds(box, head)).length
      const moves = label.place === before[index]?.place ? 0 : MOVES
      return label.far + ON_PATHS * covered(box) + ON_A_HEAD * heads + moves
    }
    const label =
      cheapestAround(anchors[index], lineHeight, isFree, cost) ??
      cheapest(anywhere(anchors[index], area, lineHeight).filter(isFree), ({ far }) => far)
    if (!label) return stacked(anchors, order, area, lineHeight)
    labels[index] = label
  }
  return labels
}

/**
 * @param {Label[]} labels @param {(label: Label) => number} cost
 * @returns {Label | undefined}
 */
function cheapest(labels, cost) {
  const costs = labels.map(cost)
  return labels[costs.indexOf(Math.min(...costs))]
}

/**
 * The best place on the rings around a head, if one is free; a ring that is farther away than the best place is bad can
 * hold no better one.
 * @param {Anchor} anchor @param {number} lineHeight
 * @param {(label: Label) => boolean} isFree @param {(label: Label) => number} cost
 */
function cheapestAround(anchor, lineHeight, isFree, cost) {
  /** @type {Label | undefined} */
  let best
  for (const [ring, far] of RINGS.entries()) {
    if (best && cost(best) <= far) return best
    best = cheapest([...(best ? [best] : []), ...onRing(anchor, lineHeight, ring).filter(isFree)], cost)
  }
  return best
}

/**
 * The places on one ring around a head, those to the right first.
 * @param {Anchor} anchor @param {number} lineHeight @param {number} ring
 * @returns {Label[]}
 */
function onRing({ x, y, width }, lineHeight, ring) {
  const far = RINGS[ring]
  return ANGLES.map((angle, turn) => {
    const [across, down] = [Math.cos(angle), Math.sin(angle)]
    const left = x + far * across + (Math.abs(across) < 0.1 ? -width / 2 : across < 0 ? -width : 0)
    const top = y + down * (far + lineHeight / 2)
    return { left, top, width, far, place: ring * ANGLES.length + turn }
  })
}

/**
 * Places all over the area, beside the head or at either edge.
 * @param {Anchor} anchor @param {Area} area @param {number} lineHeight
 * @returns {Label[]}
 */
function anywhere({ x, y, width }, area, lineHeight) {
  const rows = Math.floor((area.height - lineHeight) / SEARCHED)
  return [x + RINGS[0], x - RINGS[0] - width, area.left, area.left + area.width - width].flatMap(left =>
    Array.from({ length: rows + 1 }, (_, row) => {
      const top = area.top + lineHeight / 2 + row * SEARCHED
      return { left, top, width, far: Math.hypot(left - x, top - y), place: -1 }
    }),
  )
}

/**
 * Where there is no room between the names for another one: all of them in one column.
 * @param {Anchor[]} anchors @param {number[]} order from above @param {Area} area @param {number} lineHeight
 * @returns {Label[]}
 */
function stacked(anchors, order, area, lineHeight) {
  const lowest = area.top + area.height - (anchors.length - 0.5) * lineHeight
  const first = Math.max(Math.min(anchors[order[0]].y, lowest), area.top + lineHeight / 2)
  return anchors.map(({ x, y, width }, index) => {
    const left = Math.max(Math.min(x + RINGS[0], area.left + area.width - width), area.left)
    const top = first + order.indexOf(index) * lineHeight
    return { left, top, width, far: Math.hypot(left - x, top - y), place: -1 }
  })
}

/** @param {Label} label @param {Area} area @param {number} lineHeight */
function isInside({ left, top, width }, area, lineHeight) {
  const isAcross = left >= area.left && left + width <= area.left + area.width
  return isAcross && top - lineHeight / 2 >= area.top && top + lineHeight / 2 <= area.top + area.height
}

/** @param {Label} one @param {Label} other @param {number} lineHeight */
function overlap(one, other, lineHeight) {
  const isAcross = one.left < other.left + other.width + GAP && other.left < one.left + one.width + GAP
  return isAcross && Math.abs(one.top - other.top) < lineHeight
}

/** @param {Box} box @param {{ x: number, y: number }} point */
function holds({ left, top, width, height }, { x, y }) {
  return x >= left && x <= left + width && y >= top && y <= top + height
}
