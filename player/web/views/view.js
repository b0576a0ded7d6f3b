// What all views share: a section of the page, a figure in it, and its size.

import { element } from "../dom.js"

const CONFIG = { displayModeBar: false, responsive: false, doubleClick: false, scrollZoom: false }

export class View {
  /**
   * Figures of one view are drawn one after the other, as plotly.js wants it.
   * @type {Promise<unknown>}
   */
  drawing = Promise.resolve()

  /** @param {HTMLElement} parent @param {string} name @param {string} title */
  constructor(parent, name, title) {
    this.section = parent.appendChild(element("section", { className: `fall-line-view fall-line-view-${name}` }))
    this.section.dataset.testid = `view-${name}`
    this.section.setAttribute("aria-label", title)
    this.plot = this.section.appendChild(element("div", { className: "fall-line-plot" }))
  }

  get size() {
    return { width: this.section.clientWidth, height: this.section.clientHeight }
  }

  get isVisible() {
    return !this.section.hidden && this.section.clientWidth > 0
  }

  /**
   * Draws the figure.
   * @param {object[]} traces @param {object} layout
   */
  react(traces, layout) {
    this.drawing = this.drawing.then(() => window.Plotly.react(this.plot, traces, layout, CONFIG))
    return this.drawing
  }

  destroy() {
    window.Plotly?.purge(this.plot)
  }
}
