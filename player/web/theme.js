// The page's theme, and a run's colour in it.

/** The colours and fonts that Streamlit gives its components, as plotly.js and a canvas take them; `large` for a hall. */
export function readTheme(root, large = false) {
  const style = getComputedStyle(root)
  const ink = style.getPropertyValue("--st-text-color").trim() || style.color
  const paper = style.getPropertyValue("--st-background-color").trim() || "#ffffff"
  const line = style.getPropertyValue("--st-border-color").trim() || "#cccccc"
  const dark = luminance(paper) < 0.4
  const font = style.getPropertyValue("--st-font").trim() || style.fontFamily
  const axisColors = { color: ink, gridcolor: line, zerolinecolor: line, linecolor: line, zeroline: false, tickfont: { size: large ? 18 : 13 } }
  return {
    large,
    name: dark ? "dark" : "light",
    layout: { font: { family: font, color: ink, size: 12 } },
    axis: { ...axisColors, showline: true, mirror: true },
    axis3d: { color: ink, gridcolor: line, backgroundcolor: "rgba(0,0,0,0)", tickfont: { size: 10 } },
    canvas: { ink, casing: paper, lineWidth: large ? 4.5 : 2.6, headSize: large ? 8 : 5.5, lineHeight: large ? 27 : 19, font: `600 ${large ? 22 : 15}px ${font}` },
    pathOf: color => (dark ? mixed(color, 255, 0.22) : color),
    inkOf: color => readableInk(color, dark),
  }
}

/** A run's colour as text: darker on light ground, lighter on dark ground, so that its label can be read. */
function readableInk(color, dark) {
  return dark ? mixed(color, 255, 0.45) : mixed(color, 0, 0.32)
}

/** A colour with a share of white (255) or black (0). */
function mixed(color, target, share) {
  return `rgb(${channelsOf(color).map(channel => Math.round(channel + (target - channel) * share)).join(", ")})`
}

function channelsOf(color) {
  if (color.startsWith("#")) {
    const digits = color.length === 4 ? [...color.slice(1)].map(digit => digit + digit).join("") : color.slice(1)
    return [0, 2, 4].map(start => parseInt(digits.slice(start, start + 2), 16))
  }
  return (color.match(/\d+(\.\d+)?/g) ?? [255, 255, 255]).slice(0, 3).map(Number)
}

function luminance(color) {
  const [red, green, blue] = channelsOf(color).map(channel => (channel / 255) ** 2.2)
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}
