// A fan of paths over learning rates, and the path in between two of them: numbers in, numbers out.

/** Where `rate` lies on the fan: 0 for its lowest rate, length - 1 for its highest. */
export function placeOf(rate, [low, high], length) {
  return ((length - 1) * Math.log(rate / low)) / Math.log(high / low)
}

/** The rate at a place of the fan, with as many digits as a slider can mean. */
export function rateAt(place, [low, high], length) {
  return Number((low * (high / low) ** (place / (length - 1))).toPrecision(3))
}

/**
 * The path at a place of the fan, between its neighbours, at every step from 0 to `steps`. The fan holds every
 * `stride`-th step; what lies between is filled in by straight lines.
 */
export function pathAt({ positions, losses, drawn, stride }, place, steps) {
  const [, points] = positions.shape
  const low = Math.min(Math.max(Math.floor(place), 0), drawn.length - 1)
  const high = Math.min(low + 1, drawn.length - 1)
  const share = Math.min(Math.max(place - low, 0), 1)
  const nearest = share < 0.5 ? low : high
  // Where one of the two has left all bounds, there is nothing to blend: the nearer one is shown as it is.
  const blended = drawn[low] === drawn[high] ? share : nearest - low
  const xy = new Float32Array(2 * (steps + 1))
  const loss = new Float32Array(steps + 1)
  const at = (series, width, index, part) => {
    const first = series.values[(low * points + index) * width + part]
    const second = series.values[(high * points + index) * width + part]
    return blended === 0 ? first : blended === 1 ? second : first + (second - first) * blended
  }
  for (let step = 0; step <= steps; step++) {
    const index = Math.min(Math.floor(step / stride), points - 1)
    const next = Math.min(index + 1, points - 1)
    const within = next === index ? 0 : Math.min((step - index * stride) / (Math.min(next * stride, steps) - index * stride), 1)
    const mix = (series, width, part) => {
      const here = at(series, width, index, part)
      return within === 0 ? here : here + (at(series, width, next, part) - here) * within
    }
    xy[2 * step] = mix(positions, 2, 0)
    xy[2 * step + 1] = mix(positions, 2, 1)
    loss[step] = mix(losses, 1, 0)
  }
  return { positions: xy, losses: loss, drawn: drawn[nearest] }
}
