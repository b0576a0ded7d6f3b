// Side by side: one small contour for every run, all in step with each other.

/** @import { Picture } from "../outcome.js" */

import { element } from "../dom.js"
import { columnsFor } from "../geometry/axis.js"
import { ContourView } from "./contour_view.js"

export class Panels {
  /** @type {ContourView[]} */
  views = []

  /** @param {HTMLElement} parent @param {(contour: ContourView) => void} added called with every new contour */
  constructor(parent, added) {
    this.added = added
    this.section = parent.appendChild(element("div", { className: "fall-line-panels", hidden: true }))
    this.section.dataset.testid = "view-panels"
  }

  /**
   * As many contours as there are runs, in the columns that make them largest.
   * @param {Picture} picture
   */
  render(picture) {
    const count = picture.outcome.runs.length
    while (this.views.length > count) this.#removeLast()
    while (this.views.length < count) this.#add(this.views.length)
    const { x, y } = picture.surface
    const shape = (x[1] - x[0]) / (y[1] - y[0])
    const columns = columnsFor(count, this.section.clientWidth, this.section.clientHeight, shape)
    this.section.style.gridTemplateColumns = `repeat(${columns}, minmax(0, 1fr))`
    this.section.style.gridTemplateRows = `repeat(${Math.ceil(count / columns)}, minmax(0, 1fr))`
    for (const view of this.views) view.render(picture)
  }

  /** @param {number} run */
  #add(run) {
    const view = new ContourView(this.section, run)
    this.views.push(view)
    this.added(view)
  }

  #removeLast() {
    const view = this.views.pop()
    view?.destroy()
    view?.section.remove()
  }

  destroy() {
    for (const view of this.views) view.destroy()
  }
}
