/** The menu of all runs: opened by the button of a card, closed by a choice, by Escape, or by a press elsewhere. */
const BUTTON = ".fall-line-run-button"

export default function ({ parentElement, data: runs, setTriggerValue }) {
  const menu = parentElement.querySelector(".fall-line-run-menu")
  menu.listening?.abort()
  menu.listening = new AbortController()
  const listen = (target, kind, act) => target.addEventListener(kind, act, { signal: menu.listening.signal })

  listen(document, "click", event => {
    const button = event.target.closest(BUTTON)
    if (!button) return
    if (isOpen(menu) && menu.dataset.run === button.dataset.run) close(menu)
    else open(menu, button, runs)
  })
  for (const kind of ["pointerdown", "wheel"])
    listen(
      document,
      kind,
      event => isOpen(menu) && !event.target.closest(`${BUTTON}, .fall-line-run-menu`) && close(menu),
    )
  listen(menu, "click", event => {
    const action = event.target.closest("button")?.textContent
    if (!action) return
    setTriggerValue("chosen", { run: Number(menu.dataset.run), action })
    close(menu)
  })
  listen(menu, "keydown", event => press(menu, event))

  if (isOpen(menu)) runs[menu.dataset.run] ? fill(menu, runs[menu.dataset.run]) : close(menu)
  document.documentElement.dataset.runMenu = "ready"
  return () => menu.listening.abort()
}

const isOpen = menu => menu.matches(":popover-open")

function open(menu, button, runs) {
  if (!runs[button.dataset.run]) return
  menu.dataset.run = button.dataset.run
  fill(menu, runs[button.dataset.run])
  menu.showPopover()
  const [below, size] = [button.getBoundingClientRect(), menu.getBoundingClientRect()]
  menu.style.left = `${Math.min(below.left, innerWidth - size.width)}px`
  menu.style.top = `${below.bottom + size.height < innerHeight ? below.bottom : below.top - size.height}px`
  menu.firstElementChild.focus()
}

/** Closes it; the focus returns to where it came from. */
function close(menu) {
  const hadFocus = menu.contains(document.activeElement)
  menu.hidePopover()
  if (hadFocus) document.querySelector(`${BUTTON}[data-run="${menu.dataset.run}"]`)?.focus()
}

/** Lists what can be done now with the run; what has the focus keeps it. */
function fill(menu, { label, actions }) {
  menu.ariaLabel = label
  const items = [...menu.children]
  if (items.map(item => item.textContent).join() === actions.join()) return
  const focused = items.indexOf(document.activeElement)
  menu.replaceChildren(
    ...actions.map(
      action =>
        items.find(item => item.textContent === action) ??
        Object.assign(document.createElement("button"), { role: "menuitem", tabIndex: -1, textContent: action }),
    ),
  )
  if (focused >= 0) (menu.contains(items[focused]) ? items[focused] : menu.firstElementChild).focus()
}

function press(menu, event) {
  event.stopPropagation() // The player has keys of its own.
  const items = [...menu.children]
  const at = items.indexOf(document.activeElement)
  const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }[event.key]
  if (next !== undefined) items.at(next % items.length).focus()
  else if (event.key === "Escape" || event.key === "Tab") close(menu)
  else return
  event.preventDefault()
}
