// The learning rate of the selected run on a slider: while it moves, the path morphs at the pace of the screen.

import { element } from "./dom.js"
import { pathAt, placeOf, rateAt } from "./fan.js"
import { fetchJson } from "./loading.js"
import { decode, readable } from "./paths.js"

const FINE = 16 // places of the slider from one path of the fan to the next
const SETTLED = 450 // milliseconds after the last key, until the rate is kept

export class Rates {
  /** `player` gives the data, draws previews and takes the rate that it ends at. */
  constructor(player, parent) {
    this.player = player
    const label = parent.appendChild(element("label", { className: "fall-line-rate" }))
    this.words = label.appendChild(element("span", { textContent: "Learning rate" }))
    this.slider = label.appendChild(element("input", { type: "range", min: 0, step: 1, disabled: true }))
    this.slider.dataset.testid = "player-rate"
    this.slider.title = "Drag: the path follows at once, drawn between 64 computed rates; the rate where you stop is computed exactly"
    this.value = label.appendChild(element("span", { className: "fall-line-rate-value" }))
    this.slider.setAttribute("aria-label", "Learning rate of the selected run")
    this.slider.onpointerdown = () => this.grab()
    this.slider.onpointerenter = () => this.fetchFan()
    this.slider.onfocus = () => this.fetchFan()
    this.slider.oninput = () => this.moved()
    this.slider.onchange = () => this.settle()
  }

  /** What the server says of the run's rates: the present one, the lowest and highest worth trying, and how many. */
  show(run, { rate, range, count }) {
    if (this.held || this.settling || this.slider.matches(":active")) return
    Object.assign(this, { run, rate, range, count })
    this.slider.disabled = false
    this.slider.max = FINE * (count - 1)
    this.slider.value = Math.round(FINE * placeOf(rate, range, count))
    this.say(rate)
    if (document.activeElement === this.slider) this.fetchFan()
  }

  /** Another run, or none, is selected: what was moved is kept first, and nothing of it is left for the next one. */
  hide() {
    if (this.wanted !== undefined) this.keep()
    this.drop()
  }

  drop() {
    clearTimeout(this.settling)
    if (this.request) cancelAnimationFrame(this.request)
    Object.assign(this, { settling: null, held: false, fan: null, asked: null, run: null, wanted: undefined, request: null })
    this.slider.disabled = true
  }

  say(rate) {
    this.value.textContent = readable(rate)
    this.slider.setAttribute("aria-valuetext", readable(rate))
  }

  /** Asks for the fan once for every experiment and run. */
  async fetchFan() {
    const { base, data } = this.player
    const { run } = this
    if (run === null || run === undefined || !data) return
    const asked = `${data.query}&of=${run}`
    if (asked === this.asked) return
    this.asked = asked
    this.fan = null
    delete this.slider.dataset.ready
    try {
      const fan = await fetchJson(new URL(`fall-line/rates?${asked}`, base))
      if (asked !== this.asked) return
      this.fan = { ...fan, positions: decode(fan.positions), losses: decode(fan.losses) }
      this.slider.dataset.ready = "true"
      if (this.wanted !== undefined) this.moved()
    } catch (error) {
      if (asked === this.asked) this.asked = null
      console.warn(error.message)
    }
  }

  moved() {
    if (this.run === null || this.run === undefined) return
    this.wanted = Number(this.slider.value) / FINE
    this.say(rateAt(this.wanted, this.range, this.count))
    if (!this.fan) return this.fetchFan()
    this.request ??= requestAnimationFrame(() => {
      this.request = null
      if (this.wanted === undefined || !this.fan || this.run === null) return
      const { steps } = this.player.data
      this.player.previewRun(this.run, pathAt(this.fan, this.wanted, steps), rateAt(this.wanted, this.range, this.count) / this.rate)
    })
  }

  /** The pointer may be let go anywhere; what the slider then says comes with its own event. */
  grab() {
    this.held = true
    this.fetchFan()
    for (const name of ["pointerup", "pointercancel"]) window.addEventListener(name, () => setTimeout(() => (this.held = false)), { once: true })
  }

  /** The pointer lets go: the rate is kept at once; keys may follow each other, so the last one counts. */
  settle() {
    clearTimeout(this.settling)
    if (this.wanted === undefined) return
    if (this.held) this.keep()
    else this.settling = setTimeout(() => this.keep(), SETTLED)
  }

  keep() {
    clearTimeout(this.settling)
    const rate = rateAt(this.wanted, this.range, this.count)
    Object.assign(this, { settling: null, wanted: undefined, rate, asked: null, fan: null })
    this.player.send("rate", { run: this.run, rate })
  }
}
