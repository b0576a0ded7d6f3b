/** While a rate is dragged in the player, the card of its run says that rate: over its own number, which comes later. */
export default function ({ parentElement, data: cards }) {
  parentElement.listening?.abort()
  parentElement.listening = new AbortController()
  const { signal } = parentElement.listening
  clear()
  addEventListener("fall-line-dragged", ({ detail: { run, rate } }) => show(cards[run], rate), { signal })
  return () => parentElement.listening.abort()
}

function show(shown, rate) {
  if (!shown || shown.rate === rate) return clear()
  for (const widget of document.querySelectorAll(`[class*="st-key-${shown.card}_learning_rate_"]`))
    widget.dataset.dragged = rate
}

function clear() {
  for (const widget of document.querySelectorAll("[data-dragged]")) delete widget.dataset.dragged
}
