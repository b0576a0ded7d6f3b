// Pointing at a contour: where the pointer is, the true loss there, and the way down.

/** @import { ValueDocument } from "./documents.d.ts" */
/** @import { Picture } from "./outcome.js" */
/** @import { Point, Source } from "./source.js" */
/** @import { ContourView } from "./views/contour_view.js" */

import { digitsIn, readable } from "./format.js"
import { bilinear } from "./geometry/grid.js"
import { LatestRequest } from "./latest.js"

export class Hover {
  /** @type {{ contour: ContourView, point: Point } | null} */
  #pointed = null
  /** @type {LatestRequest<Point, ValueDocument>} */
  #values

  /**
   * @param {Source} source
   * @param {() => Picture | null} picture what is drawn now
   */
  constructor(source, picture) {
    this.source = source
    this.picture = picture
    this.#values = new LatestRequest(
      ({ x, y }) =>
        /** @type {Required<Source>} */ (source).value(/** @type {Picture} */ (picture()).outcome.query, { x, y }),
      (value, point) => this.#showValue(value, point),
    )
  }

  /**
   * Whatever the pointer does over this contour counts from now on.
   * @param {ContourView} contour
   */
  watch(contour) {
    contour.section.addEventListener("pointermove", event => this.#move(event, contour))
    contour.section.addEventListener("pointerleave", () => this.#leave(contour))
  }

  /** @param {MouseEvent} event @param {ContourView} contour */
  #move(event, contour) {
    const point = contour.positionAt(event)
    const picture = this.picture()
    if (!point || !picture) return this.#leave(contour)
    this.#pointed = { contour, point }
    const about = bilinear(picture.surface, point.x, point.y)
    contour.readout.textContent = inWords(point, about === null ? "—" : `≈ ${readable(about)}`, picture)
    if (this.source.value) this.#values.request(point)
  }

  /** @param {ContourView} contour */
  #leave(contour) {
    this.#pointed = null
    this.#values.cancel()
    contour.readout.textContent = ""
    contour.setDownhill(null)
  }

  /**
   * The way down is that of a moment ago while the pointer moves; the loss is shown only for where it is.
   * @param {ValueDocument} value @param {Point} point
   */
  #showValue({ loss, gradient }, point) {
    const picture = this.picture()
    if (!this.#pointed || !picture) return
    const { contour, point: newest } = this.#pointed
    contour.setDownhill(gradient && { ...point, gradient })
    if (newest === point) contour.readout.textContent = inWords(point, readable(loss), picture)
  }

  destroy() {
    this.#values.cancel()
  }
}

/** @param {Point} point @param {string} loss @param {Picture} picture */
function inWords({ x, y }, loss, { surface }) {
  const [width, height] = [surface.x[1] - surface.x[0], surface.y[1] - surface.y[0]]
  return `x ${readable(x, digitsIn(width, x))}   y ${readable(y, digitsIn(height, y))}   loss ${loss}`
}
