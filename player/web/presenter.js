// Presenter mode: only the player, as large as the screen.

export class Presenter {
  presenting = false
  #filledScreen = false
  #listening = new AbortController()

  /**
   * @param {HTMLElement} root
   * @param {(asked: boolean) => void} changed called when the mode has changed, and whether a person asked for it
   */
  constructor(root, changed) {
    this.root = root
    this.changed = changed
    document.addEventListener("fullscreenchange", () => this.#screenChanged(), { signal: this.#listening.signal })
  }

  /** @param {boolean} presenting @param {boolean} asked by a person, in whose hand alone it is to fill the screen */
  set(presenting, asked = true) {
    this.presenting = presenting
    this.root.classList.toggle("fall-line-presenting", presenting)
    document.documentElement.classList.toggle("fall-line-presented", presenting)
    if (presenting && asked) fillScreen()
    else if (!presenting && document.fullscreenElement) document.exitFullscreen()
    this.changed(asked)
  }

  /** Whoever leaves the full screen leaves the mode, too. */
  #screenChanged() {
    const left = this.#filledScreen && !document.fullscreenElement
    this.#filledScreen = Boolean(document.fullscreenElement)
    if (left && this.presenting) this.set(false)
  }

  destroy() {
    this.#listening.abort()
    document.documentElement.classList.remove("fall-line-presented")
  }
}

/** Where a browser does not allow it, the window is filled all the same. */
function fillScreen() {
  document.documentElement.requestFullscreen?.().catch(() => {})
}
