// The keyboard: which key asks for what, and when a key is the player's to take.

/** @import { Act, Action } from "./actions.js" */

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
  ["Ctrl + Z", "take back the last change"],
]

/** @type {Record<string, Action>} */
const PLAIN = {
  " ": ["toggle"],
  ArrowLeft: ["step", -1],
  ArrowRight: ["step", 1],
  Home: ["go", 0],
  End: ["end"],
  "+": ["faster", 1],
  "=": ["faster", 1],
  "-": ["faster", -1],
  "−": ["faster", -1],
  l: ["loop"],
  p: ["present"],
  Escape: ["leave"],
}

/** @typedef {{ key: string, shiftKey?: boolean, ctrlKey?: boolean, metaKey?: boolean, altKey?: boolean }} Press */

/**
 * What a key press asks for, or null if it is not one of ours.
 * @param {Press} press
 * @returns {Action | null}
 */
export function actionOf({ key, shiftKey = false, ctrlKey = false, metaKey = false, altKey = false }) {
  if ((ctrlKey || metaKey) && !shiftKey && !altKey && key.toLowerCase() === "z") return ["undo"]
  if (ctrlKey || metaKey || altKey) return null
  if (/^[1-9]$/.test(key)) return ["select", Number(key) - 1]
  const plain = key.length === 1 ? key.toLowerCase() : key
  if (!Object.hasOwn(PLAIN, plain)) return null
  const action = PLAIN[plain]
  return action[0] === "step" && shiftKey ? ["step", LONG_STEP * action[1]] : action
}

const ON_RANGES = ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "Home", "End", "PageUp", "PageDown"]
const OTHERS =
  "input, select, textarea, [contenteditable=true], [role=combobox], [role=listbox], [role=menu], [role=slider]"

const TYPED_INTO = "input:not([type=range]), textarea, [contenteditable=true]"

/**
 * Whether the control that has the focus needs `key` for itself: a field all of them, a slider the arrows, …
 * @param {Pick<Element, "matches">} control @param {string} key
 */
export function usesKey(control, key) {
  if (control.matches("[data-keys=player]")) return false
  if (control.matches("input[type=range]")) return ON_RANGES.includes(key)
  if (control.matches(OTHERS)) return true
  if (control.matches("[data-testid=player-start]")) return key.startsWith("Arrow")
  return control.matches("button, a, summary, [role=button]") && (key === " " || key === "Enter")
}

// With several players on a page, keys on the page itself go to the one that was used last.
/** @type {Set<Element>} */
const players = new Set()

/**
 * Calls `act` for keys that are meant for the player in `root`.
 * @param {HTMLElement} root @param {Act} act
 * @returns {() => void} what ends that
 */
export function listenToKeys(root, act) {
  const listening = new AbortController()
  const { signal } = listening
  players.add(root)
  const moveToEnd = () => {
    players.delete(root)
    players.add(root)
  }
  root.addEventListener("pointerdown", moveToEnd, { signal })
  root.addEventListener("focusin", moveToEnd, { signal })
  const press = (/** @type {KeyboardEvent} */ event) => {
    const action = event.defaultPrevented ? null : actionOf(event)
    if (!action || !(event.target instanceof Element)) return
    const isOurs = action[0] === "undo" ? isUndoFor(root, event.target) : isKeyFor(root, event.target, event.key)
    if (!isOurs) return
    if (act(action) !== false) event.preventDefault()
  }
  document.addEventListener("keydown", press, { signal })
  return () => {
    listening.abort()
    players.delete(root)
  }
}

/**
 * A change is taken back wherever on the page the focus is, but for a field, which takes back what was typed into it.
 * @param {HTMLElement} root @param {Element} target
 */
function isUndoFor(root, target) {
  return [...players].at(-1) === root && !target.matches(TYPED_INTO)
}

/** @param {HTMLElement} root @param {Element} target @param {string} key */
function isKeyFor(root, target, key) {
  return isMeantFor(root, target) && !usesKey(target, key)
}

/**
 * The focus is in the player, or on nothing but the page around it.
 * @param {Element} root @param {Element} target
 */
function isMeantFor(root, target) {
  if (root.contains(target)) return true
  return target.contains(root) && [...players].at(-1) === root
}
