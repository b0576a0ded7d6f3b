// Canvases over a figure, in CSS pixels whatever the screen's resolution.

/** @import { Area } from "../geometry/axis.js" */

import { element } from "../dom.js"

export class Layer {
  #ratio = 1

  /** @param {HTMLElement} section */
  constructor(section) {
    this.canvas = section.appendChild(element("canvas", { className: "fall-line-canvas" }))
    this.context = /** @type {CanvasRenderingContext2D} */ (this.canvas.getContext("2d"))
  }

  /** @param {number} width @param {number} height */
  resize(width, height) {
    this.#ratio = window.devicePixelRatio || 1
    this.canvas.width = Math.round(width * this.#ratio)
    this.canvas.height = Math.round(height * this.#ratio)
    this.canvas.style.width = `${width}px`
    this.canvas.style.height = `${height}px`
  }

  clear() {
    this.context.setTransform(1, 0, 0, 1, 0, 0)
    this.context.clearRect(0, 0, this.canvas.width, this.canvas.height)
    this.useCssPixels(this.context)
  }

  /** @param {CanvasRenderingContext2D} context of this canvas, or of a copy of it */
  useCssPixels(context) {
    context.setTransform(this.#ratio, 0, 0, this.#ratio, 0, 0)
  }

  /** A canvas that nobody sees, as large as this one. */
  blankCopy() {
    return element("canvas", { width: this.canvas.width, height: this.canvas.height })
  }

  /**
   * Draws a copy over everything.
   * @param {HTMLCanvasElement} copy
   */
  paste(copy) {
    this.context.setTransform(1, 0, 0, 1, 0, 0)
    this.context.drawImage(copy, 0, 0)
    this.useCssPixels(this.context)
  }
}

/**
 * Draws inside `area` only.
 * @param {CanvasRenderingContext2D} context @param {Area} area @param {() => void} draw
 */
export function clipped(context, { left, top, width, height }, draw) {
  context.save()
  context.beginPath()
  context.rect(left, top, width, height)
  context.clip()
  draw()
  context.restore()
}
