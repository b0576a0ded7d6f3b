/**
 * A menu of Streamlit's that is open closes when what it stands in scrolls: by the rest of a turn of the wheel, by what
 * was unfolded a moment ago, or by what arrived meanwhile. Here it stays open and follows its field, as long as that is
 * seen. This listens before the menu does, which begins to when it opens.
 */
export default function ({ parentElement }) {
  parentElement.listening?.abort()
  parentElement.listening = new AbortController()
  const { signal } = parentElement.listening
  addEventListener("scroll", event => isAroundOpenMenu(event.target) && keepOpen(event), { capture: true, signal })
  return () => parentElement.listening.abort()
}

function isAroundOpenMenu(scrolled) {
  const field = document.querySelector("[role=combobox][aria-expanded=true]")
  if (!field || !(scrolled instanceof Element) || !scrolled.contains(field) || scrolled === field) return false
  const [{ top, bottom }, frame] = [field.getBoundingClientRect(), scrolled.getBoundingClientRect()]
  return top >= frame.top && bottom <= frame.bottom
}

function keepOpen(event) {
  event.stopImmediatePropagation()
  dispatchEvent(new Event("resize")) // after which it finds its place anew
}
