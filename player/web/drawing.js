// What is on the stage: a picture at the clock's step, and for a while what it would be like, as somebody drags.

/** @import { Announcer } from "./announcer.js" */
/** @import { Clock } from "./clock.js" */
/** @import { Payload } from "./documents.d.ts" */
/** @import { StepArrows } from "./geometry/arrows.js" */
/** @import { Outcome, Path, Picture } from "./outcome.js" */
/** @import { Runs } from "./runs.js" */
/** @import { Stage } from "./stage.js" */
/** @import { Theme } from "./theme.js" */

import { afterPaint } from "./dom.js"
import { decodeOutcome, withPath } from "./outcome.js"
import { pointAt } from "./series.js"

/**
 * `drawn` hears that the paths are in the contour.
 * @typedef {{ clock: Clock, stage: Stage, runs: Runs, announcer: Announcer, drawn: (digest: string) => void }} Parts
 */

export class Drawing {
  /**
   * Null before the first data.
   * @type {Picture | null}
   */
  picture = null
  /**
   * The outcome before a drag, while one is drawn that is not kept yet.
   * @type {Outcome | null}
   */
  #beforePreview = null
  /**
   * The arrows that are shown, and the outcome that they belong to.
   * @type {{ step: Omit<StepArrows, "from">, digest: string } | null}
   */
  #arrows = null
  #shownStep = -1
  #generation = 0

  /** @param {HTMLElement} root @param {Parts} parts */
  constructor(root, parts) {
    this.root = root
    this.parts = parts
  }

  /**
   * Whatever was begun before is to end.
   * @returns {() => boolean} whether nothing else was begun since
   */
  begin() {
    const generation = ++this.#generation
    return () => generation === this.#generation
  }

  #isCurrent() {
    const generation = this.#generation
    return () => generation === this.#generation
  }

  /**
   * Draws another picture: only its paths where the rest is the same. Resolves when the 3-D view is drawn too.
   * @param {Picture} picture
   */
  show(picture) {
    const before = this.picture
    const isSameSurface = picture.surface === before?.surface && picture.theme.name === before.theme.name
    const onlyPaths = isSameSurface && picture.outcome.runs.length === before.outcome.runs.length
    this.picture = picture
    this.#beforePreview = null
    return onlyPaths ? this.#renderPaths() : this.renderAll()
  }

  /** @param {Theme} theme */
  setTheme(theme) {
    if (!this.picture) return
    this.picture = { ...this.picture, theme }
    this.renderAll()
  }

  /** Draws everything anew. */
  async renderAll() {
    const { picture } = this
    if (!picture) return
    const isCurrent = this.#isCurrent()
    this.#showRuns(picture) // first: how high the runs' buttons are decides how high the views can be
    this.parts.stage.render(picture)
    this.#restoreArrows(picture)
    this.draw(true)
    this.parts.drawn(picture.outcome.digest)
    await this.#renderGround(isCurrent)
  }

  /** Draws what depends on the trajectories, the contour's paths first. */
  async #renderPaths() {
    if (!this.picture) return
    const isCurrent = this.#isCurrent()
    this.parts.stage.renderPaths(this.picture, this.parts.clock.step)
    this.#restoreArrows(this.picture)
    this.parts.drawn(this.picture.outcome.digest)
    await afterPaint(0)
    if (!isCurrent()) return
    this.parts.stage.renderCurves(this.picture)
    this.#showRuns(this.picture)
    this.draw(true)
    await this.#renderGround(isCurrent)
  }

  /**
   * New lines have no arrows; those of the same outcome are still true.
   * @param {Picture} picture
   */
  #restoreArrows({ outcome }) {
    if (this.#arrows?.digest === outcome.digest) this.showArrows(this.#arrows.step)
  }

  /** @param {() => boolean} isCurrent */
  #renderGround(isCurrent) {
    return this.parts.stage.renderGround(() => (isCurrent() ? this.picture : null))
  }

  /**
   * What came of the experiment with a start elsewhere, while it is dragged.
   * @param {Payload} payload
   */
  preview(payload) {
    if (!this.picture) return
    const { clock, stage } = this.parts
    this.begin()
    this.#beforePreview ??= this.picture.outcome
    this.picture = { ...this.picture, outcome: decodeOutcome(payload) }
    clock.load(payload.steps, clock.position === 0 && !clock.playing ? "end" : "stay")
    stage.renderPaths(this.picture, clock.step)
    stage.renderCurves(this.picture)
    this.#showRuns(this.picture)
    this.draw(true)
    this.parts.drawn(this.picture.outcome.digest)
  }

  /**
   * One run at another rate while a slider is dragged: whatever is said of it is said of that rate.
   * @param {number} run @param {Path} path @param {{ rate: number, factor: number }} at
   */
  previewRun(run, path, at) {
    if (!this.picture) return
    this.#beforePreview ??= this.picture.outcome
    const outcome = withPath(this.picture.outcome, this.#beforePreview, run, path, at)
    this.picture = { ...this.picture, outcome }
    this.showArrows(null)
    this.parts.stage.renderRun(this.picture, run)
    this.draw(true)
    this.root.dataset.preview = String(Number(this.root.dataset.preview ?? 0) + 1)
  }

  /** Goes back to what was there before the drag. */
  endPreview() {
    if (!this.#beforePreview || !this.picture) return
    this.picture = { ...this.picture, outcome: this.#beforePreview }
    this.#beforePreview = null
    this.#renderPaths()
  }

  /**
   * Draws the clock's step if it is another one than before; in any case if nothing moves on from here.
   * @param {boolean} isSettled
   */
  draw(isSettled) {
    if (!this.picture) return
    const { clock, stage, announcer, runs } = this.parts
    const { step, playing } = clock
    if (!playing) announcer.announce(this.picture.outcome, step)
    if (step !== this.#shownStep || isSettled) {
      this.#shownStep = step
      this.root.dataset.step = String(step)
      stage.draw(step)
      runs.showStep(this.picture, step, playing)
    }
  }

  /**
   * The directions of one step of one run, or none.
   * @param {Omit<StepArrows, "from"> | null} step
   */
  showArrows(step) {
    if (!this.picture) return
    const { digest, positions } = this.picture.outcome
    this.#arrows = step && { step, digest }
    this.parts.stage.setArrows(step && { ...step, from: pointAt(positions, step.run, step.step) })
  }

  /** @param {Picture} picture */
  #showRuns(picture) {
    const { runs, clock } = this.parts
    runs.show(picture)
    runs.showStep(picture, clock.step, clock.playing)
  }

  destroy() {
    this.begin()
    this.parts.announcer.destroy()
  }
}
