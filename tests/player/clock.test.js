import assert from "node:assert/strict"
import test from "node:test"
import { advance, Clock } from "../../player/web/clock.js"
import { openPage, time } from "./page.js"

function clock(steps = 100) {
  openPage()
  const changes = []
  const made = new Clock(isFrame => changes.push([isFrame ? "frame" : "set", made.step]))
  if (steps !== null) made.load(steps, "start")
  return { made, changes }
}

test("it never runs backwards, nor past the end, nor jumps after a pause", () => {
  assert.equal(advance(5, -1, 40, 100), 5)
  assert.equal(advance(99, 10, 40, 100), 100)
  assert.equal(advance(0, 60, 40, 1000), 20)
})

test("it plays forty steps a second, times its speed, and stops at the end", () => {
  const { made } = clock()
  made.toggle()
  for (let frame = 0; frame < 10; frame++) time.frame(100)
  assert.equal(made.step, 40)
  made.setSpeed(2)
  time.frame(250)
  assert.equal(made.step, 60)
  for (let frame = 0; frame < 10; frame++) time.frame(100)
  assert.deepEqual([made.step, made.playing], [100, false])
  assert.equal(time.frames.size, 0)
})

test("a minute in a hidden tab does not run it on", () => {
  const { made } = clock(1000)
  made.toggle()
  time.frame(60_000)
  assert.equal(made.step, 20)
})

test("a pause holds the step, and playing goes on from there; at the end, from the start", () => {
  const { made } = clock()
  made.toggle()
  time.frame(250)
  made.toggle()
  time.frame(250)
  assert.deepEqual([made.step, made.playing], [10, false])
  made.toggle()
  time.frame(100)
  assert.equal(made.step, 14)
  made.goTo(100)
  made.toggle()
  assert.deepEqual([made.step, made.playing], [0, true])
})

test("going to a step stops it, at the nearest that there is", () => {
  const { made, changes } = clock()
  made.toggle()
  for (const [wanted, step] of [
    [30, 30],
    [-5, 0],
    [1000, 100],
  ]) {
    made.goTo(wanted)
    assert.deepEqual([made.step, made.playing], [step, false])
  }
  assert.deepEqual(changes.at(-1), ["set", 100])
})

test("in a loop the end stands for a moment, then it begins again", () => {
  const { made } = clock(4)
  made.setLoop(true)
  made.toggle()
  time.frame(100)
  assert.deepEqual([made.step, made.playing], [4, true])
  time.frame(700)
  assert.equal(made.step, 4)
  time.frame(100)
  time.frame(50)
  assert.ok(made.step < 4)
  assert.equal(made.playing, true)
})

test("the speed goes up and down its steps, and no further", () => {
  const { made } = clock()
  made.changeSpeed(-1)
  assert.equal(made.speed, 0.5)
  for (let press = 0; press < 9; press++) made.changeSpeed(1)
  assert.equal(made.speed, 20)
})

test("another outcome of the same experiment keeps the step; who was at the end stays there", () => {
  const { made } = clock()
  made.goTo(30)
  made.load(200, "stay")
  assert.equal(made.step, 30)
  made.load(20, "stay")
  assert.equal(made.step, 20)
  made.load(300, "stay")
  assert.equal(made.step, 300)
})

test("it knows whether a person has used it since another experiment came", () => {
  const { made } = clock()
  assert.equal(made.touched, false)
  made.goTo(3)
  assert.equal(made.touched, true)
  made.load(100, "stay")
  assert.equal(made.touched, true)
  made.load(100, "start")
  assert.deepEqual([made.touched, made.step], [false, 0])
})

test("before anything can be played nothing does", () => {
  const { made, changes } = clock(null)
  made.toggle()
  made.replay()
  made.goTo(3)
  assert.deepEqual([made.playing, made.step, changes], [false, 0, []])
})
