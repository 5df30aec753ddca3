// Runs pgattest and squawk over the same files and prints the tables of docs/comparison.md.
// usage: node compare.mjs   (after `npm ci` here; pgattest builds itself)
import { execFileSync } from "node:child_process";
import { copyFileSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { COUNTERPARTS, REASONS } from "./rules.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "..", "..");
const rules = join(root, "src/main/resources/dev/pgattest/lint/rules");
const squawkProgram = join(here, "node_modules/.bin/squawk");

/** The output of a program that may end with a code of its own when it finds something. */
function output(program, options) {
  try {
    return execFileSync(program, options, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"], maxBuffer: 1 << 26 });
  } catch (failure) {
    if (failure.status === 1) return failure.stdout;
    throw failure;
  }
}

const pgattest = (path) => JSON.parse(output(join(root, "pgattest"), ["lint", "--format", "json", path])).findings;

const squawk = (path) =>
  JSON.parse(output(squawkProgram, ["--reporter", "json", "--pg-version", "15.0", path])).map((finding) => ({
    rule: finding.rule_name,
    line: finding.line + 1,
    last: (finding.line_end ?? finding.line) + 1,
  }));

/** The findings of both in one file, which may need others before it. */
function compared(name, setup, file) {
  const folder = mkdtempSync(join(tmpdir(), "pgattest-comparison-"));
  try {
    [...setup, file].forEach((path, index) => copyFileSync(path, join(folder, `V${index + 1}__file.sql`)));
    const last = join(folder, `V${setup.length + 1}__file.sql`);
    return { name, ours: pgattest(folder).filter((finding) => finding.file === last), theirs: squawk(last) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function* files() {
  for (const rule of readdirSync(rules).sort().filter((name) => !name.includes("."))) {
    const own = join(rules, rule, "setup.sql");
    const setup = [join(rules, "setup.sql"), ...(existsSync(own) ? [own] : [])];
    yield compared(`${rule}/bad.sql`, setup, join(rules, rule, "bad.sql"));
  }
  for (const folder of ["systems/chefcloud/as-documented", "systems/litemaas/as-documented"]) {
    for (const file of readdirSync(join(root, folder)).sort().filter((name) => name.endsWith(".sql")))
      yield compared(`${folder}/${file}`, [], join(root, folder, file));
  }
  const migrations = readdirSync(join(root, "systems/skeldir/migrations")).sort().map((file) => join(root, "systems/skeldir/migrations", file));
  for (let index = 0; index < migrations.length; index++) {
    yield compared(migrations[index].slice(root.length + 1), migrations.slice(0, index), migrations[index]);
  }
}

const overlaps = (one, other) => one.line <= other.last && other.line <= (one.end_line ?? one.line);
const matches = (ours, theirs) => (COUNTERPARTS[theirs.rule] ?? []).includes(ours.rule) && overlaps(ours, theirs);
const counted = (list) => {
  const counts = new Map();
  for (const { rule } of list) counts.set(rule, (counts.get(rule) ?? 0) + 1);
  return [...counts].sort().map(([rule, count]) => (count > 1 ? `${rule} ×${count}` : rule)).join(", ") || "nothing";
};

const all = [...files()];
console.log("| file | pgattest | squawk |\n|---|---|---|");
for (const { name, ours, theirs } of all) console.log(`| ${name} | ${counted(ours)} | ${counted(theirs)} |`);

const missing = new Map();
for (const { name, ours, theirs } of all)
  for (const finding of theirs.filter((each) => !ours.some((other) => matches(other, each))))
    missing.set(finding.rule, [...(missing.get(finding.rule) ?? []), name]);
console.log("\n| squawk's rule | where pgattest has no counterpart | why |\n|---|---|---|");
for (const [rule, names] of [...missing].sort()) {
  const reason = REASONS[rule];
  if (!reason) throw new Error(`${rule} is not explained: ${names.join(", ")}`);
  const places = [...new Set(names)].map((name) => name.replace("/bad.sql", ""));
  console.log(`| ${rule} | ${places.length > 4 ? `${places.length} files` : places.join(", ")} | ${reason} |`);
}

const alone = new Map();
for (const { name, ours, theirs } of all)
  for (const finding of ours.filter((each) => !theirs.some((other) => matches(each, other))))
    alone.set(finding.rule, [...(alone.get(finding.rule) ?? []), name]);
const known = new Set(Object.values(COUNTERPARTS).flat());
console.log("\n| pgattest's rule without a counterpart of squawk at that place | places |\n|---|---|");
for (const [rule, names] of [...alone].sort()) console.log(`| ${rule}${known.has(rule) ? " (squawk has the rule)" : ""} | ${names.length} |`);
