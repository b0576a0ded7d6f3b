/** What a person takes away: a button that unfolds files to save, the page's link, and a line for another page. */
const FILES = [
  ["page.html", "Page that plays without a server", "Opens offline; learning rates can still be dragged"],
  ["paths.gif", "Animation", "GIF for slides"],
  ["end.png", "Picture of the last step", "PNG for slides"],
  ["end.svg", "The same in sharp lines", "SVG for slides and articles"],
  ["handout.html", "Handout", "One page to print: picture, question, numbers"],
  ["experiment.json", "Experiment", "JSON that Compare opens again"],
  ["runs.csv", "Table", "CSV: run, step, x, y, loss, gradient, rate"],
  ["optax.py", "Code for optax", "A program that repeats the experiment"],
  ["torch.py", "Code for PyTorch", "A program that repeats the experiment"],
  ["keras.py", "Code for Keras", "A program that repeats the experiment"],
]

export default function ({ parentElement, data }) {
  const place = parentElement.querySelector(".fall-line-take-away")
  if (!place.childElementCount) place.append(...build(data.hideable))
}

/** @param {Record<string, string>} hideable what a link may leave out, in words */
function build(hideable) {
  const panel = element("div", { className: "fall-line-take-away-panel", popover: "auto" })
  panel.setAttribute("role", "dialog")
  panel.setAttribute("aria-label", "Export and share")
  panel.dataset.testid = "take-away-panel"
  const said = element("p", { className: "fall-line-take-away-said" })
  said.setAttribute("role", "status")
  const files = FILES.map(([name, label, help]) => fileButton(name, label, help, said))
  const shown = () => {
    for (const { show } of [link, line, code]) show()
  }
  const choices = choicesOf(hideable, shown)
  const link = copied("Link", "share-link", choices.address)
  const line = copied("Line that embeds it in a page", "share-embed", () => embedLine(choices.address()))
  const code = qrCode(choices.address)
  panel.append(link.row, line.row, choices.fold, code.fold, ...files, said)
  panel.addEventListener("beforetoggle", event => {
    if (event.newState !== "open") return
    choices.read()
    shown()
  })
  panel.addEventListener("keydown", event => event.key !== "Escape" && event.stopPropagation()) // the player has keys
  const button = element("button", {
    type: "button",
    textContent: "Export and share",
    className: "fall-line-take-away-button",
  })
  button.dataset.testid = "take-away"
  button.title = "Save the experiment as a page, picture, table or code, or copy its link"
  button.popoverTargetElement = panel
  panel.addEventListener("toggle", () => panel.matches(":popover-open") && putBeside(panel, button))
  return [button, panel]
}

/** Where there is room: below the button, else above it, and within the window. */
function putBeside(panel, button) {
  const [from, size] = [button.getBoundingClientRect(), panel.getBoundingClientRect()]
  const below = from.bottom + size.height < innerHeight
  panel.style.left = `${Math.max(Math.min(from.left, innerWidth - size.width - 8), 8)}px`
  panel.style.top = `${Math.max(below ? from.bottom + 4 : from.top - size.height - 4, 8)}px`
}

/** Saves a file; while it is made, the same button stops that. */
function fileButton(name, label, help, said) {
  const words = element("span", { textContent: label })
  const button = element("button", { type: "button", className: "fall-line-take-away-file" })
  button.append(words, element("small", { textContent: help }))
  button.dataset.testid = `take-${name.replace(".", "-")}`
  let making = null
  button.onclick = async () => {
    if (making) return making.abort()
    making = new AbortController()
    button.setAttribute("aria-busy", "true")
    words.textContent = `${label}: cancel`
    said.textContent = ""
    try {
      save(await fetchFile(name, making.signal), `fall-line-${name}`)
    } catch (error) {
      said.textContent = error.name === "AbortError" ? "" : error.message
    }
    making = null
    words.textContent = label
    button.removeAttribute("aria-busy")
  }
  return button
}

async function fetchFile(name, signal) {
  const response = await fetch(new URL(`fall-line/take/${name}${location.search}`, appBase()), { signal })
  if (response.ok) return response.blob()
  const { error } = await response.json().catch(() => ({}))
  throw new Error(error ?? `The server answered ${response.status}. Try again.`)
}

function save(blob, download) {
  const href = URL.createObjectURL(blob)
  element("a", { href, download }).click()
  setTimeout(() => URL.revokeObjectURL(href), 60_000)
}

/** A text that is copied with a button. */
function copied(label, testid, text) {
  const field = element("input", { readOnly: true })
  field.dataset.testid = testid
  field.onfocus = () => field.select()
  const button = element("button", { type: "button", textContent: "Copy" })
  button.onclick = () => {
    field.select()
    navigator.clipboard?.writeText(field.value).catch(() => document.execCommand("copy"))
    button.textContent = "Copied"
  }
  const row = element("label", { className: "fall-line-take-away-text" })
  row.append(element("span", { textContent: label }), field, button)
  const show = () => {
    field.value = text()
    button.textContent = "Copy"
  }
  return { row, show }
}

const ON = [
  ["paused", "1", "Wait at the start until somebody plays"],
  ["lock", "landscape", "Lock the landscape"],
  ["present", "1", "Open in presenter mode"],
]

/**
 * What others see who open the link: what is hidden, locked or waits stands in it.
 * @param {Record<string, string>} hideable @param {() => void} changed
 */
function choicesOf(hideable, changed) {
  const fold = element("details", { className: "fall-line-take-away-choices" })
  fold.dataset.testid = "share-choices"
  fold.append(element("summary", { textContent: "What others see" }))
  const box = (testid, words) => {
    const input = element("input", { type: "checkbox", onchange: changed })
    input.dataset.testid = `share-${testid}`
    const row = element("label")
    row.append(input, words)
    fold.append(row)
    return input
  }
  const on = ON.map(([name, value, words]) => [name, value, box(name, words)])
  const hidden = Object.entries(hideable).map(([name, words]) => [name, box(`hide-${name}`, `Hide ${words}`)])
  const read = () => {
    const query = new URLSearchParams(location.search)
    const names = (query.get("hide") ?? "").split("~")
    for (const [name, value, input] of on) input.checked = query.get(name) === value
    for (const [name, input] of hidden) input.checked = names.includes(name)
  }
  const names = [...ON.map(([name]) => name), "hide"]
  const address = () => {
    // Nothing else in the address is written anew, so that it stays as short and readable as it is.
    const { origin, pathname, search } = location
    const rest = search
      .slice(1)
      .split("&")
      .filter(part => part && !names.includes(part.split("=")[0]))
    const chosen = on.filter(([, , input]) => input.checked).map(([name, value]) => `${name}=${value}`)
    const left = hidden.filter(([, input]) => input.checked).map(([name]) => name)
    if (left.length) chosen.push(`hide=${left.join("~")}`)
    const query = [...rest, ...chosen].join("&")
    return origin + pathname + (query && `?${query}`)
  }
  return { fold, read, address }
}

/** The link as a picture that a phone reads; asked for when it is unfolded. */
function qrCode(address) {
  const fold = element("details", { className: "fall-line-take-away-qr" })
  fold.dataset.testid = "share-qr"
  const picture = element("img", { alt: "QR code of the link" })
  const missing = element("p", { hidden: true, textContent: "The link is too long for a QR code." })
  fold.append(element("summary", { textContent: "QR code" }), picture, missing)
  const show = () => {
    if (fold.open) picture.src = new URL(`fall-line/qr?link=${encodeURIComponent(address())}`, appBase()).href
  }
  picture.onload = picture.onerror = event => {
    picture.hidden = event.type === "error"
    missing.hidden = event.type !== "error"
  }
  fold.ontoggle = show
  return { fold, show }
}

function appBase() {
  const streamlit = document.querySelector('script[src*="static/js/"]')
  return new URL("../../", streamlit ? streamlit.src : document.baseURI)
}

/** @param {string} shared */
function embedLine(shared) {
  const address = new URL(shared)
  address.searchParams.set("embed", "true")
  return `<iframe src="${address.href.replaceAll("&", "&amp;").replaceAll('"', "%22")}" width="100%" height="820"></iframe>`
}

function element(tag, properties) {
  return Object.assign(document.createElement(tag), properties)
}
