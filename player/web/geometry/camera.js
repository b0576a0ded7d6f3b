// A camera: from a point of a scene to the pixel at which it is seen.

/** 4 × 4 numbers, column by column, as WebGL takes them. @typedef {ArrayLike<number>} Matrix */
/** @typedef {[x: number, y: number, z: number]} Place in the units of what is drawn */
/** @typedef {{ eye: Place, pixel: (x: number, y: number, z: number) => { x: number, y: number } }} Camera */

const NEAREST = 1e-6 // in front of the camera: what is beside or behind it is far outside the picture

/**
 * The camera of three matrices: `model` scales and moves what is drawn, `view` turns and moves it before the eye,
 * `projection` makes it smaller the farther away it is.
 * @param {{ model: Matrix, view: Matrix, projection: Matrix }} matrices
 * @param {number} width @param {number} height of the picture in pixels
 * @returns {Camera}
 */
export function camera({ model, view, projection }, width, height) {
  const m = product(projection, product(view, model))
  return {
    eye: eyeOf(view, model),
    pixel: (x, y, z) => {
      const away = Math.max(m[3] * x + m[7] * y + m[11] * z + m[15], NEAREST)
      const right = (m[0] * x + m[4] * y + m[8] * z + m[12]) / away
      const up = (m[1] * x + m[5] * y + m[9] * z + m[13]) / away
      return { x: ((1 + right) / 2) * width, y: ((1 - up) / 2) * height }
    },
  }
}

/** @param {Matrix} a @param {Matrix} b @returns {Matrix} what b does, and then a */
function product(a, b) {
  return Array.from({ length: 16 }, (_, index) => {
    const [row, column] = [index % 4, 4 * Math.floor(index / 4)]
    return a[row] * b[column] + a[row + 4] * b[column + 1] + a[row + 8] * b[column + 2] + a[row + 12] * b[column + 3]
  })
}

/** @param {Matrix} view a rotation and a move @param {Matrix} model a scale for every axis and a move @returns {Place} */
function eyeOf(view, model) {
  const along = (/** @type {number} */ axis) => {
    const turned = [0, 1, 2].map(row => view[4 * axis + row] * view[12 + row])
    return (-(turned[0] + turned[1] + turned[2]) - model[12 + axis]) / model[5 * axis]
  }
  return [along(0), along(1), along(2)]
}
