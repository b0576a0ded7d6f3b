// Numbers as a person reads them, and rounded to what a pointer can mean.

/**
 * Four significant digits or as many as are asked for, powers of ten only where they help.
 * @param {number | null | undefined} value
 */
export function readable(value, digits = 4) {
  if (value === null || value === undefined || !Number.isFinite(value)) return "—"
  if (value === 0) return "0"
  const size = Math.abs(value)
  if (size < 1e5 && size >= 1e-3) return String(Number(value.toPrecision(digits))).replace("-", "−")
  const [mantissa, exponent] = value.toExponential(digits > 4 ? digits - 1 : 2).split("e")
  return `${digits > 4 ? String(Number(mantissa)) : mantissa}e${Number(exponent)}`.replaceAll("-", "−")
}

/**
 * The decimal place that a pointer can mean: a power of ten, at most a thousandth of a view's width.
 * @param {number} width
 */
const decimals = width => Math.ceil(3 - Math.log10(width) - 1e-9)

/**
 * `value` to what a pointer can mean in a view of `width`, wherever the view lies.
 * @param {number} width @param {number} value
 */
export function roundedIn(width, value) {
  const places = decimals(width)
  return places > 0 ? Number(value.toFixed(Math.min(places, 100))) : Math.round(value / 10 ** -places) * 10 ** -places
}

/**
 * How many digits tell `value` from its neighbours in a view of `width`, four at least.
 * @param {number} width @param {number} value
 */
export function digitsIn(width, value) {
  const leading = value === 0 ? 0 : Math.floor(Math.log10(Math.abs(value))) + 1
  return Math.min(Math.max(leading + decimals(width), 4), 15)
}
