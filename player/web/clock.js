// The clock that all views follow. It knows steps and seconds, and nothing of what is drawn.

/** @import { ClockAction } from "./actions.js" */

const STEPS_PER_SECOND = 40
export const SPEEDS = [0.1, 0.25, 0.5, 1, 2, 5, 10, 20]
const LOOP_PAUSE = 800 // milliseconds at the end before it begins again
const LONGEST_FRAME = 0.5 // seconds: more have passed only if the page was hidden

export class Clock {
  playing = false
  loops = false
  speed = 1
  /** Whether a person has used it since another experiment was loaded. */
  touched = false
  /**
   * The last step, null before anything can be played.
   * @type {number | null}
   */
  steps = null
  /** Between two steps while playing. */
  position = 0
  #lastFrame = 0
  #request = 0
  /** @type {number | null} */
  #endedAt = null

  /**
   * @param {(isFrame: boolean) => void} changed called with true for every frame that is played, with false when it was
   *   set, started or stopped
   */
  constructor(changed) {
    this.changed = changed
  }

  get step() {
    return Math.floor(this.position)
  }

  get isAtEnd() {
    return this.steps !== null && this.position >= this.steps
  }

  /**
   * Another experiment, or another outcome of the same one: whoever was at the end stays there.
   * @param {number} steps
   * @param {"start" | "end" | "stay"} where
   */
  load(steps, where) {
    const staysAtEnd = where === "stay" && this.isAtEnd && !this.playing
    this.steps = steps
    if (where !== "stay") this.touched = false
    if (where === "start") this.position = 0
    this.position = where === "end" || staysAtEnd ? steps : Math.min(this.position, steps)
  }

  /** Plays on, from the start if it is at the end; or stops. */
  toggle() {
    if (this.steps === null) return
    this.touched = true
    if (!this.playing && this.isAtEnd) this.position = 0
    this.setPlaying(!this.playing)
  }

  replay() {
    if (this.steps === null) return
    this.touched = true
    this.position = 0
    this.setPlaying(true)
  }

  /**
   * Stops at a step, or at the nearest that there is.
   * @param {number} step
   */
  goTo(step) {
    if (this.steps === null) return
    this.touched = true
    this.position = Math.min(Math.max(step, 0), this.steps)
    this.setPlaying(false)
  }

  /** @param {boolean} playing */
  setPlaying(playing) {
    this.playing = playing
    this.#endedAt = null
    cancelAnimationFrame(this.#request)
    if (playing) {
      this.#lastFrame = performance.now()
      this.#request = requestAnimationFrame(now => this.#frame(now))
    }
    this.changed(false)
  }

  /** @param {boolean} loops */
  setLoop(loops) {
    this.loops = loops
    this.changed(false)
  }

  /** @param {number} speed */
  setSpeed(speed) {
    this.speed = speed
    this.changed(false)
  }

  /**
   * Does what a person asks for.
   * @param {ClockAction} action
   */
  act(action) {
    switch (action[0]) {
      case "toggle":
        return this.toggle()
      case "replay":
        return this.replay()
      case "step":
        return this.goTo(this.step + action[1])
      case "go":
        return this.goTo(action[1])
      case "end":
        return this.goTo(this.steps ?? 0)
      case "faster":
        return this.changeSpeed(action[1])
      case "speed":
        return this.setSpeed(action[1])
      case "loop":
        return this.setLoop(!this.loops)
    }
  }

  /**
   * To the next faster or slower of the speeds.
   * @param {number} by
   */
  changeSpeed(by) {
    const index = SPEEDS.indexOf(this.speed) + by
    this.setSpeed(SPEEDS[Math.min(Math.max(index, 0), SPEEDS.length - 1)])
  }

  /** @param {number} now */
  #frame(now) {
    if (!this.playing || this.steps === null) return
    this.position = advance(this.position, (now - this.#lastFrame) / 1000, STEPS_PER_SECOND * this.speed, this.steps)
    this.#lastFrame = now
    this.changed(true)
    if (this.isAtEnd && !this.loops) return this.setPlaying(false)
    if (this.isAtEnd) this.#waitAtEnd(now)
    this.#request = requestAnimationFrame(next => this.#frame(next))
  }

  /**
   * In a loop, the finished picture stands for a moment before it begins again.
   * @param {number} now
   */
  #waitAtEnd(now) {
    this.#endedAt ??= now
    if (now - this.#endedAt < LOOP_PAUSE) return
    this.#endedAt = null
    this.position = 0
  }

  destroy() {
    this.playing = false
    cancelAnimationFrame(this.#request)
  }
}

/**
 * The position after `seconds` more. A frame's time may lie before the moment at which play was pressed, and long after
 * the last one if the page was hidden.
 * @param {number} position @param {number} seconds @param {number} stepsPerSecond @param {number} steps
 */
export function advance(position, seconds, stepsPerSecond, steps) {
  return Math.min(position + Math.min(Math.max(seconds, 0), LONGEST_FRAME) * stepsPerSecond, steps)
}
