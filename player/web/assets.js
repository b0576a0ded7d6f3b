// Files that the player needs beside its own modules: fetched once a page, and asked for again after a failure.

import { element } from "./dom.js"

// In this order: what a later sheet says of the same thing counts.
export const STYLES = ["page", "toolbar", "views", "runs", "step", "presenter"].map(name => `styles/${name}.css`)

/** @type {Map<string, Promise<void>>} */
const loads = new Map()

/**
 * plotly.js as the plotly package ships it; a page that has it already keeps its own.
 * @param {string} version
 */
export async function loadPlotly(version) {
  if (!window.Plotly) await loadScript(new URL(`../plotly.min.js?v=${version}`, import.meta.url).href)
}

/** The style sheets of the player itself. */
export async function loadStyles() {
  await Promise.all(STYLES.map(loadStyleSheet))
}

/** @param {string} path from this folder */
export function loadStyleSheet(path) {
  const { href } = new URL(path, import.meta.url)
  return once(href, () => element("link", { rel: "stylesheet", href }))
}

/** @param {string} src */
export function loadScript(src) {
  return once(src, () => element("script", { src }))
}

/**
 * @param {string} address
 * @param {() => HTMLElement} make
 */
function once(address, make) {
  const load = loads.get(address) ?? appended(address, make())
  loads.set(address, load)
  return load
}

/** @param {string} address @param {HTMLElement} made @returns {Promise<void>} */
function appended(address, made) {
  return new Promise((resolve, reject) => {
    made.onload = () => resolve()
    made.onerror = () => {
      loads.delete(address)
      made.remove()
      reject(new Error(`${address} could not be loaded`))
    }
    document.head.append(made)
  })
}
