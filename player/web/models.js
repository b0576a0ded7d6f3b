// What a model predicts: for the weights of a step, the curves through the data. The losses are in landscapes/.

const MODELS = {
  line: ([slope, intercept]) => [x => slope * x + intercept],
  sigmoid: ([slope, intercept]) => [x => 1 / (1 + Math.exp(-(slope * x + intercept)))],
  network: ([first, second]) => [x => second * Math.tanh(first * x)],
  "two lines": ([dense, rare]) => [x => dense * x, x => dense * x + rare],
}

/** The functions of x that `model` stands for at `weights`: one, or one per group of examples. */
export function predictions(model, weights) {
  return MODELS[model](weights)
}

/** The examples of the batch of one step, from all batches in a row, each padded with 255. */
export function batchAt({ members, size }, step) {
  const batch = members.subarray(step * size, (step + 1) * size)
  const end = batch.indexOf(255)
  return end < 0 ? batch : batch.subarray(0, end)
}

/** The indices at which a bit is set, the first bit being the highest of the first byte. */
export function setBits(text) {
  const bytes = Uint8Array.from(atob(text), character => character.charCodeAt(0))
  const indices = []
  bytes.forEach((byte, place) => {
    for (let bit = 0; bit < 8; bit++) if (byte & (128 >> bit)) indices.push(8 * place + bit)
  })
  return indices
}

/** Of the points at `indices`, those that lie at least `gap` from the one before along the path. */
export function spaced(indices, along, gap) {
  let last = -Infinity
  return indices.filter(index => {
    if (along[index] - last < gap) return false
    last = along[index]
    return true
  })
}
