import { I32, OP, branchTable, call, constant, end, frame, get, globalGet, globalSet, open, set } from "./code.mjs";
import { members } from "./liveness.mjs";
import { redirect } from "./redirect.mjs";

/** Globals of each type that are kept for the values that branches take along, one for each level of functions moved out of others. */
const LEVELS = 4;

const carriesValue = (target) => target.result !== null && target.op !== OP.loop;

/**
 * Moves pieces of a function that follow each other to a new function. A piece is {from, to, label}: a range of instructions that
 * needs nothing on the stack and leaves nothing there, and the frame whose end it follows.
 *
 * The new function takes the number of the piece to begin with (when there are several) and the locals that are read. Locals that it
 * writes and somebody reads afterwards come back in globals, which the caller reads before anything else can run. It returns how it
 * was left: 0 at the end of its last piece, else the number of a branch that leads out of it.
 */
export function outline(module, caller, live, pieces) {
  const slices = pieces.map(({ from, to }) => caller.code.slice(from, to));
  const inside = new Set(slices.flat().filter(({ op }) => op === OP.end).map((instruction) => instruction.frame));
  pieces.slice(1).forEach(({ label }) => inside.add(label));
  const exits = exitsOf(slices.flat(), inside, caller.frame);
  const after = [...exits.keys()].reduce((all, target) => all | live.arrival(target), live.before[pieces.at(-1).to]);
  const entry = pieces.reduce((all, { from }) => all | live.before[from], 0n);
  const { mentioned, written } = localsOf(slices.flat());
  const inputs = [...members(entry & mentioned)];
  const outputs = carriers(module, caller, [...members(after & written)]);
  const type = {
    parameters: [...(pieces.length > 1 ? [I32] : []), ...inputs.map((local) => caller.locals[local])],
    results: exits.size > 0 ? [I32] : [],
  };
  const inner = [...members(mentioned & ~inputs.reduce((all, local) => all | (1n << BigInt(local)), 0n))];
  const locals = [...type.parameters, ...inner.map((local) => caller.locals[local])];
  const first = type.parameters.length - inputs.length;
  const names = new Map([...inputs, ...inner].map((local, index) => [local, first + index]));
  const moved = { type, locals, frame: frame(OP.block, type.results[0] ?? null), level: caller.level + 1 };
  if (moved.level > LEVELS) throw new Error("functions are moved out of each other too often");
  moved.code = body(module, moved, pieces, slices, { exits, inside, outputs, names, caller });
  const several = pieces.length > 1;
  return { number: module.addFunction(type), moved, inputs, outputs, exits: [...exits.keys()], several, level: caller.level };
}

/** Instructions that call what was moved out, take its results over and go on where it left. {route} is that of redirect. */
export function callOutlined(module, { number, inputs, outputs, exits, several, level }, key, route, newLocal) {
  const through = frame(OP.block);
  const lead = (target) => {
    const way = route(target);
    if (!carriesValue(target)) return way;
    return [globalGet(module.carrier(target.result, level)), ...(way ?? [{ op: OP.br, target }])];
  };
  const calling = [
    ...(several ? [get(key)] : []),
    ...inputs.map(get),
    call(number),
    ...outputs.flatMap(({ local, global }) => [globalGet(global), set(local)]),
  ];
  if (exits.length === 0) return calling;
  const leaving = branchTable([through, ...exits.slice(0, -1)], exits.at(-1));
  return [open(through), ...calling, ...redirect([leaving], lead, newLocal), end(through)];
}

/** Targets outside, each with the number that says so. */
function exitsOf(code, inside, whole) {
  const exits = new Map();
  for (const { op, target, targets = [] } of code) {
    const all = op === OP.return ? [whole] : target ? [...targets, target] : [];
    for (const each of all) if (!inside.has(each) && !exits.has(each)) exits.set(each, exits.size + 1);
  }
  return exits;
}

function localsOf(code) {
  let mentioned = 0n;
  let written = 0n;
  for (const { op, local } of code) {
    if (local === undefined) continue;
    mentioned |= 1n << BigInt(local);
    if (op !== OP.localGet) written |= 1n << BigInt(local);
  }
  return { mentioned, written };
}

/** A global for each local. */
function carriers(module, caller, locals) {
  const used = {};
  return locals.map((local) => {
    const type = caller.locals[local];
    used[type] = (used[type] ?? LEVELS) + 1;
    return { local, global: module.carrier(type, used[type] - 1) };
  });
}

function body(module, moved, pieces, slices, { exits, inside, outputs, names, caller }) {
  const exit = frame(OP.block, moved.type.results[0] ?? null);
  const route = (target) => {
    if (inside.has(target)) return null;
    const value = carriesValue(target) ? [globalSet(module.carrier(target.result, caller.level))] : [];
    return [...value, constant(exits.get(target)), { op: OP.br, target: exit }];
  };
  const renamed = slices.map((slice) =>
    slice.map((instruction) => {
      if (instruction.op === OP.return) return { op: OP.br, target: caller.frame };
      return instruction.local === undefined ? instruction : { ...instruction, local: names.get(instruction.local) };
    }),
  );
  const newLocal = (type) => moved.locals.push(type) - 1;
  const labels = pieces.length > 1 ? pieces.map(({ label }) => label) : [];
  return [
    open(exit),
    ...labels.toReversed().map(open),
    ...(labels.length > 0 ? [get(0), branchTable(labels.slice(0, -1), labels.at(-1))] : []),
    ...renamed.flatMap((code, index) => [...labels.slice(index, index + 1).map(end), ...redirect(code, route, newLocal)]),
    ...(exits.size > 0 ? [constant(0)] : []),
    end(exit),
    ...outputs.flatMap(({ local, global }) => [get(names.get(local)), globalSet(global)]),
    end(moved.frame),
  ];
}
