import { OP, I32, branch, branchTable, end, frame, get, open, set } from "./code.mjs";

/**
 * Rewrites the branches of some code: {route} gives for a target the instructions to run instead of the branch, which end with a
 * branch of their own, or null to leave it as it is. A new local for the index of a table comes from {newLocal}.
 */
export function redirect(code, route, newLocal) {
  return code.flatMap((instruction) => {
    const { op, target } = instruction;
    if (op === OP.br) return route(target) ?? [instruction];
    if (op === OP.brIf) return conditional(instruction, route(target));
    if (op === OP.brTable) return table(instruction, route, newLocal);
    if (op === OP.return) return route(null) ?? [instruction];
    return [instruction];
  });
}

function conditional(instruction, way) {
  if (!way) return [instruction];
  if (instruction.target.result !== null && instruction.target.op !== OP.loop) {
    throw new Error("a conditional branch that takes a value along");
  }
  const then = frame(OP.if);
  return [open(then), ...way, end(then)];
}

/** A table leads to blocks around it, behind which the instructions stand. */
function table(instruction, route, newLocal) {
  const targets = [...new Set([...instruction.targets, instruction.target])];
  const ways = new Map(targets.map((target) => [target, route(target)]).filter(([, way]) => way));
  if (ways.size === 0) return [instruction];
  const blocks = new Map([...ways.keys()].map((target) => [target, frame(OP.block)]));
  const lead = (target) => blocks.get(target) ?? target;
  const index = newLocal(I32);
  return [
    set(index),
    ...[...blocks.values()].reverse().map(open),
    get(index),
    branchTable(instruction.targets.map(lead), lead(instruction.target)),
    ...[...blocks].flatMap(([target, block]) => [end(block), ...ways.get(target)]),
  ];
}
