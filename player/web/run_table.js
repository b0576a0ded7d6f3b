// The table below the views: a row per run, with verdict and figures.

/** @import { Run, ThemedStyle } from "./outcome.js" */

import { element, headCell, swatch } from "./dom.js"
import { readable } from "./format.js"

const HEAD = ["", "Run", "What became of it", "Final loss", "Best loss", "Steps to 1 %", "Path length"]
const FIRST_FIGURE = 3
/** @type {Record<string, string>} */
const HINTS = { "Steps to 1 %": "Steps until the loss is within 1 % of the start's height above the minimum" }

export class RunTable {
  /** @param {HTMLElement} parent */
  constructor(parent) {
    const scroller = parent.appendChild(element("div", { className: "fall-line-table-scroller" }))
    this.table = scroller.appendChild(element("table", { className: "fall-line-table" }))
    this.table.dataset.testid = "player-table"
    const head = element("tr")
    head.append(...HEAD.map(text => headCell(text, HINTS[text])))
    this.table.createTHead().append(head)
    this.body = this.table.createTBody()
  }

  /** @param {Run[]} runs @param {ThemedStyle[]} styles */
  show(runs, styles) {
    this.body.replaceChildren(...runs.map((run, index) => row(run, styles[index])))
  }
}

/** @param {Run} run @param {ThemedStyle} style */
function row(run, style) {
  const clipped = run.clipped.length ? `; ${run.clipped.length} clipped (hollow dots)` : ""
  const figures = [run.final, run.best, run.reached, run.length].map(figure => readable(figure))
  const made = element("tr")
  made.dataset.kind = run.kind
  made.append(...[swatch(style), run.label, run.verdict + clipped, ...figures].map(dataCell))
  return made
}

/** @param {string | Element} content @param {number} column */
function dataCell(content, column) {
  const cell = element("td", { className: column >= FIRST_FIGURE ? "fall-line-number" : "" })
  cell.append(content)
  return cell
}
