/** Asking for documents: a newer question cancels the older one, and the server then stops working on it. */
const LONG = 1000 // milliseconds after which a bar says that something is being computed
const COME_BACK = 503

/**
 * A function that asks for `path` with `query` and hands over the answer; `status` shows that it takes long, and what went
 * wrong.
 */
export function asker(base, status) {
  let asking = null
  const ask = async (path, query) => {
    asking?.abort()
    asking = new AbortController()
    const { signal } = asking
    status.error("")
    const timer = setTimeout(() => status.busy(true), LONG)
    try {
      return await answer(new URL(`${path}?${query}`, base), signal)
    } catch (error) {
      if (!signal.aborted) status.error(error.message)
      return null
    } finally {
      clearTimeout(timer)
      if (asking?.signal === signal) status.busy(false)
    }
  }
  return { ask, cancel: () => asking?.abort() }
}

async function answer(url, signal) {
  const response = await fetch(url, { signal })
  if (response.ok) return response.json()
  if (response.status === COME_BACK) {
    await new Promise(resolve => setTimeout(resolve, 1000 * Number(response.headers.get("Retry-After") ?? 5)))
    signal.throwIfAborted()
    return answer(url, signal)
  }
  const { error } = await response.json().catch(() => ({}))
  throw new Error(error ?? `The server answered ${response.status}. Try again.`)
}
