import assert from "node:assert/strict"
import test from "node:test"
import { axis } from "../../ui/sweeps/web/axes.js"
import { readable } from "../../ui/sweeps/web/dom.js"
import { asker } from "../../ui/sweeps/web/request.js"

const BASE = new URL("http://class/fall-line/")

/** A server that answers when a test says so, and what it was asked. */
function server(context, ...answers) {
  const asked = []
  context.mock.method(globalThis, "fetch", (url, { signal }) => {
    const request = { url: String(url), signal }
    asked.push(request)
    return new Promise((resolve, reject) => {
      request.answer = resolve
      signal.addEventListener("abort", () => reject(signal.reason))
      if (answers.length) resolve(answers.shift())
    })
  })
  return asked
}

function status() {
  const said = { busy: [], errors: [] }
  return { said, busy: on => said.busy.push(on), error: text => text && said.errors.push(text) }
}

const json = (document, code = 200, headers = {}) => new Response(JSON.stringify(document), { status: code, headers })

test("a newer question cancels the older one, whose answer is nothing", async context => {
  const asked = server(context)
  const { ask } = asker(BASE, status())
  const older = ask("sweep/rates", "a=1")
  const newer = ask("sweep/rates", "a=2")
  assert.equal(asked[0].signal.aborted, true)
  asked[1].answer(json({ rates: [1] }))
  assert.deepEqual(await Promise.all([older, newer]), [null, { rates: [1] }])
  assert.equal(asked[1].url, "http://class/fall-line/sweep/rates?a=2")
})

test("what takes over a second is said to take long, and only as long as it does", async context => {
  context.mock.timers.enable({ apis: ["setTimeout"] })
  const asked = server(context)
  const shown = status()
  const waiting = asker(BASE, shown).ask("sweep/basins", "")
  context.mock.timers.tick(999)
  assert.deepEqual(shown.said.busy, [])
  context.mock.timers.tick(1)
  assert.deepEqual(shown.said.busy, [true])
  asked[0].answer(json({}))
  await waiting
  assert.deepEqual(shown.said.busy, [true, false])
})

test("what the server says was wrong is shown in its words", async context => {
  server(context, json({ error: "across is “x”" }, 400))
  const shown = status()
  assert.equal(await asker(BASE, shown).ask("sweep/basins", ""), null)
  assert.deepEqual(shown.said.errors, ["across is “x”"])
})

test("a server that is busy is asked again when it says so", async context => {
  context.mock.timers.enable({ apis: ["setTimeout"] })
  const asked = server(context, json({}, 503, { "Retry-After": "5" }), json({ rates: [2] }))
  const waiting = asker(BASE, status()).ask("sweep/rates", "")
  await new Promise(resolve => setImmediate(resolve))
  context.mock.timers.tick(4999)
  assert.equal(asked.length, 1)
  context.mock.timers.tick(1)
  assert.deepEqual(await waiting, { rates: [2] })
})

test("an axis leads from numbers to pixels and back, and no farther than its ends", () => {
  const rates = axis({ low: 1e-4, high: 1, log: true }, 100, 500)
  assert.equal(rates.toPixel(0.01), 300)
  assert.ok(Math.abs(rates.toNumber(400) - 0.1) < 1e-12)
  assert.deepEqual([rates.toNumber(0), rates.toNumber(900)].map(readable), ["1e−4", "1"])
  const up = axis({ low: -2, high: 2, log: false }, 400, 0)
  assert.deepEqual([up.toPixel(1), up.toNumber(300)], [100, -1])
})

test("ticks are round numbers, as many as there is room for", () => {
  assert.deepEqual(axis({ low: 1e-4, high: 1, log: true }, 0, 400).ticks, [1e-4, 1e-3, 0.01, 0.1, 1])
  assert.deepEqual(axis({ low: 1e-6, high: 1, log: true }, 0, 120).ticks, [1e-6, 1e-3, 1])
  assert.deepEqual(axis({ low: 0.2, high: 0.7, log: true }, 0, 400).ticks, [0.2, 0.7])
  assert.deepEqual(axis({ low: -5.5, high: 5.5, log: false }, 400, 0).ticks, [-4, -2, 0, 2, 4])
})
