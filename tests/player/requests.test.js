import assert from "node:assert/strict"
import { readdirSync, readFileSync } from "node:fs"
import test from "node:test"
import { loadStyles, STYLES } from "../../player/web/assets.js"
import { Ingredients, MissingError } from "../../player/web/ingredients.js"
import { LatestRequest } from "../../player/web/latest.js"
import { liveSource } from "../../player/web/source.js"
import { delivery, memorySource, noAssets, surface } from "./documents.js"
import { openPage, settled } from "./page.js"

const WEB = new URL("../../player/web/", import.meta.url)

// ---------------------------------------------------------------- the latest of many questions

function questions(ask) {
  const [used, failed] = [[], []]
  const made = new LatestRequest(
    ask,
    answer => used.push(answer),
    error => failed.push(error.message),
  )
  return { made, used, failed }
}

test("of questions that wait only the newest is asked, and one at a time", async () => {
  const asked = []
  let open
  const { made, used } = questions(what => {
    asked.push(what)
    return new Promise(resolve => {
      open = resolve
    })
  })
  for (const what of [1, 2, 3]) made.request(what)
  assert.deepEqual(asked, [1])
  open("one")
  await settled()
  assert.deepEqual([asked, used], [[1, 3], ["one"]])
  made.cancel()
  open("three")
  await settled()
  assert.deepEqual(used, ["one"])
})

test("a question that fails is told, and the next one is asked all the same", async () => {
  const { made, used, failed } = questions(async what => {
    if (!what) throw new Error("no")
    return what
  })
  made.request(0)
  await settled()
  made.request(4)
  await settled()
  assert.deepEqual([failed, used], [["no"], [4]])
})

// ---------------------------------------------------------------- the live source

function server(response) {
  const asked = []
  globalThis.fetch = async address => {
    asked.push(`${address}`)
    return response
  }
  return asked
}

test("the live source asks the app's routes, and hands the link on as it is", async () => {
  const asked = server({ ok: true, json: async () => ({}) })
  const source = liveSource(new URL("http://app.test/class/one/fall-line/"))
  const link = "landscape=quadratic&run=adam~learning_rate~0.1"
  await source.examples(link)
  await source.paths(link, { x: 1, y: -2 }, null)
  await source.paths(link, { x: 1, y: -2 }, 3)
  await source.value(link, { x: 0.5, y: 1e-7 })
  await source.step(link, 1, 40)
  await source.rates(link, 1)
  const window = { x: [-2, 3], y: [0, 1] }
  await source.surface({ landscape: "landscape=quadratic", window, theme: "dark", version: "s1" })
  await source.surface({ landscape: "landscape=quadratic", window: null, theme: "dark", version: "s1" })
  assert.deepEqual(
    asked.map(address => address.replace("http://app.test/class/one/fall-line/", "")),
    [
      `examples?${link}`,
      `paths?${link}&x=1&y=-2`,
      `paths?${link}&x=1&y=-2&of=3`,
      `value?${link}&x=0.5&y=1e-7`,
      `numbers?${link}&of=1&at=40`,
      `rates?${link}&of=1`,
      "surface?landscape=quadratic&window=-2_3_0_1&theme=dark&v=s1",
      "surface?landscape=quadratic&theme=dark&v=s1",
    ],
  )
})

test("a refusal is said in the server's own words, or by its number", async () => {
  const source = liveSource(new URL("http://app.test/fall-line/"))
  server({ ok: false, status: 400, json: async () => ({ error: "x is “a”" }) })
  await assert.rejects(source.examples("q"), { message: "x is “a”" })
  server({ ok: false, status: 502, json: () => Promise.reject(new Error("no JSON")) })
  await assert.rejects(source.examples("q"), { message: "/fall-line/examples answered 502" })
})

// ---------------------------------------------------------------- what a picture needs

const MADE_OF_DATA = delivery({ examples: "linear_regression 5" })

test("what was had is not asked for again; another surface, theme or part of the plane is", async () => {
  const { source, count } = memorySource()
  const ingredients = new Ingredients(source, noAssets)
  const first = await ingredients.gather(MADE_OF_DATA, "light", null)
  assert.equal((await ingredients.gather(MADE_OF_DATA, "light", null)).surface, first.surface)
  assert.deepEqual([count("surface"), count("examples")], [1, 1])
  await ingredients.gather(MADE_OF_DATA, "dark", null)
  await ingredients.gather(MADE_OF_DATA, "dark", { x: [0, 1], y: [0, 1] })
  await ingredients.gather({ ...MADE_OF_DATA, surface: "landscape=beale" }, "dark", null)
  assert.deepEqual([count("surface"), count("examples")], [4, 1])
  await ingredients.gather({ ...MADE_OF_DATA, examples: "linear_regression 8" }, "dark", null)
  assert.equal(count("examples"), 2)
})

test("a surface that is not made of data has no examples, and none are asked for", async () => {
  const { source, count } = memorySource()
  const found = await new Ingredients(source, noAssets).gather(delivery(), "light", null)
  assert.deepEqual([found.surface, found.examples, count("examples")], [surface, null, 0])
})

test("every failure is named, and asked for again with the same key; what came is kept", async () => {
  const { source, failing, count } = memorySource()
  const ingredients = new Ingredients(source, noAssets)
  failing.add("examples")
  const gather = () => ingredients.gather(MADE_OF_DATA, "light", null)
  await assert.rejects(gather(), { message: "The examples could not be fetched." })
  failing.clear()
  const { examples } = await gather()
  assert.deepEqual([...examples.batches.members], [0, 1, 2, 255])
  assert.deepEqual([count("examples"), count("surface")], [2, 1])
})

test("several failures are named together, each with its cause", async () => {
  const { source, failing } = memorySource()
  for (const name of ["surface", "examples"]) failing.add(name)
  const assets = { ...noAssets, plotly: () => Promise.reject(new Error("no plotly")) }
  const error = await new Ingredients(source, assets).gather(MADE_OF_DATA, "light", null).catch(reason => reason)
  assert.ok(error instanceof MissingError)
  assert.equal(error.message, "The surface, the examples and plotly.js could not be fetched.")
  assert.deepEqual(
    error.causes.map(cause => cause.message),
    ["no surface", "no examples", "no plotly"],
  )
})

// ---------------------------------------------------------------- files

test("every style sheet is asked for, once a page, and again after a failure", async () => {
  const files = readdirSync(new URL("styles/", WEB)).map(name => `styles/${name}`)
  assert.deepEqual([...STYLES].sort(), files.sort())
  openPage()
  const links = []
  document.head.append = link => links.push(link)
  const lost = loadStyles()
  assert.deepEqual(
    links.map(link => link.href.split("/web/")[1]),
    STYLES,
  )
  for (const link of links.slice(1)) link.onload()
  links[0].onerror()
  await assert.rejects(lost, /styles\/page\.css could not be loaded/)
  const found = loadStyles()
  assert.deepEqual(
    links.slice(STYLES.length).map(link => link.href),
    [links[0].href],
  )
  links.at(-1).onload()
  await found
  await loadStyles()
  assert.equal(links.length, STYLES.length + 1)
})

test("KaTeX is the pinned package's own, licence included, and complete", () => {
  const shipped = new URL("katex/", WEB)
  const original = new URL("../../node_modules/katex/", import.meta.url)
  const fonts = readdirSync(new URL("dist/fonts/", original)).filter(name => name.endsWith(".woff2"))
  assert.ok(fonts.length >= 20)
  assert.deepEqual(readdirSync(new URL("fonts/", shipped)), fonts)
  const pairs = [
    ["LICENSE", "LICENSE"],
    ["katex.min.js", "dist/katex.min.js"],
    ["katex.min.css", "dist/katex.min.css"],
  ]
  assert.match(readFileSync(new URL("layer.css", shipped), "utf8"), /@import "katex.min.css" layer/)
  for (const [ours, theirs] of [...pairs, ...fonts.map(name => [`fonts/${name}`, `dist/fonts/${name}`])]) {
    assert.deepEqual(readFileSync(new URL(ours, shipped)), readFileSync(new URL(theirs, original)), ours)
  }
})
