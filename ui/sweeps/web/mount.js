/** The picture of a sweep; which one, says Python. */
import { cellMap } from "./cell_map.js"
import { ratePlot } from "./rate_plot.js"

const PICTURES = { rates: ratePlot, basins: cellMap, stability: cellMap }

/** Shows new data in `root`. What a person does goes back through `setTriggerValue`, under the name of the action. */
export function update(root, { data, setTriggerValue }, base) {
  if (root.picture?.kind !== data.kind) {
    root.picture?.destroy()
    root.replaceChildren()
    if (!root.picture) root.addEventListener("fall-line-unmount", () => root.picture.destroy())
    root.picture = { kind: data.kind, ...PICTURES[data.kind](root, base, (name, what) => root.tell(name, what)) }
  }
  root.tell = setTriggerValue
  root.picture.show(data)
}
