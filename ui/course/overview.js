/** A click on a lesson opens it without loading the page anew. */
export default function ({ parentElement, setTriggerValue }) {
  parentElement.querySelector(".fall-line-course").onclick = event => {
    const lesson = event.target.closest("[data-lesson]")
    if (!lesson || event.ctrlKey || event.metaKey || event.shiftKey) return
    event.preventDefault()
    setTriggerValue("lesson", lesson.dataset.lesson)
  }
}
