// Documents as the server sends them, small and made by hand: gradient descent and Adam, say, on a bowl.

const AXIS = { margin: { l: 50, r: 10, t: 20, b: 30 }, title: { text: "" } }
const CHART = { ...AXIS, xaxis: { range: [0, 10] }, yaxis: { range: [-3, 1], type: "log" } }
const VIEW = { x: [-2, 2], y: [-1, 1] }

export function encode(values, shape) {
  const bytes = Buffer.from(new Float32Array(values.flat(Number.POSITIVE_INFINITY)).buffer)
  return { dtype: "f4", bdata: bytes.toString("base64"), shape }
}

/** A payload of `runs` runs that go from the start to the middle in equal steps. */
export function payload({ runs = 2, steps = 10, start = [-1, 0.5], digest = `${runs} ${start}`, ...more } = {}) {
  const along = Array.from({ length: steps + 1 }, (_, step) => 1 - step / steps)
  const every = make => Array.from({ length: runs }, (_, run) => make(run))
  return {
    digest,
    surface: "landscape=quadratic&scale=log",
    query: `landscape=quadratic&start=${start.join("_")}&runs=${runs}`,
    examples: null,
    start,
    minima: [[0, 0, true]],
    saddles: [],
    steps,
    styles: every(run => ({ color: ["#0072B2", "#D55E00"][run % 2], dash: [], marker: "circle" })),
    floor: 0,
    runs: every(run => ({
      ...{
        label: `run ${run}`,
        verdict: "reached the minimum",
        kind: "minimum",
        short: "at the minimum",
        decidedAt: 9,
      },
      ...{ clipped: null, ownStart: false, final: 0, best: 0, reached: 9, length: 1, drawn: steps },
    })),
    positions: encode(
      every(run => along.map(left => [start[0] * left, start[1] * left + run / 10])),
      [runs, steps + 1, 2],
    ),
    gaps: encode(
      every(run => along.map(left => left + run)),
      [runs, steps + 1],
    ),
    slopes: encode(
      every(() => along.slice(1)),
      [runs, steps],
    ),
    rates: every(() => 0.1),
    charts: { loss: CHART, rate: CHART, slope: CHART, race: CHART },
    ...more,
  }
}

export function delivery(more = {}) {
  const { key = "player", scene = 1, serial = 1, present = false, ...rest } = more
  return { ...payload(rest), key, scene, serial, present, surfaces: "s1", plotly: "1.0" }
}

export const surface = {
  ...VIEW,
  contour: { data: [{ type: "contour" }], layout: AXIS },
  surface: { data: [{ type: "surface" }], layout: { scene: { xaxis: {}, yaxis: {}, zaxis: { range: [0, 2] } } } },
  columns: 2,
  rows: 2,
  loss: [
    [0, 4],
    [0, 4],
  ],
  scale: { name: "log", floor: 0, offset: 0.1 },
}

export const examples = {
  model: {
    steps: [
      ["mul", 0, 2],
      ["add", 3, 1],
    ],
    result: 4,
  },
  groups: [[]],
  training: { x: [0, 1, 2], y: [0, 1, 2], group: [0, 0, 0] },
  heldOut: { x: [0.5], y: [0.4], group: [0] },
  layout: { ...CHART, yaxis: { range: [-1, 3] } },
  batches: { size: 2, members: Buffer.from([0, 1, 2, 255]).toString("base64") },
}

export const step = {
  rows: [
    { symbol: "t", name: "which update it is", values: [1] },
    { symbol: "g_t", name: "the gradient", values: [0.25, null] },
  ],
  arrows: [
    { name: "slope", x: 1, y: 0 },
    { name: "step", x: 0.1, y: 0 },
  ],
  formula: "\\theta - g",
  rate: 0.1,
  range: [0.01, 1],
  count: 3,
}

/** The paths at three rates, each further than the one before; every step of them, unless `stride` says otherwise. */
export function rates(steps = 10, stride = 1) {
  const points = Math.ceil(steps / stride) + 1
  const every = make => [1, 2, 3].map(far => Array.from({ length: points }, (_, index) => make(far, index)))
  return {
    positions: encode(
      every((far, index) => [far * index, 2 * far * index]),
      [3, points, 2],
    ),
    losses: encode(
      every((far, index) => far + index),
      [3, points],
    ),
    slopes: encode(
      every(far => far),
      [3, points],
    ),
    drawn: [steps, steps, steps],
    stride,
  }
}

/** A source in memory, as an embedded one would be; `asked` notes what was asked, `failing` the functions that refuse. */
export function memorySource(answers = {}) {
  const asked = []
  const failing = new Set()
  const documents = {
    surface,
    examples,
    paths: payload(),
    value: { loss: 3, gradient: [1, 0] },
    step,
    rates: rates(),
    ...answers,
  }
  const answer =
    name =>
    async (...given) => {
      asked.push([name, ...given])
      if (failing.has(name)) throw new Error(`no ${name}`)
      return typeof documents[name] === "function" ? documents[name](...given) : documents[name]
    }
  const source = Object.fromEntries(Object.keys(documents).map(name => [name, answer(name)]))
  return { source, asked, failing, count: name => asked.filter(([one]) => one === name).length }
}

export const noAssets = { plotly: async () => {}, styles: async () => {} }
