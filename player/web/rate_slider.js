// The learning rate of the selected run on a slider: while it moves, the path morphs at the pace of the screen.

/** @import { StepDocument } from "./documents.d.ts" */
/** @import { Fan } from "./fan.js" */
/** @import { Path } from "./outcome.js" */
/** @import { Source } from "./source.js" */

import { element } from "./dom.js"
import { decodeFan, pathAt, placeOf, rateAt } from "./fan.js"
import { readable } from "./format.js"

/**
 * The run, its present rate, the lowest and highest worth trying, and how many are computed between.
 * @typedef {{ run: number } & Pick<StepDocument, "rate" | "range" | "count">} Rates
 */
/**
 * `dragged` hears the rate at which a run is while the slider moves; `preview` draws the run's path at a rate, which is
 * `factor` times what it was; `keep` takes the rate that it ends at.
 * @typedef {{
 *   dragged: (run: number, rate: number) => void,
 *   preview: (run: number, path: Path, at: { rate: number, factor: number }) => void,
 *   keep: (run: number, rate: number) => void,
 * }} RateActions
 */

const FINE = 16 // places of the slider from one path of the fan to the next
const SETTLED = 450 // milliseconds after the last key, until the rate is kept
const HINT =
  "Drag: the path follows at once, drawn between 64 computed rates; the rate where you stop is computed exactly"
const STORED_HINT =
  "Drag: the path follows at once; where you stop, the nearest of the rates is taken that were computed"

export class RateSlider {
  /** @type {Rates | null} */
  #rates = null
  /** @type {Fan | null} */
  #fan = null
  /** What the fan is of, or is to be of. */
  #fanKey = ""
  /**
   * The place on the fan to which the slider was moved, until it is kept.
   * @type {number | null}
   */
  #place = null
  #isHeld = false
  #settling = 0
  #request = 0
  /** @type {{ query: string, steps: number }} */
  #experiment = { query: "", steps: 0 }

  /** @param {HTMLElement} parent @param {Source} source @param {RateActions} on */
  constructor(parent, source, on) {
    this.source = source
    this.on = on
    this.label = parent.appendChild(element("label", { className: "fall-line-rate", hidden: !source.rates }))
    this.label.append(element("span", { textContent: "Learning rate" }))
    this.slider = this.label.appendChild(element("input", { type: "range", min: "0", step: "1", disabled: true }))
    this.slider.title = source.isFixed ? STORED_HINT : HINT
    this.slider.dataset.testid = "player-rate"
    this.slider.setAttribute("aria-label", "Learning rate of the selected run")
    this.value = this.label.appendChild(element("span", { className: "fall-line-rate-value" }))
    this.slider.onpointerdown = () => this.#grab()
    this.slider.onpointerenter = () => this.#fetchFan()
    this.slider.onfocus = () => this.#fetchFan()
    this.slider.oninput = () => this.#move()
    this.slider.onchange = () => this.#settle()
  }

  /**
   * The experiment that the rates belong to.
   * @param {string} query @param {number} steps
   */
  follow(query, steps) {
    this.#experiment = { query, steps }
  }

  /**
   * Shows a run's rates, unless a hand is on the slider.
   * @param {Rates} rates
   */
  show(rates) {
    if (this.#isHeld || this.#settling || this.slider.matches(":active")) return
    this.#rates = rates
    this.slider.disabled = false
    this.slider.max = String(FINE * (rates.count - 1))
    this.slider.value = String(Math.round(FINE * placeOf(rates.rate, rates.range, rates.count)))
    this.#showRate(rates.rate)
    if (document.activeElement === this.slider) this.#fetchFan()
  }

  /** Another run, or none, is selected: what was moved is kept first, and nothing of it is left for the next one. */
  leave() {
    if (this.#place !== null) this.#keep()
    this.#forget()
  }

  destroy() {
    this.#forget()
  }

  #forget() {
    clearTimeout(this.#settling)
    cancelAnimationFrame(this.#request)
    this.#settling = this.#request = 0
    this.#rates = this.#fan = this.#place = null
    this.#fanKey = ""
    this.#isHeld = false
    this.slider.disabled = true
  }

  /** @param {number} rate */
  #showRate(rate) {
    this.value.textContent = readable(rate)
    this.slider.setAttribute("aria-valuetext", readable(rate))
  }

  /** Asks for the fan once for every experiment and run. */
  async #fetchFan() {
    const { query } = this.#experiment
    const run = this.#rates?.run
    const key = `${run} ${query}`
    if (run === undefined || !this.source.rates || key === this.#fanKey) return
    this.#fanKey = key
    this.#fan = null
    delete this.slider.dataset.ready
    try {
      const fan = decodeFan(await this.source.rates(query, run))
      if (key !== this.#fanKey) return
      this.#fan = fan
      this.slider.dataset.ready = "true"
      if (this.#place !== null) this.#move()
    } catch (error) {
      if (key === this.#fanKey) this.#fanKey = ""
      console.warn(error)
    }
  }

  #move() {
    if (!this.#rates) return
    this.#place = Number(this.slider.value) / FINE
    const rate = rateAt(this.#place, this.#rates.range, this.#rates.count)
    this.#showRate(rate)
    this.on.dragged(this.#rates.run, rate)
    if (!this.#fan) this.#fetchFan()
    else if (!this.#request) this.#request = requestAnimationFrame(() => this.#preview())
  }

  #preview() {
    this.#request = 0
    if (this.#place === null || !this.#fan || !this.#rates) return
    const { run, rate: before, range, count } = this.#rates
    const rate = rateAt(this.#place, range, count)
    this.on.preview(run, pathAt(this.#fan, this.#place, this.#experiment.steps), { rate, factor: rate / before })
  }

  /** The pointer may be let go anywhere; what the slider then says comes with its own event. */
  #grab() {
    this.#isHeld = true
    this.#fetchFan()
    const letGo = () => {
      setTimeout(() => {
        this.#isHeld = false
      })
    }
    for (const name of ["pointerup", "pointercancel"]) window.addEventListener(name, letGo, { once: true })
  }

  /** The pointer lets go: the rate is kept at once; keys may follow each other, so the last one counts. */
  #settle() {
    clearTimeout(this.#settling)
    if (this.#place === null) return
    if (this.#isHeld) this.#keep()
    else this.#settling = window.setTimeout(() => this.#keep(), SETTLED)
  }

  #keep() {
    clearTimeout(this.#settling)
    this.#settling = 0
    if (this.#place === null || !this.#rates) return
    const rate = rateAt(this.#place, this.#rates.range, this.#rates.count)
    this.#rates = { ...this.#rates, rate }
    this.#place = this.#fan = null
    this.#fanKey = ""
    this.on.keep(this.#rates.run, rate)
  }
}
