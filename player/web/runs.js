// The runs by name, figures and numbers, and which of them is selected.

/** @import { Picture } from "./outcome.js" */
/** @import { RunButtons } from "./run_buttons.js" */
/** @import { RunTable } from "./run_table.js" */
/** @import { StepPanel } from "./step_panel.js" */

export class Runs {
  /** @type {number | null} */
  selected = null

  /**
   * @param {HTMLElement} root @param {RunButtons} buttons @param {RunTable} table @param {StepPanel} panel
   * @param {() => void} changed called when another run is selected, or none
   */
  constructor(root, buttons, table, panel, changed) {
    this.changed = changed
    this.root = root
    this.buttons = buttons
    this.table = table
    this.panel = panel
  }

  /**
   * Names the runs; a selected one that is not there any more is selected no more.
   * @param {Picture} picture
   */
  show({ outcome, styles }) {
    if (this.selected !== null && this.selected >= outcome.runs.length) this.select(null)
    this.buttons.show(outcome.runs, styles, this.selected)
    this.table.show(outcome.runs, styles)
  }

  /**
   * How the runs stand at a step, and the numbers of the selected one.
   * @param {Picture} picture @param {number} step @param {boolean} isPlaying
   */
  showStep(picture, step, isPlaying) {
    this.buttons.showStep(picture.outcome, step)
    this.table.showStep(picture.outcome, step)
    this.panel.update(picture, step, isPlaying)
  }

  /** @param {number | null} run */
  select(run) {
    this.selected = run
    this.root.classList.toggle("fall-line-selected", run !== null)
    this.panel.select(run)
    this.changed()
  }

  destroy() {
    this.panel.destroy()
  }
}
