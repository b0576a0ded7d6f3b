// What stands still beside the paths: the minima, the saddles and the starts.

/** @import { Outcome } from "../outcome.js" */

import { pointAt } from "../series.js"

/**
 * Where they are on the surface, and their shapes.
 * @param {Outcome} outcome
 * @param {number[]} runs whose starts are marked
 * @param {boolean} shown whether minima and saddles are: students look for them
 */
export function marksOf({ minima, saddles, positions }, runs, shown) {
  const starts = runs.map(run => pointAt(positions, run, 0))
  const found = shown
    ? [
        ...minima.map(([x, y, isGlobal]) => ({ x, y, shape: "star", size: isGlobal ? 8 : 6 })),
        ...saddles.map(([x, y]) => ({ x, y, shape: "cross", size: 7 })),
      ]
    : []
  return [...found, ...starts.map(([x, y]) => ({ x, y, shape: "ring", size: 5.5 }))]
}
