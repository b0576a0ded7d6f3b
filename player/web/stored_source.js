// Where data come from on a page without a server: everything was worked out before and stands in the page.

/**
 * @import {
 *   Layout, Payload, RatesDocument, StepDocument, StoredDocument, StoredFan, StoredNumbers, SurfaceDocument,
 * } from "./documents.d.ts"
 */
/** @import { Fan } from "./fan.js" */
/** @import { Path } from "./outcome.js" */
/** @import { Series } from "./series.js" */
/** @import { Source } from "./source.js" */

import { pathAt, placeOf } from "./fan.js"
import { clamp } from "./geometry/axis.js"
import { unpack } from "./packing.js"
import { decodeSeries, encodeSeries, ofRun, withRun } from "./series.js"

/** @typedef {Pick<Path, "positions" | "slopes">} Movement */

/**
 * An experiment whose runs each have the learning rate that they came with, or one of those that were worked out.
 * The query of its payload says which.
 */
export class StoredExperiment {
  /** Per run its place on the fan, null for the rate that it came with. @type {(number | null)[]} */
  #places
  /** @type {Map<number, Fan & { heldOut?: Series }>} */
  #fans = new Map()
  /** @type {Map<string, SurfaceDocument>} */
  #surfaces = new Map()

  /** @param {StoredDocument} document */
  constructor(document) {
    this.document = document
    this.#places = document.runs.map(() => null)
  }

  /** @returns {Source} */
  get source() {
    return {
      isFixed: true,
      surface: async ({ theme }) => this.#surface(theme),
      examples: async () => /** @type {NonNullable<StoredDocument["examples"]>} */ (this.document.examples),
      step: async (query, run, step, rate) => this.#step(this.#placeIn(query, run, rate), run, step),
      rates: async (_, run) => this.#ratesDocument(run),
    }
  }

  /**
   * Gives a run the nearest of the rates that were worked out.
   * @param {number} run @param {number} rate
   */
  setRate(run, rate) {
    this.#places[run] = nearest(this.document.runs[run].fan, rate)
  }

  /** @returns {Payload} */
  get payload() {
    const { payload, runs, minimum } = this.document
    const changed = runs.flatMap(({ fan }, run) => {
      const place = this.#places[run]
      return place === null ? [] : [{ run, place, at: fan.at[place], path: this.#path(run, place) }]
    })
    if (!changed.length) return payload
    const shown = payload.runs.map((run, index) => changed.find(one => one.run === index)?.at.run ?? run)
    const floor = lowest([minimum, ...shown.map(({ best }) => best)]) ?? payload.floor
    const gaps = raised(decodeSeries(payload.gaps).values, payload.floor - floor)
    /** @type {Record<"positions" | "gaps" | "slopes", Series>} */
    const series = {
      positions: decodeSeries(payload.positions),
      gaps: { values: gaps, shape: payload.gaps.shape },
      slopes: decodeSeries(payload.slopes),
    }
    let heldOut = payload.heldOut && decodeSeries(payload.heldOut)
    const rates = [...payload.rates]
    for (const { run, at, path } of changed) {
      series.positions = withRun(series.positions, run, path.positions)
      series.gaps = withRun(series.gaps, run, raised(path.losses, at.floor - floor))
      series.slopes = withRun(series.slopes, run, path.slopes)
      if (heldOut && path.heldOut) heldOut = withRun(heldOut, run, path.heldOut)
      rates[run] = at.rates ?? scaled(payload.rates[run], at.rate / runs[run].numbers.rate)
    }
    return {
      ...payload,
      ...{ runs: shown, floor, rates, query: JSON.stringify(this.#places) },
      digest: changed.map(({ at }) => at.digest).join("-"),
      positions: encodeSeries(series.positions),
      gaps: encodeSeries(series.gaps),
      slopes: encodeSeries(series.slopes),
      ...(heldOut && { heldOut: encodeSeries(heldOut) }),
      charts: withAxes(
        payload.charts,
        changed.map(({ at }) => at.axes),
      ),
    }
  }

  /** @param {string} theme */
  #surface(theme) {
    const known = this.#surfaces.get(theme)
    if (known) return known
    const made = { ...structuredClone(this.document.surface), loss: lossesOf(this.document.surface) }
    if (theme === "dark") for (const [path, value] of this.document.dark) put(made, path, value)
    this.#surfaces.set(theme, made)
    return made
  }

  /** @param {number} run @returns {Fan & { heldOut?: Series }} whose losses are above the floors of its rates */
  #fan(run) {
    const known = this.#fans.get(run)
    if (known) return known
    const { positions, gaps, slopes, heldOut, drawn, stride } = this.document.runs[run].fan
    const fan = { positions: unpack(positions), losses: unpack(gaps), slopes: unpack(slopes), drawn, stride }
    const made = heldOut ? { ...fan, heldOut: unpack(heldOut) } : fan
    this.#fans.set(run, made)
    return made
  }

  /**
   * The path of a run at a place of its fan, its losses above the floor that belongs to it.
   * @param {number} run @param {number} place
   * @returns {Path & { heldOut?: Float32Array }}
   */
  #path(run, place) {
    const fan = this.#fan(run)
    const { steps } = this.document.payload
    const heldOut = fan.heldOut && pathAt({ ...fan, losses: fan.heldOut }, place, steps).losses
    return { ...pathAt(fan, place, steps), ...(heldOut && { heldOut }) }
  }

  /**
   * The fan with the losses themselves.
   * @param {number} run @returns {RatesDocument}
   */
  #ratesDocument(run) {
    const { at } = this.document.runs[run].fan
    const { positions, losses, slopes, drawn, stride } = this.#fan(run)
    const points = losses.shape[1]
    const whole = losses.values.map((gap, index) => gap + at[Math.floor(index / points)].floor)
    return {
      ...{ drawn, stride, positions: encodeSeries(positions), slopes: encodeSeries(slopes) },
      losses: encodeSeries({ ...losses, values: whole }),
    }
  }

  /**
   * Where on its fan a run is that is asked for: at a rate to which it is dragged, or as the query says.
   * @param {string} query @param {number} run @param {number | undefined} rate
   * @returns {number | null}
   */
  #placeIn(query, run, rate) {
    if (rate !== undefined) return nearest(this.document.runs[run].fan, rate)
    return query === this.document.payload.query ? null : JSON.parse(query)[run]
  }

  /**
   * @param {number | null} place @param {number} run @param {number} step
   * @returns {StepDocument}
   */
  #step(place, run, step) {
    const { numbers, fan } = this.document.runs[run]
    const rates = { formula: numbers.formula, range: fan.range, count: fan.at.length }
    if (place !== null) return { ...rates, rate: fan.at[place].rate, ...movement(this.#path(run, place), step) }
    if (step % numbers.every) return { ...rates, rate: numbers.rate, ...movement(this.#ownPath(run), step) }
    const told = step / numbers.every
    const arrows = numbers.arrows[told].map(([name, x, y]) => ({ name, x, y }))
    return { ...rates, rate: numbers.rate, rows: rowsOf(numbers, told), arrows }
  }

  /** @param {number} run @returns {Movement} with the rate that it came with */
  #ownPath(run) {
    const { positions, slopes } = this.document.payload
    return { positions: ofRun(decodeSeries(positions), run), slopes: ofRun(decodeSeries(slopes), run) }
  }
}

/**
 * What is known of a step whose numbers are not kept: from where it leads to where.
 * @param {Movement} path @param {number} step
 * @returns {Pick<StepDocument, "rows" | "arrows">}
 */
function movement({ positions, slopes }, step) {
  const [from, to] = [step, step + 1].map(at => [...positions.subarray(2 * at, 2 * at + 2)])
  const [x, y] = [to[0] - from[0], to[1] - from[1]]
  return {
    rows: [
      { symbol: "t", name: "which update it is", values: [step + 1] },
      { symbol: "\\theta_t", name: "the position", values: from },
      { symbol: "\\lVert g_t \\rVert", name: "length of the gradient", values: [slopes[step]] },
      { symbol: "\\theta_{t+1} - \\theta_t", name: "the step", values: [x, y] },
      { symbol: "\\theta_{t+1}", name: "the new position", values: to },
    ],
    arrows: [{ name: "step", x, y }],
  }
}

/** @param {StoredFan} fan @param {number} rate */
function nearest({ range, at }, rate) {
  return clamp(Math.round(placeOf(rate, range, at.length)), [0, at.length - 1])
}

/** @param {(number | null)[]} values the lowest of those that are known */
function lowest(values) {
  const known = values.filter(value => value !== null)
  return known.length ? Math.min(...known) : null
}

/**
 * Heights above a floor that lies lower by so much; rounding leaves none below it.
 * @param {Float32Array} values @param {number} by
 */
function raised(values, by) {
  return values.map(value => Math.max(value + by, 0))
}

/** @param {Payload["rates"][number]} rate @param {number} factor @returns {Payload["rates"][number]} */
function scaled(rate, factor) {
  if (typeof rate === "number") return rate * factor
  const { values, shape } = decodeSeries(rate)
  return encodeSeries({ values: values.map(value => value * factor), shape })
}

/**
 * Charts with axes on which every path that has changed is seen: those of one that has, else wide enough for all.
 * @param {Payload["charts"]} charts @param {Record<string, Layout["yaxis"]>[]} axes
 */
function withAxes(charts, axes) {
  const adapted = { ...charts }
  for (const name of Object.keys(axes[0])) {
    const all = axes.map(one => one[name])
    const low = Math.min(...all.map(({ range }) => range[0]))
    const high = Math.max(...all.map(({ range }) => range[1]))
    const widest = all.reduce((one, other) => (span(other) > span(one) ? other : one))
    adapted[name] = { ...charts[name], yaxis: { ...widest, range: [low, high] } }
  }
  return adapted
}

/** @param {Layout["yaxis"]} axis */
function span({ range: [low, high] }) {
  return high - low
}

/**
 * The losses on a grid, from the heights at which the contour is drawn (player/figures.py, Scale).
 * @param {StoredDocument["surface"]} surface
 */
function lossesOf({ contour, scale: { name, floor, offset }, rows, columns }) {
  const [{ z }] = /** @type {[{ z: { bdata: string } }]} */ (contour.data)
  const { values } = decodeSeries({ ...z, shape: [rows, columns] })
  const loss = (/** @type {number} */ height) =>
    name === "linear" ? height : floor + Math.sign(height) * offset * (10 ** Math.abs(height) - 1)
  return Array.from({ length: rows }, (_, row) =>
    Array.from(values.subarray(row * columns, (row + 1) * columns), height =>
      Number.isFinite(height) ? loss(height) : null,
    ),
  )
}

/** @param {any} document @param {(string | number)[]} path @param {unknown} value */
function put(document, path, value) {
  const holder = path.slice(0, -1).reduce((inside, name) => inside[name], document)
  holder[path[path.length - 1]] = value
}

/** @param {StoredNumbers} numbers @param {number} told @returns {StepDocument["rows"]} */
function rowsOf({ layouts, steps }, told) {
  const [layout, ...values] = steps[told]
  let next = 0
  return layouts[layout].map(([symbol, name, count]) => {
    next += count
    return { symbol, name, values: values.slice(next - count, next) }
  })
}
