/** A map of cells, each a run of its own: basins of attraction, or two numbers of a run against each other. */
import { axis, drawAxes } from "./axes.js"
import { html, readable, statusLine, svg } from "./dom.js"
import { asker } from "./request.js"

const MARGINS = { left: 58, right: 10, top: 10, bottom: 44 }
const [NARROWEST, HIGHEST] = [240, 470]
const COARSE = { basins: 128, stability: 32 }
const FINE = { basins: 512, stability: 96 }
const SMALL = 64
const KEY_STEPS = 50 // from one side to the other

export function cellMap(root, base, tell) {
  const parts = build(root)
  const main = asker(base, parts.status)
  const beside = asker(base, { busy: () => {}, error: () => {} })
  let [data, found, asked, strip] = [null, null, "", ""]

  const redraw = () => {
    if (found) draw(parts, data, found, tell)
  }
  const watching = new ResizeObserver(redraw)
  watching.observe(root)

  const ask = async (across, more = "") => {
    const answer = await main.ask(
      `sweep/${data.kind}`,
      `${data.query}&${new URLSearchParams(data.about)}&across=${across}${more}`,
    )
    if (!answer) return false
    found = answer
    redraw()
    parts.sentence.textContent = found.sentence
    root.dataset.across = across
    return true
  }
  parts.rate.oninput = () => {
    asked = ""
    const rate = rateOf(parts.rate, data)
    parts.said.textContent = readable(rate)
    ask(COARSE.basins, `&rate=${rate}`)
  }
  parts.rate.onchange = () => tell("rate", { run: Number(data.about.of), rate: rateOf(parts.rate, data) })

  return {
    destroy: () => {
      watching.disconnect()
      main.cancel()
      beside.cancel()
    },
    show: async shown => {
      data = shown
      parts.note.textContent = data.note
      showRate(parts, data)
      redraw()
      if (data.small && strip !== data.query) {
        strip = data.query
        showStrip(parts.strip, data, beside.ask, tell)
      }
      mark(parts.strip, data)
      const question = `${data.kind} ${data.query} ${JSON.stringify(data.about)}`
      if (asked === question) return
      asked = question
      delete root.dataset.across
      if (await ask(COARSE[data.kind])) await ask(FINE[data.kind])
      else if (asked === question) asked = ""
    },
  }
}

function build(root) {
  const status = statusLine()
  const drawing = svg("svg", { tabindex: 0, role: "application" })
  drawing.dataset.testid = "sweep-map"
  const place = html("p", { className: "fall-line-sweep-place" })
  place.setAttribute("role", "status")
  const sentence = html("p", { className: "fall-line-sweep-sentence" })
  sentence.dataset.testid = "sweep-sentence"
  sentence.setAttribute("aria-live", "polite")
  const note = html("p", { className: "fall-line-sweep-place" })
  const rate = html("input", { type: "range", min: 0, max: 400 })
  rate.dataset.testid = "sweep-map-rate"
  const said = html("output")
  const rates = html("label", { className: "fall-line-sweep-rate" }, "Learning rate", rate, said)
  const strip = html("div", { className: "fall-line-sweep-strip", role: "group" })
  strip.setAttribute("aria-label", "The basins of every run")
  root.append(drawing, place, rates, status.place, sentence, note, strip)
  return { root, drawing, place, sentence, note, status, rate, said, rates, strip }
}

/** The rate that the slider is at; its way is as long as the ends are apart in decades. */
const rateOf = (slider, { rates: [low, high] }) =>
  Number((low * (high / low) ** (slider.value / slider.max)).toPrecision(3))

function showRate(parts, data) {
  parts.rates.hidden = !data.rates
  if (!data.rates) return
  const [low, high] = data.rates
  parts.rate.value = Math.round((Math.log(data.rate / low) / Math.log(high / low)) * parts.rate.max)
  parts.said.textContent = readable(data.rate)
}

/** A small map per run, one after the other; a click chooses the run. */
async function showStrip(strip, data, ask, tell) {
  const buttons = data.runs.map((run, index) => {
    const image = html("img", { alt: "", width: SMALL, height: SMALL })
    const button = html("button", { type: "button", title: run.label }, image, html("span", {}, run.label))
    button.onclick = () => tell("run", index)
    return button
  })
  strip.replaceChildren(...(buttons.length > 1 ? buttons : []))
  for (const [index, button] of strip.querySelectorAll("button").entries()) {
    const answer = await ask("sweep/basins", `${data.query}&of=${index}&across=${SMALL}`)
    if (!answer) return
    button.firstChild.src = answer.picture
    button.title = answer.sentence
  }
}

function mark(strip, data) {
  for (const [index, button] of strip.querySelectorAll("button").entries())
    button.setAttribute("aria-pressed", String(index === Number(data.about.of)))
}

function draw(parts, data, found, tell) {
  const { drawing, root } = parts
  const width = Math.max(root.clientWidth, NARROWEST)
  const high = Math.min(HIGHEST, width)
  const box = { left: MARGINS.left, right: width - MARGINS.right, top: MARGINS.top, bottom: high - MARGINS.bottom }
  if (data.kind === "basins") square(box, found)
  const [x, y] = [axis(found.x, box.left, box.right), axis(found.y, box.bottom, box.top)]
  const axes = svg("g", { class: "axes" })
  drawAxes(axes, x, y, box, [found.x.name ?? "x", found.y.name ?? "y"])
  const size = { x: box.left, y: box.top, width: box.right - box.left, height: box.bottom - box.top }
  const image = svg("image", { ...size, href: found.picture, preserveAspectRatio: "none", class: "cells" })
  const cross = svg("g", { class: "cross" })
  drawing.setAttribute("viewBox", `0 0 ${width} ${high}`)
  drawing.style.height = `${high}px`
  drawing.replaceChildren(axes, image, ...marks(data, found, x, y), cross)
  drawing.setAttribute("aria-label", `${data.label}. Arrow keys move the cross, Enter ${data.action}.`)
  listen(parts, { x, y, box, cross }, data, tell)
}

/** As wide as high in the units of the surface, as the player draws it. */
function square(box, { x, y }) {
  const scale = Math.min((box.right - box.left) / (x.high - x.low), (box.bottom - box.top) / (y.high - y.low))
  box.right = box.left + scale * (x.high - x.low)
  box.bottom = box.top + scale * (y.high - y.low)
}

function marks(data, found, x, y) {
  const drawn = (found.minima ?? []).map(([mx, my]) => {
    return svg("circle", {
      cx: x.toPixel(mx),
      cy: y.toPixel(my),
      r: found.minima.length > 20 ? 2 : 5,
      class: "minimum",
    })
  })
  if (found.boundary) {
    const [rates, ups] = found.boundary
    const inside = rates
      .map((rate, index) => [rate, ups[index]])
      .filter(([rate]) => rate >= found.x.low && rate <= found.x.high)
    const points = inside.map(([rate, up]) => `${x.toPixel(rate)},${y.toPixel(up)}`).join(" ")
    drawn.push(svg("polyline", { points, class: "under boundary" }), svg("polyline", { points, class: "boundary" }))
  }
  const [px, py] = data.present
  if (px >= found.x.low && px <= found.x.high && py >= found.y.low && py <= found.y.high) {
    const d = `M${x.toPixel(px) - 9} ${y.toPixel(py)}h18M${x.toPixel(px)} ${y.toPixel(py) - 9}v18`
    drawn.push(svg("path", { d, class: "under present" }), svg("path", { d, class: "present" }))
  }
  return drawn
}

/** Pointing says where one is; a click or Enter takes the place. */
function listen({ drawing, place }, { x, y, box, cross }, data, tell) {
  const at = { x: x.toPixel(data.present[0]), y: y.toPixel(data.present[1]) }
  const point = () => {
    at.x = Math.min(Math.max(at.x, box.left), box.right)
    at.y = Math.min(Math.max(at.y, box.top), box.bottom)
    cross.replaceChildren(
      svg("line", { x1: at.x, x2: at.x, y1: box.top, y2: box.bottom }),
      svg("line", { x1: box.left, x2: box.right, y1: at.y, y2: at.y }),
    )
    place.textContent = `${data.names[0]} ${readable(x.toNumber(at.x))}, ${data.names[1]} ${readable(y.toNumber(at.y))}`
  }
  const take = () => tell("cell", { x: digits(x.toNumber(at.x)), y: digits(y.toNumber(at.y)) })
  const isInside = () => at.x >= box.left && at.x <= box.right && at.y >= box.top && at.y <= box.bottom
  const follow = event => {
    const corner = drawing.getBoundingClientRect()
    Object.assign(at, { x: event.clientX - corner.left, y: event.clientY - corner.top })
  }
  drawing.onpointermove = event => {
    follow(event)
    point()
  }
  drawing.onpointerleave = () => cross.replaceChildren()
  drawing.onclick = event => {
    follow(event)
    if (isInside()) take()
  }
  const step = { x: (box.right - box.left) / KEY_STEPS, y: (box.bottom - box.top) / KEY_STEPS }
  const ways = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }
  drawing.onkeydown = event => {
    if (event.key !== "Enter" && !ways[event.key]) return
    event.preventDefault()
    event.stopPropagation() // the player has keys, too
    if (event.key === "Enter") return take()
    at.x += ways[event.key][0] * step.x
    at.y += ways[event.key][1] * step.y
    point()
  }
}

/** As many as a pointer can mean. */
const digits = value => Number(value.toPrecision(3))
