// The toolbar: takes what there is to say of the player's state, and tells what a person asks for.

/** @import { Act } from "./actions.js" */

import { SPEEDS } from "./clock.js"
import { element, group, iconButton } from "./dom.js"
import { ICONS } from "./icons.js"
import { HELP } from "./keys.js"

/**
 * @typedef {{
 *   playing: boolean, step: number, steps: number | null, speed: number, loops: boolean, sideBySide: boolean,
 *   marks: boolean, fits: boolean, canFit: boolean, presenting: boolean, views: ViewState[],
 *   undoable?: boolean,
 * }} ToolbarState
 */
/** @typedef {{ name: string, label: string, shown: boolean, offered: boolean }} ViewState */

const LABELS = {
  replay: "Replay from the start",
  back: "One step back (←; Shift+← for ten)",
  forward: "One step forward (→; Shift+→ for ten)",
  layout: "Side by side: one contour for every run",
  marks: "Minima (stars) and saddles (crosses)",
  fit: "Fit paths: zoom out so that all are seen",
  undo: "Take back the last change (Ctrl+Z)",
  present: "Presenter mode (P; Escape leaves)",
}

export class Toolbar {
  /**
   * @param {HTMLElement} parent
   * @param {Act} act
   */
  constructor(parent, act) {
    this.act = act
    /** @type {Map<string, HTMLButtonElement>} */
    this.viewButtons = new Map()
    this.play = iconButton("player-play", "Play", ICONS.play, () => act(["toggle"]))
    this.loop = iconButton("player-loop", "Loop (L)", ICONS.loop, () => act(["loop"]))
    this.scrub = scrubber(step => act(["go", step]))
    this.counter = element("span", { className: "fall-line-counter" })
    this.speed = speedMenu(speed => act(["speed", speed]))
    this.views = group("fall-line-toggles", "Views")
    this.layout = iconButton("player-layout", LABELS.layout, ICONS.squares, () => act(["sideBySide"]))
    this.marks = iconButton("player-marks", LABELS.marks, ICONS.star, () => act(["marks"]))
    this.fit = iconButton("player-fit", LABELS.fit, ICONS.fit, () => act(["fit"]))
    this.undo = iconButton("player-undo", LABELS.undo, ICONS.undo, () => act(["undo"]))
    this.present = iconButton("player-present", LABELS.present, ICONS.screen, () => act(["present"]))
    const bar = parent.appendChild(element("div", { className: "fall-line-toolbar" }))
    bar.append(
      this.play,
      iconButton("player-replay", LABELS.replay, ICONS.first, () => act(["replay"])),
      iconButton("player-step-back", LABELS.back, ICONS.back, () => act(["step", -1])),
      iconButton("player-step-forward", LABELS.forward, ICONS.forward, () => act(["step", 1])),
      ...[this.loop, this.scrub, this.counter, this.speed, this.views],
      ...[this.layout, this.marks, this.fit, this.undo, this.present, keyHelp()],
    )
  }

  /**
   * Shows the state; what has not changed is left alone.
   * @param {ToolbarState} state
   */
  show(state) {
    if (this.play.dataset.playing !== String(state.playing)) this.#showPlaying(state.playing)
    press(this.loop, state.loops)
    press(this.layout, state.sideBySide)
    press(this.marks, state.marks)
    press(this.fit, state.fits)
    press(this.present, state.presenting)
    this.fit.hidden = !state.fits && !state.canFit
    this.undo.hidden = state.undoable === undefined
    this.undo.disabled = !state.undoable
    for (const view of state.views) this.#showView(view)
    // An open menu would lose what is pointed at.
    if (this.speed.value !== String(state.speed)) this.speed.value = String(state.speed)
    if (state.steps !== null) this.#showStep(state.step, state.steps)
  }

  /** @param {number} step @param {number} steps */
  #showStep(step, steps) {
    const count = `step ${step} of ${steps}`
    if (this.counter.textContent === count) return
    this.counter.textContent = count
    this.scrub.max = String(steps)
    this.scrub.value = String(step)
  }

  /** @param {boolean} playing */
  #showPlaying(playing) {
    const label = playing ? "Pause" : "Play"
    this.play.dataset.playing = String(playing)
    this.play.innerHTML = playing ? ICONS.pause : ICONS.play
    this.play.setAttribute("aria-label", label)
    this.play.title = `${label} (Space)`
  }

  /** @param {ViewState} view */
  #showView({ name, label, shown, offered }) {
    const toggle = this.viewButtons.get(name) ?? this.#addView(name, label)
    toggle.hidden = !offered
    press(toggle, shown)
  }

  /** @param {string} name @param {string} textContent */
  #addView(name, textContent) {
    const onclick = () => this.act(["view", name])
    const toggle = element("button", { type: "button", className: "fall-line-toggle", textContent, onclick })
    toggle.dataset.testid = `toggle-${name}`
    this.viewButtons.set(name, toggle)
    return this.views.appendChild(toggle)
  }
}

/** @param {Element} button @param {boolean} pressed */
function press(button, pressed) {
  if (button.getAttribute("aria-pressed") !== String(pressed)) button.setAttribute("aria-pressed", String(pressed))
}

/** @param {(step: number) => void} go */
function scrubber(go) {
  const title = "Step (← →, Home, End)"
  const scrub = element("input", { type: "range", min: "0", max: "0", step: "1", title, className: "fall-line-scrub" })
  scrub.value = "0"
  scrub.dataset.testid = "player-scrub"
  scrub.dataset.keys = "player"
  scrub.setAttribute("aria-label", "Step")
  scrub.oninput = () => go(Number(scrub.value))
  return scrub
}

/** @param {(speed: number) => void} set */
function speedMenu(set) {
  const menu = element("select", { className: "fall-line-speed", title: "Speed (+ −)" })
  menu.dataset.testid = "player-speed"
  menu.setAttribute("aria-label", "Speed")
  menu.append(...SPEEDS.map(speed => element("option", { textContent: `${speed}×`, value: String(speed) })))
  menu.onchange = () => set(Number(menu.value))
  return menu
}

/** A question mark that folds out the list of keys. */
function keyHelp() {
  const fold = element("details", { className: "fall-line-help" })
  fold.dataset.testid = "player-help"
  const list = element("dl")
  for (const [keys, words] of HELP) {
    list.append(element("dt", { textContent: keys }), element("dd", { textContent: words }))
  }
  const summary = element("summary", { textContent: "?", title: "Keys", className: "fall-line-toggle" })
  summary.setAttribute("aria-label", "Keys")
  fold.append(summary, list)
  return fold
}
