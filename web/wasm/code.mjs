import { Reader, signed, unsigned, vector } from "./binary.mjs";

export const I32 = 0x7f;
export const OP = {
  block: 0x02, loop: 0x03, if: 0x04, else: 0x05, end: 0x0b,
  br: 0x0c, brIf: 0x0d, brTable: 0x0e, return: 0x0f, unreachable: 0x00,
  call: 0x10, localGet: 0x20, localSet: 0x21, localTee: 0x22, globalGet: 0x23, globalSet: 0x24,
  i32Const: 0x41,
};
const VOID = 0x40;
const CALL_INDIRECT = 0x11;
const EXTENDED = 0xfc;
/** How many bytes follow the numbers of the extended instructions: conversions, memory.copy, memory.fill. */
const EXTENDED_OPERANDS = { 0: 0, 1: 0, 2: 0, 3: 0, 4: 0, 5: 0, 6: 0, 7: 0, 10: 2, 11: 1 };

/*
 * An instruction is {op} and, by op: {frame} of what opens, divides or ends a block; {target} and {targets}, the frames that a branch
 * leads to; {local}; otherwise {bytes}, copied as they are. A frame is an object by itself, so code can move: depths are computed
 * when it is encoded. {result} of a frame is the type of its value, null without one.
 */

export const frame = (op, result = null) => ({ op, result });
export const open = (of) => ({ op: of.op, frame: of });
export const end = (of) => ({ op: OP.end, frame: of });
export const branch = (target) => ({ op: OP.br, target });
export const branchIf = (target) => ({ op: OP.brIf, target });
export const branchTable = (targets, target) => ({ op: OP.brTable, targets, target });
export const get = (local) => ({ op: OP.localGet, local });
export const set = (local) => ({ op: OP.localSet, local });
export const constant = (value) => ({ op: OP.i32Const, bytes: [OP.i32Const, ...signed(value)] });
export const call = (number) => ({ op: OP.call, bytes: [OP.call, ...unsigned(number)] });
export const globalGet = (number) => ({ op: OP.globalGet, bytes: [OP.globalGet, ...unsigned(number)] });
export const globalSet = (number) => ({ op: OP.globalSet, bytes: [OP.globalSet, ...unsigned(number)] });
export const plain = (...bytes) => ({ op: bytes[0], bytes });

/** The code of a function: its type, the types of all its locals (parameters first), its frame and its instructions. */
export function decode(body, type) {
  const reader = new Reader(body);
  const locals = [...type.parameters];
  reader.vector(() => {
    for (let count = reader.unsigned(), of = reader.byte(); count > 0; count--) locals.push(of);
  });
  const whole = frame(OP.block, type.results[0] ?? null);
  const stack = [whole];
  const code = [];
  while (!reader.ended) code.push(instruction(reader, stack));
  return { type, locals, frame: whole, code };
}

function instruction(reader, stack) {
  const start = reader.at;
  const op = reader.byte();
  const at = (depth) => stack[stack.length - 1 - depth];
  switch (op) {
    case OP.block: case OP.loop: case OP.if: {
      const kind = reader.signed() & 0x7f;
      stack.push(frame(op, kind === VOID ? null : kind));
      return { op, frame: stack.at(-1) };
    }
    case OP.else: return { op, frame: stack.at(-1) };
    case OP.end: return { op, frame: stack.pop() };
    case OP.br: case OP.brIf: return { op, target: at(reader.unsigned()) };
    case OP.brTable: return { op, targets: reader.vector(() => at(reader.unsigned())), target: at(reader.unsigned()) };
    case OP.localGet: case OP.localSet: case OP.localTee: return { op, local: reader.unsigned() };
    default: skipOperands(op, reader);
  }
  return { op, bytes: reader.bytes.subarray(start, reader.at) };
}

function skipOperands(op, reader) {
  if (op === OP.call || op === OP.globalGet || op === OP.globalSet || op === 0x3f || op === 0x40) reader.skipNumber();
  else if (op === CALL_INDIRECT || (op >= 0x28 && op <= 0x3e)) reader.skipNumber(reader.skipNumber());
  else if (op === OP.i32Const || op === 0x42) reader.skipNumber();
  else if (op === 0x43) reader.skip(4);
  else if (op === 0x44) reader.skip(8);
  else if (op === EXTENDED) {
    const operands = EXTENDED_OPERANDS[reader.unsigned()];
    if (operands === undefined) throw new Error("an unknown extended instruction");
    reader.skip(operands);
  } else if (![0x00, 0x01, OP.return, 0x1a, 0x1b].includes(op) && !(op >= 0x45 && op <= 0xc4)) {
    throw new Error(`an unknown instruction ${op.toString(16)}`);
  }
}

export function encode({ type, locals, frame: whole, code }) {
  const declared = locals.slice(type.parameters.length);
  const head = vector(declared, (of) => [1, of]);
  const stack = [whole];
  const bytes = [];
  const levels = new Map([[whole, 0]]);
  const depth = (of) => {
    if (!levels.has(of)) throw new Error("a branch leads out of the function");
    return unsigned(stack.length - 1 - levels.get(of));
  };
  for (const { op, ...rest } of code) {
    if (rest.bytes) bytes.push(...rest.bytes);
    else if (op === OP.block || op === OP.loop || op === OP.if) {
      levels.set(rest.frame, stack.push(rest.frame) - 1);
      bytes.push(op, rest.frame.result ?? VOID);
    } else if (op === OP.end) {
      if (stack.pop() !== rest.frame) throw new Error("blocks are not nested");
      levels.delete(rest.frame);
      bytes.push(op);
    } else if (op === OP.else) bytes.push(op);
    else if (op === OP.brTable) {
      bytes.push(op, ...unsigned(rest.targets.length), ...rest.targets.flatMap(depth), ...depth(rest.target));
    } else if (rest.target) bytes.push(op, ...depth(rest.target));
    else bytes.push(op, ...unsigned(rest.local));
  }
  return Buffer.concat([head, Buffer.from(bytes)]);
}

/** About how many bytes an instruction takes. */
export const size = ({ bytes, targets }) => bytes?.length ?? (targets ? 2 * targets.length + 4 : 2);

/** A body that traps. */
export const empty = () => Buffer.from([0, OP.unreachable, OP.end]);
