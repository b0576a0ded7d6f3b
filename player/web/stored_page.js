// How a page without a server mounts the player: it has everything, and takes back itself what a person did.

/** @import { Delivery, StoredDocument } from "./documents.d.ts" */

import { Ingredients } from "./ingredients.js"
import { Player } from "./player.js"
import { StoredExperiment } from "./stored_source.js"

const AT_HAND = { plotly: async () => {}, styles: async () => {} }

/**
 * @param {HTMLElement} root
 * @param {StoredDocument} document
 */
export function play(root, document) {
  const experiment = new StoredExperiment(document)
  const { source } = experiment
  let serial = 0
  const show = () => player.update(delivery(experiment, ++serial))
  const player = new Player(
    root,
    source,
    (name, what) => {
      if (name !== "rate") return
      const { run, rate } = /** @type {{ run: number, rate: number }} */ (what)
      experiment.setRate(run, rate)
      show()
    },
    new Ingredients(source, AT_HAND),
  )
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", show)
  return show()
}

/**
 * @param {StoredExperiment} experiment @param {number} serial
 * @returns {Delivery}
 */
function delivery({ payload, document }, serial) {
  const waits = document.waits === true && { waits: true }
  return { ...payload, ...waits, key: "stored", scene: 1, serial, surfaces: "", plotly: "" }
}
