// Formulas, typeset by the very module that Streamlit typesets its own with: its fonts and style sheet are on the page.

const NAMESPACES = { math: "http://www.w3.org/1998/Math/MathML", svg: "http://www.w3.org/2000/svg" }

let typesetter

/** Resolves to `typeset(latex, display)`, which gives the nodes of a formula. */
export function loadTypesetter(base, path) {
  typesetter ??= import(new URL(path, base).href).then(
    module => (latex, display = false) => {
      const text = { type: "text", value: latex }
      const className = ["language-math", display ? "math-display" : "math-inline"]
      const tree = { type: "root", children: [{ type: "element", tagName: "code", properties: { className }, children: [text] }] }
      module.default()(tree, { message: words => console.warn(words, latex) })
      return tree.children.map(node => toNode(node))
    },
    error => {
      typesetter = undefined
      throw error
    },
  )
  return typesetter
}

/** A node of the page from one of the typesetter's tree (hast). */
function toNode(node, namespace = null) {
  if (node.type === "text") return document.createTextNode(node.value)
  const inside = NAMESPACES[node.tagName] ?? namespace
  const made = inside ? document.createElementNS(inside, node.tagName) : document.createElement(node.tagName)
  for (const [name, value] of Object.entries(node.properties ?? {})) {
    if (name !== "xmlns") made.setAttribute(attributeName(name, inside), Array.isArray(value) ? value.join(" ") : value)
  }
  made.append(...node.children.map(child => toNode(child, inside)))
  return made
}

function attributeName(name, namespace) {
  if (name === "className") return "class"
  if (name.startsWith("aria")) return `aria-${name.slice(4).toLowerCase()}`
  return namespace === NAMESPACES.svg ? name : name.toLowerCase()
}
