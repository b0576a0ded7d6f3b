// A function that the server has taken down step by step (player/program.py), such as what a model predicts.

/**
 * The registers hold the arguments, then the result of every step: a number is itself, a list names an operation and
 * the registers that it takes.
 * @typedef {{ steps: (number | [operation: string, ...registers: number[]])[], result: number }} Program
 */

/** @type {Record<string, (...values: number[]) => number>} */
const OPERATIONS = {
  add: (a, b) => a + b,
  sub: (a, b) => a - b,
  mul: (a, b) => a * b,
  div: (a, b) => a / b,
  max: Math.max,
  min: Math.min,
  neg: a => -a,
  abs: Math.abs,
  exp: Math.exp,
  log: Math.log,
  sqrt: Math.sqrt,
  sin: Math.sin,
  cos: Math.cos,
  tanh: Math.tanh,
  logistic: a => 1 / (1 + Math.exp(-a)),
}

/** @param {Program} program @param {number[]} given its arguments */
export function evaluate({ steps, result }, given) {
  const registers = [...given]
  for (const step of steps) registers.push(typeof step === "number" ? step : perform(step, registers))
  return registers[result]
}

/** @param {[operation: string, ...registers: number[]]} step @param {number[]} registers */
function perform([operation, ...operands], registers) {
  return OPERATIONS[operation](...operands.map(register => registers[register]))
}
