// One quantity over steps, a curve for every run.

/** @import { Layout } from "../documents.d.ts" */
/** @import { Outcome, Picture, ThemedStyle } from "../outcome.js" */
/** @import { Theme } from "../theme.js" */
/** @import { Line } from "./overlay.js" */

import { areaWithin, axis } from "../geometry/axis.js"
import { pixelPath } from "../geometry/path.js"
import { Overlay } from "./overlay.js"
import { View } from "./view.js"

/** @typedef {(outcome: Outcome, run: number) => ArrayLike<number>} Quantity at every step */

const LARGE = { l: 78, r: 24 } // pixels at the sides, for the large figures of a hall
const DOTTED = [1.5, 3]
const EMPTY = [{ x: [], y: [] }]

export class CurveView extends View {
  #axes = { text: "", x: axis([0, 1], 0, 1), y: axis([0, 1], 0, 1) }

  /**
   * @param {HTMLElement} parent @param {string} name @param {string} title
   * @param {Quantity} quantity what is drawn
   * @param {(outcome: Outcome) => Quantity | undefined} secondOf what is drawn beside it, thin and dotted, if anything
   */
  constructor(parent, name, title, quantity, secondOf = () => undefined) {
    super(parent, name, title)
    this.overlay = new Overlay(this.section)
    this.name = name
    this.quantity = quantity
    this.secondOf = secondOf
  }

  /** @param {Picture} picture */
  render({ outcome, theme, styles }) {
    this.#renderAxes(outcome.charts[this.name], theme)
    const { quantity } = this
    const second = this.secondOf(outcome)
    const lines = outcome.runs.map((_, run) => this.#line(outcome, styles, run, quantity))
    const runs = outcome.runs.map((_, run) => run).filter(run => second?.(outcome, run).length)
    const beside = second ? runs.map(run => this.#besideLine(outcome, styles, run, second)) : []
    const lineWidth = theme.large ? 3.5 : 2
    this.overlay.setLines([...lines, ...beside], { ...theme.canvas, lineWidth, edge: "clamp" })
  }

  /**
   * One run alone is another one.
   * @param {Picture} picture @param {number} run
   */
  renderRun({ outcome, styles }, run) {
    this.overlay.setLine(run, { ...this.#line(outcome, styles, run, this.quantity), whole: true })
  }

  /** @param {number} step */
  draw(step) {
    this.overlay.draw(step)
  }

  /**
   * The figure that the curves are drawn over; it is made anew only where it would look otherwise.
   * @param {Layout} chart @param {Theme} theme
   */
  #renderAxes(chart, theme) {
    const { width, height } = this.size
    const layout = axesLayout(theme.large ? { ...chart, margin: { ...chart.margin, ...LARGE } } : chart, theme)
    const complete = { ...layout, width, height }
    const text = JSON.stringify(complete)
    if (text === this.#axes.text) return
    const area = areaWithin(width, height, layout.margin)
    const x = axis(layout.xaxis.range, area.left, area.width)
    const y = axis(layout.yaxis.range, area.top + area.height, -area.height, layout.yaxis.type === "log")
    this.#axes = { text, x, y }
    this.react(EMPTY, complete)
    this.overlay.resize(width, height, area)
  }

  /**
   * @param {Outcome} outcome @param {ThemedStyle[]} styles @param {number} run @param {Quantity} quantity
   * @returns {Line}
   */
  #line(outcome, styles, run, quantity) {
    const values = quantity(outcome, run)
    const { x, y } = this.#axes
    const points = pixelPath(values.length, step => ({ x: x.pixel(step), y: y.pixel(values[step]) }))
    return { points, last: Math.min(outcome.runs[run].drawn, values.length - 1), style: styles[run] }
  }

  /**
   * @param {Outcome} outcome @param {ThemedStyle[]} styles @param {number} run @param {Quantity} second @returns {Line}
   */
  #besideLine(outcome, styles, run, second) {
    const style = { ...styles[run], dash: DOTTED }
    return { ...this.#line(outcome, styles, run, second), style, beside: run }
  }
}

/**
 * A chart's layout in the page's theme.
 * @param {Layout} chart @param {Theme} theme @returns {Layout}
 */
export function axesLayout(chart, theme) {
  return {
    ...chart,
    ...theme.layout,
    title: { text: "", ...chart.title, font: { size: theme.titleSize } },
    xaxis: { ...theme.axis, ...chart.xaxis, fixedrange: true },
    yaxis: { ...theme.axis, ...chart.yaxis, fixedrange: true },
  }
}
