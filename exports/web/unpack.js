// Unpacks what a page carries, and plays it. Libraries and experiment are packed, since plotly.js alone is five megabytes.

/** @typedef {{ family: string, style: string, weight: string, data: string }} Font with base64 of its file */

/** @param {string} base64 */
function bytesOf(base64) {
  return Uint8Array.from(atob(base64), character => character.charCodeAt(0))
}

/** @param {string} base64 of gzipped JSON */
function unpacked(base64) {
  const stream = new Blob([bytesOf(base64)]).stream().pipeThrough(new DecompressionStream("gzip"))
  return new Response(stream).json()
}

/** @param {"script" | "style"} tag @param {string} textContent */
function add(tag, textContent) {
  document.head.append(Object.assign(document.createElement(tag), { textContent }))
}

/**
 * From memory: a policy that allows no address allows these.
 * @param {Font} font
 */
function addFont({ family, style, weight, data }) {
  document.fonts.add(new FontFace(family, bytesOf(data), { style, weight }))
}

/** Formulas that stand in the page as text. */
function typeset() {
  for (const holder of document.querySelectorAll("[data-latex]")) {
    const latex = /** @type {HTMLElement} */ (holder).dataset.latex ?? ""
    window.katex.render(latex, /** @type {HTMLElement} */ (holder), { displayMode: true, throwOnError: false })
  }
}

async function open() {
  /** @type {HTMLElement | null} */
  const root = document.querySelector(".fall-line-player")
  try {
    const { styles, fonts, scripts } = await unpacked(window.fallLineLibraries)
    add("style", styles)
    for (const font of fonts) addFont(font)
    for (const script of scripts) add("script", script)
    typeset()
    if (root) await window.fallLinePlay(root, await unpacked(window.fallLineExperiment))
  } catch (error) {
    console.error(error)
    const notice = "The picture could not be shown. It needs a browser of 2023 or later, with WebGL for the 3-D view."
    if (root) root.textContent = notice
  }
}

open()
