// Compares the answers of two builds of libpg_query's WebAssembly module, byte for byte: trees, messages and places of errors.
//
// usage: node compare-modules.mjs OLD NEW STATEMENTS PLPGSQL [ANSWERS]
//
// The statements stand one a line. They are compared as they are and in a few thousand broken or odd forms made from them, always the
// same ones. Given a file ANSWERS, writes the digests of the old module's answers to it, a line for each line of STATEMENTS.
import { createHash } from "node:crypto";
import { createRequire } from "node:module";
import { readFileSync, writeFileSync } from "node:fs";

const VARIATIONS = 8000;
const create = createRequire(import.meta.url)("libpg-query/wasm/libpg-query.js");

const [oldFile, newFile, statementFile, plpgsqlFile, answerFile] = process.argv.slice(2);
const old = await parsers(oldFile);
const made = await parsers(newFile);
const statements = lines(statementFile);
const bodies = lines(plpgsqlFile);
for (const sql of statements) compare("sql", sql);
for (const sql of bodies) compare("plpgsql", sql);
for (const [index, sql] of [...variations(statements, VARIATIONS), ...variations(bodies, VARIATIONS / 4)].entries()) {
  compare(index < VARIATIONS ? "sql" : "plpgsql", sql);
}
if (answerFile) writeFileSync(answerFile, statements.map((sql) => `${digest(old.sql(sql))}\n`).join(""));

function compare(language, sql) {
  const [before, after] = [answer(old[language], sql), answer(made[language], sql)];
  if (before !== after) throw new Error(`the modules differ in their answer to: ${sql}\nold: ${before}\nnew: ${after}`);
}

function answer(parser, sql) {
  try {
    return parser(sql);
  } catch (failure) {
    return failure.message; // an assertion of the library
  }
}

function lines(file) {
  return readFileSync(file, "utf8").split("\n").slice(0, -1);
}

function digest(answer) {
  return createHash("sha256").update(answer).digest("hex").slice(0, 16);
}

/** The package's own loader around the module of a file; results are laid out as in pg_query.h. */
async function parsers(file) {
  const module = await create({
    instantiateWasm(imports, done) {
      const compiled = new WebAssembly.Module(readFileSync(file));
      const instance = new WebAssembly.Instance(compiled, imports);
      done(instance, compiled);
      return instance.exports;
    },
    print() {},
    printErr() {},
  });
  const word = (address) => module.HEAPU32[address >> 2];
  const text = (sql) => {
    const bytes = Buffer.from(`${sql}\0`);
    const address = module._malloc(bytes.length);
    module.HEAPU8.set(bytes, address);
    return address;
  };
  return {
    sql(sql) {
      const address = text(sql);
      const result = module._wasm_parse_query_raw(address);
      const error = word(result + 8);
      const answer = error ? `${word(error + 16)} ${module.UTF8ToString(word(error))}` : module.UTF8ToString(word(result));
      module._wasm_free_parse_result(result);
      module._free(address);
      return answer;
    },
    plpgsql(sql) {
      const address = text(sql);
      const result = module._wasm_parse_plpgsql(address);
      const answer = module.UTF8ToString(result);
      module._wasm_free_string(result);
      module._free(address);
      return answer;
    },
  };
}

/** Texts with a token or two removed, doubled, replaced by those of another text, or put before others. */
function* variations(texts, count) {
  const tokens = texts.map((sql) => sql.match(/\s+|\w+|'[^']*'|"[^"]*"|\$\$|[^\w\s]/gu) ?? [" "]);
  let state = 1;
  const random = (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  for (let made = 0; made < count; made++) {
    const sql = [...tokens[random(tokens.length)]];
    for (let edits = random(2); edits >= 0; edits--) {
      const other = tokens[random(tokens.length)];
      const from = random(other.length);
      sql.splice(random(sql.length), random(3), " ", ...other.slice(from, from + random(4)), " ");
    }
    yield sql.join("");
  }
}
