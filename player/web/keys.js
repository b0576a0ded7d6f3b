// The keyboard: which key asks for what, and when a key is the player's to take.

export const LONG_STEP = 10

/** Keys as people are told of them, in the order of the help. */
export const HELP = [
  ["Space", "play or pause"],
  ["← →", "one step back or forward"],
  ["Shift + ← →", `${LONG_STEP} steps`],
  ["Home, End", "the start, the last step"],
  ["+ −", "faster, slower"],
  ["L", "loop"],
  ["1 … 9", "select a run, and leave it"],
  ["P", "presenter mode; Escape leaves it"],
]

const PLAIN = {
  " ": ["toggle"],
  ArrowLeft: ["step", -1],
  ArrowRight: ["step", 1],
  Home: ["start"],
  End: ["end"],
  "+": ["speed", 1],
  "=": ["speed", 1],
  "-": ["speed", -1],
  "−": ["speed", -1],
  l: ["loop"],
  p: ["present"],
  Escape: ["leave"],
}

/** What a key press asks for, as [name, argument], or null if it is not one of ours. */
export function actionOf({ key, shiftKey = false, ctrlKey = false, metaKey = false, altKey = false }) {
  if (ctrlKey || metaKey || altKey) return null
  if (/^[1-9]$/.test(key)) return ["select", Number(key) - 1]
  const plain = key.length === 1 ? key.toLowerCase() : key
  const [name, argument] = Object.hasOwn(PLAIN, plain) ? PLAIN[plain] : []
  if (!name) return null
  return [name, name === "step" && shiftKey ? LONG_STEP * argument : argument]
}

const ON_RANGES = ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "Home", "End", "PageUp", "PageDown"]
const OTHERS = "input, select, textarea, [contenteditable=true], [role=combobox], [role=listbox], [role=menu], [role=slider]"

/** Whether the control that has the focus needs `key` for itself: a field all of them, a slider the arrows, … */
export function usesKey(control, key) {
  if (control.matches("[data-keys=player]")) return false
  if (control.matches("input[type=range]")) return ON_RANGES.includes(key)
  if (control.matches(OTHERS)) return true
  if (control.matches("[data-testid=player-start]")) return key.startsWith("Arrow")
  return control.matches("button, a, summary, [role=button]") && (key === " " || key === "Enter")
}

// With several players on a page, keys on the page itself go to the one that was used last.
const players = new Set()

/** Calls `act(name, argument)` for keys that are meant for the player in `root`; returns what ends that. */
export function listenToKeys(root, act) {
  const player = { root, act }
  players.add(player)
  const use = () => {
    players.delete(player)
    players.add(player)
  }
  const press = event => {
    const action = event.defaultPrevented ? null : actionOf(event)
    if (!action || !isMeantFor(player, event.target) || usesKey(event.target, event.key)) return
    if (act(...action) !== false) event.preventDefault()
  }
  root.addEventListener("pointerdown", use)
  root.addEventListener("focusin", use)
  document.addEventListener("keydown", press)
  return () => {
    players.delete(player)
    document.removeEventListener("keydown", press)
  }
}

/** The focus is in the player, or on nothing but the page around it. */
function isMeantFor(player, target) {
  if (player.root.contains(target)) return true
  return target.contains(player.root) && [...players].at(-1) === player
}
