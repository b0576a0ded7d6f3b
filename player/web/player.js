// The player: all views of one experiment on one clock.

import { afterPaint, button, element, ICONS } from "./dom.js"
import { DataView } from "./data.js"
import { HELP, listenToKeys } from "./keys.js"
import { loadPlotly, loadStyle } from "./loading.js"
import { setBits } from "./models.js"
import { Numbers } from "./numbers.js"
import { Panels } from "./panels.js"
import { advance, decode, fittedView, leaves, ofRun, ranks } from "./paths.js"
import { Pointing } from "./pointing.js"
import { Chips, fillTable } from "./runs.js"
import { readTheme } from "./theme.js"
import { spoken } from "./words.js"
import { ContourView, CurveView, SurfaceView } from "./views.js"

const STEPS_PER_SECOND = 40
const SPEEDS = [0.1, 0.25, 0.5, 1, 2, 5, 10, 20]
const LOOP_PAUSE = 0.8 // seconds at the end before it begins again
const KEPT_SURFACES = 12
const RETRY = 2000
const REST = 120 // milliseconds without anything new before the 3-D view is drawn
const FIRST_REST = 300
const QUIET = 700 // milliseconds that the step must stand before it is said aloud
const players = new WeakMap()

/** Called by Streamlit on every update of the component's data or of the theme. */
export function update(root, component, base) {
  if (!players.has(root)) players.set(root, new Player(root, base))
  return players.get(root).update(component)
}

class Player {
  constructor(root, base) {
    this.root = root
    this.base = base
    this.position = 0
    this.step = -1
    this.speed = 1
    this.playing = false
    this.touched = false
    this.selected = null
    this.hints = true
    this.generation = 0
    this.surfaces = new Map()
    this.buildControls()
    this.chips = new Chips(this.root, run => this.select(run))
    this.buildViews()
    this.numbers = new Numbers(this, this.grid)
    this.buildTable()
    root.dataset.testid = "player"
    root.setAttribute("role", "group")
    root.setAttribute("aria-label", "Player")
    this.setPlaying(false)
    this.resizing = new ResizeObserver(() => this.resized())
    this.resizing.observe(root)
    this.windowResized = () => this.resized()
    window.addEventListener("resize", this.windowResized)
    this.screenChanged = () => {
      if (this.presenting && this.wasFull && !document.fullscreenElement) this.setPresenting(false)
      this.wasFull = Boolean(document.fullscreenElement)
    }
    document.addEventListener("fullscreenchange", this.screenChanged)
    this.frame = this.frame.bind(this)
    this.receive = ({ detail }) => {
      if (detail.key === this.key) this.update({ data: detail, setTriggerValue: this.send })
    }
    window.addEventListener("fall-line-delivery", this.receive)
    this.wentBack = () => this.send?.("address", window.location.search)
    window.addEventListener("popstate", this.wentBack)
    this.deafen = listenToKeys(root, (name, argument) => this.act(name, argument))
    if (new URLSearchParams(window.location.search).get("present") === "1") this.setPresenting(true, false)
    root.addEventListener("fall-line-unmount", () => this.destroy(), { once: true })
  }

  // ---------------------------------------------------------------- building

  buildControls() {
    const bar = this.root.appendChild(element("div", { className: "fall-line-bar" }))
    this.playButton = bar.appendChild(button("player-play", "Play", ICONS.play, () => this.togglePlay()))
    bar.append(
      button("player-replay", "Replay from the start", ICONS.first, () => this.replay()),
      button("player-step-back", "One step back (←; Shift+← for ten)", ICONS.back, () => this.goTo(this.step - 1)),
      button("player-step-forward", "One step forward (→; Shift+→ for ten)", ICONS.forward, () => this.goTo(this.step + 1)),
    )
    this.loopButton = bar.appendChild(button("player-loop", "Loop (L)", ICONS.loop, () => this.setLoop(!this.loops)))
    this.scrub = bar.appendChild(element("input", { type: "range", min: 0, max: 0, step: 1, value: 0, className: "fall-line-scrub" }))
    this.scrub.dataset.testid = "player-scrub"
    this.scrub.setAttribute("aria-label", "Step")
    this.scrub.dataset.keys = "player"
    this.scrub.title = "Step (← →, Home, End)"
    this.scrub.oninput = () => this.goTo(Number(this.scrub.value))
    this.counter = bar.appendChild(element("span", { className: "fall-line-counter" }))
    this.live = this.root.appendChild(element("div", { className: "fall-line-live" }))
    this.live.dataset.testid = "player-live"
    this.live.setAttribute("role", "status")
    this.speedMenu = bar.appendChild(element("select", { className: "fall-line-speed", title: "Speed (+ −)" }))
    this.speedMenu.dataset.testid = "player-speed"
    this.speedMenu.setAttribute("aria-label", "Speed")
    for (const speed of SPEEDS) this.speedMenu.append(new Option(`${speed}×`, String(speed), speed === 1, speed === 1))
    this.speedMenu.onchange = () => (this.speed = Number(this.speedMenu.value))
    this.setLoop(false)
    this.toggles = bar.appendChild(element("div", { className: "fall-line-toggles" }))
    this.toggles.setAttribute("role", "group")
    this.toggles.setAttribute("aria-label", "Views")
    this.layoutButton = bar.appendChild(button("player-layout", "Side by side: one contour for every run", ICONS.layout, () => this.setSideBySide(!this.sideBySide)))
    this.hintsButton = bar.appendChild(button("player-marks", "Minima (stars) and saddles (crosses)", ICONS.star, () => this.setHints(!this.hints)))
    this.fitButton = bar.appendChild(button("player-fit", "Fit paths: zoom out so that all are seen", ICONS.fit, () => this.setFit(!this.fit)))
    for (const toggled of [this.layoutButton, this.hintsButton, this.fitButton]) toggled.setAttribute("aria-pressed", "false")
    this.hintsButton.setAttribute("aria-pressed", "true")
    this.presentButton = bar.appendChild(button("player-present", "Presenter mode (P; Escape leaves)", ICONS.present, () => this.setPresenting(!this.presenting)))
    this.presentButton.setAttribute("aria-pressed", "false")
    bar.append(keyHelp())
  }

  buildViews() {
    this.notice = this.root.appendChild(element("div", { className: "fall-line-notice" }))
    this.notice.setAttribute("role", "status")
    this.grid = this.root.appendChild(element("div", { className: "fall-line-grid" }))
    this.contour = new ContourView(this.grid)
    this.panels = new Panels(this.grid)
    this.side = this.grid.appendChild(element("div", { className: "fall-line-side" }))
    this.views = {
      data: new DataView(this.side),
      loss: new CurveView(this.side, "loss", "Loss over steps", lossOf, data => data.heldOut && heldOutOf),
      surface: new SurfaceView(this.side),
      rate: new CurveView(this.side, "rate", "Learning rate over steps", (data, run) => data.rateOf(run)),
      slope: new CurveView(this.side, "slope", "Gradient norm over steps", (data, run) => ofRun(data.slopes, run)),
      race: new CurveView(this.side, "race", "Place by loss over steps", (data, run) => data.ranksOf(run)),
    }
    const names = { data: "Data", loss: "Loss", surface: "3-D", rate: "Rate", slope: "Gradient", race: "Race" }
    for (const [name, label] of Object.entries(names)) this.buildToggle(name, label, name !== "slope" && name !== "race")
    this.pointing = new Pointing(this)
  }

  buildToggle(name, label, shown) {
    const toggle = this.toggles.appendChild(element("button", { type: "button", textContent: label, className: "fall-line-toggle" }))
    toggle.dataset.testid = `toggle-${name}`
    const set = visible => {
      toggle.setAttribute("aria-pressed", String(visible))
      this.views[name].section.hidden = !visible || toggle.hidden
      this.views[name].wanted = visible
      this.side.hidden = Object.values(this.views).every(view => view.section.hidden)
    }
    set(shown)
    Object.assign(this.views[name], { toggle, set })
    toggle.onclick = () => {
      this.views[name].isChosen = true
      set(this.views[name].section.hidden)
      this.renderAll()
    }
  }

  buildTable() {
    const scroller = this.root.appendChild(element("div", { className: "fall-line-table-scroller" }))
    this.table = scroller.appendChild(element("table", { className: "fall-line-table" }))
    this.table.dataset.testid = "player-table"
  }

  // ---------------------------------------------------------------- updating

  async update(component) {
    const generation = ++this.generation
    this.send = component.setTriggerValue
    this.key = component.data.key
    // A change of the theme brings the data of the last whole run again, which a delivery may have overtaken.
    if (!(component.data.serial < this.newest?.serial)) this.newest = component.data
    const data = this.newest
    this.theme = readTheme(this.root, this.presenting)
    if (this.data && this.data.scene !== data.scene) this.forgetFit()
    const surface = await this.fetched(data)
    if (!surface || generation !== this.generation || !this.root.isConnected) return
    // People who asked their system for less motion get the finished picture at once.
    const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches
    const isFirst = !this.data
    const surfaceKey = `${data.surface} ${this.theme.name} ${this.fit}`
    const sameSurface = surfaceKey === this.surfaceKey && data.runs.length === this.data?.runs.length
    const isNewScene = !isFirst && data.scene !== this.data.scene
    const atEnd = !isFirst && !isNewScene && this.step >= this.data.steps
    this.surfaceKey = surfaceKey
    this.surface = surface
    if (!this.fit) this.ownBox = { x: surface.x, y: surface.y }
    this.data = prepare(data)
    this.offerData(Boolean(data.examples))
    this.fitButton.hidden = !this.fit && !leaves(this.data.positions, this.data.runs, this.ownBox)
    this.previewed = null
    if (isNewScene && !still) this.position = 0
    this.styles = data.styles.map(style => ({ ...style, color: this.theme.pathOf(style.color), ink: this.theme.inkOf(style.color) }))
    this.scrub.max = data.steps
    this.position = (atEnd && !this.playing) || ((isFirst || isNewScene) && still) ? data.steps : Math.min(this.position, data.steps)
    this.root.dataset.steps = data.steps
    if (sameSurface) await this.renderPaths()
    else await this.renderAll()
    if (still || generation !== this.generation) return
    if (isNewScene || (isFirst && !this.touched)) this.setPlaying(true)
  }

  /** The data view is there where the surface is made of data; it takes the room of the rates, unless these are wanted. */
  offerData(offered) {
    const { data, rate } = this.views
    data.toggle.hidden = !offered
    data.set(data.wanted)
    if (!rate.isChosen) rate.set(!offered)
  }

  /** Draws what the experiment would look like while something is dragged; the 3-D view waits for the end of it. */
  preview(payload) {
    this.generation++
    this.previewed ??= this.data
    this.data = prepare({ ...this.newest, ...payload })
    if (this.position === 0 && !this.playing) this.position = this.data.steps
    for (const view of this.contours()) view.renderPaths(this.scene())
    for (const view of this.curves()) view.render(this.scene())
    this.fillTable()
    this.show(Math.min(Math.floor(this.position), this.data.steps), true)
    this.markDrawn()
  }

  /** Draws one run as {positions, losses, drawn} say, its rate `factor` times what it was, while a slider is dragged. */
  previewRun(run, path, factor) {
    this.previewed ??= this.data
    const { data, previewed } = this
    const runs = data.runs.map((shown, index) => (index === run ? { ...shown, drawn: path.drawn } : shown))
    const gaps = path.losses.map(loss => Math.max(loss - data.floor, 0))
    const rateOf = index => (index === run ? previewed.rateOf(index).map(rate => rate * factor) : previewed.rateOf(index))
    const positions = replaced(data.positions, run, path.positions)
    this.data = { ...data, runs, positions, gaps: replaced(data.gaps, run, gaps), rateOf }
    this.drawArrows(null)
    // What is not known of the rates in between, slopes and places, stays as it was.
    const known = ["data", "loss", "rate"].map(name => this.views[name]).filter(view => view.visible)
    for (const view of [...this.contours(), ...known]) view.renderRun(this.scene(), run)
    this.show(Math.floor(this.position), true)
    this.root.dataset.preview = Number(this.root.dataset.preview ?? 0) + 1
  }

  /** Goes back to what was there before the drag. */
  endPreview() {
    if (!this.previewed) return
    this.data = this.previewed
    this.previewed = null
    this.renderPaths()
  }

  /** Where a run begins, as it is drawn. */
  startOf(run) {
    return ofRun(this.data.positions, run).subarray(0, 2)
  }

  /** Says, for people and programs that wait for it, that the paths of this experiment are in the contour. */
  markDrawn() {
    this.root.dataset.digest = this.data.digest
    this.pointing.update()
  }

  /** What is needed beside the data, or null after saying that it can't be had now; then it is tried again. */
  async fetched(data) {
    const { generation } = this
    try {
      const examples = this.views.data.load(this.base, data)
      const [surface] = await Promise.all([this.surfaceOf(data), examples, loadStyle(), loadPlotly(this.base, data.plotly)])
      this.notice.textContent = ""
      return surface
    } catch (error) {
      console.error(error)
      this.notice.textContent = "The surface could not be fetched from the server. Trying again…"
      setTimeout(() => {
        if (generation === this.generation && this.root.isConnected) this.update({ data: this.newest, setTriggerValue: this.send })
      }, RETRY)
      return null
    }
  }

  async surfaceOf(data) {
    const part = this.fit ? `&window=${this.fit}` : ""
    const key = `${data.surface}${part}&theme=${this.theme.name}&v=${data.surfaces}`
    if (!this.surfaces.has(key)) {
      const answer = fetch(new URL(`fall-line/surface?${key}`, this.base)).then(response => {
        if (!response.ok) throw new Error(`the surface could not be fetched: ${response.status}`)
        return response.json()
      })
      answer.catch(() => this.surfaces.delete(key))
      this.surfaces.set(key, answer)
      if (this.surfaces.size > KEPT_SURFACES) this.surfaces.delete(this.surfaces.keys().next().value)
    }
    return this.surfaces.get(key)
  }

  scene() {
    return { data: this.data, surface: this.surface, theme: this.theme, styles: this.styles, step: Math.floor(this.position) }
  }

  /** One contour with all runs, or one for every run. */
  setSideBySide(sideBySide) {
    this.sideBySide = sideBySide
    this.contour.section.hidden = sideBySide
    this.panels.section.hidden = !sideBySide
    this.layoutButton.setAttribute("aria-pressed", String(sideBySide))
    this.renderAll()
  }

  setHints(shown) {
    this.hints = shown
    this.hintsButton.setAttribute("aria-pressed", String(shown))
    for (const view of [this.contour, ...this.panels.views]) view.setHints(shown)
  }

  /** Zooms out to where the paths are, or back to the surface's own view. */
  setFit(fits) {
    if (!this.data) return
    const { x, y } = fittedView(this.data.positions, this.data.runs, this.ownBox)
    this.fit = fits ? [...x, ...y].join("_") : null
    this.fitButton.setAttribute("aria-pressed", String(fits))
    return this.update({ data: this.newest, setTriggerValue: this.send })
  }

  /** Only the player, as large as the screen; the link says so, too, if a person asked for it. */
  setPresenting(presenting, asked = true) {
    this.presenting = presenting
    this.root.classList.toggle("fall-line-presenting", presenting)
    document.documentElement.classList.toggle("fall-line-presented", presenting)
    this.presentButton.setAttribute("aria-pressed", String(presenting))
    if (asked && presenting) document.documentElement.requestFullscreen?.().catch(() => {}) // the window is filled all the same
    else if (!presenting && document.fullscreenElement) document.exitFullscreen()
    if (!this.data) return
    if (asked) this.send("present", presenting)
    this.theme = readTheme(this.root, presenting)
    this.renderAll()
  }

  forgetFit() {
    this.fit = null
    this.fitButton.setAttribute("aria-pressed", "false")
  }

  contours() {
    return this.sideBySide ? this.panels.views : [this.contour]
  }

  /** Resolves when the 3-D view, which comes last because it may take long, is drawn too. */
  renderAll() {
    if (!this.data) return
    this.fillTable() // first: how high the runs' buttons are decides how high the views can be
    this.layOut()
    if (this.sideBySide) this.panels.render(this.scene())
    else this.contour.render(this.scene())
    this.setHints(this.hints)
    if (this.arrows?.digest === this.data.digest) this.drawArrows(this.arrows.given)
    for (const view of this.curves()) view.render(this.scene())
    this.show(Math.floor(this.position), true)
    this.markDrawn()
    return this.renderSurface()
  }

  curves() {
    return ["data", "loss", "rate", "slope", "race"].map(name => this.views[name]).filter(view => view.visible)
  }

  /** The 3-D view costs more than all others: it waits until nothing new has come for a moment. */
  async renderSurface() {
    const { generation } = this
    await afterPaint(this.views.surface.data ? REST : FIRST_REST)
    if (generation === this.generation && this.views.surface.visible) await this.views.surface.render(this.scene())
  }

  /** The surface is the same: only what depends on the trajectories is drawn again, the contour's paths first. */
  async renderPaths() {
    const { generation } = this
    for (const view of this.contours()) {
      view.renderPaths(this.scene())
      view.draw(Math.floor(this.position))
    }
    this.markDrawn()
    await afterPaint(0)
    if (generation !== this.generation) return
    for (const view of this.curves()) view.render(this.scene())
    this.fillTable()
    this.show(Math.floor(this.position), true)
    await this.renderSurface()
  }

  /** As much height as the window leaves, so that nothing needs scrolling at 1280 by 720. */
  layOut() {
    const width = this.root.clientWidth
    const wide = width >= 720
    this.root.classList.toggle("fall-line-narrow", !wide)
    const top = this.grid.getBoundingClientRect().top + (document.querySelector('[data-testid="stMain"]')?.scrollTop ?? 0)
    const height = wide ? Math.min(Math.max(window.innerHeight - top - 16, 380), 0.72 * width) : width
    this.grid.style.setProperty("--fall-line-height", `${Math.round(height)}px`)
  }

  resized() {
    const size = `${this.root.clientWidth} ${window.innerHeight} ${window.devicePixelRatio}`
    if (size === this.size) return
    this.size = size
    this.renderAll()
  }

  // ---------------------------------------------------------------- the clock

  togglePlay() {
    if (!this.data) return
    this.touched = true
    if (!this.playing && this.position >= this.data.steps) this.position = 0
    this.setPlaying(!this.playing)
  }

  replay() {
    if (!this.data) return
    this.touched = true
    this.position = 0
    this.setPlaying(true)
  }

  setPlaying(playing) {
    this.playing = playing
    this.root.dataset.state = playing ? "playing" : "paused"
    this.playButton.innerHTML = playing ? ICONS.pause : ICONS.play
    this.playButton.setAttribute("aria-label", playing ? "Pause" : "Play")
    this.playButton.title = playing ? "Pause (Space)" : "Play (Space)"
    if (playing) {
      if (this.data) this.show(Math.floor(this.position), true)
      this.lastFrame = performance.now()
      cancelAnimationFrame(this.request)
      this.request = requestAnimationFrame(this.frame)
    } else if (this.data) this.show(Math.floor(this.position), true)
  }

  frame(now) {
    if (!this.playing || !this.root.isConnected) return
    this.position = advance(this.position, (now - this.lastFrame) / 1000, STEPS_PER_SECOND * this.speed, this.data.steps)
    this.lastFrame = now
    this.show(Math.floor(this.position))
    if (this.position >= this.data.steps && !this.loops) return this.setPlaying(false)
    if (this.position >= this.data.steps) this.waitAtEnd(now)
    this.request = requestAnimationFrame(this.frame)
  }

  /** In a loop, the finished picture stands for a moment before it begins again. */
  waitAtEnd(now) {
    this.endedAt ??= now
    if (now - this.endedAt < 1000 * LOOP_PAUSE) return
    this.endedAt = undefined
    this.position = 0
  }

  setLoop(loops) {
    this.loops = loops
    this.loopButton.setAttribute("aria-pressed", String(loops))
  }

  changeSpeed(by) {
    const index = Math.min(Math.max(SPEEDS.indexOf(this.speed) + by, 0), SPEEDS.length - 1)
    this.speed = SPEEDS[index]
    this.speedMenu.value = String(this.speed)
  }

  /** What a key asked for; false if there is nothing to do for it now. */
  act(name, argument) {
    if (!this.data) return false
    const actions = {
      toggle: () => this.togglePlay(),
      step: by => this.goTo(this.step + by),
      start: () => this.goTo(0),
      end: () => this.goTo(this.data.steps),
      speed: by => this.changeSpeed(by),
      loop: () => this.setLoop(!this.loops),
      select: run => this.select(run),
      present: () => this.setPresenting(!this.presenting),
      leave: () => (this.presenting ? this.setPresenting(false) : this.selected === null ? false : this.select(null)),
    }
    return actions[name]?.(argument) ?? name in actions
  }

  goTo(step) {
    if (!this.data) return
    this.touched = true
    this.position = Math.min(Math.max(step, 0), this.data.steps)
    this.setPlaying(false)
  }

  /** Says where the runs are once the step has stood still for a moment. */
  speak() {
    clearTimeout(this.speaking)
    this.speaking = setTimeout(() => {
      if (!this.playing && this.data) this.live.textContent = spoken(this.data, this.step)
    }, QUIET)
  }

  show(step, now = false) {
    if (!this.playing) this.speak()
    if (step !== this.step || now) {
      this.step = step
      for (const view of this.contours()) view.draw(step)
      for (const view of this.curves()) view.draw(step)
      this.root.dataset.step = step
      this.scrub.value = step
      this.counter.textContent = `${step} / ${this.data.steps}`
      if (!this.previewed) this.numbers.update()
    }
    if (this.views.surface.visible && !this.previewed) this.views.surface.draw(step, now && !this.playing)
  }

  // ---------------------------------------------------------------- words

  fillTable() {
    if (this.selected !== null && this.selected >= this.data.runs.length) this.deselect()
    this.chips.update(this.data.runs, this.styles, this.selected)
    fillTable(this.table, this.data.runs, this.styles)
    this.numbers.update()
  }

  // ---------------------------------------------------------------- one run

  /** Selects a run; the selected one again, or null, selects none. */
  select(run) {
    if (!this.data || (run !== null && run >= this.data.runs.length)) return
    this.selected = run === this.selected ? null : run
    this.root.classList.toggle("fall-line-selected", this.selected !== null)
    this.chips.update(this.data.runs, this.styles, this.selected)
    this.numbers.show(this.selected)
    this.renderAll()
  }

  /** The selected run is gone, and what was shown of it goes, too. */
  deselect() {
    this.selected = null
    this.root.classList.remove("fall-line-selected")
    this.numbers.show(null)
  }

  /** The arrows of one step of one run, as the server gave them, or null for none. */
  drawArrows(given) {
    this.arrows = given && { given, digest: this.data.digest }
    const arrows = given && { ...given, from: ofRun(this.data.positions, given.run).subarray(2 * given.step, 2 * given.step + 2) }
    for (const view of this.contours()) view.setArrows(arrows)
  }

  destroy() {
    this.playing = false
    this.generation++
    this.resizing.disconnect()
    this.deafen()
    this.pointing.destroy()
    this.numbers.destroy()
    window.removeEventListener("fall-line-delivery", this.receive)
    window.removeEventListener("popstate", this.wentBack)
    window.removeEventListener("resize", this.windowResized)
    document.removeEventListener("fullscreenchange", this.screenChanged)
    document.documentElement.classList.remove("fall-line-presented")
    clearTimeout(this.speaking)
    for (const view of [this.contour, this.panels, ...Object.values(this.views)]) view.destroy()
    this.root.replaceChildren()
    players.delete(this.root)
  }
}

/** A copy of `series` in which one run has other values. */
function replaced(series, run, values) {
  const copy = series.values.slice()
  copy.set(values, (copy.length / series.shape[0]) * run)
  return { ...series, values: copy }
}

/** A question mark that folds out the list of keys. */
function keyHelp() {
  const fold = element("details", { className: "fall-line-help" })
  fold.dataset.testid = "player-help"
  const list = element("dl")
  for (const [keys, words] of HELP) list.append(element("dt", { textContent: keys }), element("dd", { textContent: words }))
  const summary = element("summary", { textContent: "?", title: "Keys", className: "fall-line-toggle" })
  summary.setAttribute("aria-label", "Keys")
  fold.append(summary, list)
  return fold
}

/** The loss as it is drawn: above the lowest, or as it is where there is a held-out one to compare it with. */
function lossOf(data, run) {
  const gaps = ofRun(data.gaps, run)
  return data.heldOut ? gaps.map(gap => gap + data.floor) : gaps
}

function heldOutOf(data, run) {
  return ofRun(data.heldOut, run)
}

/** Decodes what was sent as text. */
function prepare(data) {
  const rates = data.rates.map(rate => (typeof rate === "number" ? new Float32Array(data.steps).fill(rate) : decode(rate).values))
  const gaps = decode(data.gaps)
  let placed
  const ranksOf = run => (placed ??= ranks(gaps, data.runs))[run]
  const runs = data.runs.map(run => (typeof run.clipped === "string" ? { ...run, clipped: setBits(run.clipped) } : run))
  return { ...data, runs, positions: decode(data.positions), gaps, slopes: decode(data.slopes), rateOf: run => rates[run], ranksOf, heldOut: data.heldOut && decode(data.heldOut) }
}
