// Gathers what a picture needs, says what can't be had now, and tries again.

/** @import { Delivery } from "./documents.d.ts" */
/** @import { Box } from "./geometry/axis.js" */
/** @import { Found, Ingredients } from "./ingredients.js" */

import { element } from "./dom.js"
import { MissingError } from "./ingredients.js"

const RETRY = 2000 // milliseconds after something could not be fetched

export class Loader {
  #timer = 0

  /** @param {HTMLElement} parent @param {Ingredients} ingredients */
  constructor(parent, ingredients) {
    this.ingredients = ingredients
    this.notice = parent.appendChild(element("div", { className: "fall-line-notice" }))
    this.notice.setAttribute("role", "status")
  }

  /**
   * Hands `use` what was found, once all of it is; what was asked for before is not waited for any more.
   * @param {Delivery} delivery @param {string} theme @param {Box | null} part of the plane
   * @param {() => boolean} isCurrent
   * @param {(found: Found) => Promise<void>} use
   * @returns {Promise<void>}
   */
  async load(delivery, theme, part, isCurrent, use) {
    clearTimeout(this.#timer)
    try {
      const found = await this.ingredients.gather(delivery, theme, part)
      if (!isCurrent()) return
      this.notice.textContent = ""
      await use(found)
    } catch (error) {
      if (!(error instanceof MissingError)) throw error
      console.error(error)
      if (!isCurrent()) return
      this.notice.textContent = `${error.message} Trying again…`
      this.#timer = window.setTimeout(() => this.load(delivery, theme, part, isCurrent, use), RETRY)
    }
  }

  destroy() {
    clearTimeout(this.#timer)
  }
}
