// Side by side: one small contour for every run, all in step with each other.

import { element } from "./dom.js"
import { columnsFor } from "./paths.js"
import { ContourView } from "./views.js"

export class Panels {
  constructor(parent) {
    this.section = parent.appendChild(element("div", { className: "fall-line-panels", hidden: true }))
    this.section.dataset.testid = "view-panels"
    this.views = []
  }

  /** As many contours as there are runs, in the columns that make them largest. */
  render(scene) {
    const count = scene.data.runs.length
    while (this.views.length > count) {
      const view = this.views.pop()
      view.destroy()
      view.section.remove()
    }
    while (this.views.length < count) this.views.push(new ContourView(this.section, this.views.length))
    const { x, y } = scene.surface
    const columns = columnsFor(count, this.section.clientWidth, this.section.clientHeight, (x[1] - x[0]) / (y[1] - y[0]))
    this.section.style.gridTemplateColumns = `repeat(${columns}, minmax(0, 1fr))`
    this.section.style.gridTemplateRows = `repeat(${Math.ceil(count / columns)}, minmax(0, 1fr))`
    for (const view of this.views) view.render(scene)
  }

  destroy() {
    for (const view of this.views) view.destroy()
  }
}
