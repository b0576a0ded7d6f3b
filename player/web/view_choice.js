// Which views stand beside the contour: those that a person wants, as far as there is room to read them.

/** @import { ViewState } from "./toolbar.js" */

/** @typedef {{ name: string, label: string, wanted: boolean, offered: boolean, isChosen: boolean }} Choice */

export class ViewChoice {
  /** @type {Choice[]} */
  #choices = [
    { name: "data", label: "Data", wanted: true, offered: false, isChosen: false },
    { name: "boundary", label: "Fits", wanted: true, offered: false, isChosen: false },
    { name: "loss", label: "Loss", wanted: true, offered: true, isChosen: false },
    { name: "surface", label: "3-D", wanted: true, offered: true, isChosen: false },
    { name: "rate", label: "Rate", wanted: true, offered: true, isChosen: false },
    { name: "slope", label: "Gradient", wanted: false, offered: true, isChosen: false },
    { name: "sharpness", label: "Curvature", wanted: true, offered: false, isChosen: false },
    { name: "race", label: "Race", wanted: false, offered: true, isChosen: false },
  ]
  /** The most important first. */
  #order = ["loss", "data", "boundary", "sharpness", "surface", "rate", "slope", "race"]
  #room = Number.POSITIVE_INFINITY
  /** Whether the numbers of a run take the place of all views but the most important one. */
  #isBesideNumbers = false

  /** @returns {ViewState[]} in the order of the page */
  get states() {
    return this.#choices.map(({ name, label, offered }) => ({ name, label, shown: this.isShown(name), offered }))
  }

  /** @param {string} name */
  isShown(name) {
    const wanted = this.#order.filter(one => this.#choice(one).wanted && this.#choice(one).offered)
    const room = wanted.includes("boundary") ? this.#room - 1 : this.#room // several pictures stand in it
    const seen = this.#isBesideNumbers ? wanted.filter(one => one === "loss") : wanted.slice(0, Math.max(room, 1))
    return seen.includes(name)
  }

  /**
   * A person wants the view, or does not want it any more. What is wanted last is given up last, after the loss.
   * @param {string} name
   */
  toggle(name) {
    const choice = this.#choice(name)
    choice.wanted = !this.isShown(name)
    choice.isChosen = true
    if (!choice.wanted || name === "loss") return
    this.#order = ["loss", name, ...this.#order.filter(one => one !== name && one !== "loss")]
  }

  /**
   * So many views can be read.
   * @param {number} most
   */
  setRoom(most) {
    this.#room = most
  }

  /** @param {boolean} isBesideNumbers */
  setBesideNumbers(isBesideNumbers) {
    this.#isBesideNumbers = isBesideNumbers
  }

  /**
   * The data view is there where the surface is made of data; it takes the room of the rates, unless a person chose.
   * @param {boolean} offered
   */
  offerData(offered) {
    this.#choice("data").offered = offered
    const rate = this.#choice("rate")
    if (!rate.isChosen) rate.wanted = !offered
  }

  /**
   * What networks have learned, and the curvature along their paths, are there for networks alone; where they are, there
   * is no room for the button of the race.
   * @param {boolean} offered
   */
  offerNetworks(offered) {
    for (const name of ["boundary", "sharpness"]) this.#choice(name).offered = offered
    this.#choice("race").offered = !offered
    const rate = this.#choice("rate")
    if (offered && !rate.isChosen) rate.wanted = false
  }

  /** @param {string} name @returns {Choice} */
  #choice(name) {
    const choice = this.#choices.find(one => one.name === name)
    if (!choice) throw new Error(`there is no view ${name}`)
    return choice
  }
}
