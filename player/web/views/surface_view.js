// The surface in three dimensions; drawn at its own pace, so that it never slows the others down.

/** @import { SurfaceDocument } from "../documents.d.ts" */
/** @import { Outcome, Picture, ThemedStyle } from "../outcome.js" */

import { isWithin } from "../geometry/axis.js"
import { coordinates, pointAt } from "../series.js"
import { View } from "./view.js"

/**
 * A point of the scene; nulls where a path leaves the drawn box.
 * @typedef {[x: number | null, y: number | null, z: number | null]} ScenePoint
 */
/** @typedef {(run: number, step: number) => ScenePoint} PointOf */

// plotly.js has fewer marks and dashes in 3-D; each of ours has one of its own there, too.
const SYMBOLS = { circle: "circle", square: "square", triangle: "cross", diamond: "diamond" }
const DASHES = { circle: "solid", square: "dash", triangle: "dot", diamond: "dashdot" }
const LIFT = 0.008 // of the height, by which paths lie above the surface
const SHORTEST_PAUSE = 90 // milliseconds between two drawings
const PAUSES = 14 // times what a drawing costs
const TWO_FRAMES = 34 // milliseconds of a display
const OUTSIDE = /** @type {ScenePoint} */ ([null, null, null])

export class SurfaceView extends View {
  /** @type {{ outcome: Outcome, surface: SurfaceDocument, looks: string, pointOf: PointOf } | null} */
  #drawing = null
  #isBusy = false
  #cost = 30
  #lastDrawn = 0
  #shownStep = -1
  /** @type {number | null} */
  #pending = null

  /** @param {HTMLElement} parent */
  constructor(parent) {
    super(parent, "surface", "The loss as a surface in three dimensions; drag to turn it")
  }

  get isDrawn() {
    return this.#drawing !== null
  }

  /** @param {Picture} picture @param {number} step */
  render({ outcome, surface, theme, styles }, step) {
    const { scene } = surface.surface.layout
    const axes = Object.fromEntries(
      ["xaxis", "yaxis", "zaxis"].map(name => [name, { .../** @type {object} */ (scene[name]), ...theme.axis3d }]),
    )
    const layout = {
      ...surface.surface.layout,
      ...theme.layout,
      ...this.size,
      uirevision: "kept",
      scene: { ...scene, ...axes, uirevision: "kept" },
    }
    const looks = JSON.stringify([layout, styles])
    const onlyPaths = surface === this.#drawing?.surface && looks === this.#drawing.looks
    this.#drawing = { outcome, surface, looks, pointOf: pointsOn(surface, outcome) }
    this.#shownStep = step
    if (onlyPaths) return this.#movePaths(step)
    return this.react([...surface.surface.data, ...this.#traces(styles, step)], layout)
  }

  /**
   * Draws `step` if the last drawing is long enough ago for what it cost; `now` draws it in any case.
   * @param {number} step
   */
  draw(step, now = false) {
    if (this.#isBusy && now) this.#pending = step
    if (!this.#drawing || step === this.#shownStep || this.#isBusy) return
    if (!now && performance.now() - this.#lastDrawn < Math.max(SHORTEST_PAUSE, PAUSES * this.#cost)) return
    this.#drawTimed(step)
  }

  /** @param {number} step */
  async #drawTimed(step) {
    this.#isBusy = true
    this.#shownStep = step
    const began = performance.now()
    this.drawing = this.#movePaths(step).then(twoFrames)
    await this.drawing
    this.#lastDrawn = performance.now()
    this.#cost = Math.max(this.#lastDrawn - began - TWO_FRAMES, 1)
    this.#isBusy = false
    const pending = this.#pending
    this.#pending = null
    if (pending !== null) this.draw(pending, true)
  }

  /**
   * Draws the paths up to `step` again, and nothing else: the surface takes several times as long.
   * @param {number} step
   */
  #movePaths(step) {
    const paths = this.#paths(step)
    const update = Object.fromEntries(
      ["x", "y", "z"].map((name, axis) => [name, paths.map(points => column(points, axis))]),
    )
    const indices = paths.map((_, index) => index + 1)
    this.drawing = this.drawing.then(() => window.Plotly.restyle(this.plot, update, indices))
    return this.drawing
  }

  /**
   * One line per run, and one trace for all heads.
   * @param {ThemedStyle[]} styles @param {number} step
   */
  #traces(styles, step) {
    const paths = this.#paths(step).map(points => ({
      x: column(points, 0),
      y: column(points, 1),
      z: column(points, 2),
    }))
    const lines = styles.map((style, run) => ({
      type: "scatter3d",
      mode: "lines",
      ...paths[run],
      line: { color: style.color, width: 6, dash: DASHES[style.marker] },
      hoverinfo: "skip",
    }))
    const symbol = styles.map(style => SYMBOLS[style.marker])
    const marker = { color: styles.map(style => style.color), symbol, size: 6, line: { width: 0 } }
    return [...lines, { type: "scatter3d", mode: "markers", ...paths.at(-1), marker, hoverinfo: "skip" }]
  }

  /**
   * The path of every run up to `step`, and all heads.
   * @param {number} step @returns {ScenePoint[][]}
   */
  #paths(step) {
    if (!this.#drawing) return []
    const { outcome, pointOf } = this.#drawing
    const ends = outcome.runs.map(({ drawn }) => Math.min(step, drawn))
    const lines = ends.map((end, run) => Array.from({ length: end + 1 }, (_, index) => pointOf(run, index)))
    return [...lines, ends.map((end, run) => pointOf(run, end))]
  }
}

/**
 * Where the paths lie: on the surface's own scale, a hair above it.
 * @param {SurfaceDocument} document @param {Outcome} outcome @returns {PointOf}
 */
function pointsOn({ x: xRange, y: yRange, scale, surface }, { positions, gaps, floor, runs }) {
  const [low, high] = surface.layout.scene.zaxis.range
  const lift = LIFT * (high - low)
  const paths = runs.map((_, run) => coordinates(positions, run))
  return (run, step) => {
    const [x, y] = paths[run].map(coordinate => coordinate(step))
    if (!isWithin(x, xRange) || !isWithin(y, yRange)) return OUTSIDE
    const loss = floor + pointAt(gaps, run, step)[0]
    return [x, y, lift + heightOf(loss, scale)]
  }
}

/** @param {number} loss @param {SurfaceDocument["scale"]} scale */
function heightOf(loss, { name, floor, offset }) {
  const gap = loss - floor
  return name === "linear" ? loss : Math.sign(gap) * Math.log10(1 + Math.abs(gap) / offset)
}

/** @param {ScenePoint[]} points @param {number} axis */
function column(points, axis) {
  return points.map(point => point[axis])
}

/** Resolves two frames later: a 3-D scene is drawn in the frame after it was changed, and shown in the next. */
function twoFrames() {
  return new Promise(resolve => requestAnimationFrame(() => requestAnimationFrame(resolve)))
}
