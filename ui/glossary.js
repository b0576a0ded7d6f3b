/** The box in which a word of the glossary is explained, beside the word that is pointed at, focused or tapped. */
const LINGERS = 250 // milliseconds in which the pointer may go from the word to the box
const GAP = 6

export default function ({ parentElement }) {
  const box = parentElement.querySelector(".fall-line-definition")
  if (box.listening) return
  const listening = new AbortController()
  box.listening = listening
  const options = { signal: listening.signal }
  const termAt = target => (target instanceof Element ? target.closest(".fall-line-term") : null)
  let term = null
  let closing = 0

  const close = () => {
    clearTimeout(closing)
    term = null
    if (box.matches(":popover-open")) box.hidePopover()
  }
  const closeSoon = () => {
    clearTimeout(closing)
    closing = setTimeout(close, LINGERS)
  }
  const open = word => {
    clearTimeout(closing)
    if (word === term) return
    const text = document.getElementById(`fall-line-term-${word.dataset.term}`)
    if (!text) return
    term = word
    box.replaceChildren(...[...text.cloneNode(true).childNodes])
    if (!box.matches(":popover-open")) box.showPopover()
    place(box, word)
  }

  document.addEventListener(
    "pointerover",
    event => {
      const word = termAt(event.target)
      if (word) open(word)
      else if (box.contains(event.target)) clearTimeout(closing)
      else if (term && term !== document.activeElement) closeSoon()
    },
    options,
  )
  document.addEventListener(
    "focusin",
    event => {
      const word = termAt(event.target)
      if (word) open(word)
      else if (!box.contains(event.target)) close()
    },
    options,
  )
  document.addEventListener(
    "click",
    event => {
      const word = termAt(event.target)
      if (word) open(word)
      else if (!box.contains(event.target)) close()
    },
    options,
  )
  document.addEventListener(
    "keydown",
    event => {
      if (!term) return
      const inside = box.contains(document.activeElement)
      if (event.key === "Escape") {
        if (inside) term.focus()
        close()
      } else if (event.key === "Enter" && document.activeElement === term) box.querySelector("a")?.focus()
      else return
      event.preventDefault()
      event.stopPropagation()
    },
    { ...options, capture: true },
  )
  window.addEventListener("scroll", closeSoon, { ...options, capture: true })
  return () => {
    listening.abort()
    delete box.listening
  }
}

/** Below the word, or above it where there is more room; never over the edge of the window. */
function place(box, word) {
  const { left, top, bottom } = word.getBoundingClientRect()
  const { width, height } = box.getBoundingClientRect()
  const below = bottom + GAP + height <= innerHeight || top < innerHeight - bottom
  box.style.left = `${Math.max(GAP, Math.min(left, innerWidth - width - GAP))}px`
  box.style.top = `${Math.max(GAP, below ? bottom + GAP : top - GAP - height)}px`
}
