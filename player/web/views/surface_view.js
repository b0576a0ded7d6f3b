// The surface in three dimensions, with the path of every run over it. The surface is drawn once for every camera; the
// paths are drawn on a canvas above it, so that playing costs no more than it does in the flat views.

/** @import { SurfaceDocument } from "../documents.d.ts" */
/** @import { Camera, Place } from "../geometry/camera.js" */
/** @import { ScenePath, SceneBox } from "../geometry/scene_path.js" */
/** @import { Outcome, Picture } from "../outcome.js" */
/** @import { Mark } from "./heads.js" */

import { scenePath, seenPath } from "../geometry/scene_path.js"
import { Terrain } from "../geometry/terrain.js"
import { coordinates } from "../series.js"
import { marksOf } from "./marks.js"
import { Overlay } from "./overlay.js"
import { cameraOf, turnedAs, watchScene } from "./scene.js"
import { View } from "./view.js"

/**
 * The surface that is drawn, and its looks.
 * @typedef {{ surface: SurfaceDocument, looks: string, terrain: Terrain, box: SceneBox }} Ground
 */

const THINNER = 0.8 // times as thick as in the contour, which is larger
const SMALLER = 0.85

export class SurfaceView extends View {
  /** @type {Ground | null} */
  #ground = null
  /** @type {Picture | null} */
  #picture = null
  /** @type {ScenePath[]} */
  #paths = []
  #showsMarks = true
  #step = 0

  /** @param {HTMLElement} parent */
  constructor(parent) {
    super(parent, "surface", "The loss as a surface in three dimensions; drag to turn it")
    this.overlay = new Overlay(this.section)
  }

  get isDrawn() {
    return this.#ground !== null
  }

  /**
   * Draws the surface, unless it is there already and looks the same, and then the paths over it.
   * @param {Picture} picture
   */
  async renderGround(picture) {
    if (this.#groundOf(picture)) return
    const { surface } = picture
    const looks = this.#looks(picture)
    this.render(picture)
    await this.react(surface.surface.data, turnedAs(this.plot, this.#layout(picture)))
    const terrain = new Terrain(surface, loss => heightOf(loss, surface.scale))
    this.#ground = { surface, looks, terrain, box: [surface.x, surface.y, surface.surface.layout.scene.zaxis.range] }
    watchScene(this.plot, () => this.#follow())
    this.render(this.#picture ?? picture)
  }

  /**
   * Draws the paths of an outcome, or none as long as another surface is there.
   * @param {Picture} picture
   */
  render(picture) {
    const { width, height } = this.size
    const ground = this.#groundOf(picture)
    this.#picture = picture
    this.#paths = ground ? picture.outcome.runs.map((_, run) => pathOf(picture, run, ground)) : []
    this.overlay.resize(width, height, { left: 0, top: 0, width, height })
    this.#follow()
  }

  /**
   * What is drawn, if that is what belongs below the paths of a picture.
   * @param {Picture} picture
   */
  #groundOf(picture) {
    const isRight = picture.surface === this.#ground?.surface && this.#ground.looks === this.#looks(picture)
    return isRight ? this.#ground : null
  }

  /** @param {Picture} picture */
  #looks(picture) {
    return JSON.stringify(this.#layout(picture))
  }

  /**
   * Shows or hides where the minima and saddles are.
   * @param {boolean} shown
   */
  setMarks(shown) {
    if (shown === this.#showsMarks) return
    this.#showsMarks = shown
    this.#follow()
  }

  /** @param {number} step */
  draw(step) {
    this.#step = step
    this.overlay.draw(step)
  }

  /** Draws the paths as the camera sees them from where it stands now; none where the browser has no WebGL. */
  #follow() {
    const camera = cameraOf(this.plot, this.size)
    if (!camera || !this.#picture || !this.#ground) return
    const { outcome, styles, theme } = this.#picture
    const { terrain } = this.#ground
    const lines = this.#paths.map((path, run) => {
      const { drawn: last, clipped } = outcome.runs[run]
      return { ...seenPath(path, camera, terrain), last, clipped, style: styles[run] }
    })
    const { lineWidth, headSize } = theme.canvas
    const sizes = { lineWidth: lineWidth * THINNER, headSize: headSize * SMALLER }
    const marks = this.#paths.length ? this.#marks(outcome, camera, this.#ground) : []
    this.overlay.setLines(lines, { ...theme.canvas, ...sizes, marks })
    this.overlay.draw(this.#step)
  }

  /**
   * What stands still, as paths of a single point on the ground.
   * @param {Outcome} outcome @param {Camera} camera @param {Ground} ground @returns {Mark[]}
   */
  #marks(outcome, camera, { terrain, box }) {
    return marksOf(outcome, [...outcome.runs.keys()], this.#showsMarks).map(({ x, y, shape, size }) => {
      const path = scenePath(1, () => [x, y, Number.NEGATIVE_INFINITY], box, terrain)
      const { points, visibility } = seenPath(path, camera, terrain)
      return { x: points.x[0], y: points.y[0], visibility: visibility[0], shape, size: size * SMALLER }
    })
  }

  /** @param {Picture} picture */
  #layout({ surface, theme }) {
    const { layout } = surface.surface
    const axes = Object.fromEntries(
      ["xaxis", "yaxis", "zaxis"].map(name => [
        name,
        { .../** @type {object} */ (layout.scene[name]), ...theme.axis3d },
      ]),
    )
    return { ...layout, ...theme.layout, ...this.size, scene: { ...layout.scene, ...axes } }
  }
}

/** @param {number} loss @param {SurfaceDocument["scale"]} scale */
function heightOf(loss, { name, floor, offset }) {
  const gap = loss - floor
  return name === "linear" ? loss : Math.sign(gap) * Math.log10(1 + Math.abs(gap) / offset)
}

/**
 * The path of a run as far as it can be drawn.
 * @param {Picture} picture @param {number} run @param {Ground} ground
 */
function pathOf({ outcome, surface }, run, { terrain, box }) {
  const [x, y] = coordinates(outcome.positions, run)
  const placeAt = (/** @type {number} */ step) =>
    /** @type {Place} */ ([x(step), y(step), heightOf(outcome.lossAt(run, step), surface.scale)])
  return scenePath(outcome.runs[run].drawn + 1, placeAt, box, terrain)
}
