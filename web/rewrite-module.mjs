// Rewrites libpg_query's WebAssembly module for a compiler to JVM classes: a JVM method holds at most 64 kB, and one of more than 8 kB
// never becomes machine code, so large functions are split; and the stack becomes smaller. Needs nothing but Node.js and makes the
// same bytes of the same bytes.
//
// usage: node rewrite-module.mjs FROM TO [FUNCTION...]
//
// The functions whose numbers are given are emptied: a call of them traps.
import { readFileSync, writeFileSync } from "node:fs";
import { empty } from "./wasm/code.mjs";
import { Module } from "./wasm/module.mjs";
import { splitFunction } from "./wasm/split.mjs";
import { resizeStack } from "./wasm/stack.mjs";

/**
 * Bytes of WebAssembly, which become about one and a half times as many bytes of JVM code: what a function may have, what a group of
 * cases may have, what a switch must have to be worth it, and when a switch is moved out as a whole: when the function around it has
 * {around} and the switch {apart}. A {table} is the number of entries from which on a table becomes a function.
 */
const LIMITS = { function: 4600, group: 3000, chain: 1500, around: 1500, apart: 20_000, table: 64 };

/** The module was linked with 32 MiB, of which a text uses 10 kB, and one nested 10,000 levels deep 1.5 MiB. */
const STACK = { old: 32 << 20, new: 2 << 20 };

const [from, to, ...emptied] = process.argv.slice(2);
const module = new Module(readFileSync(from));
resizeStack(module, STACK.old, STACK.new);
for (const number of emptied.map(Number)) module.replaceBody(number, empty());
const before = module.functions;
const left = before
  .filter((number) => module.body(number).length > LIMITS.function)
  .flatMap((number) => splitFunction(module, number, LIMITS))
  .map(({ number, size }) => `${number} (${size} bytes)`);
const bytes = module.encode();
new WebAssembly.Module(bytes); // throws when it is not valid
writeFileSync(to, bytes);
console.log(`${module.functions.length - before.length} functions made; still large: ${left.join(", ") || "none"}`);
