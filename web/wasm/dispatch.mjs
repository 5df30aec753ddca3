import { I32, OP, branchTable, call, constant, end, frame, get, open, plain } from "./code.mjs";

const ENTRIES = 640;
const SUBTRACT = plain(0x6b);
const LESS_UNSIGNED = plain(0x49);
const TYPE = { parameters: [I32], results: [I32] };

/** Adds a function that maps an index to the number at its place in a list, or to another when the list is shorter. */
export function dispatcher(module, numbers, otherwise, add) {
  if (numbers.length <= ENTRIES) return add(TYPE, leaf(numbers, otherwise));
  const whole = frame(OP.block, I32);
  const code = [];
  for (let from = 0; from < numbers.length; from += ENTRIES) {
    const part = numbers.slice(from, from + ENTRIES);
    const then = frame(OP.if);
    const index = [get(0), constant(from), SUBTRACT];
    const number = add(TYPE, leaf(part, otherwise));
    code.push(...index, constant(part.length), LESS_UNSIGNED, open(then), ...index, call(number), plain(OP.return), end(then));
  }
  return add(TYPE, { frame: whole, code: [...code, constant(otherwise), end(whole)] });
}

function leaf(numbers, otherwise) {
  const whole = frame(OP.block, I32);
  const blocks = new Map([...new Set([...numbers, otherwise])].map((number) => [number, frame(OP.block)]));
  return {
    frame: whole,
    code: [
      ...[...blocks.values()].reverse().map(open),
      get(0),
      branchTable(numbers.map((number) => blocks.get(number)), blocks.get(otherwise)),
      ...[...blocks].flatMap(([number, block]) => [end(block), constant(number), plain(OP.return)]),
      plain(OP.unreachable),
      end(whole),
    ],
  };
}
