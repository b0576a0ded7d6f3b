// What the player says to who does not see it: where every run is, and what became of it.

/** @import { Outcome } from "./outcome.js" */

import { element } from "./dom.js"
import { readable } from "./format.js"

const QUIET = 700 // milliseconds that the step must stand before it is said

export class Announcer {
  #timer = 0

  /** @param {HTMLElement} parent */
  constructor(parent) {
    this.region = parent.appendChild(element("div", { className: "fall-line-announcement" }))
    this.region.dataset.testid = "player-live"
    this.region.setAttribute("role", "status")
  }

  /**
   * Says how things stand at a step, once nothing else has been said for a moment.
   * @param {Outcome} outcome @param {number} step
   */
  announce(outcome, step) {
    clearTimeout(this.#timer)
    this.#timer = window.setTimeout(() => {
      this.region.textContent = inWords(outcome, step)
    }, QUIET)
  }

  destroy() {
    clearTimeout(this.#timer)
  }
}

/**
 * The state at a step in words; at the last one with the verdicts.
 * @param {Outcome} outcome @param {number} step
 */
export function inWords({ runs, steps, lossAt }, step) {
  const sentences = runs.map((run, index) => {
    if (step >= steps && run.verdict) return `${run.label}: ${run.verdict}, loss ${readable(run.final)}.`
    if (step > run.drawn) return `${run.label}: has diverged.`
    return `${run.label}: loss ${readable(lossAt(index, step))}.`
  })
  return `Step ${step} of ${steps}. ${sentences.join(" ")}`
}
