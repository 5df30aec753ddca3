import { Reader, signed, unsigned } from "./binary.mjs";
import { I32, OP, call, constant, decode, encode, end, frame, get, globalSet, open, plain } from "./code.mjs";

const SECTION = { memory: 5, data: 11 };
const PAGE_BYTES = 65_536;
/** What is left above the stack for the allocator before it asks for more memory. */
const ROOM_BYTES = 8 * PAGE_BYTES;
/** Functions that call no other may use memory below the stack's top without moving it. */
const MARGIN_BYTES = PAGE_BYTES;
const STACK_TOP = globalSet(0);
const LESS_UNSIGNED = plain(0x49);
const MUTABLE_I32 = [0x7f, 1, OP.i32Const];

/**
 * Makes the stack of an Emscripten module smaller and lets the memory begin with what is needed. The stack lies between the static
 * data and the heap and grows towards the data, so the heap moves down. Where it begins stands in three places: the global that
 * points to the stack's top, the function that runs first, and the allocator's variable in the static data. A stack that is full
 * traps from now on, instead of growing into the data.
 */
export function resizeStack(module, oldBytes, newBytes) {
  const globals = new Reader(module.oldGlobalBytes);
  if (!MUTABLE_I32.every((byte) => globals.byte() === byte)) throw new Error("the first global does not point to the stack");
  const oldHeap = globals.signed();
  const newHeap = oldHeap - oldBytes + newBytes;
  module.oldGlobalBytes = Buffer.from([...MUTABLE_I32, ...signed(newHeap), ...globals.bytes.subarray(globals.at)]);
  replaceConstant(module, oldHeap, newHeap);
  replaceWord(module.section(SECTION.data), oldHeap, newHeap);
  resizeMemory(module.section(SECTION.memory), Math.ceil((newHeap + ROOM_BYTES) / PAGE_BYTES));
  guard(module, oldHeap - oldBytes + MARGIN_BYTES);
}

/** Makes every function move the stack's top by calling one that checks it. */
function guard(module, lowest) {
  const before = module.functions;
  const moveTop = module.addFunction({ parameters: [I32], results: [] });
  const isMove = ({ op, bytes }) => op === OP.globalSet && STACK_TOP.bytes[1] === bytes[1];
  for (const number of before) {
    const code = decode(module.body(number), module.typeOf(number));
    if (!code.code.some(isMove)) continue;
    code.code = code.code.map((instruction) => (isMove(instruction) ? call(moveTop) : instruction));
    module.replaceBody(number, encode(code));
  }
  const whole = frame(OP.block);
  const full = frame(OP.if);
  const check = [get(0), constant(lowest), LESS_UNSIGNED, open(full), plain(OP.unreachable), end(full), get(0), STACK_TOP];
  module.replaceBody(moveTop, encode({ type: { parameters: [I32] }, locals: [I32], frame: whole, code: [...check, end(whole)] }));
}

function replaceConstant(module, from, to) {
  const wanted = Buffer.from(constant(from).bytes);
  const isWanted = ({ op, bytes }) => op === OP.i32Const && wanted.equals(bytes);
  const found = module.functions.filter((number) => Buffer.from(module.body(number)).includes(wanted));
  expectOne(found, "function with the heap's address");
  const code = decode(module.body(found[0]), module.typeOf(found[0]));
  expectOne(code.code.filter(isWanted), "instruction with the heap's address");
  code.code = code.code.map((instruction) => (isWanted(instruction) ? constant(to) : instruction));
  module.replaceBody(found[0], encode(code));
}

function replaceWord(section, from, to) {
  const bytes = Buffer.from(section.bytes);
  const wanted = Buffer.alloc(4);
  wanted.writeInt32LE(from);
  const found = [];
  for (let at = bytes.indexOf(wanted); at >= 0; at = bytes.indexOf(wanted, at + 1)) found.push(at);
  expectOne(found, "word with the heap's address");
  bytes.writeInt32LE(to, found[0]);
  section.bytes = bytes;
}

function resizeMemory(section, pages) {
  const reader = new Reader(section.bytes);
  const head = reader.take(2); // one memory, with a maximum
  reader.skipNumber();
  section.bytes = Buffer.from([...head, ...unsigned(pages), ...section.bytes.subarray(reader.at)]);
}

function expectOne(found, what) {
  if (found.length !== 1) throw new Error(`${found.length} places instead of one: ${what}`);
}
