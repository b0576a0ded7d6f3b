// Small parts of the page that several modules make.

const SVG = "http://www.w3.org/2000/svg"

/**
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Partial<HTMLElementTagNameMap[Tag]>} properties
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function element(tag, properties = {}) {
  return Object.assign(document.createElement(tag), properties)
}

/**
 * A button with an icon; `label` says what it does.
 * @param {string} testid @param {string} label @param {string} icon @param {() => void} onclick
 */
export function iconButton(testid, label, icon, onclick) {
  const made = element("button", {
    type: "button",
    className: "fall-line-button",
    innerHTML: icon,
    title: label,
    onclick,
  })
  made.dataset.testid = testid
  made.setAttribute("aria-label", label)
  return made
}

/**
 * A run's name in two parts: the rule, which is cut where there is no room, and what tells it from its twins.
 * @param {string} label
 */
export function nameParts(label) {
  const [, rule, difference] = /** @type {RegExpMatchArray} */ (label.match(/^(.+?)((?: \S+=|, | from \().*)?$/))
  return [
    element("span", { className: "fall-line-name-rule", textContent: rule }),
    element("span", { className: "fall-line-name-difference", textContent: difference ?? "" }),
  ]
}

/**
 * Several controls or views that belong together, with a name for who does not see that.
 * @param {string} className @param {string} label
 */
export function group(className, label) {
  const made = element("div", { className })
  made.setAttribute("role", "group")
  made.setAttribute("aria-label", label)
  return made
}

/**
 * The head of a column; one without words heads nothing.
 * @param {string} text
 */
export function headCell(text, title = "") {
  return text ? element("th", { textContent: text, scope: "col", title }) : element("td")
}

/**
 * A run's line as a small picture.
 * @param {{ color: string, dash: number[] }} style
 */
export function swatch({ color, dash }) {
  const svg = withAttributes(document.createElementNS(SVG, "svg"), { width: 34, height: 12, "aria-hidden": "true" })
  const line = { x1: 1, x2: 33, y1: 6, y2: 6, stroke: color, "stroke-width": 3.5, "stroke-dasharray": dash.join(" ") }
  svg.append(withAttributes(document.createElementNS(SVG, "line"), line))
  return svg
}

/**
 * @template {Element} Made
 * @param {Made} made @param {Record<string, string | number>} attributes
 */
function withAttributes(made, attributes) {
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, String(value))
  return made
}

/**
 * Resolves when the browser has painted what was drawn before, and `milliseconds` later.
 * @param {number} milliseconds @returns {Promise<void>}
 */
export function afterPaint(milliseconds) {
  return new Promise(resolve => requestAnimationFrame(() => setTimeout(resolve, milliseconds)))
}
