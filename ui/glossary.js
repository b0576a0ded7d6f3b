/** The box in which a word of the glossary is explained, beside the word that is pointed at, focused or tapped. */
const LINGERS = 250 // milliseconds in which the pointer may go from the word to the box
const GAP = 6

export default function ({ parentElement }) {
  const box = parentElement.querySelector(".fall-line-definition")
  box.listening?.abort()
  box.listening = new AbortController()
  const listen = (name, act, capture = false) =>
    document.addEventListener(name, act, { capture, signal: box.listening.signal })
  const wordAt = ({ target }) => (target instanceof Element ? target.closest(".fall-line-term") : null)
  let shown = null
  let closing = null

  const stay = () => {
    clearTimeout(closing)
    closing = null
  }
  const close = () => {
    stay()
    shown = null
    if (box.matches(":popover-open")) box.hidePopover()
  }
  const open = word => {
    stay()
    const text = document.getElementById(`fall-line-term-${word.dataset.term}`)
    if (word === shown || !text) return
    shown = word
    box.replaceChildren(...text.cloneNode(true).childNodes)
    if (!box.matches(":popover-open")) box.showPopover()
    place(box, word)
  }
  const choose = event => {
    const word = wordAt(event)
    if (word) open(word)
    else if (!box.contains(event.target)) close()
  }

  listen("focusin", choose)
  listen("click", choose)
  listen("scroll", close, true)
  listen("pointermove", event => {
    const word = wordAt(event)
    if (word) open(word)
    else if (box.contains(event.target) || shown === document.activeElement) stay()
    else if (shown) closing ??= setTimeout(close, LINGERS)
  })
  // Enter leads from the word to the lesson in its box; Escape leaves.
  const keys = {
    Enter: () => shown === document.activeElement && box.querySelector("a"),
    Escape: () => (box.contains(document.activeElement) ? shown : document.activeElement),
  }
  listen(
    "keydown",
    event => {
      const next = shown && keys[event.key]?.()
      if (!next) return
      event.preventDefault()
      event.stopPropagation()
      next.focus()
      if (event.key === "Escape") close()
    },
    true,
  )
  return () => box.listening.abort()
}

/** Below the word, or above it where there is more room; never over the edge of the window. */
function place(box, word) {
  const { left, top, bottom } = word.getBoundingClientRect()
  const { width, height } = box.getBoundingClientRect()
  const below = bottom + GAP + height <= innerHeight || top < innerHeight - bottom
  box.style.left = `${Math.max(GAP, Math.min(left, innerWidth - width - GAP))}px`
  box.style.top = `${Math.max(GAP, below ? bottom + GAP : top - GAP - height)}px`
}
