// The player: all views of one experiment on one clock.

import { advance, decode, ofRun, readable } from "./paths.js"
import { ContourView, CurveView, SurfaceView } from "./views.js"

const STEPS_PER_SECOND = 40
const SPEEDS = [0.1, 0.25, 0.5, 1, 2, 5, 10, 20]
const KEPT_SURFACES = 12
const RETRY = 2000
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
    this.generation = 0
    this.surfaces = new Map()
    this.buildControls()
    this.buildViews()
    this.buildTable()
    root.dataset.testid = "player"
    root.setAttribute("role", "group")
    root.setAttribute("aria-label", "Player")
    this.setPlaying(false)
    this.resizing = new ResizeObserver(() => this.resized())
    this.resizing.observe(root)
    this.windowResized = () => this.resized()
    window.addEventListener("resize", this.windowResized)
    this.frame = this.frame.bind(this)
    this.receive = ({ detail }) => {
      if (detail.key === this.key) this.update({ data: detail, setTriggerValue: this.send })
    }
    window.addEventListener("fall-line-delivery", this.receive)
    this.wentBack = () => this.send?.("address", window.location.search)
    window.addEventListener("popstate", this.wentBack)
    root.addEventListener("fall-line-unmount", () => this.destroy(), { once: true })
  }

  // ---------------------------------------------------------------- building

  buildControls() {
    const bar = this.root.appendChild(element("div", { className: "fall-line-bar" }))
    this.playButton = bar.appendChild(button("player-play", "Play", ICONS.play, () => this.togglePlay()))
    bar.append(
      button("player-replay", "Replay from the start", ICONS.first, () => this.replay()),
      button("player-step-back", "One step back", ICONS.back, () => this.goTo(this.step - 1)),
      button("player-step-forward", "One step forward", ICONS.forward, () => this.goTo(this.step + 1)),
    )
    this.scrub = bar.appendChild(element("input", { type: "range", min: 0, max: 0, step: 1, value: 0, className: "fall-line-scrub" }))
    this.scrub.dataset.testid = "player-scrub"
    this.scrub.setAttribute("aria-label", "Step")
    this.scrub.oninput = () => this.goTo(Number(this.scrub.value))
    this.counter = bar.appendChild(element("output", { className: "fall-line-counter" }))
    this.speedMenu = bar.appendChild(element("select", { className: "fall-line-speed", title: "Speed" }))
    this.speedMenu.dataset.testid = "player-speed"
    this.speedMenu.setAttribute("aria-label", "Speed")
    for (const speed of SPEEDS) this.speedMenu.append(new Option(`${speed}×`, String(speed), speed === 1, speed === 1))
    this.speedMenu.onchange = () => (this.speed = Number(this.speedMenu.value))
    this.toggles = bar.appendChild(element("div", { className: "fall-line-toggles" }))
    this.toggles.setAttribute("role", "group")
    this.toggles.setAttribute("aria-label", "Views")
  }

  buildViews() {
    this.notice = this.root.appendChild(element("div", { className: "fall-line-notice" }))
    this.notice.setAttribute("role", "status")
    this.grid = this.root.appendChild(element("div", { className: "fall-line-grid" }))
    this.contour = new ContourView(this.grid)
    this.side = this.grid.appendChild(element("div", { className: "fall-line-side" }))
    this.views = {
      loss: new CurveView(this.side, "loss", "Loss over steps", (data, run) => ofRun(data.gaps, run)),
      surface: new SurfaceView(this.side),
      rate: new CurveView(this.side, "rate", "Learning rate over steps", (data, run) => data.rateOf(run)),
      slope: new CurveView(this.side, "slope", "Gradient norm over steps", (data, run) => ofRun(data.slopes, run)),
    }
    const names = { loss: "Loss", surface: "3-D", rate: "Rate", slope: "Gradient" }
    for (const [name, label] of Object.entries(names)) this.buildToggle(name, label, name !== "slope")
    const { section } = this.contour
    section.onpointermove = event => this.showReadout(event)
    section.onpointerleave = () => (this.contour.readout.textContent = "")
    section.onpointerdown = event => this.grabStart(event)
    section.onpointerup = event => this.pickStart(event)
  }

  buildToggle(name, label, shown) {
    const toggle = this.toggles.appendChild(element("button", { type: "button", textContent: label, className: "fall-line-toggle" }))
    toggle.dataset.testid = `toggle-${name}`
    const set = visible => {
      toggle.setAttribute("aria-pressed", String(visible))
      this.views[name].section.hidden = !visible
      this.side.hidden = Object.values(this.views).every(view => view.section.hidden)
    }
    set(shown)
    toggle.onclick = () => {
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
    this.theme = readTheme(this.root)
    const surface = await this.fetched(data)
    if (!surface || generation !== this.generation || !this.root.isConnected) return
    // People who asked their system for less motion get the finished picture at once.
    const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches
    const isFirst = !this.data
    const surfaceKey = `${data.surface} ${this.theme.name}`
    const sameSurface = surfaceKey === this.surfaceKey && data.runs.length === this.data?.runs.length
    const isNewScene = !isFirst && data.scene !== this.data.scene
    const atEnd = !isFirst && !isNewScene && this.step >= this.data.steps
    this.surfaceKey = surfaceKey
    this.surface = surface
    this.data = prepare(data)
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

  /** Says, for people and programs that wait for it, that the paths of this experiment are in the contour. */
  markDrawn() {
    this.root.dataset.digest = this.data.digest
  }

  /** What is needed beside the data, or null after saying that it can't be had now; then it is tried again. */
  async fetched(data) {
    const { generation } = this
    try {
      const [surface] = await Promise.all([this.surfaceOf(data), loadStyle(this.base), loadPlotly(this.base, data.plotly)])
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
    const key = `${data.surface}&theme=${this.theme.name}&v=${data.surfaces}`
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

  /** Resolves when the 3-D view, which comes last because it may take long, is drawn too. */
  renderAll() {
    if (!this.data) return
    this.layOut()
    for (const view of [this.contour, ...this.curves()]) view.render(this.scene())
    this.fillTable()
    this.show(Math.floor(this.position), true)
    this.markDrawn()
    return this.renderSurface()
  }

  curves() {
    return ["loss", "rate", "slope"].map(name => this.views[name]).filter(view => view.visible)
  }

  async renderSurface() {
    await afterPaint(this.views.surface.data ? 0 : 300)
    if (this.views.surface.visible) await this.views.surface.render(this.scene())
  }

  /** The surface is the same: only what depends on the trajectories is drawn again, the contour's paths first. */
  async renderPaths() {
    const { generation } = this
    this.contour.renderPaths(this.scene())
    this.contour.draw(Math.floor(this.position))
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
    this.playButton.title = playing ? "Pause" : "Play"
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
    if (this.position >= this.data.steps) this.setPlaying(false)
    else this.request = requestAnimationFrame(this.frame)
  }

  goTo(step) {
    if (!this.data) return
    this.touched = true
    this.position = Math.min(Math.max(step, 0), this.data.steps)
    this.setPlaying(false)
  }

  show(step, now = false) {
    if (step !== this.step || now) {
      this.step = step
      this.contour.draw(step)
      for (const view of this.curves()) view.draw(step)
      this.root.dataset.step = step
      this.scrub.value = step
      this.counter.textContent = `${step} / ${this.data.steps}`
    }
    if (this.views.surface.visible) this.views.surface.draw(step, now && !this.playing)
  }

  // ---------------------------------------------------------------- pointing

  showReadout(event) {
    if (this.grabbed) this.contour.moveStart(event)
    const position = this.contour.positionAt(event)
    this.contour.readout.textContent = position && this.surface ? this.describe(position) : ""
  }

  /** The nearest point of the grid on which the loss is known exactly. */
  describe({ x, y }) {
    const { surface } = this
    const column = Math.round(((x - surface.x[0]) / (surface.x[1] - surface.x[0])) * (surface.columns - 1))
    const row = Math.round(((y - surface.y[0]) / (surface.y[1] - surface.y[0])) * (surface.rows - 1))
    const atX = surface.x[0] + (column * (surface.x[1] - surface.x[0])) / (surface.columns - 1)
    const atY = surface.y[0] + (row * (surface.y[1] - surface.y[0])) / (surface.rows - 1)
    return `x ${readable(atX)}   y ${readable(atY)}   loss ${readable(surface.loss[row]?.[column])}`
  }

  grabStart(event) {
    if (event.button !== 0 || !this.contour.positionAt(event)) return
    this.grabbed = true
    this.contour.section.setPointerCapture(event.pointerId)
  }

  /** A click puts the start where it is; a drag shows it on the way and puts it where it ends. */
  pickStart(event) {
    if (!this.grabbed) return
    this.grabbed = false
    const position = this.contour.positionAt(event)
    if (position) this.send("start", { x: Number(position.x.toPrecision(4)), y: Number(position.y.toPrecision(4)) })
  }

  // ---------------------------------------------------------------- words

  fillTable() {
    const head = ["", "Run", "What became of it", "Final loss", "Best loss", "Steps to 1 %", "Path length"]
    const hints = { "Steps to 1 %": "Steps until the loss is within 1 % of the start's height above the minimum" }
    const rows = this.data.runs.map((run, index) => {
      const cells = [swatch(this.styles[index]), run.label, run.verdict, readable(run.final), readable(run.best), readable(run.reached), readable(run.length)]
      const row = element("tr")
      row.dataset.kind = run.kind
      row.append(...cells.map((cell, column) => dataCell(cell, column)))
      return row
    })
    const header = element("tr")
    header.append(...head.map(text => element("th", { textContent: text, scope: "col", title: hints[text] ?? "" })))
    const [thead, tbody] = [element("thead"), element("tbody")]
    thead.append(header)
    tbody.append(...rows)
    this.table.replaceChildren(thead, tbody)
  }

  destroy() {
    this.playing = false
    this.generation++
    this.resizing.disconnect()
    window.removeEventListener("fall-line-delivery", this.receive)
    window.removeEventListener("popstate", this.wentBack)
    window.removeEventListener("resize", this.windowResized)
    for (const view of [this.contour, ...Object.values(this.views)]) view.destroy()
    this.root.replaceChildren()
    players.delete(this.root)
  }
}

/** Decodes what was sent as text. */
function prepare(data) {
  const rates = data.rates.map(rate => (typeof rate === "number" ? new Float32Array(data.steps).fill(rate) : decode(rate).values))
  return { ...data, positions: decode(data.positions), gaps: decode(data.gaps), slopes: decode(data.slopes), rateOf: run => rates[run] }
}

function readTheme(root) {
  const style = getComputedStyle(root)
  const ink = style.getPropertyValue("--st-text-color").trim() || style.color
  const paper = style.getPropertyValue("--st-background-color").trim() || "#ffffff"
  const line = style.getPropertyValue("--st-border-color").trim() || "#cccccc"
  const dark = luminance(paper) < 0.4
  const font = style.getPropertyValue("--st-font").trim() || style.fontFamily
  const axisColors = { color: ink, gridcolor: line, zerolinecolor: line, linecolor: line, zeroline: false, tickfont: { size: 13 } }
  return {
    name: dark ? "dark" : "light",
    layout: { font: { family: font, color: ink, size: 12 } },
    axis: { ...axisColors, showline: true, mirror: true },
    axis3d: { color: ink, gridcolor: line, backgroundcolor: "rgba(0,0,0,0)", tickfont: { size: 10 } },
    canvas: { ink, casing: paper, lineWidth: 2.6, font: `600 15px ${font}` },
    pathOf: color => (dark ? mixed(color, 255, 0.22) : color),
    inkOf: color => readableInk(color, dark),
  }
}

/** A run's colour as text: darker on light ground, lighter on dark ground, so that its label can be read. */
function readableInk(color, dark) {
  return dark ? mixed(color, 255, 0.45) : mixed(color, 0, 0.32)
}

/** A colour with a share of white (255) or black (0). */
function mixed(color, target, share) {
  return `rgb(${channelsOf(color).map(channel => Math.round(channel + (target - channel) * share)).join(", ")})`
}

function channelsOf(color) {
  if (color.startsWith("#")) {
    const digits = color.length === 4 ? [...color.slice(1)].map(digit => digit + digit).join("") : color.slice(1)
    return [0, 2, 4].map(start => parseInt(digits.slice(start, start + 2), 16))
  }
  return (color.match(/\d+(\.\d+)?/g) ?? [255, 255, 255]).slice(0, 3).map(Number)
}

function luminance(color) {
  const [red, green, blue] = channelsOf(color).map(channel => (channel / 255) ** 2.2)
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

let plotly
function loadPlotly(base, version) {
  plotly ??= new Promise((resolve, reject) => {
    const script = element("script", { src: new URL(`fall-line/plotly.min.js?v=${version}`, base).href, onload: resolve })
    script.onerror = () => {
      plotly = undefined
      reject(new Error("plotly.js could not be loaded"))
    }
    document.head.append(script)
  })
  return plotly
}

let style
function loadStyle(base) {
  style ??= new Promise((resolve, reject) => {
    const link = element("link", { rel: "stylesheet", href: new URL(`fall-line/player.css${new URL(import.meta.url).search}`, base).href })
    link.onload = resolve
    link.onerror = () => {
      style = undefined
      reject(new Error("player.css could not be loaded"))
    }
    document.head.append(link)
  })
  return style
}

/** Resolves when the browser has painted what was drawn before, and `milliseconds` later. */
function afterPaint(milliseconds) {
  return new Promise(resolve => requestAnimationFrame(() => setTimeout(resolve, milliseconds)))
}

function element(tag, properties = {}) {
  return Object.assign(document.createElement(tag), properties)
}

function button(testid, label, icon, onclick) {
  const made = element("button", { type: "button", className: "fall-line-button", innerHTML: icon, title: label, onclick })
  made.dataset.testid = testid
  made.setAttribute("aria-label", label)
  return made
}

function dataCell(content, column) {
  const cell = element("td")
  cell.append(content)
  if (column > 2) cell.className = "fall-line-number"
  return cell
}

function swatch(style) {
  const namespace = "http://www.w3.org/2000/svg"
  const svg = document.createElementNS(namespace, "svg")
  svg.setAttribute("width", 34)
  svg.setAttribute("height", 12)
  svg.setAttribute("aria-hidden", "true")
  const line = svg.appendChild(document.createElementNS(namespace, "line"))
  const attributes = { x1: 1, x2: 33, y1: 6, y2: 6, stroke: style.color, "stroke-width": 3.5, "stroke-dasharray": style.dash.join(" ") }
  for (const [name, value] of Object.entries(attributes)) line.setAttribute(name, value)
  return svg
}

const icon = path => `<svg viewBox="0 0 24 24" width="20" height="20" aria-hidden="true"><path fill="currentColor" d="${path}"/></svg>`
const ICONS = {
  play: icon("M7 4.5v15l12-7.5z"),
  pause: icon("M6 5h4v14H6zM14 5h4v14h-4z"),
  first: icon("M5 5h2.5v14H5zM19 5v14L8.5 12z"),
  back: icon("M15.5 5v14L5.5 12zM17 5h2v14h-2z"),
  forward: icon("M8.5 5v14l10-7zM5 5h2v14H5z"),
}
