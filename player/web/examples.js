// The examples that a surface is made of, and the batch of every step.

/** @import { ExamplesDocument } from "./documents.d.ts" */

import { decodeBytes } from "./series.js"

/** @typedef {{ size: number, members: Uint8Array }} Batches */
/** @typedef {Omit<ExamplesDocument, "batches"> & { batches: Batches }} Examples */

const NONE = 255 // in place of an example, where the last batch of an epoch is smaller

/** @param {ExamplesDocument} document @returns {Examples} */
export function decodeExamples(document) {
  const { size, members } = document.batches
  return { ...document, batches: { size, members: decodeBytes(members) } }
}

/**
 * The examples of the batch of one step; none where every step takes all.
 * @param {Batches} batches @param {number} step
 */
export function batchAt({ members, size }, step) {
  const batch = members.subarray(step * size, (step + 1) * size)
  const end = batch.indexOf(NONE)
  return end < 0 ? batch : batch.subarray(0, end)
}
