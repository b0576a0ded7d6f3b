// What a first visit is told, once: what can be dragged. It shows while a pointer is over the player, never in a picture
// that is taken of it, and is gone for good as soon as something was dragged.

import { element, iconButton } from "./dom.js"
import { ICONS } from "./icons.js"

const SEEN = "fall-line-hint-seen"
const WORDS = "Drag the ring, and every path follows. Drag a learning rate, and its path follows."

export class Hint {
  /**
   * @param {HTMLElement} root whose first visitor is told
   * @param {HTMLElement} parent in which it stands
   */
  constructor(root, parent) {
    this.section = parent.appendChild(element("div", { className: "fall-line-hint", hidden: true }))
    this.section.dataset.testid = "player-hint"
    this.section.append(
      element("span", { textContent: WORDS }),
      iconButton("player-hint-close", "Got it", ICONS.close, () => this.close()),
    )
    this.listening = new AbortController()
    const { signal } = this.listening
    if (wasSeen()) return
    root.addEventListener("pointerenter", () => this.#show(true), { signal })
    root.addEventListener("pointerleave", () => this.#show(false), { signal })
  }

  /** It is known now, on this visit and on others. */
  close() {
    this.#show(false)
    this.destroy()
    try {
      window.localStorage.setItem(SEEN, "yes")
    } catch (error) {
      console.info("the browser keeps nothing for this page, so the hint comes again", error)
    }
  }

  destroy() {
    this.listening.abort()
  }

  /** @param {boolean} shown */
  #show(shown) {
    this.section.hidden = !shown
  }
}

/** Whether the browser remembers it; one that keeps nothing does not. */
function wasSeen() {
  try {
    return window.localStorage.getItem(SEEN) !== null
  } catch {
    return false
  }
}
