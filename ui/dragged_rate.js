/** While a rate is dragged in the player, the widgets of that rate say it: over their own number, which comes later. */
export default function ({ parentElement, data: shown }) {
  parentElement.listening?.abort()
  parentElement.listening = new AbortController()
  const { signal } = parentElement.listening
  clear()
  addEventListener("fall-line-dragged", ({ detail: { run, rate } }) => show(shown[run], rate), { signal })
  return () => parentElement.listening.abort()
}

function show(shown, rate) {
  if (!shown || shown.rate === rate) return clear()
  for (const part of ["slider", "exact"])
    for (const widget of document.querySelectorAll(`[class*="st-key-${shown.key}_${part}"]`))
      widget.dataset.dragged = rate
}

function clear() {
  for (const widget of document.querySelectorAll("[data-dragged]")) delete widget.dataset.dragged
}
