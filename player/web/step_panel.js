// One step of the selected run in numbers: the rule's formula, and what every symbol of it was at that step.

/** @import { StepDocument, SymbolRow } from "./documents.d.ts" */
/** @import { StepArrows } from "./geometry/arrows.js" */
/** @import { Typeset } from "./formula.js" */
/** @import { Picture } from "./outcome.js" */
/** @import { RateActions } from "./rate_slider.js" */
/** @import { Source } from "./source.js" */

import { element, headCell, iconButton, swatch } from "./dom.js"
import { readable } from "./format.js"
import { loadTypesetter } from "./formula.js"
import { ICONS } from "./icons.js"
import { LatestRequest } from "./latest.js"
import { RateSlider } from "./rate_slider.js"

/** @typedef {{ asked: string, query: string, run: number, step: number, isPlaying: boolean, rate?: number }} Question */
/**
 * `showArrows` draws the directions of the step, or none.
 * @typedef {{ close: () => void, showArrows: (step: Omit<StepArrows, "from"> | null) => void }} PanelActions
 */

const DIGITS = 6
const PACE = 160 // milliseconds between two steps that are asked for while playing
const AXES = ["x", "y"]

export class StepPanel {
  /** @type {number | null} */
  #run = null
  #asked = ""
  /** Which symbols stand in the panel, and the cells of their values. */
  #symbols = ""
  /** @type {HTMLElement[][]} */
  #cells = []
  /** @type {LatestRequest<Question, { document: StepDocument, typeset: Typeset }>} */
  #steps

  /**
   * @param {HTMLElement} parent
   * @param {Source} source
   * @param {RateActions & PanelActions} on
   * @param {() => Promise<Typeset>} typesetter
   */
  constructor(parent, source, on, typesetter = loadTypesetter) {
    this.on = on
    this.source = source
    this.typesetter = typesetter
    this.section = parent.appendChild(element("section", { className: "fall-line-step", hidden: true, tabIndex: 0 }))
    this.section.dataset.testid = "player-numbers"
    this.section.setAttribute("aria-label", "One step in numbers")
    const head = this.section.appendChild(element("div", { className: "fall-line-step-head" }))
    this.title = head.appendChild(element("div", { className: "fall-line-step-title" }))
    head.append(iconButton("player-numbers-close", "Close (Escape)", ICONS.close, on.close))
    this.rate = new RateSlider(this.section, source, on)
    this.formula = this.section.appendChild(element("div", { className: "fall-line-formula" }))
    this.scalars = this.section.appendChild(element("div", { className: "fall-line-scalars" }))
    this.vectors = this.section.appendChild(element("table", { className: "fall-line-vectors" }))
    this.#steps = new LatestRequest(
      question => this.#ask(question),
      (answer, question) => this.#fill(answer, question),
    )
  }

  /** Fetches what typesets formulas before the first one is asked for. */
  prepare() {
    if (this.source.step) this.typesetter().catch(console.warn)
  }

  /**
   * Shows a run, or nothing for null; until its numbers are there the panel is busy, in the platform's own word.
   * @param {number | null} run
   */
  select(run) {
    this.rate.leave()
    this.#run = run
    this.#asked = ""
    this.section.hidden = run === null || !this.source.step
    this.section.setAttribute("aria-busy", "true")
    delete this.section.dataset.step
    this.#steps.cancel()
    if (run === null) this.on.showArrows(null)
  }

  get isShown() {
    return !this.section.hidden
  }

  /**
   * The step or the outcome may have changed.
   * @param {Picture} picture @param {number} step @param {boolean} isPlaying
   */
  update({ outcome, styles }, step, isPlaying) {
    this.rate.follow(outcome.query, outcome.steps)
    if (this.#run === null || !this.source.step) return
    const shown = Math.min(step, outcome.steps - 1)
    const rate = outcome.dragged?.run === this.#run ? outcome.dragged.rate : undefined
    const asked = `${outcome.query} ${this.#run} ${step} ${rate}`
    if (asked === this.#asked) return
    this.#asked = asked
    this.section.setAttribute("aria-busy", "true")
    const last = shown < step ? ", its last update" : ""
    const textContent = `${outcome.runs[this.#run].label}: step ${step} of ${outcome.steps}${last}`
    this.title.replaceChildren(swatch(styles[this.#run]), element("span", { textContent }))
    this.#steps.request({ asked, query: outcome.query, run: this.#run, step: shown, isPlaying, rate })
  }

  /** @param {Question} question */
  async #ask({ query, run, step, isPlaying, rate }) {
    const answer = /** @type {Required<Source>} */ (this.source).step(query, run, step, rate)
    const pace = isPlaying ? new Promise(resolve => setTimeout(resolve, PACE)) : null
    const [document, typeset] = await Promise.all([answer, this.typesetter(), pace])
    return { document, typeset }
  }

  /** @param {{ document: StepDocument, typeset: Typeset }} answer @param {Question} question */
  #fill({ document: { rows, arrows, formula, ...rates }, typeset }, { asked, run, step, rate }) {
    if (run !== this.#run) return
    const symbols = JSON.stringify([formula, rows.map(({ symbol, name, values }) => [symbol, name, values.length])])
    if (symbols !== this.#symbols) this.#layOut(formula, rows, typeset)
    this.#symbols = symbols
    rows.forEach(({ values }, row) => {
      values.forEach((value, axis) => {
        this.#cells[row][axis].textContent = readable(value, DIGITS)
      })
    })
    this.section.dataset.step = String(step)
    this.section.setAttribute("aria-busy", String(asked !== this.#asked))
    if (rate !== undefined) return // the slider is in a hand, and arrows would flicker
    this.rate.show({ run, ...rates })
    this.on.showArrows({ run, step, arrows })
  }

  /**
   * The formula, the single numbers beside one another, and a row for everything that has a value for every axis.
   * @param {string} formula @param {SymbolRow[]} rows @param {Typeset} typeset
   */
  #layOut(formula, rows, typeset) {
    this.formula.replaceChildren(...typeset(formula, true))
    const head = element("tr")
    head.append(...["", ...AXES, ""].map(text => headCell(text)))
    this.vectors.replaceChildren(head)
    this.scalars.replaceChildren()
    this.#cells = rows.map(row => {
      const parts = row.values.length > 1 ? vector(row, typeset) : scalar(row, typeset)
      if (row.values.length > 1) this.vectors.append(parts.whole)
      else this.scalars.append(parts.whole)
      return parts.cells
    })
  }

  destroy() {
    this.#steps.cancel()
    this.rate.destroy()
  }
}

/** @param {SymbolRow} row @param {Typeset} typeset */
function vector({ symbol, name, values }, typeset) {
  const whole = element("tr")
  whole.dataset.symbol = symbol
  const head = element("td", { className: "fall-line-symbol" })
  head.append(...typeset(symbol))
  const cells = values.map(() => element("td"))
  const meaning = element("th", { scope: "row", className: "fall-line-meaning", textContent: name, title: name })
  whole.append(head, ...cells, meaning)
  return { whole, cells }
}

/** @param {SymbolRow} row @param {Typeset} typeset */
function scalar({ symbol, name }, typeset) {
  const whole = element("span", { title: name })
  whole.dataset.symbol = symbol
  const value = element("span")
  whole.append(...typeset(symbol), " = ", value)
  return { whole, cells: [value] }
}
