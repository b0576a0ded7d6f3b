// The views: the contours, and beside them what a person wants to see. It draws what it is given.

/** @import { StepArrows } from "./geometry/arrows.js" */
/** @import { Box } from "./geometry/axis.js" */
/** @import { Outcome, Picture } from "./outcome.js" */
/** @import { ViewChoice } from "./view_choice.js" */

import { afterPaint, element } from "./dom.js"
import { drawnLosses } from "./outcome.js"
import { ofRun } from "./series.js"
import { BoundaryView } from "./views/boundary_view.js"
import { ContourView } from "./views/contour_view.js"
import { CurveView } from "./views/curve_view.js"
import { ExamplesView } from "./views/examples_view.js"
import { Panels } from "./views/panels.js"
import { SurfaceView } from "./views/surface_view.js"

const BESIDE = /** @type {const} */ (["data", "boundary", "loss", "surface", "rate", "slope", "sharpness", "race"])
const OF_ONE_RUN = /** @type {const} */ (["data", "loss", "rate", "slope"])
const REST = 120 // milliseconds without anything new before a surface is drawn in 3-D
const FIRST_REST = 300
const WIDE = 720 // pixels: on anything narrower the views stand below one another
const LOWEST = 380 // pixels
const TALLEST = 0.72 // of the width: no higher than that
const READABLE = 118 // pixels: on anything lower a view can't be read
const READABLE_IN_A_HALL = 160
const AROUND = { across: 40, down: 46 } // pixels around a contour on a narrow page, which is no higher than it must be
const BELOW = 16 // pixels that are left free below the views

export class Stage {
  sideBySide = false
  /** @type {ViewChoice | null} */
  #choice = null
  showsMarks = true

  /** @param {HTMLElement} root @param {(contour: ContourView) => void} added called with every contour that there is */
  constructor(root, added) {
    this.root = root
    this.grid = root.appendChild(element("div", { className: "fall-line-grid" }))
    this.contour = new ContourView(this.grid)
    added(this.contour)
    this.panels = new Panels(this.grid, added)
    this.side = this.grid.appendChild(element("div", { className: "fall-line-side" }))
    this.views = {
      data: new ExamplesView(this.side),
      boundary: new BoundaryView(this.side),
      loss: new CurveView(this.side, "loss", "Loss over steps", drawnLosses, heldOutLosses),
      surface: new SurfaceView(this.side),
      rate: new CurveView(this.side, "rate", "Learning rate over steps", (outcome, run) => outcome.ratesOf(run)),
      slope: new CurveView(this.side, "slope", "Gradient norm over steps", (outcome, run) =>
        ofRun(outcome.slopes, run),
      ),
      sharpness: new CurveView(this.side, "sharpness", "Largest curvature over steps", curvatures, stableCurvatures),
      race: new CurveView(this.side, "race", "Rank by loss over steps", (outcome, run) => outcome.ranksOf(run)),
    }
  }

  /** The contours that are seen: one with all runs, or one for every run. */
  get contours() {
    return this.sideBySide ? this.panels.views : [this.contour]
  }

  /**
   * Shows and hides what stands beside the contour.
   * @param {ViewChoice} choice
   */
  choose(choice) {
    this.#choice = choice
    for (const [name, view] of Object.entries(this.views)) view.section.hidden = !choice.isShown(name)
    this.side.hidden = Object.values(this.views).every(view => view.section.hidden)
  }

  /** @param {boolean} sideBySide */
  setSideBySide(sideBySide) {
    this.sideBySide = sideBySide
    this.contour.section.hidden = sideBySide
    this.panels.section.hidden = !sideBySide
  }

  /** @param {boolean} shown */
  setMarks(shown) {
    this.showsMarks = shown
    for (const view of [this.contour, ...this.panels.views, this.views.surface]) view.setMarks(shown)
  }

  /**
   * Draws every view anew, but not the surface in 3-D.
   * @param {Picture} picture
   */
  render(picture) {
    this.#layOut(picture)
    if (this.sideBySide) this.panels.render(picture)
    else this.contour.render(picture)
    this.setMarks(this.showsMarks)
    this.renderCurves(picture)
  }

  /**
   * Draws the paths of another outcome on the same surface.
   * @param {Picture} picture @param {number} step
   */
  renderPaths(picture, step) {
    for (const view of this.contours) {
      view.renderPaths(picture)
      view.draw(step)
    }
  }

  /** @param {Picture} picture */
  renderCurves(picture) {
    for (const view of this.#visible(BESIDE)) view.render(picture)
  }

  /**
   * Draws one run that has changed, where only its rate is another; which place it has changes the others' places.
   * @param {Picture} picture @param {number} run
   */
  renderRun(picture, run) {
    for (const view of [...this.contours, ...this.#visible(OF_ONE_RUN)]) view.renderRun(picture, run)
    for (const view of this.#visible(["race"])) view.render(picture)
  }

  /**
   * A surface in 3-D costs more than all else: it waits until nothing new has come for a moment.
   * @param {() => Picture | null} newest what to draw then, null where something else came
   */
  async renderGround(newest) {
    await afterPaint(this.views.surface.isDrawn ? REST : FIRST_REST)
    const picture = newest()
    if (picture && this.views.surface.isVisible) await this.views.surface.renderGround(picture)
  }

  /** @param {number} step */
  draw(step) {
    for (const view of [...this.contours, ...this.#visible(BESIDE)]) view.draw(step)
  }

  /** @param {StepArrows | null} step */
  setArrows(step) {
    for (const view of this.contours) view.setArrows(step)
  }

  /**
   * @template {(typeof BESIDE)[number]} Name
   * @param {readonly Name[]} names @returns {Stage["views"][Name][]}
   */
  #visible(names) {
    return names.map(name => this.views[name]).filter(view => view.isVisible)
  }

  /**
   * As much height as the window leaves, so that nothing needs scrolling at 1280 by 720, and as many views as fit.
   * @param {Picture} picture
   */
  #layOut({ surface, theme }) {
    const width = this.root.clientWidth
    const isWide = width >= WIDE
    this.root.classList.toggle("fall-line-narrow", !isWide)
    const scrolled = document.querySelector('[data-testid="stMain"]')?.scrollTop ?? 0
    const free = window.innerHeight - this.grid.getBoundingClientRect().top - scrolled - BELOW
    const height = isWide ? Math.min(Math.max(free, LOWEST), TALLEST * width) : heightOn(width, surface)
    this.grid.style.setProperty("--fall-line-height", `${Math.round(height)}px`)
    if (!this.#choice) return
    const least = theme.large ? READABLE_IN_A_HALL : READABLE
    this.#choice.setRoom(isWide ? Math.max(Math.floor(height / least), 1) : Number.POSITIVE_INFINITY)
    this.choose(this.#choice)
  }

  destroy() {
    for (const view of [this.contour, this.panels, ...Object.values(this.views)]) view.destroy()
  }
}

/**
 * The height of a contour as wide as a narrow page, at most a square.
 * @param {number} width @param {Box} box
 */
function heightOn(width, { x, y }) {
  return Math.min(width, ((width - AROUND.across) * (y[1] - y[0])) / (x[1] - x[0]) + AROUND.down)
}

/** @param {Outcome} outcome @param {number} run */
function curvatures({ sharpness }, run) {
  return sharpness ? ofRun(sharpness, run) : []
}

/** @param {Outcome} outcome */
function stableCurvatures({ limits }) {
  return limits && ((/** @type {Outcome} */ _, /** @type {number} */ run) => limits[run] ?? [])
}

/** @param {Outcome} outcome */
function heldOutLosses({ heldOut }) {
  return heldOut && ((/** @type {Outcome} */ _, /** @type {number} */ run) => ofRun(heldOut, run))
}
