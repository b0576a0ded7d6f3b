// A button for every run, which says how it stands, once it is decided what became of it, and selects it.

/** @import { Outcome, Run, ThemedStyle } from "./outcome.js" */

import { element, group, nameParts, swatch } from "./dom.js"
import { readable } from "./format.js"
import { badge, isDecided } from "./outcome.js"

const KEYS = 9 // runs that have a key

export class RunButtons {
  /**
   * @param {HTMLElement} parent
   * @param {(run: number) => void} select
   */
  constructor(parent, select) {
    this.select = select
    this.group = parent.appendChild(group("fall-line-runs", "Runs: select one to see its steps in numbers"))
    /** @type {HTMLButtonElement[]} */
    this.buttons = []
  }

  /**
   * Keeps the buttons that are there, and so the focus, as long as the number of runs does.
   * @param {Run[]} runs @param {ThemedStyle[]} styles @param {number | null} selected
   */
  show(runs, styles, selected) {
    while (this.buttons.length > runs.length) this.buttons.pop()?.remove()
    while (this.buttons.length < runs.length) this.buttons.push(this.#add(this.buttons.length))
    runs.forEach((_, index) => {
      const button = this.buttons[index]
      const name = element("span", { className: "fall-line-run-name" })
      button.replaceChildren(swatch(styles[index]), name, element("span", { className: "fall-line-run-verdict" }))
      button.setAttribute("aria-pressed", String(index === selected))
    })
  }

  /** @param {Outcome} outcome @param {number} step */
  showStep({ runs, lossAt }, step) {
    this.buttons.forEach((button, index) => {
      const run = runs[index]
      const decided = isDecided(run, step)
      const loss = step > run.drawn ? "has diverged" : `loss ${readable(lossAt(index, step))}`
      const words = decided ? run.short : loss
      const status = /** @type {HTMLElement} */ (button.lastElementChild)
      const [, name] = button.children
      const called = badge(runs, index) === run.label ? run.label : `${index + 1} ${run.label}`
      if (status.textContent === words && name.textContent === called) return
      name.replaceChildren(...nameParts(called))
      status.textContent = words
      button.dataset.kind = decided ? run.kind : ""
      button.title = `${run.label}: ${decided ? run.verdict : loss}${index < KEYS ? ` (key ${index + 1})` : ""}`
    })
  }

  /** @param {number} index */
  #add(index) {
    const onclick = () => this.select(index)
    const button = element("button", { type: "button", className: "fall-line-run", onclick })
    button.dataset.testid = `player-run-${index}`
    return this.group.appendChild(button)
  }
}
