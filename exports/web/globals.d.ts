// What the scripts of a page that stands alone leave for each other.

interface Window {
  /** Base64 of gzipped JSON. */
  fallLineLibraries: string
  fallLineExperiment: string
  fallLinePlay(root: HTMLElement, experiment: unknown): Promise<unknown>
}
