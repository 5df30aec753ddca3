import { Reader, sized, unsigned, vector } from "./binary.mjs";

const HEADER_BYTES = 8;
const SECTION = { type: 1, import: 2, function: 3, global: 6, code: 10 };
const FUNCTION_TYPE = 0x60;
const MUTABLE = 1;
/** Expressions for the zero that a new global of a type begins with: i32.const 0, i64.const 0, f64.const 0. */
const ZERO = { 0x7f: [0x41, 0], 0x7e: [0x42, 0], 0x7c: [0x44, 0, 0, 0, 0, 0, 0, 0, 0] };
const END = 0x0b;

/** A module whose types, globals and functions can be added to; everything else is kept byte for byte. */
export class Module {
  constructor(bytes) {
    this.header = bytes.subarray(0, HEADER_BYTES);
    this.sections = [];
    for (const reader = new Reader(bytes, HEADER_BYTES); !reader.ended; ) {
      this.sections.push({ id: reader.byte(), bytes: reader.sized() });
    }
    this.types = this.elements(SECTION.type, (reader) => {
      if (reader.byte() !== FUNCTION_TYPE) throw new Error("a type that is no function's");
      return { parameters: [...reader.sized()], results: [...reader.sized()] };
    });
    this.imported = this.elements(SECTION.import, (reader) => {
      reader.sized();
      reader.sized();
      if (reader.byte() !== 0) throw new Error("an import that is no function");
      return reader.unsigned();
    }).length;
    this.typeIndexes = this.elements(SECTION.function, (reader) => reader.unsigned());
    this.bodies = this.elements(SECTION.code, (reader) => reader.sized());
    const globals = new Reader(this.section(SECTION.global).bytes);
    this.oldGlobals = globals.unsigned();
    this.oldGlobalBytes = globals.bytes.subarray(globals.at);
    this.newGlobals = [];
  }

  section(id) {
    return this.sections.find((section) => section.id === id);
  }

  elements(id, element) {
    const reader = new Reader(this.section(id).bytes);
    return reader.vector(() => element(reader));
  }

  /** Numbers of the functions that have a body here, in order. */
  get functions() {
    return this.bodies.map((_, index) => this.imported + index);
  }

  typeOf(number) {
    return this.types[this.typeIndexes[number - this.imported]];
  }

  body(number) {
    return this.bodies[number - this.imported];
  }

  replaceBody(number, body) {
    this.bodies[number - this.imported] = body;
  }

  /** Adds a function whose body is set later and returns its number. */
  addFunction(type) {
    const key = JSON.stringify(type);
    let index = this.types.findIndex((known) => JSON.stringify(known) === key);
    if (index < 0) index = this.types.push(type) - 1;
    this.typeIndexes.push(index);
    return this.imported + this.bodies.push(Buffer.alloc(0)) - 1;
  }

  /** The number of the nth global of a type that carries values out of functions; made when it is not there yet. */
  carrier(type, nth) {
    while (this.newGlobals.filter((known) => known === type).length <= nth) this.newGlobals.push(type);
    let seen = 0;
    return this.oldGlobals + this.newGlobals.findIndex((known) => known === type && seen++ === nth);
  }

  encode() {
    const globals = this.newGlobals.map((type) => Buffer.from([type, MUTABLE, ...ZERO[type], END]));
    const changed = {
      [SECTION.type]: vector(this.types, ({ parameters, results }) =>
        Buffer.concat([Buffer.from([FUNCTION_TYPE]), sized(Buffer.from(parameters)), sized(Buffer.from(results))]),
      ),
      [SECTION.function]: vector(this.typeIndexes, unsigned),
      [SECTION.global]: Buffer.concat([
        Buffer.from(unsigned(this.oldGlobals + globals.length)),
        this.oldGlobalBytes,
        ...globals,
      ]),
      [SECTION.code]: vector(this.bodies, sized),
    };
    return Buffer.concat([
      this.header,
      ...this.sections.flatMap(({ id, bytes }) => [Buffer.from([id]), sized(changed[id] ?? bytes)]),
    ]);
  }
}
