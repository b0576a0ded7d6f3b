// Asking a server while somebody drags: never two questions at once, and of those that wait only the latest.

/**
 * @template Question, Answer
 */
export class LatestRequest {
  /** @type {{ question: Question } | null} */
  #waiting = null
  #busy = false
  #round = 0

  /**
   * @param {(question: Question) => Promise<Answer>} ask
   * @param {(answer: Answer, question: Question) => void} use
   * @param {(error: unknown) => void} fail
   */
  constructor(ask, use, fail = console.warn) {
    this.ask = ask
    this.use = use
    this.fail = fail
  }

  /** @param {Question} question */
  request(question) {
    this.#waiting = { question }
    if (!this.#busy) this.#answerAll()
  }

  /** Forgets what waits; an answer that is on its way is not used. */
  cancel() {
    this.#waiting = null
    this.#round++
  }

  async #answerAll() {
    this.#busy = true
    while (this.#waiting) {
      const { question } = this.#waiting
      const round = this.#round
      this.#waiting = null
      try {
        const answer = await this.ask(question)
        if (round === this.#round) this.use(answer, question)
      } catch (error) {
        if (round === this.#round) this.fail(error)
      }
    }
    this.#busy = false
  }
}
