/** What every run comes to at many learning rates, with the rates of today as handles. */
import { axis, drawAxes } from "./axes.js"
import { html, readable, statusLine, svg } from "./dom.js"
import { asker } from "./request.js"

const HEIGHT = 350
const MARGINS = { left: 62, right: 14, top: 14, bottom: 44 }
const NARROWEST = 260
const KEY_STEP = 0.02 // of a decade
const LINE = 17 // pixels: from one label to the next
const LETTER = 7.3 // pixels: how wide one is, on average
const STRIP = 5 // pixels: how high the mark of a run's diverging rates is

export function ratePlot(root, base, tell) {
  const status = statusLine()
  const drawing = svg("svg", {
    role: "group",
    height: HEIGHT, // already while there is nothing to draw, so that nothing below it moves
    "aria-label": "Loss against learning rate, a curve and a handle per run",
  })
  drawing.dataset.testid = "sweep-rates"
  const sentence = html("p", { className: "fall-line-sweep-sentence" })
  sentence.dataset.testid = "sweep-sentence"
  sentence.setAttribute("aria-live", "polite")
  root.append(drawing, status.place, sentence)
  const { ask, cancel } = asker(base, status)
  let [data, swept, asked] = [null, null, ""]

  const redraw = () => {
    if (swept) draw(drawing, data, swept, tell)
  }
  const watching = new ResizeObserver(redraw)
  watching.observe(root)

  return {
    destroy: () => {
      watching.disconnect()
      cancel()
    },
    show: async shown => {
      data = shown
      redraw()
      if (asked === data.query) return
      asked = data.query
      delete root.dataset.ready
      const answer = await ask("sweep/rates", data.query)
      if (!answer) {
        if (asked === shown.query) asked = ""
        return
      }
      swept = answer
      sentence.textContent = swept.sentence
      redraw()
      root.dataset.ready = "true"
    },
  }
}

function draw(drawing, data, swept, tell) {
  const width = Math.max(drawing.parentElement.clientWidth, NARROWEST)
  const box = { left: MARGINS.left, right: width - MARGINS.right, top: MARGINS.top, bottom: HEIGHT - MARGINS.bottom }
  const runs = data.runs.slice(0, swept.runs.length)
  const curves = swept.runs.map(run => run[data.objective])
  const [low, high] = extent(swept, curves)
  const x = axis({ low: swept.rates[0], high: swept.rates.at(-1), log: true }, box.left, box.right)
  const y = axis({ low, high, log: false }, box.bottom, box.top)
  const [back, front] = [svg("g", { class: "axes" }), svg("g")]
  y.ticks = y.ticks.filter(Number.isInteger)
  drawAxes(back, x, y, box, ["learning rate", `${data.objective} loss above the lowest`], power =>
    readable(10 ** power),
  )
  drawLost(back, swept, runs, x, box)
  for (const [index, run] of runs.entries()) drawCurve(front, run, curves[index], swept.rates, x, y)
  const handles = runs.map((run, index) => handle(run, index, curves[index], swept, x, y, box, tell))
  drawing.setAttribute("viewBox", `0 0 ${width} ${HEIGHT}`)
  drawing.style.height = `${HEIGHT}px`
  const focused = drawing.ownerDocument.activeElement?.dataset?.run
  drawing.replaceChildren(back, front, ...handles)
  if (focused !== undefined) drawing.querySelector(`[data-run="${focused}"]`)?.focus()
}

/** The lowest height, and one above those of the starts: what is higher has gone wrong, by how much is no matter. */
function extent(swept, curves) {
  const seen = curves.flatMap(curve => curve.low ?? curve.middle).filter(value => value !== null)
  const highest = Math.max(...swept.start) + 1
  return [Math.floor(Math.max(Math.min(...seen, highest - 2), highest - 16)), highest]
}

/** Where a run's rates diverge, a mark of its colour; where those of all do, hatching. */
function drawLost(group, swept, runs, x, box) {
  const from = swept.runs.map(run => run.diverged).filter(rate => rate !== null)
  if (from.length === swept.runs.length) {
    const left = x.toPixel(Math.max(...from))
    const area = { x: left, y: box.top, width: Math.max(box.right - left, 0), height: box.bottom - box.top }
    group.append(svg("rect", { ...area, class: "lost" }))
    if (area.width > 70) {
      const middle = left + area.width / 2
      group.append(svg("text", { x: middle, y: (box.top + box.bottom) / 2, "text-anchor": "middle" }, "all diverge"))
    }
  }
  swept.runs.forEach(({ diverged }, index) => {
    if (diverged === null) return
    const left = x.toPixel(diverged)
    const place = { x: left, y: box.top + index * (STRIP + 1), width: Math.max(box.right - left, 2), height: STRIP }
    const mark = svg("rect", { ...place, fill: runs[index].color })
    mark.append(svg("title", {}, `${runs[index].label} diverges from a rate of ${readable(diverged)}`))
    group.append(mark)
  })
}

function drawCurve(group, run, curve, rates, x, y) {
  if (curve.low) {
    const shown = rates.map((_, index) => index).filter(index => curve.low[index] !== null)
    const highest = y.toNumber(-1e9)
    const upper = shown.map(index => `${x.toPixel(rates[index])},${y.toPixel(within(curve.high[index] ?? highest, y))}`)
    const lower = shown.map(index => `${x.toPixel(rates[index])},${y.toPixel(within(curve.low[index], y))}`)
    group.append(svg("polygon", { points: [...upper, ...lower.reverse()].join(" "), fill: run.color, class: "band" }))
  }
  let path = ""
  let isDrawn = false
  curve.middle.forEach((value, index) => {
    const goesOn = value !== null && value === within(value, y)
    if (value !== null) path += `${isDrawn ? "L" : "M"}${x.toPixel(rates[index])} ${y.toPixel(within(value, y))}`
    isDrawn = goesOn
  })
  const stroke = { fill: "none", stroke: run.color, "stroke-width": 2.5, "stroke-dasharray": run.dash.join(" ") }
  group.append(svg("path", { d: path, ...stroke }))
}

/** A height as it is drawn: what is beyond an end of the axis lies on it. */
const within = (value, y) => Math.min(Math.max(value, y.toNumber(1e9)), y.toNumber(-1e9))

/** The rate of a run: a line that can be dragged, or moved with the arrow keys. */
function handle(run, index, curve, swept, x, y, box, tell) {
  const group = svg("g", {
    class: "handle",
    role: "slider",
    tabindex: 0,
    "aria-label": `Learning rate of ${run.label}`,
  })
  group.dataset.run = index
  group.dataset.testid = `sweep-rate-${index}`
  const line = svg("line", { y1: box.top, y2: box.bottom, stroke: run.color, "stroke-width": 2 })
  const grip = svg("line", { y1: box.top, y2: box.bottom, class: "grip" })
  const knob = svg("circle", { r: 8, fill: run.color, class: "knob" })
  const words = svg("text", { class: "label" })
  group.append(grip, line, knob, words)
  const top = box.top + (STRIP + 1) * swept.runs.length + LINE
  let rate = run.rate
  const move = to => {
    rate = Number(to.toPrecision(3))
    const [at, height] = [x.toPixel(rate), heightAt(curve, swept.rates, rate)]
    for (const one of [line, grip]) for (const end of ["x1", "x2"]) one.setAttribute(end, at)
    knob.setAttribute("cx", at)
    knob.setAttribute("cy", height === null ? box.top : y.toPixel(within(height, y)))
    words.textContent = `${run.label} ${readable(rate)}`
    const length = LETTER * words.textContent.length
    const isRight = at > (box.left + box.right) / 2
    const beside = isRight ? at - 7 - length : at + 7
    words.setAttribute("x", Math.max(Math.min(beside, box.right - length), box.left + 2))
    words.setAttribute("y", top + LINE * (index % Math.floor((box.bottom - top) / LINE)))
    const ends = height === null ? "diverges" : `ends ${readable(10 ** height)} above the lowest loss`
    group.setAttribute("aria-valuenow", rate)
    group.setAttribute("aria-valuemin", swept.rates[0])
    group.setAttribute("aria-valuemax", swept.rates.at(-1))
    group.setAttribute("aria-valuetext", `${readable(rate)}, ${ends}`)
  }
  const keep = () => rate !== run.rate && tell("rate", { run: index, rate })
  draggable(group, x, move, keep)
  withKeys(group, x, box, () => rate, move, keep)
  move(run.rate)
  return group
}

/** The height of a curve at the swept rate that is nearest. */
function heightAt(curve, rates, rate) {
  const share = Math.log(rate / rates[0]) / Math.log(rates.at(-1) / rates[0])
  return curve.middle[Math.min(Math.max(Math.round(share * (rates.length - 1)), 0), rates.length - 1)]
}

function draggable(group, x, move, keep) {
  group.onpointerdown = event => {
    event.preventDefault()
    group.focus()
    group.setPointerCapture(event.pointerId)
    const left = group.ownerSVGElement.getBoundingClientRect().left
    group.onpointermove = ({ clientX }) => move(x.toNumber(clientX - left))
    group.onpointerup = group.onpointercancel = () => {
      group.onpointermove = group.onpointerup = group.onpointercancel = null
      keep()
    }
  }
}

function withKeys(group, x, box, rate, move, keep) {
  const [lowest, highest] = [x.toNumber(box.left), x.toNumber(box.right)]
  const to = {
    ArrowLeft: () => rate() / 10 ** KEY_STEP,
    ArrowDown: () => rate() / 10 ** KEY_STEP,
    ArrowRight: () => rate() * 10 ** KEY_STEP,
    ArrowUp: () => rate() * 10 ** KEY_STEP,
    PageDown: () => rate() / 10,
    PageUp: () => rate() * 10,
    Home: () => lowest,
    End: () => highest,
  }
  group.onkeydown = event => {
    if (!to[event.key]) return
    event.preventDefault()
    event.stopPropagation() // the player has keys, too
    move(Math.min(Math.max(to[event.key](), lowest), highest))
  }
  group.onkeyup = event => to[event.key] && keep()
}
