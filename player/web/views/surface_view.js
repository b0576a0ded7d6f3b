// The surface in three dimensions, with the path of every run over it. The surface is drawn once for every camera; the
// paths are drawn on a canvas above it, so that playing costs no more than it does in the flat views.

/** @import { SurfaceDocument } from "../documents.d.ts" */
/** @import { Place } from "../geometry/camera.js" */
/** @import { ScenePath, SceneBox } from "../geometry/scene_path.js" */
/** @import { Picture } from "../outcome.js" */
/** @import { Line } from "./overlay.js" */

import { scenePath, seenPath } from "../geometry/scene_path.js"
import { Terrain } from "../geometry/terrain.js"
import { coordinates } from "../series.js"
import { Overlay } from "./overlay.js"
import { cameraOf, watchScene } from "./scene.js"
import { View } from "./view.js"

/** @typedef {{ surface: SurfaceDocument, looks: string, terrain: Terrain, box: SceneBox }} Ground what is drawn below the paths */

const THINNER = 0.8 // times as thick as in the contour, which is larger
const SMALLER = 0.85

export class SurfaceView extends View {
  /** @type {Ground | null} */
  #ground = null
  /** @type {Picture | null} */
  #picture = null
  /** @type {ScenePath[]} */
  #paths = []
  /**
   * The run that is drawn to its end while its rate is dragged.
   * @type {number | null}
   */
  #whole = null
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
    const { surface } = picture
    const layout = this.#layout(picture)
    const looks = JSON.stringify(layout)
    if (surface === this.#ground?.surface && looks === this.#ground.looks) return
    this.#picture = picture
    this.#ground = null
    this.overlay.setLines([], picture.theme.canvas)
    this.overlay.draw(this.#step)
    await this.react(surface.surface.data, layout)
    const terrain = new Terrain(surface, loss => heightOf(loss, surface.scale))
    this.#ground = { surface, looks, terrain, box: [surface.x, surface.y, surface.surface.layout.scene.zaxis.range] }
    watchScene(this.plot, () => this.#follow())
    this.render(this.#picture)
  }

  /**
   * Another outcome: its paths, where its surface is drawn.
   * @param {Picture} picture
   */
  render(picture) {
    this.#picture = picture
    if (picture.surface !== this.#ground?.surface) return
    const { width, height } = this.size
    this.overlay.resize(width, height, { left: 0, top: 0, width, height })
    this.#paths = picture.outcome.runs.map((_, run) => this.#path(run))
    this.#whole = null
    this.#follow()
  }

  /**
   * One run alone is another one, seen to its end while its rate is dragged.
   * @param {Picture} picture @param {number} run
   */
  renderRun(picture, run) {
    this.#picture = picture
    if (picture.surface !== this.#ground?.surface) return
    this.#paths[run] = this.#path(run)
    this.#whole = run
    const [line] = this.#lines([run])
    if (line) this.overlay.setLine(run, line)
  }

  /** @param {number} step */
  draw(step) {
    this.#step = step
    if (this.#ground) this.overlay.draw(step)
  }

  /** Draws the paths as the camera sees them from where it stands now. */
  #follow() {
    if (!this.#picture || !this.#ground) return
    const { canvas } = this.#picture.theme
    const lines = this.#lines([...this.#paths.keys()])
    const sizes = { lineWidth: canvas.lineWidth * THINNER, headSize: canvas.headSize * SMALLER }
    this.overlay.setLines(lines, { ...canvas, ...sizes })
    this.overlay.draw(this.#step)
  }

  /**
   * @param {number[]} runs
   * @returns {Line[]} none where there is no camera
   */
  #lines(runs) {
    const camera = cameraOf(this.plot, this.size)
    if (!camera || !this.#picture || !this.#ground) return []
    const { outcome, styles } = this.#picture
    const { terrain } = this.#ground
    return runs.map(run => {
      const { drawn: last, clipped } = outcome.runs[run]
      const seen = seenPath(this.#paths[run], camera, terrain)
      return { ...seen, last, clipped, style: styles[run], whole: run === this.#whole }
    })
  }

  /** @param {number} run @returns {ScenePath} */
  #path(run) {
    if (!this.#picture || !this.#ground) throw new Error("there is no surface below the path")
    const { outcome, surface } = this.#picture
    const { terrain, box } = this.#ground
    const [x, y] = coordinates(outcome.positions, run)
    const placeAt = (/** @type {number} */ step) =>
      /** @type {Place} */ ([x(step), y(step), heightOf(outcome.lossAt(run, step), surface.scale)])
    return scenePath(outcome.runs[run].drawn + 1, placeAt, box, terrain)
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
    const scene = { ...layout.scene, ...axes, uirevision: "kept" }
    return { ...layout, ...theme.layout, ...this.size, uirevision: "kept", scene }
  }
}

/** @param {number} loss @param {SurfaceDocument["scale"]} scale */
function heightOf(loss, { name, floor, offset }) {
  const gap = loss - floor
  return name === "linear" ? loss : Math.sign(gap) * Math.log10(1 + Math.abs(gap) / offset)
}
