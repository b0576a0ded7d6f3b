// A path over a surface in three dimensions, and what a camera sees of it.

/** @import { Range } from "./axis.js" */
/** @import { Camera, Place } from "./camera.js" */
/** @import { PixelPath } from "./path.js" */
/** @import { Terrain } from "./terrain.js" */

import { pixelPath } from "./path.js"

/** @typedef {[x: Range, y: Range, z: Range]} SceneBox */
/**
 * Points along a path; `isDrawn` says of each whether the way to it lies inside the box, `ends` which of them stands for
 * a step.
 * @typedef {{ x: number[], y: number[], z: number[], isDrawn: boolean[], ends: number[] }} ScenePath
 */
/**
 * A path in pixels; `visibility` is that of the way to every point.
 * @typedef {{ points: PixelPath, ends: number[], visibility: Uint8Array }} SeenPath
 */

export const SEEN = 0
export const HIDDEN = 1 // behind the surface
export const OUTSIDE = 2 // not in the box

const LIFT = 0.008 // of the box's height, by which paths lie above the surface
const FINEST = 1 / 64 // of the box, between two points of a long step
const MOST = 1500 // points of a path beside one for every step
const SAME = 1 // pixel: nearer than that, what hides one point hides the next

/**
 * The way from the first of `count` places to the last: straight from each to the next, but never below the ground.
 * @param {number} count @param {(step: number) => Place} placeAt @param {SceneBox} box @param {Terrain} terrain
 * @returns {ScenePath}
 */
export function scenePath(count, placeAt, box, terrain) {
  const lift = LIFT * (box[2][1] - box[2][0])
  const places = Array.from({ length: count }, (_, step) => aboveGround(placeAt(step), terrain, lift))
  const legs = places.map((to, step) => legInside(places[Math.max(step - 1, 0)], to, box))
  const total = legs.reduce((sum, { length }) => sum + length, 0)
  const spacing = Math.max(FINEST, total / MOST)
  /** @type {ScenePath} */
  const path = { x: [], y: [], z: [], isDrawn: [], ends: [] }
  for (const { from, to, inside, length } of legs) {
    const pieces = Math.max(Math.ceil(length / spacing), 1)
    if (inside && inside[0] > 0) add(path, between(from, to, inside[0]), false)
    for (let piece = 1; inside && piece <= pieces; piece++) {
      const place = between(from, to, inside[0] + ((inside[1] - inside[0]) * piece) / pieces)
      add(path, piece < pieces ? aboveGround(place, terrain, lift) : place, true)
    }
    if (!inside || inside[1] < 1) add(path, to, false)
    path.ends.push(path.x.length - 1)
  }
  return path
}

/** @param {ScenePath} path @param {Place} place @param {boolean} isDrawn */
function add(path, [x, y, z], isDrawn) {
  path.x.push(x)
  path.y.push(y)
  path.z.push(z)
  path.isDrawn.push(isDrawn)
}

/** @param {Place} place @param {Terrain} terrain @param {number} lift @returns {Place} */
function aboveGround([x, y, z], terrain, lift) {
  const ground = terrain.heightAt(x, y)
  return [x, y, (Number.isNaN(ground) ? z : Math.max(ground, z)) + lift]
}

/** @param {Place} from @param {Place} to @param {number} share @returns {Place} */
function between(from, to, share) {
  const at = (/** @type {0 | 1 | 2} */ axis) => from[axis] + (to[axis] - from[axis]) * share
  return [at(0), at(1), at(2)]
}

/**
 * A step, the part of it that lies inside the box, and how long that part is: 1 from one side of the box to the other.
 * @param {Place} from @param {Place} to @param {SceneBox} box
 */
function legInside(from, to, box) {
  const inside = shareInside(from, to, box)
  const spans = box.map(([low, high], axis) => Math.abs(to[axis] - from[axis]) / (high - low))
  return { from, to, inside, length: inside ? Math.max(...spans) * (inside[1] - inside[0]) : 0 }
}

/**
 * From where to where the way between two places lies inside the box, as shares of that way; null if it does not.
 * @param {Place} from @param {Place} to @param {SceneBox} box
 * @returns {[enters: number, leaves: number] | null}
 */
export function shareInside(from, to, box) {
  let [enters, leaves] = [0, 1]
  for (const [axis, [low, high]] of box.entries()) {
    const distance = to[axis] - from[axis]
    if (distance === 0 && (from[axis] < low || from[axis] > high)) return null
    if (distance === 0) continue
    const [first, second] = distance > 0 ? [low, high] : [high, low]
    enters = Math.max(enters, (first - from[axis]) / distance)
    leaves = Math.min(leaves, (second - from[axis]) / distance)
  }
  return enters <= leaves ? [enters, leaves] : null
}

/**
 * What a camera sees of a path.
 * @param {ScenePath} path @param {Camera} camera @param {Terrain} terrain
 * @returns {SeenPath}
 */
export function seenPath({ x, y, z, isDrawn, ends }, { pixel, eye }, terrain) {
  const points = pixelPath(x.length, index => pixel(x[index], y[index], z[index]))
  const visibility = new Uint8Array(x.length)
  let [lastX, lastY, last] = [Number.NaN, Number.NaN, SEEN]
  for (let index = 0; index < x.length; index++) {
    if (!isDrawn[index]) {
      visibility[index] = OUTSIDE
      continue
    }
    if (!(Math.hypot(points.x[index] - lastX, points.y[index] - lastY) < SAME)) {
      last = terrain.hides(x[index], y[index], z[index], eye) ? HIDDEN : SEEN
      lastX = points.x[index]
      lastY = points.y[index]
    }
    visibility[index] = last
  }
  return { points, ends, visibility }
}
