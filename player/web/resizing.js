// The room that the player has.

/**
 * Calls `changed` when the root, the window or its resolution has another size.
 * @param {HTMLElement} root @param {() => void} changed
 * @returns {() => void} what ends that
 */
export function listenToSize(root, changed) {
  const size = () => `${root.clientWidth} ${window.innerHeight} ${window.devicePixelRatio}`
  let last = ""
  const look = () => {
    if (size() === last) return
    last = size()
    changed()
  }
  const observer = new ResizeObserver(look)
  observer.observe(root)
  window.addEventListener("resize", look)
  return () => {
    observer.disconnect()
    window.removeEventListener("resize", look)
  }
}
