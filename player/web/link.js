// The experiment as it stands in a link: how its parts are changed without asking anybody.

/** The link's text with another start: of all runs that have none of their own, or of one run. */
export function withStart(query, { x, y }, run = null) {
  const parts = new URLSearchParams(query)
  if (run === null) {
    parts.set("start", `${x}_${y}`)
    return parts.toString()
  }
  const runs = parts.getAll("run")
  parts.delete("run")
  runs.forEach((text, index) => parts.append("run", index === run ? `${withoutStart(text)}~start~${x}_${y}` : text))
  return parts.toString()
}

/** Per run, whether it has a start of its own. */
export function ownStarts(query) {
  return new URLSearchParams(query).getAll("run").map(text => withoutStart(text) !== text)
}

function withoutStart(run) {
  return run.replace(/~start~[^~]*/, "")
}
