// What a person can ask of the player, by key or by button, in one vocabulary.

/**
 * Play or pause; play from the start; so many steps on; to a step; to the last one; to the next faster or slower speed;
 * to a speed; in a loop or not.
 * @typedef {["toggle"] | ["replay"] | ["step", by: number] | ["go", step: number] | ["end"]
 *   | ["faster", by: number] | ["speed", speed: number] | ["loop"]} ClockAction */

/**
 * Take back the last change of the experiment.
 * @typedef {["undo"]} ExperimentAction */

/**
 * Space the levels of the contour by factors, or evenly.
 * @typedef {["scale", scale: "log" | "linear"]} LevelAction */

/**
 * Select a run, or leave it; leave what is open; show a view, one contour per run, the minima, all of the paths, or
 * nothing but the player; or do not.
 * @typedef {["select", run: number] | ["leave"] | ["view", name: string] | ["sideBySide"] | ["marks"] | ["fit"]
 *   | ["present"]} LookAction */

/** @typedef {ClockAction | LookAction | LevelAction | ExperimentAction} Action */

/** Does it; false says that there was nothing to do. @typedef {(action: Action) => boolean | void} Act */

export {}
