// What a page that keeps an experiment draws after rates have been dragged: reads {document, moves} on its first argument.

import { readFileSync } from "node:fs"
import { StoredExperiment } from "../../player/web/stored_source.js"

const { document, moves, asked } = JSON.parse(readFileSync(process.argv[2], "utf8"))
const experiment = new StoredExperiment(document)
for (const [run, rate] of moves) experiment.setRate(run, rate)
const { payload, source } = experiment
const steps = await Promise.all(asked.map(([run, step]) => source.step(payload.query, run, step)))
const [dark, rates] = await Promise.all([source.surface({ theme: "dark" }), source.rates(payload.query, 0)])
console.log(JSON.stringify({ payload, steps, dark, rates }))
