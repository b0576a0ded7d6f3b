// The runs by name: a button each, which says what became of it and selects it, and the table with the figures.

import { dataCell, element, headCell, swatch } from "./dom.js"
import { readable } from "./paths.js"

const HEAD = ["", "Run", "What became of it", "Final loss", "Best loss", "Steps to 1 %", "Path length"]
const HINTS = { "Steps to 1 %": "Steps until the loss is within 1 % of the start's height above the minimum" }

export class Chips {
  constructor(parent, select) {
    this.select = select
    this.group = parent.appendChild(element("div", { className: "fall-line-chips" }))
    this.group.setAttribute("role", "group")
    this.group.setAttribute("aria-label", "Runs: select one to see its steps in numbers")
  }

  /** Keeps the buttons that are there, and so the focus, as long as the number of runs does. */
  update(runs, styles, selected) {
    while (this.group.childElementCount > runs.length) this.group.lastChild.remove()
    while (this.group.childElementCount < runs.length) this.group.append(this.chip(this.group.childElementCount))
    runs.forEach((run, index) => {
      const chip = this.group.children[index]
      const name = element("span", { className: "fall-line-chip-name", textContent: run.label })
      const verdict = element("span", { className: "fall-line-chip-verdict", textContent: run.short })
      chip.replaceChildren(swatch(styles[index]), name, verdict)
      chip.dataset.kind = run.kind
      chip.title = `${run.label}: ${run.verdict}${index < 9 ? ` (key ${index + 1})` : ""}`
      chip.setAttribute("aria-pressed", String(index === selected))
    })
  }

  chip(index) {
    const chip = element("button", { type: "button", className: "fall-line-chip", onclick: () => this.select(index) })
    chip.dataset.testid = `player-run-${index}`
    return chip
  }
}

/** Fills the table: a row per run. */
export function fillTable(table, runs, styles) {
  const rows = runs.map((run, index) => {
    const figures = [run.final, run.best, run.reached, run.length].map(figure => readable(figure))
    const row = element("tr")
    row.dataset.kind = run.kind
    const clipped = run.clipped?.length ? `; ${run.clipped.length} clipped (hollow dots)` : ""
    row.append(...[swatch(styles[index]), run.label, run.verdict + clipped, ...figures].map((cell, column) => dataCell(cell, column)))
    return row
  })
  const header = element("tr")
  header.append(...HEAD.map(text => headCell(text, HINTS[text])))
  const [thead, tbody] = [element("thead"), element("tbody")]
  thead.append(header)
  tbody.append(...rows)
  table.replaceChildren(thead, tbody)
}
