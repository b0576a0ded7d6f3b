/** The family tree: a click on a rule chooses it without loading the page anew; its lines stand out. */
const NARROW = 800

export default function ({ parentElement, data, setTriggerValue }) {
  const frame = parentElement.querySelector(".fall-line-tree")
  frame.onclick = event => {
    const rule = event.target.closest("[data-rule]")
    if (!rule || event.ctrlKey || event.metaKey || event.shiftKey) return
    event.preventDefault()
    frame.dataset.clicked = rule.dataset.rule
    if (rule.dataset.rule === frame.dataset.chosen) showCard(frame)
    else setTriggerValue("rule", rule.dataset.rule)
  }
  mark(frame, data.chosen)
  // The style sheet that gives the tree its height may come after the tree.
  if (!frame.resizing) {
    frame.resizing = new ResizeObserver(() => reveal(frame, frame.querySelector("[aria-current]")))
    frame.resizing.observe(frame)
  }
  if (frame.dataset.chosen !== data.chosen) {
    frame.dataset.chosen = data.chosen
    reveal(frame, frame.querySelector("[aria-current]"))
    if (frame.dataset.clicked === data.chosen) showCard(frame)
  }
}

/** The chosen rule, the lines that lead to it from all its forebears, and those to its children. */
function mark(frame, chosen) {
  for (const rule of frame.querySelectorAll("[data-rule]"))
    rule.dataset.rule === chosen ? rule.setAttribute("aria-current", "true") : rule.removeAttribute("aria-current")
  const lines = [...frame.querySelectorAll("[data-child]")]
  const forebears = new Set([chosen])
  for (const slug of forebears)
    for (const line of lines) if (line.dataset.child === slug) forebears.add(line.dataset.parent)
  for (const line of lines) {
    const { parent, child } = line.dataset
    line.classList.toggle("before", forebears.has(child))
    line.classList.toggle("after", parent === chosen)
  }
  // What stands out is drawn last, over the lines with which it shares a trunk.
  const group = frame.querySelector(".edges")
  group.append(...lines.filter(line => line.matches(".after")), ...lines.filter(line => line.matches(".before")))
}

/** Scrolls the tree alone, and only if the rule is out of its sight. */
function reveal(frame, rule) {
  if (!rule) return
  const [inner, outer] = [rule.getBoundingClientRect(), frame.getBoundingClientRect()]
  if (inner.top < outer.top || inner.bottom > outer.bottom)
    frame.scrollTop += (inner.top + inner.bottom - outer.top - outer.bottom) / 2
  if (inner.left < outer.left || inner.right > outer.right)
    frame.scrollLeft += (inner.left + inner.right - outer.left - outer.right) / 2
}

/** On a narrow screen the card is below the tree: a tap on a rule is a wish to read it. */
function showCard(frame) {
  if (window.innerWidth < NARROW) document.querySelector(".st-key-rule_card")?.scrollIntoView({ behavior: "smooth" })
  delete frame.dataset.clicked
}
