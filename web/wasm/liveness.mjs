import { OP } from "./code.mjs";

/**
 * The locals whose values somebody may still read, as bit sets: {before} each instruction (and one more, empty, at the end), and
 * {arrival} where a branch to a frame leads. Computed backwards over the branches until nothing changes.
 */
export function liveness({ code }) {
  const { ends, elses } = places(code);
  const live = new Array(code.length + 1).fill(0n);
  const arrival = (target) => {
    if (!ends.has(target)) return 0n; // the function's end
    return live[target.op === OP.loop ? ends.get(target).start : ends.get(target).end];
  };
  for (let changed = true; changed; ) {
    changed = false;
    for (let at = code.length - 1; at >= 0; at--) {
      const before = transfer(code[at], live[at + 1], arrival, elses, live);
      if (before !== live[at]) {
        live[at] = before;
        changed = true;
      }
    }
  }
  return { before: live, arrival };
}

function places(code) {
  const ends = new Map();
  const elses = new Map();
  code.forEach(({ op, frame }, at) => {
    if (op === OP.block || op === OP.loop || op === OP.if) ends.set(frame, { start: at });
    else if (op === OP.else) elses.set(frame, at);
    else if (op === OP.end && ends.has(frame)) ends.get(frame).end = at;
  });
  return { ends, elses };
}

function transfer({ op, frame, target, targets, local }, next, arrival, elses, live) {
  switch (op) {
    case OP.localGet: return next | (1n << BigInt(local));
    case OP.localSet: case OP.localTee: return next & ~(1n << BigInt(local));
    case OP.br: return arrival(target);
    case OP.brIf: return next | arrival(target);
    case OP.brTable: return [...new Set(targets)].reduce((all, of) => all | arrival(of), arrival(target));
    case OP.return: case OP.unreachable: return 0n;
    case OP.if: return next | (elses.has(frame) ? live[elses.get(frame) + 1] : arrival(frame));
    case OP.else: return arrival(frame);
    default: return next;
  }
}

/** The numbers in a bit set, in order. */
export function* members(set) {
  for (let number = 0; set > 0n; number++, set >>= 1n) if (set & 1n) yield number;
}
