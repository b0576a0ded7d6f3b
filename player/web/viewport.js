// The part of the plane that is drawn: the surface's own, or one that holds all paths.

/** @import { SurfaceDocument } from "./documents.d.ts" */
/** @import { Box } from "./geometry/axis.js" */
/** @import { Outcome } from "./outcome.js" */

import { fittedView, leaves } from "./geometry/fit.js"

export class Viewport {
  /**
   * What a person asked for, null for the surface's own view.
   * @type {Box | null}
   */
  window = null
  /** Whether a path leaves the surface's own view. */
  canFit = false
  /** @type {Box | null} */
  #own = null

  /** @param {boolean} isFixed whether there is only the surface's own view */
  constructor(isFixed) {
    this.isFixed = isFixed
  }

  /**
   * What is drawn now.
   * @param {Outcome} outcome @param {SurfaceDocument} surface
   */
  show({ positions, runs }, { x, y }) {
    if (!this.window || !this.#own) this.#own = { x, y }
    this.canFit = !this.isFixed && leaves(positions, runs, this.#own)
  }

  /**
   * Zooms out to where the paths are, or back.
   * @param {Outcome} outcome
   */
  toggle({ positions, runs }) {
    if (this.isFixed) return
    this.window = this.window || !this.#own ? null : fittedView(positions, runs, this.#own)
  }

  reset() {
    this.window = null
  }
}
