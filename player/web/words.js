// What the player says to who does not see it: where every run is, and what became of it.

import { readable } from "./paths.js"

/** The state at a step in words; at the last one with the verdicts. */
export function spoken({ runs, steps, gaps, floor }, step) {
  const points = gaps.shape[1]
  const said = runs.map((run, index) => {
    if (step >= steps) return `${run.label}: ${run.verdict}, loss ${readable(run.final)}.`
    if (step > run.drawn) return `${run.label}: has left all bounds.`
    return `${run.label}: loss ${readable(floor + gaps.values[index * points + step])}.`
  })
  return `Step ${step} of ${steps}. ${said.join(" ")}`
}
