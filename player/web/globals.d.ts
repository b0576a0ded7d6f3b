// What scripts put on the page: plotly.js and KaTeX.

interface Window {
  Plotly: {
    react(plot: HTMLElement, traces: object[], layout: object, config: object): Promise<unknown>
    restyle(plot: HTMLElement, update: object, traces: number[]): Promise<unknown>
    purge(plot: HTMLElement): void
  }
  katex: {
    render(latex: string, into: HTMLElement, options: { displayMode: boolean; throwOnError: boolean }): void
  }
}
