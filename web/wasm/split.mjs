import { I32, OP, branch, branchTable, call, constant, decode, encode, end, frame, get, open, plain, set, size } from "./code.mjs";
import { dispatcher } from "./dispatch.mjs";
import { liveness } from "./liveness.mjs";
import { callOutlined, outline } from "./outline.mjs";
import { redirect } from "./redirect.mjs";

const AND = plain(0x71);
const SHIFT_RIGHT_UNSIGNED = plain(0x76);
const PIECE_BITS = 16;

const sizeOf = (code) => code.reduce((sum, instruction) => sum + size(instruction), 0);

/**
 * Splits a function until neither it nor a function made from it is larger than a limit in bytes, as far as its switches allow: a
 * switch is a chain of blocks that begin together, with a case behind the end of each.
 *
 * @returns the numbers of the functions that are larger all the same
 */
export function splitFunction(module, number, limits) {
  const add = (type, { frame: whole, code }) => {
    const added = module.addFunction(type);
    module.replaceBody(added, encode({ type, locals: type.parameters, frame: whole, code }));
    return added;
  };
  const large = [];
  const work = [{ number, code: { ...decode(module.body(number), module.typeOf(number)), level: 0 } }];
  while (work.length > 0) {
    const { number: current, code: split } = work.pop();
    while (sizeOf(split.code) > limits.function) {
      const chain = longestChain(split.code);
      if (!chain || chain.size < limits.chain) break;
      const apart = chain.around > limits.around && chain.size > limits.apart;
      const made = apart ? [outlineChain(module, split, chain)] : splitChain(module, split, chain, limits, add);
      for (const { number: next, moved } of made) work.push({ number: next, code: moved });
    }
    if (sizeOf(split.code) > limits.function) large.push({ number: current, size: sizeOf(split.code) });
    module.replaceBody(current, encode(split));
  }
  return large;
}

/** The run of blocks opened one after the other that has most code behind their ends. */
function longestChain(code) {
  const ends = new Map();
  code.forEach((instruction, at) => instruction.op === OP.end && ends.set(instruction.frame, at));
  const isLink = (instruction) => instruction.op === OP.block && instruction.frame.result === null;
  let longest = null;
  for (let start = 0; start < code.length; start++) {
    if (!isLink(code[start])) continue;
    const frames = [];
    while (isLink(code[start + frames.length])) frames.push(code[start + frames.length].frame);
    const cases = frames.map((of) => ends.get(of));
    const behind = sizeOf(code.slice(cases.at(-1), cases[0]));
    if (frames.length > 1 && behind > (longest?.size ?? 0)) {
      const around = sizeOf(code.slice(0, start)) + sizeOf(code.slice(cases[0]));
      longest = { start, frames, ends: cases, size: behind, around };
    }
    start += frames.length - 1;
  }
  return longest;
}

/** Moves a switch as a whole out of a function, so that what is around it stays small. */
function outlineChain(module, split, { start, ends }) {
  const piece = { from: start, to: ends[0] + 1 };
  const outlined = outline(module, split, liveness(split), [piece]);
  const newLocal = (type) => split.locals.push(type) - 1;
  split.code.splice(piece.from, piece.to - piece.from, ...callOutlined(module, outlined, null, () => null, newLocal));
  return outlined;
}

/** Moves the cases of a switch to functions of their own, as many neighbours to one as the limit allows. */
function splitChain(module, split, chain, limits, add) {
  const { code } = split;
  const live = liveness(split);
  const newLocal = (type) => split.locals.push(type) - 1;
  const innermost = chain.frames.length - 1;
  const groups = grouped(chain, code, limits).map((pieces) => ({
    frame: frame(OP.block),
    pieces,
    outlined: outline(module, split, live, pieces),
  }));
  const key = newLocal(I32);
  const places = new Map(
    groups.flatMap((group) => group.pieces.map(({ label }, index) => [label, { frame: group.frame, index }])),
  );
  const route = (target) => {
    const place = places.get(target);
    return place ? [constant(place.index), set(key), branch(place.frame)] : null;
  };
  const head = code
    .slice(chain.start + innermost + 1, chain.ends[innermost])
    .flatMap((each) =>
      each.targets?.length > limits.table
        ? dispatch(module, each, places, key, newLocal, add)
        : redirect([each], route, newLocal),
    );
  split.code = [
    ...code.slice(0, chain.start),
    open(chain.frames[0]),
    ...groups.toReversed().map((group) => open(group.frame)),
    ...head,
    ...groups.flatMap((group, index) => [
      end(group.frame),
      ...callOutlined(module, group.outlined, key, route, newLocal),
      ...(groups[index + 1]?.outlined.several ? [constant(0), set(key)] : []),
    ]),
    ...code.slice(chain.ends[0]),
  ];
  return groups.map((group) => group.outlined);
}

/** The cases in the order in which they follow each other, in groups. */
function grouped({ frames, ends }, code, limits) {
  const groups = [];
  let room = 0;
  for (let index = frames.length - 1; index > 0; index--) {
    const piece = { label: frames[index], from: ends[index] + 1, to: ends[index - 1] };
    const needed = sizeOf(code.slice(piece.from, piece.to));
    if (needed > room) {
      groups.push([]);
      room = limits.group;
    }
    groups.at(-1).push(piece);
    room -= needed;
  }
  return groups;
}

/** A large table becomes a function that gives the place to go to and the piece to begin with there, in one number. */
function dispatch(module, { targets, target }, places, key, newLocal, add) {
  const blocks = [];
  const number = (of) => {
    const { frame: block, index } = places.get(of) ?? { frame: of, index: 0 };
    if (!blocks.includes(block)) blocks.push(block);
    return (blocks.indexOf(block) << PIECE_BITS) | index;
  };
  const table = dispatcher(module, targets.map(number), number(target), add);
  const packed = newLocal(I32);
  return [
    call(table), set(packed),
    get(packed), constant((1 << PIECE_BITS) - 1), AND, set(key),
    get(packed), constant(PIECE_BITS), SHIFT_RIGHT_UNSIGNED, branchTable(blocks.slice(0, -1), blocks.at(-1)),
  ];
}
