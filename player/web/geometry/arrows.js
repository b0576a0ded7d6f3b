// The directions of one step as arrows of a length that can be seen.

/** @import { ArrowDocument } from "../documents.d.ts" */
/** @import { Axis } from "./axis.js" */

import { readable } from "../format.js"

/**
 * Which step of which run, where it begins, and its directions.
 * @typedef {{ run: number, step: number, from: ArrayLike<number>, arrows: ArrowDocument[] }} StepArrows
 */
/**
 * From (x, y) in pixels in the direction (right, down), which has length 1.
 * @typedef {{
 *   x: number, y: number, right: number, down: number, length: number, name: string, label: string,
 * }} PixelArrow
 */

const LONGEST = 76 // pixels of the longest of the arrows that share a scale
const SHORTEST = 12 // pixels of those
const SHORTEST_STEP = 26 // pixels: a shorter step is drawn this long, and says how many times longer that is
const SAME = 0.98 // the cosine from which on two directions are drawn as one
const ASIDE = 8 // pixels
const LABELS = { slope: "−∇L", sampled: "−g", moment: "−m" }

/**
 * A direction that would lie under the step begins beside it.
 * @template {{ x: number, y: number, right: number, down: number }} Direction
 * @param {Direction} direction @param {{ right: number, down: number, length: number } | undefined} step
 * @returns {Direction}
 */
function beside(direction, step) {
  if (!step || (direction.right * step.right + direction.down * step.down) / step.length < SAME) return direction
  return { ...direction, x: direction.x - direction.down * ASIDE, y: direction.y + direction.right * ASIDE }
}

/**
 * Slopes and momentum on a common scale, the step as long as it is.
 * @param {StepArrows} step @param {Axis} x @param {Axis} y
 * @returns {PixelArrow[]}
 */
export function arrowsInPixels({ from, arrows }, x, y) {
  const base = { x: x.pixel(from[0]), y: y.pixel(from[1]) }
  const turned = arrows.map(({ name, ...arrow }) => {
    const [right, down] = [x.pixel(from[0] + arrow.x) - base.x, y.pixel(from[1] + arrow.y) - base.y]
    return { name, right, down, length: Math.hypot(right, down) }
  })
  const longest = Math.max(...turned.filter(({ name }) => name !== "step").map(({ length }) => length), 1e-300)
  const drawn = turned.filter(({ length }) => length > 0 && Number.isFinite(length))
  return drawn.map(({ name, right, down, length }) => {
    const direction = { ...base, name, right: right / length, down: down / length }
    if (name !== "step") {
      return {
        ...beside(
          direction,
          drawn.find(other => other.name === "step"),
        ),
        length: Math.max((length / longest) * LONGEST, SHORTEST),
        label: LABELS[name],
      }
    }
    const shown = Math.max(length, SHORTEST_STEP)
    const times = shown > length ? ` ×${readable(Number((shown / length).toPrecision(2)))}` : ""
    return { ...direction, length: shown, label: `step${times}` }
  })
}
