// One step of the selected run in numbers: the rule's formula, and what every symbol of it was at that step.

import { button, element, headCell, ICONS, swatch } from "./dom.js"
import { loadTypesetter } from "./formula.js"
import { fetchJson } from "./loading.js"
import { Newest } from "./newest.js"
import { readable } from "./paths.js"
import { Rates } from "./rates.js"

const DIGITS = 6
const PACE = 160 // milliseconds between two steps that are asked for while playing

export class Numbers {
  /** `player` gives the data and the step, and draws the arrows. */
  constructor(player, parent) {
    this.player = player
    this.section = parent.appendChild(element("section", { className: "fall-line-numbers", hidden: true, tabIndex: 0 }))
    this.section.dataset.testid = "player-numbers"
    this.section.setAttribute("aria-label", "One step in numbers")
    const head = this.section.appendChild(element("div", { className: "fall-line-numbers-head" }))
    this.title = head.appendChild(element("div", { className: "fall-line-numbers-title" }))
    head.append(button("player-numbers-close", "Close (Escape)", ICONS.close, () => player.select(null)))
    this.rates = new Rates(player, this.section)
    this.formula = this.section.appendChild(element("div", { className: "fall-line-formula" }))
    this.singles = this.section.appendChild(element("div", { className: "fall-line-singles" }))
    this.table = this.section.appendChild(element("table", { className: "fall-line-symbols" }))
    this.newest = new Newest(what => this.ask(what), (answer, what) => this.fill(answer, what), error => console.warn(error.message))
  }

  /** Shows `run`, or nothing for null. */
  show(run) {
    this.run = run
    this.section.hidden = run === null
    this.wanted = undefined
    this.newest.drop()
    this.rates.hide()
    if (run === null) this.player.drawArrows(null)
    else this.update()
  }

  /** The step or the data changed. */
  update() {
    if (this.run === null || this.run === undefined || this.section.hidden) return
    const { data, styles } = this.player
    const step = Math.min(this.player.step, data.steps - 1)
    const wanted = `${data.query} ${this.run} ${step}`
    if (wanted === this.wanted) return
    this.wanted = wanted
    const words = element("span", { textContent: `${data.runs[this.run].label}: step ${step + 1} of ${data.steps}` })
    this.title.replaceChildren(swatch(styles[this.run]), words)
    this.newest.want({ query: data.query, run: this.run, step })
  }

  async ask({ query, run, step }) {
    const answer = fetchJson(new URL(`fall-line/numbers?${query}&of=${run}&at=${step}`, this.player.base))
    const pace = this.player.playing ? new Promise(resolve => setTimeout(resolve, PACE)) : null
    const [numbers, typeset] = await Promise.all([answer, loadTypesetter(this.player.base, this.player.newest.typesetter), pace])
    this.typeset = typeset
    return numbers
  }

  fill(answer, { run, step }) {
    if (run !== this.run) return
    const layout = JSON.stringify([answer.formula, answer.rows.map(row => [row.symbol, row.name])])
    if (layout !== this.layout) this.layOut(answer)
    this.layout = layout
    answer.rows.forEach((row, index) => {
      this.cells[index].forEach((cell, axis) => (cell.textContent = readable(row.values[axis], DIGITS)))
    })
    this.section.dataset.step = step
    this.rates.show(run, answer)
    this.player.drawArrows({ run, step, arrows: answer.arrows })
  }

  /** The formula, the single numbers beside one another, and a row for everything that has an x and a y. */
  layOut({ formula, rows }) {
    this.formula.replaceChildren(...this.typeset(formula, true))
    const head = element("tr")
    head.append(...["", "x", "y", ""].map(text => headCell(text)))
    this.table.replaceChildren(head)
    this.singles.replaceChildren()
    this.cells = rows.map(row => (row.values.length > 1 ? this.vector(row) : this.single(row)))
  }

  vector(row) {
    const line = this.table.appendChild(element("tr"))
    line.dataset.symbol = row.symbol
    const symbol = line.appendChild(element("td", { className: "fall-line-symbol" }))
    symbol.append(...this.typeset(row.symbol))
    const cells = row.values.map(() => line.appendChild(element("td")))
    line.append(element("th", { scope: "row", className: "fall-line-meaning", textContent: row.name, title: row.name }))
    return cells
  }

  single(row) {
    const item = this.singles.appendChild(element("span", { title: row.name }))
    item.dataset.symbol = row.symbol
    const value = element("span")
    item.append(...this.typeset(row.symbol), " = ", value)
    return [value]
  }

  destroy() {
    this.newest.drop()
    this.rates.drop()
  }
}
