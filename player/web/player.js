// The player: all views of one experiment on one clock. It puts the parts together; what each does is in its own file.

/** @import { Action } from "./actions.js" */
/** @import { Delivery } from "./documents.d.ts" */
/** @import { Found } from "./ingredients.js" */
/** @import { Source } from "./source.js" */
/** @import { Theme } from "./theme.js" */
/** @import { ContourView } from "./views/contour_view.js" */

import { Announcer } from "./announcer.js"
import { Clock } from "./clock.js"
import { Drawing } from "./drawing.js"
import { Hint } from "./hint.js"
import { Hover } from "./hover.js"
import { Ingredients } from "./ingredients.js"
import { listenToKeys } from "./keys.js"
import { LevelSwitch } from "./level_switch.js"
import { Loader } from "./loader.js"
import { decodeOutcome } from "./outcome.js"
import { Presenter } from "./presenter.js"
import { listenToSize } from "./resizing.js"
import { RunButtons } from "./run_buttons.js"
import { RunTable } from "./run_table.js"
import { Runs } from "./runs.js"
import { Stage } from "./stage.js"
import { Starts } from "./starts.js"
import { StepPanel } from "./step_panel.js"
import { readTheme, themed } from "./theme.js"
import { Toolbar } from "./toolbar.js"
import { ViewChoice } from "./view_choice.js"
import { Viewport } from "./viewport.js"

/**
 * Takes what a person did: moved a start, repeated the runs from a second one, has a rate in hand, kept it, changed the
 * mode, saw the picture to its end, or wants levels spaced in another way, or the last change back.
 * @typedef {"start" | "second" | "dragged" | "rate" | "present" | "seen" | "scale" | "undo"} Deed
 * @typedef {(name: Deed, what: unknown) => void} Send
 */

const DRAGGED = ["start", "second", "rate"]

export class Player {
  #views = new ViewChoice()
  /** @type {Delivery | null} */
  #delivery = null
  /** @type {Viewport} */
  #viewport
  /**
   * The number of the experiment that is drawn.
   * @type {number | null}
   */
  #scene = null
  /** Whether it is to begin by itself once everything is drawn. */
  #startsItself = false
  /**
   * The experiment of which the page was told that it was seen to its end.
   * @type {number | null}
   */
  #seen = null

  /**
   * @param {HTMLElement} root
   * @param {Source} source
   * @param {Send} send
   * @param {Ingredients} ingredients
   */
  constructor(root, source, send, ingredients = new Ingredients(source)) {
    this.root = root
    this.send = (/** @type {Parameters<Send>} */ ...did) => {
      if (DRAGGED.includes(did[0])) this.hint?.close()
      send(...did)
    }
    nameRoot(root)
    this.#viewport = new Viewport(source.isFixed === true)
    const picture = () => this.drawing.picture
    this.clock = new Clock(isFrame => this.#clockChanged(isFrame))
    this.toolbar = new Toolbar(root, action => this.act(action))
    const announcer = new Announcer(root)
    const buttons = new RunButtons(root, run => this.act(["select", run]))
    this.loader = new Loader(root, ingredients)
    this.hover = new Hover(source, picture)
    this.starts = new Starts(source, picture, {
      preview: payload => this.drawing.preview(payload),
      endPreview: () => this.drawing.endPreview(),
      moved: this.send,
    })
    this.stage = new Stage(root, contour => this.#watch(contour))
    this.levels = new LevelSwitch(this.stage.grid, action => this.act(action))
    this.hint = source.paths ? new Hint(root, this.stage.contour.section) : null
    const panel = new StepPanel(this.stage.grid, source, {
      close: () => this.#select(null),
      showArrows: step => this.drawing.showArrows(step),
      dragged: (run, rate) => this.send("dragged", { run, rate }),
      preview: (run, path, at) => this.drawing.previewRun(run, path, at),
      keep: (run, rate) => this.send("rate", { run, rate }),
    })
    this.runs = new Runs(root, buttons, new RunTable(root), panel, () => this.#selectionChanged())
    this.presenter = new Presenter(root, asked => this.#presenterChanged(asked))
    const drawn = (/** @type {string} */ digest) => this.#pathsDrawn(digest)
    this.drawing = new Drawing(root, { clock: this.clock, stage: this.stage, runs: this.runs, announcer, drawn })
    this.stage.choose(this.#views)
    this.#showToolbar()
    this.stopListening = [
      listenToKeys(root, action => this.act(action)),
      listenToSize(root, () => this.drawing.renderAll()),
    ]
  }

  /** @param {ContourView} contour */
  #watch(contour) {
    this.hover.watch(contour)
    this.starts.watch(contour)
  }

  /**
   * New data, or the same in another theme.
   * @param {Delivery} delivery
   */
  async update(delivery) {
    const isCurrent = this.drawing.begin()
    if (!this.#delivery && delivery.present) this.presenter.set(true, false)
    if (this.#scene !== delivery.scene) this.#viewport.reset()
    this.levels.show(delivery.scale)
    this.#delivery = delivery
    const theme = readTheme(this.root, this.presenter.presenting)
    const show = (/** @type {Found} */ found) => this.#show(delivery, { theme, ...found }, isCurrent)
    await this.loader.load(delivery, theme.name, this.#viewport.window, isCurrent, show)
  }

  /**
   * @param {Delivery} delivery @param {Found & { theme: Theme }} found
   * @param {() => boolean} isCurrent
   */
  async #show(delivery, { theme, surface, examples, boundaries }, isCurrent) {
    const outcome = decodeOutcome(delivery)
    const styles = delivery.styles.map(style => themed(style, theme))
    this.#viewport.show(outcome, surface)
    this.#views.offerData(examples !== null)
    this.#views.offerNetworks(boundaries !== null)
    this.stage.choose(this.#views)
    this.#load(delivery)
    this.#showToolbar()
    await this.drawing.show({ outcome, surface, examples, boundaries, theme, styles })
    window.requestIdleCallback?.(() => this.runs.panel.prepare())
    this.#tellEnd()
    if (!this.#startsItself || !isCurrent()) return
    this.#startsItself = false
    if (!this.clock.touched) this.clock.setPlaying(true)
  }

  /**
   * Sets the clock for an outcome; another experiment begins from its start.
   * @param {Delivery} delivery
   */
  #load({ scene, steps, waits, paused }) {
    // People who asked their system for less motion get the finished picture at once.
    const reducedMotion = window.matchMedia("(prefers-reduced-motion: reduce)").matches
    const isAnother = this.#scene !== scene
    this.#scene = scene
    const stands = waits || paused
    if (isAnother) this.#startsItself = !reducedMotion && !stands
    this.clock.load(steps, isAnother ? (reducedMotion && !stands ? "end" : "start") : "stay")
    this.root.dataset.steps = String(steps)
  }

  /**
   * Does what a person asks for; false if there is nothing to do for it now.
   * @param {Action} action
   * @returns {boolean | void}
   */
  act(action) {
    switch (action[0]) {
      case "select":
        return this.#select(action[1] === this.runs.selected ? null : action[1])
      case "leave":
        return this.#leave()
      case "present":
        return this.presenter.set(!this.presenter.presenting)
      case "undo":
        return this.#undo()
      case "scale":
        return this.send("scale", action[1])
      case "fit":
        return this.#fit()
      case "view":
      case "marks":
      case "sideBySide":
        return this.#changeViews(action)
      default:
        return this.clock.act(action)
    }
  }

  /** @param {["view", string] | ["marks"] | ["sideBySide"]} action */
  #changeViews(action) {
    if (action[0] === "view") this.#toggleView(action[1])
    else if (action[0] === "marks") this.stage.setMarks(!this.stage.showsMarks)
    else this.stage.setSideBySide(!this.stage.sideBySide)
    this.stage.choose(this.#views)
    this.#showToolbar()
    this.drawing.renderAll()
  }

  /**
   * What is asked for is shown: where the numbers of a run stand in its place, these go.
   * @param {string} name
   */
  #toggleView(name) {
    const isCovered = this.runs.panel.isShown && !this.#views.isShown(name)
    if (isCovered) this.runs.select(null)
    if (!isCovered || !this.#views.isShown(name)) this.#views.toggle(name)
  }

  /** The numbers of a run leave room for the loss alone. */
  #selectionChanged() {
    this.#views.setBesideNumbers(this.runs.panel.isShown)
    this.stage.choose(this.#views)
    this.#showToolbar()
  }

  /**
   * Selects a run that is there, or none.
   * @param {number | null} run
   */
  #select(run) {
    const count = this.drawing.picture?.outcome.runs.length ?? 0
    if (run !== null && run >= count) return
    this.runs.select(run)
    this.drawing.renderAll()
  }

  /** Leaves what was entered last of presenter mode and selection. */
  #leave() {
    if (this.presenter.presenting) return this.presenter.set(false)
    if (this.runs.selected === null) return false
    return this.#select(null)
  }

  /** Has the page take back the last change of the experiment. */
  #undo() {
    if (!this.#delivery?.undoable) return false
    this.send("undo", this.#delivery.serial)
  }

  /** Zooms out to where the paths are, or back to the surface's own view. */
  #fit() {
    if (!this.drawing.picture || !this.#delivery) return
    this.#viewport.toggle(this.drawing.picture.outcome)
    this.#showToolbar()
    this.update(this.#delivery)
  }

  /** @param {boolean} asked by a person */
  #presenterChanged(asked) {
    const { presenting } = this.presenter
    if (asked) this.send("present", presenting)
    this.#showToolbar()
    this.drawing.setTheme(readTheme(this.root, presenting))
  }

  /** @param {boolean} isFrame */
  #clockChanged(isFrame) {
    this.root.dataset.state = this.clock.playing ? "playing" : "paused"
    this.#showToolbar()
    this.drawing.draw(!isFrame)
    this.#tellEnd()
  }

  /** Tells a page that asks what will happen that the picture was seen to its end, once for each experiment. */
  #tellEnd() {
    const { waits, scene } = this.#delivery ?? {}
    if (waits === undefined || scene === undefined || this.#seen === scene || !this.clock.isAtEnd) return
    this.#seen = scene
    this.send("seen", scene)
  }

  #showToolbar() {
    const { playing, step, steps, speed, loops } = this.clock
    const { sideBySide, showsMarks: marks } = this.stage
    const { window: fitted, canFit } = this.#viewport
    const { presenting } = this.presenter
    const undoable = this.#delivery?.undoable
    const looks = { undoable, sideBySide, marks, fits: fitted !== null, canFit, presenting, views: this.#views.states }
    this.toolbar.show({ playing, step, steps, speed, loops, ...looks })
  }

  /**
   * Says, for people and programs that wait for it, that the paths of this experiment are in the contour.
   * @param {string} digest
   */
  #pathsDrawn(digest) {
    this.root.dataset.digest = digest
    this.#showToolbar() // the size decides which views there is room for
    this.starts.update(this.stage.contours)
  }

  destroy() {
    const { clock, drawing, loader, hover, starts, runs, presenter, stage } = this
    for (const stop of this.stopListening) stop()
    this.hint?.destroy()
    for (const part of [clock, drawing, loader, hover, starts, runs, presenter, stage]) part.destroy()
    this.root.replaceChildren()
  }
}

/** @param {HTMLElement} root */
function nameRoot(root) {
  Object.assign(root.dataset, { testid: "player", state: "paused" })
  root.setAttribute("role", "group")
  root.setAttribute("aria-label", "Player")
}
