// What the player needs beside its own modules: fetched once, and asked for again after a failure.

import { element } from "./dom.js"

let plotly
let style

/** plotly.js as the plotly package ships it, once a page. */
export function loadPlotly(base, version) {
  plotly ??= new Promise((resolve, reject) => {
    const script = element("script", { src: new URL(`fall-line/plotly.min.js?v=${version}`, base).href, onload: resolve })
    script.onerror = () => {
      plotly = undefined
      reject(new Error("plotly.js could not be loaded"))
    }
    document.head.append(script)
  })
  return plotly
}

/** The player's own style sheet, from where this module is. */
export function loadStyle() {
  style ??= new Promise((resolve, reject) => {
    const link = element("link", { rel: "stylesheet", href: new URL("player.css", import.meta.url).href })
    link.onload = resolve
    link.onerror = () => {
      style = undefined
      reject(new Error("player.css could not be loaded"))
    }
    document.head.append(link)
  })
  return style
}

/** The answer of one of the player's routes; a refusal is thrown in the server's own words. */
export async function fetchJson(address) {
  const response = await fetch(address)
  if (response.ok) return response.json()
  const { error } = await response.json().catch(() => ({}))
  throw new Error(error ?? `${address.pathname} answered ${response.status}`)
}
