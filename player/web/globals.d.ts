// What scripts put on the page: plotly.js and KaTeX.

interface Window {
  Plotly: {
    react(plot: HTMLElement, traces: object[], layout: object, config: object): Promise<unknown>
    purge(plot: HTMLElement): void
  }
  katex: {
    render(latex: string, into: HTMLElement, options: { displayMode: boolean; throwOnError: boolean }): void
  }
}
