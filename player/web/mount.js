// How Streamlit mounts players: it calls `update` with every new data or theme, and tells when the element goes.

/** @import { Delivery } from "./documents.d.ts" */
/** @import { Source } from "./source.js" */

import { Player } from "./player.js"
import { liveSource, networkSource } from "./source.js"

/** Hands what a person did to the page's script. @typedef {(name: string, what: unknown) => void} Send */
/**
 * What Streamlit gives a component, as far as it is used here.
 * @typedef {{ data: Delivery, setTriggerValue: Send }} Component
 */

/** @type {WeakMap<HTMLElement, Mount>} */
const mounts = new WeakMap()

/**
 * @param {HTMLElement} root
 * @param {Component} component
 * @param {URL} base of the app's routes
 */
export function update(root, component, base) {
  const mount =
    mounts.get(root) ?? new Mount(root, component.data.source === "network" ? networkSource : liveSource, base)
  mounts.set(root, mount)
  return mount.receive(component.data, component.setTriggerValue)
}

class Mount {
  /** @type {Send} */
  #send = () => {}
  /** @type {Delivery | null} */
  #newest = null
  /**
   * The address to which Back or Forward led, until what it stands for arrives.
   * @type {string | null}
   */
  #returned = null

  /**
   * @param {HTMLElement} root @param {(base: URL) => Source & Required<Pick<Source, "drawn">>} makeSource @param {URL} base
   */
  constructor(root, makeSource, base) {
    const listening = new AbortController()
    const { signal } = listening
    this.source = makeSource(base)
    this.player = new Player(root, this.source, (name, what) => this.#tell(name, what))
    window.addEventListener("fall-line-delivery", event => this.#deliver(event), { signal })
    window.addEventListener("popstate", () => this.#goBack(), { signal })
    const unmount = () => {
      listening.abort()
      this.player.destroy()
      mounts.delete(root)
    }
    root.addEventListener("fall-line-unmount", unmount, { once: true })
  }

  /**
   * What is still in a hand concerns the page in the browser alone: a run of the script would come too late.
   * @type {Send}
   */
  #tell(name, what) {
    if (name === "dragged") window.dispatchEvent(new CustomEvent("fall-line-dragged", { detail: what }))
    else this.#send(name, what)
  }

  /** Back or Forward: asks for what the address stands for. */
  #goBack() {
    this.#returned = window.location.search
    this.#send("address", this.#returned)
  }

  /** An address that was on its way to the browser when Back was pressed has replaced that one meanwhile. */
  #restoreAddress() {
    const returned = this.#returned
    this.#returned = null
    if (returned !== null && returned !== window.location.search)
      window.history.replaceState(window.history.state, "", window.location.pathname + returned)
  }

  /**
   * A change of the theme brings the data of the last whole run again, which a delivery may have overtaken.
   * @param {Delivery} data @param {Send} send
   */
  receive(data, send) {
    this.#send = send
    if (data.scene !== this.#newest?.scene) this.#restoreAddress()
    if (!this.#newest || data.serial >= this.#newest.serial) this.#newest = data
    return this.player.update(this.#newest)
  }

  /**
   * A part of the page that runs alone has new data for one of the players, and waits until they are drawn.
   * @param {Event} event
   */
  #deliver(event) {
    const data = /** @type {CustomEvent<Delivery>} */ (event).detail
    if (data.key === this.#newest?.key) this.receive(data, this.#send).finally(() => this.source.drawn(data.serial))
  }
}
