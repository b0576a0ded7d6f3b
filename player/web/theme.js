// The page's theme, and a run's colour in it.

/** @import { RunStyle } from "./documents.d.ts" */
/** @import { ThemedStyle } from "./outcome.js" */

/**
 * @typedef {{
 *   ink: string, casing: string, lineWidth: number, headSize: number, lineHeight: number, font: string,
 * }} CanvasTheme
 */
/**
 * `layout`, `axis` and `axis3d` are what plotly.js takes; `large` is for a hall.
 * @typedef {{
 *   large: boolean, name: "light" | "dark", layout: object, axis: object, axis3d: object, titleSize: number,
 *   tickSize: number, tickFont: string, canvas: CanvasTheme,
 * }} Theme
 */

const LIGHT = 255
const DARK = 0

/**
 * The colours and fonts that Streamlit gives its components, or a page without it in the same variables.
 * @param {Element} root
 * @returns {Theme}
 */
export function readTheme(root, large = false) {
  const style = getComputedStyle(root)
  const variable = (/** @type {string} */ name) => style.getPropertyValue(name).trim()
  const ink = variable("--st-text-color") || style.color
  const paper = variable("--st-background-color") || "#ffffff"
  const line = variable("--st-border-color") || "#cccccc"
  const font = variable("--st-font") || style.fontFamily
  const tickSize = large ? 18 : 13
  const lines = { gridcolor: line, zerolinecolor: line, linecolor: line, zeroline: false, showline: true, mirror: true }
  return {
    large,
    name: luminance(paper) < 0.4 ? "dark" : "light",
    layout: { font: { family: font, color: ink, size: 12 } },
    axis: { color: ink, tickfont: { size: tickSize }, ...lines },
    axis3d: { color: ink, gridcolor: line, backgroundcolor: "rgba(0,0,0,0)", tickfont: { size: 10 } },
    titleSize: large ? 19 : 14,
    tickSize,
    tickFont: `${tickSize}px ${font}`,
    canvas: {
      ink,
      casing: paper,
      lineWidth: large ? 4.5 : 2.6,
      headSize: large ? 8 : 5.5,
      lineHeight: large ? 27 : 19,
      font: `600 ${large ? 22 : 15}px ${font}`,
    },
  }
}

/**
 * A style as it is seen in a theme: on dark ground the line is lighter; as text, its colour is darker on light ground
 * and lighter on dark ground, so that a label can be read.
 * @param {RunStyle} style @param {Theme} theme
 * @returns {ThemedStyle}
 */
export function themed(style, { name }) {
  const dark = name === "dark"
  return {
    ...style,
    color: dark ? mixed(style.color, LIGHT, 0.22) : style.color,
    ink: dark ? mixed(style.color, LIGHT, 0.45) : mixed(style.color, DARK, 0.32),
  }
}

/**
 * A colour with a share of white or black.
 * @param {string} color @param {number} target @param {number} share
 */
function mixed(color, target, share) {
  return `rgb(${channelsOf(color)
    .map(channel => Math.round(channel + (target - channel) * share))
    .join(", ")})`
}

/** @param {string} color */
function channelsOf(color) {
  if (color.startsWith("#")) {
    const digits = color.length === 4 ? [...color.slice(1)].map(digit => digit + digit).join("") : color.slice(1)
    return [0, 2, 4].map(start => Number.parseInt(digits.slice(start, start + 2), 16))
  }
  return (color.match(/\d+(\.\d+)?/g) ?? [255, 255, 255]).slice(0, 3).map(Number)
}

/** @param {string} color */
function luminance(color) {
  const [red, green, blue] = channelsOf(color).map(channel => (channel / 255) ** 2.2)
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}
