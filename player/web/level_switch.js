// How the contour's levels are spaced, on a switch above it, where the page can be asked for another way.

/** @import { Act } from "./actions.js" */

import { element, group } from "./dom.js"

/** @typedef {"log" | "linear"} Scale */

/** @type {[Scale, string][]} */
const SCALES = [
  ["log", "Logarithmic spacing: shows the floor of a valley"],
  ["linear", "Even spacing: shows the true shape"],
]

export class LevelSwitch {
  /** @param {HTMLElement} parent @param {Act} act */
  constructor(parent, act) {
    this.group = group("fall-line-levels", "Contour levels")
    parent.prepend(this.group)
    this.group.append(element("span", { textContent: "Levels" }))
    this.buttons = SCALES.map(([scale, title]) => {
      const onclick = () => act(["scale", scale])
      const button = element("button", { type: "button", textContent: scale, title, onclick })
      button.className = "fall-line-toggle"
      button.dataset.testid = `levels-${scale}`
      return this.group.appendChild(button)
    })
    this.show(undefined)
  }

  /**
   * Shows how the levels are spaced; without a word of the page there is nothing to switch.
   * @param {Scale | undefined} scale
   */
  show(scale) {
    this.group.hidden = scale === undefined
    for (const button of this.buttons) button.setAttribute("aria-pressed", String(button.textContent === scale))
  }
}
