/** Small pieces of a page. */
const SVG = "http://www.w3.org/2000/svg"

/** An element with properties, and with children. */
export function html(tag, properties = {}, ...children) {
  const element = Object.assign(document.createElement(tag), properties)
  element.append(...children)
  return element
}

/** An element of a drawing with attributes; a text stands between its tags. */
export function svg(tag, attributes = {}, text = "") {
  const element = document.createElementNS(SVG, tag)
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value)
  element.textContent = text
  return element
}

/** The bar that says that something takes long, and the line that says what went wrong. */
export function statusLine() {
  const bar = html("progress", { hidden: true })
  bar.setAttribute("aria-label", "The sweep is being computed")
  const words = html("span", { className: "fall-line-sweep-error" })
  words.setAttribute("role", "alert")
  const place = html("div", { className: "fall-line-sweep-status" }, bar, words)
  return {
    place,
    busy: on => {
      bar.hidden = !on
    },
    error: text => {
      words.textContent = text
    },
  }
}

/** A number as a person reads it, to three digits. */
export function readable(value) {
  if (value === 0) return "0"
  const size = Math.abs(value)
  if (size >= 1e-3 && size < 1e5) return String(Number(value.toPrecision(3))).replace("-", "−")
  const [mantissa, exponent] = value.toExponential(1).split("e")
  return `${mantissa.replace(".0", "")}e${Number(exponent)}`.replaceAll("-", "−")
}
