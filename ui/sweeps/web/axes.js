/** The two axes of a picture: from numbers to pixels and back, and their ticks. */
import { readable, svg } from "./dom.js"

/** An axis from `low` to `high`, spaced by factors if `log`, over the pixels `from` to `to`. */
export function axis({ low, high, log }, from, to) {
  const place = log ? Math.log10 : value => value
  const number = log ? share => 10 ** share : value => value
  const [first, last] = [place(low), place(high)]
  return {
    ticks: log ? decades(low, high, Math.abs(to - from) / 60) : rounds(low, high, Math.abs(to - from) / 60),
    toPixel: value => from + ((place(value) - first) / (last - first)) * (to - from),
    toNumber: pixel => number(Math.min(Math.max(first + ((pixel - from) / (to - from)) * (last - first), first), last)),
  }
}

/** Powers of ten between two numbers, so many at most; where there are fewer than two, the ends. */
function decades(low, high, most) {
  const [first, last] = [Math.ceil(Math.log10(low) - 1e-9), Math.floor(Math.log10(high) + 1e-9)]
  const stride = Math.max(1, Math.ceil((last - first) / Math.max(most, 1)))
  const powers = []
  for (let power = first; power <= last; power += stride) powers.push(Number(`1e${power}`))
  return powers.length > 1 ? powers : [low, high]
}

/** Round numbers between two, about as many as there is room for. */
function rounds(low, high, most) {
  const rough = (high - low) / Math.max(Math.min(most, 8), 1)
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = [1, 2, 5, 10].find(factor => factor * power >= rough) * power
  const ticks = []
  for (let count = Math.ceil(low / step - 1e-9); count * step <= high + 1e-9 * step; count++)
    ticks.push(Number((count * step).toPrecision(12)))
  return ticks
}

/** Ticks with their numbers below a picture and at its left; `name` is what the numbers are. */
export function drawAxes(group, x, y, { left, right, top, bottom }, names, yText = readable) {
  for (const tick of x.ticks) {
    const at = x.toPixel(tick)
    group.append(svg("line", { x1: at, x2: at, y1: bottom, y2: bottom + 4 }))
    group.append(svg("text", { x: at, y: bottom + 17, "text-anchor": "middle" }, readable(tick)))
  }
  for (const tick of y.ticks) {
    const at = y.toPixel(tick)
    group.append(svg("line", { x1: left - 4, x2: left, y1: at, y2: at }))
    group.append(svg("text", { x: left - 7, y: at + 4, "text-anchor": "end" }, yText(tick)))
  }
  group.append(svg("text", { x: (left + right) / 2, y: bottom + 34, "text-anchor": "middle" }, names[0]))
  const middle = (top + bottom) / 2
  const turned = { x: 0, y: 0, "text-anchor": "middle", transform: `translate(13 ${middle}) rotate(-90)` }
  group.append(svg("text", turned, names[1]))
}
