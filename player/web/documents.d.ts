// The documents that Python sends. Nothing of this file reaches a browser: it is for the type checker and for readers.

import type { Program } from "./program.js"

/** A typed array in little-endian float32, as base64. */
export interface EncodedSeries {
  dtype?: string
  bdata: string
  shape: number[]
}

/** How a run is told from the others. */
export interface RunStyle {
  color: string
  dash: number[]
  marker: "circle" | "square" | "triangle" | "diamond"
}

export interface PayloadRun {
  label: string
  verdict: string
  kind: string
  short: string
  /** The step at which what became of it can be seen: before, nothing is to be said of it. */
  decidedAt: number
  /** One bit per step with a clipped gradient, as base64; null for none. */
  clipped: string | null
  /** Whether the run begins at a point of its own, and not at the common start. */
  ownStart: boolean
  final: number | null
  best: number | null
  reached: number | null
  length: number
  /** The last step that can be drawn: beyond it the run has left all bounds. */
  drawn: number
}

/** What came of one experiment (player/payload.py). */
export interface Payload {
  digest: string
  /** The surface's part of the link, and the whole link: handed back to the server as they are, never read here. */
  surface: string
  query: string
  /** Changes with the examples and the batches; null where the surface is not made of data. */
  examples: string | null
  start: number[]
  /** x, y, and whether the minimum is a global one. */
  minima: [number, number, boolean][]
  saddles: [number, number][]
  steps: number
  styles: RunStyle[]
  floor: number
  runs: PayloadRun[]
  positions: EncodedSeries
  gaps: EncodedSeries
  slopes: EncodedSeries
  heldOut?: EncodedSeries
  /** Per run its learning rate: a number where it is the same at every step. */
  rates: (number | EncodedSeries)[]
  /** Where the source is not the usual one: what is drawn are networks. */
  source?: "network"
  /** What is asked for what networks have learned, as it is. */
  boundary?: string
  /** What the contour is of, where that needs a word. */
  caption?: string
  /** Of networks, the largest curvature at every step, and per run up to which its rule is stable, where that is known. */
  sharpness?: EncodedSeries
  limits?: (EncodedSeries | null)[]
  /** Layouts of plotly.js by the name of the view. */
  charts: Record<string, Layout>
}

/** What the page adds: which player it is for, and when it was said. */
export interface Delivery extends Payload {
  key: string
  /** Another number is another experiment, not a change of this one: it plays from the beginning. */
  scene: number
  /** Grows with time. */
  serial: number
  /** Versions of what is fetched: surfaces, plotly.js. */
  surfaces: string
  plotly: string
  /** Whether the link asks that it stands at its start until somebody plays it. */
  paused?: boolean
  /** Whether the link asks for the presenter mode. */
  present?: boolean
  /** Whether the page can take back a change; nothing is said where it can't take back any. */
  undoable?: boolean
  /** How the contour's levels are spaced; nothing is said where the page can't space them otherwise. */
  scale?: "log" | "linear"
  /**
   * Only where the page asks first what will happen: whether another experiment stays at its start until somebody plays
   * it. Such a page is told when the picture was seen to its end.
   */
  waits?: boolean
}

/** A layout of plotly.js; the player reads margins, ranges and titles of it. */
export interface Layout {
  margin: Margin
  title?: { text: string; [name: string]: unknown }
  xaxis: { range: [number, number]; [name: string]: unknown }
  yaxis: { range: [number, number]; type?: string; [name: string]: unknown }
  [name: string]: unknown
}

export interface Margin {
  l: number
  r: number
  t: number
  b: number
}

/** A surface to draw, and its true losses on a grid (ui/routes). */
export interface SurfaceDocument {
  contour: { data: object[]; layout: Layout }
  surface: { data: object[]; layout: { scene: SceneLayout; [name: string]: unknown } }
  x: [number, number]
  y: [number, number]
  columns: number
  rows: number
  loss: (number | null)[][]
  scale: { name: string; floor: number; offset: number }
}

export interface SceneLayout {
  xaxis: object
  yaxis: object
  zaxis: { range: [number, number]; [name: string]: unknown }
  [name: string]: unknown
}

/** Training or held-out examples; `group` is the index of what the other inputs are. */
export interface ExampleColumns {
  x: number[]
  y: number[]
  group: number[]
}

/** What a surface is made of (player/examples.py). */
export interface ExamplesDocument {
  /** What the model predicts from its weights and its inputs. */
  model: Program
  /** The inputs beside the first, for every group of examples. */
  groups: number[][]
  training: ExampleColumns
  heldOut: ExampleColumns
  layout: Layout
  /** `size` bytes a step, each the index of an example or 255; size 0 where every step takes all. */
  batches: { size: number; members: string }
}

/** Inputs and targets of examples that networks learn. */
export interface NetworkExamples {
  inputs: number[][]
  targets: number[]
}

/** What every run's network answers over the inputs, at some steps (player/network_payload.py). */
export interface BoundaryDocument {
  steps: number[]
  /** The ends and the number of points of the first input and, if there is one, of the second. */
  ends: [number, number][]
  sizes: number[]
  /** Base64, run by run and step by step: of two inputs a byte for each point, of one a float32. */
  values: string
  /** Per run and step; null where no classes are learned. */
  accuracy: number[][] | null
  heldOutAccuracy: number[][] | null
  classes: boolean
  training: NetworkExamples
  heldOut: NetworkExamples
}

/** The true loss and gradient at a point; null where they are not defined. */
export interface ValueDocument {
  loss: number | null
  gradient: number[] | null
}

/** One symbol of a rule (LaTeX) and its value at a step: one number, or one for every axis. */
export interface SymbolRow {
  symbol: string
  name: string
  values: (number | null)[]
}

export interface ArrowDocument {
  name: "slope" | "sampled" | "moment" | "step"
  x: number
  y: number
}

/** One step of one run in numbers, and the learning rates that it can be dragged to. */
export interface StepDocument {
  rows: SymbolRow[]
  arrows: ArrowDocument[]
  formula: string
  rate: number
  range: [number, number]
  count: number
}

/** The paths of one run at `count` learning rates, every `stride`-th step of them. */
export interface RatesDocument {
  positions: EncodedSeries
  losses: EncodedSeries
  slopes: EncodedSeries
  drawn: number[]
  stride: number
}

/** What a page keeps of an experiment that it plays without a server (player/stored.py). */
export interface StoredDocument {
  payload: Payload
  /** The lowest value of the surface, where it is known. */
  minimum: number | null
  /** Whose losses follow from the heights of its contour. */
  surface: Omit<SurfaceDocument, "loss">
  /** What stands elsewhere in the surface in the dark theme: the way there, and what stands there. */
  dark: [path: (string | number)[], value: unknown][]
  examples: ExamplesDocument | null
  runs: StoredRun[]
  /** Whether the picture stays at its start until somebody plays it. */
  waits?: boolean
}

export interface StoredRun {
  numbers: StoredNumbers
  fan: StoredFan
}

/** Every `every`-th step in numbers: which of the layouts it has, then all values in their order. */
export interface StoredNumbers {
  formula: string
  rate: number
  every: number
  layouts: [symbol: string, name: string, values: number][][]
  steps: [layout: number, ...values: (number | null)[]][]
  arrows: [name: ArrowDocument["name"], x: number, y: number][][]
}

/** What `encode` writes, made smaller (player/packing.py). */
export interface PackedSeries {
  packed: string
  shape: number[]
}

/** Paths at every rate of `at`; their `gaps` are above the floor that stands there. */
export interface StoredFan {
  positions: PackedSeries
  gaps: PackedSeries
  slopes: PackedSeries
  heldOut?: PackedSeries
  drawn: number[]
  stride: number
  range: [number, number]
  at: StoredRate[]
}

/** What the payload holds where one run has this rate; `rates` only where they do not follow from it. */
export interface StoredRate {
  rate: number
  digest: string
  floor: number
  run: PayloadRun
  rates: number | EncodedSeries | null
  axes: Record<string, Layout["yaxis"]>
}
