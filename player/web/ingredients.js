// What a picture needs beside the outcome of the experiment: the surface, the examples, plotly.js and the style sheets.

/** @import { Boundaries } from "./boundaries.js" */
/** @import { Delivery, SurfaceDocument } from "./documents.d.ts" */
/** @import { Examples } from "./examples.js" */
/** @import { Box } from "./geometry/axis.js" */
/** @import { Source } from "./source.js" */

import { loadPlotly, loadStyles } from "./assets.js"
import { decodeBoundaries } from "./boundaries.js"
import { decodeExamples } from "./examples.js"

/** @typedef {{ surface: SurfaceDocument, examples: Examples | null, boundaries: Boundaries | null }} Found */
/** @typedef {{ plotly: (version: string) => Promise<void>, styles: () => Promise<void> }} Assets */

const KEPT_SURFACES = 12
const KEPT_EXAMPLES = 2

/** Says what could not be had, in `message`, for a person; the errors themselves are its `causes`. */
export class MissingError extends Error {
  /** @param {string[]} names @param {unknown[]} causes */
  constructor(names, causes) {
    const list = names.length > 1 ? `${names.slice(0, -1).join(", ")} and ${names.at(-1)}` : names[0]
    super(`${list[0].toUpperCase()}${list.slice(1)} could not be fetched.`)
    this.causes = causes
  }
}

export class Ingredients {
  /**
   * @param {Source} source
   * @param {Assets} assets
   */
  constructor(source, assets = { plotly: loadPlotly, styles: loadStyles }) {
    this.source = source
    this.assets = assets
    /** @type {Cache<SurfaceDocument>} */
    this.surfaces = new Cache(KEPT_SURFACES)
    /** @type {Cache<Examples>} */
    this.examples = new Cache(KEPT_EXAMPLES)
    /** @type {Cache<Boundaries>} */
    this.boundaries = new Cache(KEPT_EXAMPLES)
  }

  /**
   * Everything for one picture; what was had before is not asked for again.
   * @param {Delivery} delivery @param {string} theme
   * @param {Box | null} window the part of the plane, null for the usual one
   * @returns {Promise<Found>}
   * @throws {MissingError}
   */
  async gather(delivery, theme, window) {
    const [surface, examples, boundaries] = await allNamed({
      "the surface": this.#surface(delivery, theme, window),
      "the examples": this.#examplesOf(delivery),
      "what the networks have learned": this.#boundariesOf(delivery),
      "the style sheets": this.assets.styles(),
      "plotly.js": this.assets.plotly(delivery.plotly),
    })
    return { surface, examples, boundaries }
  }

  /** @param {Delivery} delivery @param {string} theme @param {Box | null} window */
  #surface({ surface: landscape, surfaces: version }, theme, window) {
    const asked = { landscape, window, theme, version }
    return this.surfaces.get(JSON.stringify(asked), () => this.source.surface(asked))
  }

  /** @param {Delivery} delivery */
  #examplesOf({ examples, query }) {
    if (examples === null) return null
    return this.examples.get(examples, async () => decodeExamples(await this.source.examples(query)))
  }

  /** @param {Delivery} delivery */
  #boundariesOf({ boundary }) {
    const { boundaries } = this.source
    if (boundary === undefined || !boundaries) return null
    return this.boundaries.get(boundary, async () => decodeBoundaries(await boundaries(boundary)))
  }
}

/**
 * The results of all, or an error that names every one that failed.
 * @param {Record<string, unknown>} promises
 * @returns {Promise<any[]>}
 */
async function allNamed(promises) {
  const results = await Promise.allSettled(Object.values(promises))
  const failed = results.map(({ status }) => status === "rejected")
  if (failed.includes(true)) {
    const names = Object.keys(promises).filter((_, index) => failed[index])
    throw new MissingError(
      names,
      results.flatMap(result => (result.status === "rejected" ? [result.reason] : [])),
    )
  }
  return results.map(result => (result.status === "fulfilled" ? result.value : undefined))
}

/**
 * Promises by key, the newest `size` of them; one that fails is forgotten, so that the next who asks tries again.
 * @template Value
 */
class Cache {
  /** @param {number} size */
  constructor(size) {
    this.size = size
    /** @type {Map<string, Promise<Value>>} */
    this.promises = new Map()
  }

  /** @param {string} key @param {() => Promise<Value>} make @returns {Promise<Value>} */
  get(key, make) {
    const known = this.promises.get(key)
    if (known) return known
    const made = make()
    this.promises.set(key, made)
    made.catch(() => this.promises.delete(key))
    const [oldest] = this.promises.keys()
    if (this.promises.size > this.size) this.promises.delete(oldest)
    return made
  }
}
