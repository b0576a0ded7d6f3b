// Asking a server while somebody drags: never two questions at once, and of those that wait only the newest.

export class Newest {
  /** `ask(what)` gives a promise of the answer, `use(answer, what)` takes it, `fail(error)` hears what went wrong. */
  constructor(ask, use, fail = () => {}) {
    Object.assign(this, { ask, use, fail, waiting: null, busy: false, round: 0 })
  }

  want(what) {
    this.waiting = { what }
    if (!this.busy) this.answerAll()
  }

  /** Forgets what waits; an answer that is on its way is not used. */
  drop() {
    this.waiting = null
    this.round++
  }

  async answerAll() {
    this.busy = true
    while (this.waiting) {
      const { what } = this.waiting
      const { round } = this
      this.waiting = null
      try {
        const answer = await this.ask(what)
        if (round === this.round) await this.use(answer, what)
      } catch (error) {
        if (round === this.round) this.fail(error)
      }
    }
    this.busy = false
  }
}
