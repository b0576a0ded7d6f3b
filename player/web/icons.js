// The icons of the player's buttons.

/** @param {string} path */
const icon = path =>
  `<svg viewBox="0 0 24 24" width="20" height="20" aria-hidden="true"><path fill="currentColor" d="${path}"/></svg>`

export const ICONS = {
  play: icon("M7 4.5v15l12-7.5z"),
  pause: icon("M6 5h4v14H6zM14 5h4v14h-4z"),
  first: icon("M5 5h2.5v14H5zM19 5v14L8.5 12z"),
  back: icon("M15.5 5v14L5.5 12zM17 5h2v14h-2z"),
  forward: icon("M8.5 5v14l10-7zM5 5h2v14H5z"),
  loop: icon("M7 7h10v3l4-4-4-4v3H5v6h2zM17 17H7v-3l-4 4 4 4v-3h12v-6h-2z"),
  close: icon("M6 4.6 12 10.6l6-6L19.4 6l-6 6 6 6-1.4 1.4-6-6-6 6L4.6 18l6-6-6-6z"),
  squares: icon("M4 4h7v7H4zM13 4h7v7h-7zM4 13h7v7H4zM13 13h7v7h-7z"),
  star: icon("M12 2.5l2.8 6.3 6.7.7-5 4.6 1.4 6.8L12 17.4l-5.9 3.5 1.4-6.8-5-4.6 6.7-.7z"),
  fit: icon("M4 4h6v2H6v4H4zM14 4h6v6h-2V6h-4zM4 14h2v4h4v2H4zM18 14h2v6h-6v-2h4zM9 9h6v6H9z"),
  undo: icon("M9 4v4h5a5.5 5.5 0 0 1 0 11H8v-2.5h6a3 3 0 0 0 0-6H9v4L3 9z"),
  screen: icon("M3 4h18v12H3zM5 6v8h14V6zM11 16h2v3h3v2H8v-2h3z"),
}
