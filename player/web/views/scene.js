// plotly.js's own scene in three dimensions: where its camera stands, and when it is drawn. plotly.js documents neither;
// that the paths lie where its own markers would is tested in a browser.

/** @import { Camera, Matrix } from "../geometry/camera.js" */

import { camera } from "../geometry/camera.js"

/**
 * `dataScale` is a factor for every axis before `model`; `render` is called at the beginning of every drawing.
 * @typedef {{
 *   glplot?: {
 *     cameraParams: { model: Matrix, view: Matrix, projection: Matrix }, mouseListener: { enabled: boolean },
 *   },
 *   dataScale: number[], render: () => void, getCamera: () => object,
 * }} Scene
 */
/** @typedef {HTMLElement & { _fullLayout?: { scene?: { _scene?: Scene } } }} Plot */

/** @param {Plot} plot @returns {Scene | undefined} */
function sceneOf(plot) {
  return plot._fullLayout?.scene?._scene
}

/**
 * The camera of a figure as it stands; null where there is none, since the browser has no WebGL.
 * @param {Plot} plot @param {{ width: number, height: number }} size in pixels
 * @returns {Camera | null}
 */
export function cameraOf(plot, { width, height }) {
  const scene = sceneOf(plot)
  if (!scene?.glplot) return null
  const { model, view, projection } = scene.glplot.cameraParams
  const scaled = Array.from(model, (number, index) => (index < 12 ? number * scene.dataScale[index >> 2] : number))
  return camera({ model: scaled, view, projection }, width, height)
}

/**
 * A layout in which the camera stands where somebody has turned it to, or is just turning it. Of a camera that it keeps
 * itself, plotly.js forgets which way was up.
 * @template {{ scene: object }} Layout
 * @param {Plot} plot @param {Layout} layout @returns {Layout}
 */
export function turnedAs(plot, layout) {
  const scene = sceneOf(plot)
  return scene?.glplot ? { ...layout, scene: { ...layout.scene, camera: scene.getCamera() } } : layout
}

/**
 * Calls `drawn` whenever the scene of a figure is drawn, as while somebody turns it. It is not drawn when the pointer
 * only moves over it: nothing in it answers to that.
 * @param {Plot} plot @param {() => void} drawn
 */
export function watchScene(plot, drawn) {
  const scene = sceneOf(plot)
  if (!scene?.glplot || Object.hasOwn(scene, "render")) return
  scene.glplot.mouseListener.enabled = false
  const render = scene.render
  scene.render = () => {
    render.call(scene)
    drawn()
  }
}
