// The pure parts of the player: numbers in, numbers out. No document, no canvas.

/** Decodes {dtype: "f4", bdata, shape} into {values, shape}. */
export function decode(series) {
  const bytes = Uint8Array.from(atob(series.bdata), character => character.charCodeAt(0))
  return { values: new Float32Array(bytes.buffer), shape: series.shape }
}

/** The part of `series` that belongs to one run. */
export function ofRun({ values, shape }, run) {
  const size = shape.slice(1).reduce((product, length) => product * length, 1)
  return values.subarray(run * size, (run + 1) * size)
}

/** The largest plot area inside `width` × `height` in which one unit of x is as long as one of y. */
export function squareArea(width, height, margin, xRange, yRange) {
  const innerWidth = Math.max(width - margin.l - margin.r, 10)
  const innerHeight = Math.max(height - margin.t - margin.b, 10)
  const perUnit = Math.min(innerWidth / (xRange[1] - xRange[0]), innerHeight / (yRange[1] - yRange[0]))
  const w = perUnit * (xRange[1] - xRange[0])
  const h = perUnit * (yRange[1] - yRange[0])
  return { left: margin.l + (innerWidth - w) / 2, top: margin.t + (innerHeight - h) / 2, width: w, height: h }
}

/** In how many columns `count` pictures of a shape (width over height) become largest inside `width` × `height`. */
export function columnsFor(count, width, height, shape) {
  const sideIn = columns => Math.min(width / columns / shape, height / Math.ceil(count / columns))
  return Array.from({ length: count }, (_, index) => index + 1).reduce((best, columns) => (sideIn(columns) > sideIn(best) + 0.5 ? columns : best), 1)
}

/** Per run its place by loss at every point, 1 for the lowest; a path that has left all bounds comes last. */
export function ranks(gaps, runs) {
  const [count, points] = gaps.shape
  const placed = runs.map(() => new Float32Array(points))
  for (let point = 0; point < points; point++) {
    const loss = run => (point > runs[run].drawn ? Infinity : gaps.values[run * points + point])
    const order = Array.from({ length: count }, (_, run) => run).sort((a, b) => (loss(a) < loss(b) ? -1 : loss(a) > loss(b) ? 1 : a - b))
    order.forEach((run, place) => (placed[run][point] = place + 1))
  }
  return placed
}

/** Whether any path leaves the box {x, y}. */
export function leaves(positions, runs, { x, y }) {
  return runs.some((run, index) => {
    const xy = ofRun(positions, index)
    for (let step = 0; step <= run.drawn; step++) {
      if (xy[2 * step] < x[0] || xy[2 * step] > x[1] || xy[2 * step + 1] < y[0] || xy[2 * step + 1] > y[1]) return true
    }
    return false
  })
}

const FARTHEST = 12 // times the size of the view: what diverges farther than that is not fitted

/** A view that holds the box and all paths, as far as they can be followed, in the same shape as the box. */
export function fittedView(positions, runs, box) {
  const [x, y] = [[...box.x], [...box.y]]
  const widen = (range, own, value) => {
    const reach = FARTHEST * (own[1] - own[0])
    const near = Math.min(Math.max(value, own[0] - reach), own[1] + reach)
    range[0] = Math.min(range[0], near)
    range[1] = Math.max(range[1], near)
  }
  runs.forEach((run, index) => {
    const xy = ofRun(positions, index)
    for (let step = 0; step <= run.drawn; step++) {
      widen(x, box.x, xy[2 * step])
      widen(y, box.y, xy[2 * step + 1])
    }
  })
  const times = 1.08 * Math.max((x[1] - x[0]) / (box.x[1] - box.x[0]), (y[1] - y[0]) / (box.y[1] - box.y[0]))
  const around = (range, own) => {
    const width = times * (own[1] - own[0])
    return [-0.5, 0.5].map(side => roundedIn(width, (range[0] + range[1]) / 2 + side * width))
  }
  return { x: around(x, box.x), y: around(y, box.y) }
}

/** Maps between values and pixels along one axis; a logarithmic range is given in powers of ten, as plotly.js does. */
export function axis(range, first, length, log = false) {
  const [low, high] = range
  const toShare = log ? value => (Math.log10(Math.max(value, 1e-300)) - low) / (high - low) : value => (value - low) / (high - low)
  return {
    pixel: value => first + toShare(value) * length,
    value: pixel => {
      const plain = low + ((pixel - first) / length) * (high - low)
      return log ? 10 ** plain : plain
    },
  }
}

/** Far outside the picture the canvas loses precision: a point there is pulled in along the segment that leads to it. */
const FAR = 20000
export function pixelPath(length, pixelX, pixelY) {
  const points = new Float32Array(2 * length)
  for (let index = 0; index < length; index++) {
    let x = pixelX(index)
    let y = pixelY(index)
    const farthest = Math.max(Math.abs(x), Math.abs(y))
    if (farthest > FAR) {
      const fromX = index ? points[2 * index - 2] : 0
      const fromY = index ? points[2 * index - 1] : 0
      const share = FAR / farthest
      x = fromX + (x - fromX) * share
      y = fromY + (y - fromY) * share
    }
    points[2 * index] = x
    points[2 * index + 1] = y
  }
  return points
}

/** How far along the path each point lies, so that a dashed line can be continued where it was left. */
export function distances(points) {
  const along = new Float32Array(points.length / 2)
  for (let index = 1; index < along.length; index++) {
    along[index] = along[index - 1] + Math.hypot(points[2 * index] - points[2 * index - 2], points[2 * index + 1] - points[2 * index - 1])
  }
  return along
}

/** Where the ray from the middle of `area` to a point outside crosses its edge; null for a point inside. */
export function atEdge(area, x, y) {
  const inside = x >= area.left && x <= area.left + area.width && y >= area.top && y <= area.top + area.height
  if (inside) return null
  const middleX = area.left + area.width / 2
  const middleY = area.top + area.height / 2
  const share = Math.min(
    (area.width / 2 - 7) / Math.max(Math.abs(x - middleX), 1e-9),
    (area.height / 2 - 7) / Math.max(Math.abs(y - middleY), 1e-9),
  )
  return { x: middleX + (x - middleX) * share, y: middleY + (y - middleY) * share, angle: Math.atan2(y - middleY, x - middleX) }
}

/** The nearest point of the edge for a point above or below the area; null for a point inside. */
export function clampedToEdge(area, x, y) {
  const bottom = area.top + area.height
  if (y >= area.top && y <= bottom) return null
  return y < area.top ? { x, y: area.top + 7, angle: -Math.PI / 2 } : { x, y: bottom - 7, angle: Math.PI / 2 }
}

/** Places labels of known width beside their anchors, inside `area`, none on top of another. */
export function placeLabels(anchors, area, lineHeight) {
  const right = area.left + area.width
  const bottom = area.top + area.height
  const placed = []
  const order = anchors.map((_, index) => index).sort((a, b) => anchors[a].y - anchors[b].y)
  for (const index of order) {
    const { x, y, width } = anchors[index]
    const left = x + 10 + width > right ? Math.max(area.left + 2, x - 10 - width) : x + 10
    let top = Math.min(Math.max(y, area.top + lineHeight / 2), bottom - lineHeight / 2)
    for (const other of placed) {
      const overlapsAcross = left < other.left + other.width + 4 && other.left < left + width + 4
      if (overlapsAcross && Math.abs(top - other.top) < lineHeight) top = other.top + lineHeight
    }
    placed.push({ index, left, top, width })
  }
  liftOverflow(placed, bottom, lineHeight)
  return placed.sort((a, b) => a.index - b.index)
}

/** Labels pushed below the edge move up, and push up those above them. */
function liftOverflow(placed, bottom, lineHeight) {
  let limit = bottom - lineHeight / 2
  for (const label of [...placed].sort((a, b) => b.top - a.top)) {
    if (label.top > limit) {
      label.top = limit
      limit -= lineHeight
    }
  }
}

/**
 * The step shown after `seconds` more at `stepsPerSecond`, from a position that may lie between two steps. A frame's
 * time may lie before the moment at which play was pressed, and long after the last one if the page was hidden.
 */
export function advance(position, seconds, stepsPerSecond, steps) {
  return Math.min(position + Math.min(Math.max(seconds, 0), 0.5) * stepsPerSecond, steps)
}

/** The loss between four points of the grid, as if the surface were flat there: about right, never exact. */
export function bilinear({ x, y, columns, rows, loss }, atX, atY) {
  const across = ((atX - x[0]) / (x[1] - x[0])) * (columns - 1)
  const up = ((atY - y[0]) / (y[1] - y[0])) * (rows - 1)
  const column = Math.min(Math.max(Math.floor(across), 0), columns - 2)
  const row = Math.min(Math.max(Math.floor(up), 0), rows - 2)
  const corners = [loss[row][column], loss[row][column + 1], loss[row + 1][column], loss[row + 1][column + 1]]
  if (corners.some(corner => corner === null)) return null
  const [right, above] = [across - column, up - row]
  const low = corners[0] + (corners[1] - corners[0]) * right
  const high = corners[2] + (corners[3] - corners[2]) * right
  return low + (high - low) * above
}

const LONGEST = 76 // pixels of the longest of the arrows that share a scale
const SHORTEST = 26 // pixels: a shorter step is drawn this long, and says how many times longer that is
const NAMES = { slope: "−∇L", sampled: "−g", moment: "−m" }

/** The arrows of one step, {run, step, from, arrows}, as the overlay draws them. */
export function arrowsInPixels({ run, step, from, arrows }, x, y) {
  const base = { x: x.pixel(from[0]), y: y.pixel(from[1]) }
  const turned = arrows.map(arrow => {
    const [right, down] = [x.pixel(from[0] + arrow.x) - base.x, y.pixel(from[1] + arrow.y) - base.y]
    return { name: arrow.name, right, down, length: Math.hypot(right, down) }
  })
  const longest = Math.max(...turned.filter(arrow => arrow.name !== "step").map(arrow => arrow.length), 1e-300)
  const drawn = turned.filter(arrow => arrow.length > 0 && Number.isFinite(arrow.length)).map(({ name, right, down, length }) => {
    const isStep = name === "step"
    const long = isStep ? Math.max(length, SHORTEST) : Math.max((length / longest) * LONGEST, 12)
    const times = isStep && long > length ? ` ×${readable(Number((long / length).toPrecision(2)))}` : ""
    return { ...base, name, right: right / length, down: down / length, length: long, label: isStep ? `step${times}` : NAMES[name] }
  })
  return { run, step, drawn }
}

/** The decimal place that a pointer can mean: a power of ten, at most a thousandth of a view's width. */
const decimals = width => Math.ceil(3 - Math.log10(width) - 1e-9)

/** `value` to what a pointer can mean in a view of `width`, wherever the view lies. */
export function roundedIn(width, value) {
  const places = decimals(width)
  return places > 0 ? Number(value.toFixed(Math.min(places, 100))) : Math.round(value / 10 ** -places) * 10 ** -places
}

/** How many digits tell `value` from its neighbours in a view of `width`, four at least. */
export function digitsIn(width, value) {
  const leading = value === 0 ? 0 : Math.floor(Math.log10(Math.abs(value))) + 1
  return Math.min(Math.max(leading + decimals(width), 4), 15)
}

/** A number as a person reads it: four significant digits or as many as are asked for, powers of ten only where they help. */
export function readable(value, digits = 4) {
  if (value === null || value === undefined || !Number.isFinite(value)) return "—"
  if (value === 0) return "0"
  const size = Math.abs(value)
  if (size < 1e5 && size >= 1e-3) return String(Number(value.toPrecision(digits))).replace("-", "−")
  const [mantissa, exponent] = value.toExponential(digits > 4 ? digits - 1 : 2).split("e")
  return `${digits > 4 ? String(Number(mantissa)) : mantissa}e${Number(exponent)}`.replaceAll("-", "−")
}
