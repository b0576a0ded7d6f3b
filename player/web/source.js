// Where data come from. The player knows only this: an object with the functions of a Source. The one here asks the
// app's server; a page that is looked at without one brings its own.

/**
 * @import {
 *   BoundaryDocument, ExamplesDocument, Payload, RatesDocument, StepDocument, SurfaceDocument, ValueDocument,
 * } from "./documents.d.ts"
 */
/** @import { Box } from "./geometry/axis.js" */

/** @typedef {{ x: number, y: number }} Point */
/** @typedef {{ landscape: string, window: Box | null, theme: string, version: string }} SurfaceQuestion */
/**
 * `landscape` and `query` are a surface's part of the link and the whole link; nobody but the source looks into them.
 * Every function but `drawn`, which reports what was drawn, resolves to a document, or rejects with an Error that says in words what was wrong. Only the first two
 * must be there (`step` answers for another learning rate, too, if one is given): where nobody can answer the others, the player offers nothing that would ask. With `isFixed` there is
 * only the surface's own view, so nobody is asked for another part of the plane.
 * @typedef {{
 *   isFixed?: boolean,
 *   surface(asked: SurfaceQuestion): Promise<SurfaceDocument>,
 *   examples(query: string): Promise<ExamplesDocument>,
 *   boundaries?(query: string): Promise<BoundaryDocument>,
 *   paths?(query: string, start: Point, run: number | null): Promise<Payload>,
 *   value?(query: string, point: Point): Promise<ValueDocument>,
 *   step?(query: string, run: number, step: number, rate?: number): Promise<StepDocument>,
 *   rates?(query: string, run: number): Promise<RatesDocument>,
 *   drawn?(serial: number): void,
 * }} Source
 */

/** @param {URL} base */
function asking(base) {
  /** @param {string} route @param {string} link @param {Record<string, string | number>} more */
  return (route, link, more = {}) => {
    const rest = new URLSearchParams(Object.entries(more).map(([name, value]) => [name, String(value)]))
    return fetchJson(new URL(`${route}?${[link, rest].filter(String).join("&")}`, base))
  }
}

/**
 * Reports what was drawn; who is not told goes on after a while all the same.
 * @param {URL} base @returns {(serial: number) => void}
 */
function reporting(base) {
  return serial => {
    fetch(new URL(`drawn?serial=${serial}`, base), { method: "POST" }).catch(console.info)
  }
}

/**
 * The app's own routes under `base`, for what is drawn of networks: a plane of their weights has no other part to see, and
 * nobody starts anywhere in it.
 * @param {URL} base
 * @returns {Source & Required<Pick<Source, "drawn">>}
 */
export function networkSource(base) {
  const ask = asking(base)
  return {
    isFixed: true,
    surface: ({ landscape, theme, version }) => ask("plane", landscape, { theme, v: version }),
    examples: () => Promise.reject(new Error("the examples of a network come with what it has learned")),
    boundaries: query => ask("boundaries", query),
    drawn: reporting(base),
  }
}

/**
 * The app's own routes under `base`.
 * @param {URL} base
 * @returns {Required<Omit<Source, "isFixed" | "boundaries">>}
 */
export function liveSource(base) {
  const ask = asking(base)
  return {
    surface: ({ landscape, window, theme, version }) => {
      const part = window && { window: [...window.x, ...window.y].join("_") }
      return ask("surface", landscape, { ...part, theme, v: version })
    },
    examples: query => ask("examples", query),
    paths: (query, start, run) => ask("paths", query, run === null ? { ...start } : { ...start, of: run }),
    value: (query, point) => ask("value", query, { ...point }),
    step: (query, run, step, rate) => ask("numbers", query, { of: run, at: step, ...(rate !== undefined && { rate }) }),
    rates: (query, run) => ask("rates", query, { of: run }),
    drawn: reporting(base),
  }
}

/**
 * The answer of a route; a refusal is thrown in the server's own words.
 * @param {URL} address
 */
async function fetchJson(address) {
  const response = await fetch(address)
  if (response.ok) return response.json()
  const { error } = await response.json().catch(() => ({}))
  throw new Error(error ?? `${address.pathname} answered ${response.status}`)
}
