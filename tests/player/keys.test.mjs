import assert from "node:assert/strict"
import test from "node:test"
import { actionOf, HELP, usesKey } from "../../player/web/keys.js"

/** A control that matches the selectors whose parts are among `kinds`. */
const control = (...kinds) => ({ matches: selector => selector.split(", ").some(part => kinds.includes(part)) })

test("every key of the player asks for its action", () => {
  assert.deepEqual(actionOf({ key: " " }), ["toggle", undefined])
  assert.deepEqual(actionOf({ key: "ArrowLeft" }), ["step", -1])
  assert.deepEqual(actionOf({ key: "ArrowRight", shiftKey: true }), ["step", 10])
  assert.deepEqual(actionOf({ key: "L", shiftKey: true }), ["loop", undefined])
  assert.deepEqual(actionOf({ key: "+", shiftKey: true }), ["speed", 1])
  assert.deepEqual(actionOf({ key: "3" }), ["select", 2])
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
  const named = HELP.map(([keys]) => keys).join(" ")
  for (const key of ["Space", "←", "Shift", "Home", "End", "+", "L", "1", "P"]) assert.ok(named.includes(key), key)
})
