// Formulas, typeset by KaTeX, which is fetched when the browser is idle, or when the first one is needed.

import { loadScript, loadStyleSheet } from "./assets.js"

/**
 * Gives the nodes of a formula.
 * @typedef {(latex: string, display?: boolean) => Node[]} Typeset
 */

/**
 * A page that has KaTeX already keeps its own.
 * @returns {Promise<Typeset>}
 */
export async function loadTypesetter() {
  if (window.katex) return typeset
  const script = new URL("katex/katex.min.js", import.meta.url).href
  await Promise.all([loadStyleSheet("katex/layer.css"), loadScript(script)])
  return typeset
}

/** @type {Typeset} */
function typeset(latex, display = false) {
  const holder = document.createElement("span")
  window.katex.render(latex, holder, { displayMode: display, throwOnError: false })
  return [...holder.childNodes]
}
