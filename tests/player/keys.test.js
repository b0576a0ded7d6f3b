import assert from "node:assert/strict"
import test from "node:test"
import { actionOf, HELP, listenToKeys, usesKey } from "../../player/web/keys.js"
import { openPage, press } from "./page.js"

/** A control that matches the selectors whose parts are among `kinds`. */
const control = (...kinds) => ({ matches: selector => selector.split(", ").some(part => kinds.includes(part)) })

test("every key of the player asks for its action", () => {
  assert.deepEqual(actionOf({ key: " " }), ["toggle"])
  assert.deepEqual(actionOf({ key: "ArrowLeft" }), ["step", -1])
  assert.deepEqual(actionOf({ key: "ArrowRight", shiftKey: true }), ["step", 10])
  assert.deepEqual(actionOf({ key: "Home" }), ["go", 0])
  assert.deepEqual(actionOf({ key: "L", shiftKey: true }), ["loop"])
  assert.deepEqual(actionOf({ key: "+", shiftKey: true }), ["faster", 1])
  assert.deepEqual(actionOf({ key: "3" }), ["select", 2])
})

test("a change is taken back from anywhere but a field that is typed into", () => {
  const { heard } = twoPlayers()
  const undo = { ctrlKey: true }
  assert.equal(press("z", document.querySelector("p > button"), undo).defaultPrevented, true)
  assert.equal(press("z", document.querySelector("input"), undo).defaultPrevented, false)
  press("z", document.body, { metaKey: true })
  press("Z", document.body, { ctrlKey: true, shiftKey: true })
  press("z")
  assert.deepEqual(heard, [[], ["undo", "undo"]])
})

test("the browser's own shortcuts and other keys are left alone", () => {
  assert.equal(actionOf({ key: "l", ctrlKey: true }), null)
  assert.equal(actionOf({ key: "ArrowLeft", altKey: true }), null)
  assert.equal(actionOf({ key: "x" }), null)
  assert.equal(actionOf({ key: "toString" }), null)
})

test("a control keeps the keys that it uses itself", () => {
  assert.ok(usesKey(control("input"), "l"))
  assert.ok(usesKey(control("input", "input[type=range]"), "ArrowLeft"))
  assert.ok(!usesKey(control("input", "input[type=range]"), " "))
  assert.ok(!usesKey(control("input", "input[type=range]", "[data-keys=player]"), "ArrowLeft"))
  assert.ok(usesKey(control("button"), " "))
  assert.ok(!usesKey(control("button"), "l"))
  assert.ok(!usesKey(control(), " "))
})

test("the help names every kind of key", () => {
  const keys = HELP.map(([key]) => key).join(" ")
  for (const key of ["Space", "←", "Shift", "Home", "End", "+", "L", "1", "P"]) assert.ok(keys.includes(key), key)
})

function twoPlayers() {
  openPage()
  document.body.innerHTML = "<p><button></button><input></p><div><button></button></div><div><button></button></div>"
  const roots = [...document.querySelectorAll("div")]
  const heard = roots.map(() => [])
  const stops = roots.map((root, index) => listenToKeys(root, action => void heard[index].push(action[0])))
  return { roots, heard, stops }
}

test("of two players a key is for the one that was used last, and only for that", () => {
  const { roots, heard } = twoPlayers()
  press("l")
  assert.deepEqual(heard, [[], ["loop"]])
  roots[0].dispatchEvent(new Event("pointerdown"))
  press("l")
  press("p", roots[1].firstChild)
  assert.deepEqual(heard, [["loop"], ["loop", "present"]])
})

test("a key that is taken does nothing else; one typed elsewhere is not taken", () => {
  const { heard } = twoPlayers()
  assert.equal(press("l").defaultPrevented, true)
  assert.equal(press("l", document.querySelector("input")).defaultPrevented, false)
  assert.equal(press("l", document.querySelector("p > button")).defaultPrevented, false)
  assert.deepEqual(heard[1], ["loop"])
})

test("who is gone hears nothing any more", () => {
  const { heard, stops } = twoPlayers()
  stops[1]()
  press("l")
  assert.deepEqual(heard, [["loop"], []])
})

test("what there was nothing to do for is left to the browser", () => {
  const root = openPage()
  listenToKeys(root, () => false)
  assert.equal(press("Escape").defaultPrevented, false)
})
