// A button for every run, which says what became of it and selects it.

/** @import { Run, ThemedStyle } from "./outcome.js" */

import { element, group, swatch } from "./dom.js"

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
    runs.forEach((run, index) => {
      const button = this.buttons[index]
      const name = element("span", { className: "fall-line-run-name", textContent: run.label })
      const verdict = element("span", { className: "fall-line-run-verdict", textContent: run.short })
      button.replaceChildren(swatch(styles[index]), name, verdict)
      button.dataset.kind = run.kind
      button.title = `${run.label}: ${run.verdict}${index < KEYS ? ` (key ${index + 1})` : ""}`
      button.setAttribute("aria-pressed", String(index === selected))
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
