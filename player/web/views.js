// The views: each holds one Plotly figure and draws the runs on it at a step.

import { Overlay } from "./overlay.js"
import { arrowsInPixels, axis, ofRun, pixelPath, squareArea } from "./paths.js"

// plotly.js has fewer marks and dashes in 3-D; each of ours has one of its own there, too.
const SYMBOLS_3D = { circle: "circle", square: "square", triangle: "cross", diamond: "diamond" }
const DASHES_3D = { circle: "solid", square: "dash", triangle: "dot", diamond: "dashdot" }
const SMALL_MARGIN = { l: 34, r: 6, t: 24, b: 22 }
const CONFIG = { displayModeBar: false, responsive: false, doubleClick: false, scrollZoom: false }

/** What all views share: a section of the page, a figure in it, and its size. */
export class View {
  constructor(parent, name, title) {
    this.section = parent.appendChild(document.createElement("section"))
    this.section.className = `fall-line-view fall-line-view-${name}`
    this.section.dataset.testid = `view-${name}`
    this.section.setAttribute("aria-label", title)
    this.plot = this.section.appendChild(document.createElement("div"))
    this.plot.className = "fall-line-plot"
    this.queue = Promise.resolve()
  }

  get size() {
    return { width: this.section.clientWidth, height: this.section.clientHeight }
  }

  get visible() {
    return !this.section.hidden && this.section.clientWidth > 0
  }

  /** Draws the figure; figures of one view are drawn one after the other, as plotly.js wants it. */
  react(traces, layout) {
    this.queue = this.queue.then(() => window.Plotly.react(this.plot, traces, layout, CONFIG))
    return this.queue
  }

  destroy() {
    window.Plotly?.purge(this.plot)
  }
}

export class ContourView extends View {
  /** With `only`, it shows that run alone. */
  constructor(parent, only = null) {
    super(parent, only === null ? "contour" : `panel-${only}`, "Contour of the loss, with the path of every run")
    this.only = only
    this.section.classList.add("fall-line-view-flat")
    this.overlay = new Overlay(this.section)
    this.readout = this.section.appendChild(document.createElement("output"))
    this.readout.className = "fall-line-readout"
    this.readout.setAttribute("aria-live", "off")
    if (only === null) return
    this.caption = this.section.appendChild(document.createElement("div"))
    this.caption.className = "fall-line-caption"
  }

  render({ data, surface, theme, styles }) {
    const { width, height } = this.size
    const { contour } = surface
    this.surface = surface
    const small = this.only !== null
    if (small) this.caption.textContent = data.runs[this.only].label
    if (small) this.section.setAttribute("aria-label", `Contour of the loss, with the path of ${data.runs[this.only].label}`)
    const nticks = small ? 4 : 8
    const area = squareArea(width, height, small ? SMALL_MARGIN : contour.layout.margin, surface.x, surface.y)
    this.area = area
    this.x = axis(surface.x, area.left, area.width)
    this.y = axis(surface.y, area.top + area.height, -area.height)
    const layout = {
      ...contour.layout,
      ...theme.layout,
      width,
      height,
      margin: { l: area.left, t: area.top, r: width - area.left - area.width, b: height - area.top - area.height },
      xaxis: { ...theme.axis, range: surface.x, showgrid: false, fixedrange: true, nticks },
      yaxis: { ...theme.axis, range: surface.y, showgrid: false, fixedrange: true, nticks },
    }
    this.react(contour.data, layout)
    this.overlay.resize(width, height, area)
    this.renderPaths({ data, theme, styles })
  }

  renderPaths({ data, theme, styles }) {
    this.last = { data, theme, styles }
    const lines = this.runsOf(data).map(index => this.line(data, styles, index))
    this.overlay.arrows = null
    this.overlay.setLines(lines, { ...theme.canvas, marks: this.marks(data, theme) })
  }

  /** The runs that this contour shows. */
  runsOf(data) {
    return data.runs.map((_, run) => run).filter(run => this.only === null || run === this.only)
  }

  /** Shows or hides where the minima and saddles are: students look for them. */
  setHints(shown) {
    this.hidesHints = !shown
    if (!this.last) return
    this.overlay.colors = { ...this.overlay.colors, marks: this.marks(this.last.data, this.last.theme) }
    this.overlay.refresh()
  }

  /** One run alone is another one, seen to its end while its rate is dragged. */
  renderRun({ data, styles }, run) {
    const place = this.runsOf(data).indexOf(run)
    if (place >= 0) this.overlay.setLine(place, { ...this.line(data, styles, run), whole: true })
  }

  line(data, styles, run) {
    const xy = ofRun(data.positions, run)
    const points = pixelPath(data.steps + 1, step => this.x.pixel(xy[2 * step]), step => this.y.pixel(xy[2 * step + 1]))
    const { drawn, label, clipped } = data.runs[run]
    return { points, last: drawn, style: styles[run], label: this.only === null ? label : "", clipped }
  }

  marks(data, theme) {
    const place = ([x, y]) => ({ x: this.x.pixel(x), y: this.y.pixel(y) })
    const starts = this.runsOf(data).map(index => ofRun(data.positions, index).subarray(0, 2))
    const [minima, saddles] = this.hidesHints ? [[], []] : [data.minima, data.saddles]
    return [
      ...minima.map(point => ({ ...place(point), shape: "star", size: point[2] ? 8 : 6, color: theme.canvas.ink })),
      ...saddles.map(point => ({ ...place(point), shape: "cross", color: theme.canvas.ink })),
      ...starts.map(start => ({ ...place(start), shape: "ring", size: 5.5, color: theme.canvas.ink })),
    ]
  }

  draw(step) {
    this.overlay.draw(step)
  }

  /** Shows the common start under the pointer, while it is dragged. */
  moveStart(event) {
    if (!this.positionAt(event)) return
    const box = this.section.getBoundingClientRect()
    this.setGhost({ x: event.clientX - box.left, y: event.clientY - box.top })
  }

  setGhost(ghost) {
    this.overlay.ghost = ghost
    this.overlay.refresh()
  }

  /** The arrow that points down the slope from a position, or none. */
  setDownhill(slope) {
    const length = slope ? Math.hypot(...slope.gradient) : 0
    const [x, y] = slope ? slope.gradient : []
    this.overlay.downhill = length > 0 ? { x: this.x.pixel(slope.x), y: this.y.pixel(slope.y), right: -x / length, down: y / length } : null
    // For tests and for who reads the page without eyes: clockwise from the right, in degrees, as on a screen.
    if (length > 0) this.section.dataset.downhill = Math.round((Math.atan2(y, -x) * 180) / Math.PI)
    else delete this.section.dataset.downhill
    this.overlay.refresh()
  }

  /** The directions of one step: slopes and momentum on a common scale, the step as long as it is. */
  setArrows(given) {
    const line = given && this.last ? this.runsOf(this.last.data).indexOf(given.run) : -1
    this.overlay.arrows = line < 0 ? null : { ...arrowsInPixels(given, this.x, this.y), line }
    this.overlay.refresh()
  }

  shows({ x, y }) {
    return Boolean(this.surface) && within(x, this.surface.x) && within(y, this.surface.y)
  }

  /** The position under the pointer, or null outside the drawn surface. */
  positionAt(event) {
    const box = this.section.getBoundingClientRect()
    const left = event.clientX - box.left
    const top = event.clientY - box.top
    const { area } = this
    if (!area || left < area.left || left > area.left + area.width || top < area.top || top > area.top + area.height) return null
    return { x: this.x.value(left), y: this.y.value(top) }
  }
}

/** One quantity over steps. */
export class CurveView extends View {
  /** `values(data, run)` is what is drawn; `besides(data)`, if it gives a function of the same kind, is drawn paler. */
  constructor(parent, name, title, values, besides = () => null) {
    super(parent, name, title)
    this.overlay = new Overlay(this.section)
    this.name = name
    this.values = values
    this.besides = besides
  }

  render({ data, theme, styles }) {
    const { width, height } = this.size
    const layout = data.charts[this.name]
    const margin = theme.large ? { ...layout.margin, l: 78 } : layout.margin
    const area = { left: margin.l, top: margin.t, width: width - margin.l - margin.r, height: height - margin.t - margin.b }
    const x = axis(layout.xaxis.range, area.left, area.width)
    const y = axis(layout.yaxis.range, area.top + area.height, -area.height, layout.yaxis.type === "log")
    const complete = {
      ...layout,
      ...theme.layout,
      margin,
      title: { ...layout.title, font: { size: theme.large ? 19 : 14 } },
      width,
      height,
      xaxis: { ...theme.axis, ...layout.xaxis, fixedrange: true },
      yaxis: { ...theme.axis, ...layout.yaxis, fixedrange: true },
    }
    const axes = JSON.stringify(complete)
    if (axes !== this.axes) {
      this.axes = axes
      this.react([{ x: [], y: [] }], complete)
      this.overlay.resize(width, height, area)
    }
    this.axes2d = { x, y }
    const lines = data.runs.map((_, index) => this.line(data, styles, index))
    const pale = this.besides(data) ? data.runs.map((_, index) => this.palerLine(data, styles, index)) : []
    this.overlay.setLines([...lines, ...pale], { ...theme.canvas, lineWidth: theme.large ? 3.5 : 2, edge: "clamp" })
  }

  renderRun({ data, styles }, run) {
    this.overlay.setLine(run, { ...this.line(data, styles, run), whole: true })
  }

  /** A second quantity of a run, beside the first: thin, dotted, without a head. */
  palerLine(data, styles, run) {
    return { ...this.line(data, styles, run, this.besides(data)), style: { ...styles[run], dash: [1.5, 3] }, pale: true, beside: run }
  }

  line(data, styles, run, values = this.values) {
    const { x, y } = this.axes2d
    const value = values(data, run)
    const points = pixelPath(value.length, step => x.pixel(step), step => y.pixel(value.at(step)))
    return { points, last: Math.min(data.runs[run].drawn, value.length - 1), style: styles[run] }
  }

  draw(step) {
    this.overlay.draw(step)
  }
}

/** The surface in three dimensions; drawn at its own pace, so that it never slows the others down. */
export class SurfaceView extends View {
  constructor(parent) {
    super(parent, "surface", "The loss as a surface in three dimensions; drag to turn it")
    this.busy = false
    this.cost = 30
    this.lastDrawn = 0
  }

  render({ data, surface, theme, styles, step }) {
    const { width, height } = this.size
    this.data = data
    this.paths = data.runs.map((_, run) => ofRun(data.positions, run))
    this.heights = heightsOf(data, surface)
    this.box = { x: surface.x, y: surface.y }
    const { scene } = surface.surface.layout
    const axes = Object.fromEntries(["xaxis", "yaxis", "zaxis"].map(name => [name, { ...scene[name], ...theme.axis3d }]))
    const layout = { ...surface.surface.layout, ...theme.layout, width, height, uirevision: "kept", scene: { ...scene, ...axes, uirevision: "kept" } }
    this.shown = step
    const looks = JSON.stringify([layout, styles])
    const onlyPaths = surface === this.surface && looks === this.looks
    Object.assign(this, { surface, looks })
    if (onlyPaths) return this.movePaths(step)
    return this.react([...surface.surface.data, ...this.traces(styles, step)], layout)
  }

  /** Draws the paths up to `step` again, and nothing else: the surface takes several times as long. */
  movePaths(step) {
    const traces = [...this.data.runs.map((_, run) => this.points(run, step)), this.heads(step)]
    const update = Object.fromEntries(["x", "y", "z"].map(name => [name, traces.map(trace => trace[name])]))
    const indices = traces.map((_, index) => index + 1)
    this.queue = this.queue.then(() => window.Plotly.restyle(this.plot, update, indices))
    return this.queue
  }

  /** One line per run, and one trace for all heads. */
  traces(styles, step) {
    const lines = this.data.runs.map((_, run) => ({
      type: "scatter3d",
      mode: "lines",
      ...this.points(run, step),
      line: { color: styles[run].color, width: 6, dash: DASHES_3D[styles[run].marker] },
      hoverinfo: "skip",
    }))
    const symbol = styles.map(style => SYMBOLS_3D[style.marker])
    const marker = { color: styles.map(style => style.color), symbol, size: 6, line: { width: 0 } }
    return [...lines, { type: "scatter3d", mode: "markers", ...this.heads(step), marker, hoverinfo: "skip" }]
  }

  /** The path up to `step`, broken where it leaves the drawn box. */
  points(run, step) {
    const end = Math.min(step, this.data.runs[run].drawn)
    return columns(Array.from({ length: end + 1 }, (_, index) => this.point(run, index)))
  }

  heads(step) {
    return columns(this.data.runs.map((run, index) => this.point(index, Math.min(step, run.drawn))))
  }

  point(run, index) {
    const xy = this.paths[run]
    const [x, y] = [xy[2 * index], xy[2 * index + 1]]
    return within(x, this.box.x) && within(y, this.box.y) ? [x, y, this.heights(run, index)] : [null, null, null]
  }

  /** Draws `step` if the last drawing is long enough ago for what it cost; `now` draws it in any case. */
  draw(step, now = false) {
    if (this.busy && now) this.pending = step
    if (!this.data || step === this.shown || this.busy) return
    if (!now && performance.now() - this.lastDrawn < Math.max(90, 14 * this.cost)) return
    this.busy = true
    this.shown = step
    const began = performance.now()
    this.queue = this.movePaths(step)
      .then(twoFrames)
      .then(() => {
        this.lastDrawn = performance.now()
        this.cost = Math.max(this.lastDrawn - began - 34, 1)
        this.busy = false
        const { pending } = this
        this.pending = undefined
        if (pending !== undefined) this.draw(pending, true)
      })
  }
}

/** Points as the three lists that plotly.js takes. */
function columns(points) {
  const [x, y, z] = [0, 1, 2].map(axis => points.map(point => point[axis]))
  return { x, y, z }
}

/** Resolves two frames later: a 3-D scene is drawn in the frame after it was changed, and shown in the next. */
function twoFrames() {
  return new Promise(resolve => requestAnimationFrame(() => requestAnimationFrame(resolve)))
}

/** The height at which a point of a path lies: on the surface's own scale, a hair above it. */
function heightsOf(data, { scale, surface }) {
  const gaps = data.runs.map((_, run) => ofRun(data.gaps, run))
  const [low, high] = surface.layout.scene.zaxis.range
  const lift = 0.008 * (high - low)
  return (run, index) => {
    const loss = data.floor + gaps[run][index]
    return lift + (scale.name === "linear" ? loss : Math.log10(Math.max(loss - scale.floor, 0) + scale.offset))
  }
}

function within(value, [low, high]) {
  return value >= low && value <= high
}
