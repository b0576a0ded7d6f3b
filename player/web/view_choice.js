// Which views stand beside the contour.

/** @import { ViewState } from "./toolbar.js" */

/** @typedef {{ name: string, label: string, wanted: boolean, offered: boolean, isChosen: boolean }} Choice */

export class ViewChoice {
  /** @type {Choice[]} */
  #choices = [
    { name: "data", label: "Data", wanted: true, offered: false, isChosen: false },
    { name: "loss", label: "Loss", wanted: true, offered: true, isChosen: false },
    { name: "surface", label: "3-D", wanted: true, offered: true, isChosen: false },
    { name: "rate", label: "Rate", wanted: true, offered: true, isChosen: false },
    { name: "slope", label: "Gradient", wanted: false, offered: true, isChosen: false },
    { name: "race", label: "Race", wanted: false, offered: true, isChosen: false },
  ]

  /** @returns {ViewState[]} in the order of the page */
  get states() {
    return this.#choices.map(({ name, label, wanted, offered }) => ({ name, label, shown: wanted, offered }))
  }

  /** @param {string} name */
  isShown(name) {
    const { wanted, offered } = this.#choice(name)
    return wanted && offered
  }

  /**
   * A person wants the view, or does not want it any more.
   * @param {string} name
   */
  toggle(name) {
    const choice = this.#choice(name)
    choice.wanted = !choice.wanted
    choice.isChosen = true
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

  /** @param {string} name @returns {Choice} */
  #choice(name) {
    const choice = this.#choices.find(one => one.name === name)
    if (!choice) throw new Error(`there is no view ${name}`)
    return choice
  }
}
