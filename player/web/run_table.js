// The table below the views: a row per run, with its verdict once that is decided, and at the end its figures.

/** @import { Outcome, Run, ThemedStyle } from "./outcome.js" */

import { element, headCell, swatch } from "./dom.js"
import { readable } from "./format.js"
import { isDecided } from "./outcome.js"

const HEAD = ["", "Run", "Outcome", "Final loss", "Best loss", "Steps to 1 %", "Path length"]
const FIRST_SAID = 1
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
    /** @type {HTMLTableRowElement[]} */
    this.rows = []
  }

  /** @param {Run[]} runs @param {ThemedStyle[]} styles */
  show(runs, styles) {
    this.rows = runs.map((run, index) => row(run, styles[index]))
    this.body.replaceChildren(...this.rows)
  }

  /** @param {Outcome} outcome @param {number} step */
  showStep({ runs, steps }, step) {
    runs.forEach((run, index) => {
      const decided = isDecided(run, step)
      const { dataset, children } = this.rows[index]
      dataset.kind = decided ? run.kind : ""
      said(run, decided, step >= steps).forEach((text, column) => {
        const cell = children[FIRST_SAID + column]
        if (cell.textContent !== text) cell.textContent = text
      })
    })
  }
}

/** @param {Run} run @param {ThemedStyle} style */
function row(run, style) {
  const made = element("tr")
  made.append(...[swatch(style), ...said(run, false, false)].map(dataCell))
  return made
}

/**
 * What is said of a run: its name, its verdict and its figures, as far as a person has seen how they come about.
 * @param {Run} run @param {boolean} decided @param {boolean} ended
 */
function said(run, decided, ended) {
  const clipped = run.clipped.length ? `; ${run.clipped.length} clipped (hollow dots)` : ""
  const figures = [run.final, run.best, run.reached, run.length].map(figure => (ended ? readable(figure) : "…"))
  return [run.label, decided ? run.verdict + clipped : "…", ...figures]
}

/** @param {string | Element} content @param {number} column */
function dataCell(content, column) {
  const cell = element("td", { className: column >= FIRST_FIGURE ? "fall-line-number" : "" })
  cell.append(content)
  return cell
}
