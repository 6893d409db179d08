// Bundles the front end into static/dist, names each file by its content and writes manifest.json.
// node frontend/build.mjs [--watch]
import { createHash } from "node:crypto";
import { existsSync, watch } from "node:fs";
import { mkdir, readFile, readdir, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";
import * as sass from "sass";

const ROOT = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const SRC = path.join(ROOT, "frontend/src");
const DIST = path.join(ROOT, "static/dist");
const STAGE = path.join(ROOT, "static/.dist-next");
const LAST = path.join(ROOT, "static/.dist-last");
const FONT_FILES = path.join(ROOT, "node_modules/@fontsource-variable/commissioner/files");
const FONT_SUBSETS = ["latin", "latin-ext", "cyrillic", "greek"];
const ENTRIES = ["site", "board", "jury", "hall"];

const hashOf = (bytes) => createHash("sha256").update(bytes).digest("hex").slice(0, 10);

function hashedName(name, bytes) {
  const { name: stem, ext } = path.parse(name);
  return `${stem}-${hashOf(bytes)}${ext}`;
}

async function emit(name, bytes, folder = "") {
  const hashed = path.posix.join(folder, hashedName(name, bytes));
  await mkdir(path.join(STAGE, folder), { recursive: true });
  await writeFile(path.join(STAGE, hashed), bytes);
  return hashed;
}

// Each entry is built by itself: a page then loads one script, and chunks only for what it asks for later.
async function buildScript(name) {
  const entry = path.join(SRC, "entries", `${name}.ts`);
  if (!existsSync(entry)) return {};
  const { metafile } = await esbuild.build({
    entryPoints: [entry],
    outdir: STAGE,
    entryNames: "[name]-[hash]",
    chunkNames: "chunks/[name]-[hash]",
    bundle: true,
    splitting: true,
    format: "esm",
    target: ["es2022", "safari15.4"],
    jsx: "automatic",
    jsxImportSource: "preact",
    minify: true,
    sourcemap: "linked",
    metafile: true,
    legalComments: "linked",
    logLevel: "warning",
  });
  const made = Object.entries(metafile.outputs).find(([file, output]) => output.entryPoint && path.basename(file).startsWith(`${name}-`));
  return { [`${name}.js`]: path.basename(made[0]) };
}

async function buildFonts() {
  const made = {};
  for (const subset of FONT_SUBSETS) {
    const name = `commissioner-${subset}-wght-normal.woff2`;
    made[name] = await emit(name, await readFile(path.join(FONT_FILES, name)), "fonts");
  }
  return made;
}

async function buildStyles(fonts) {
  const made = {};
  const folder = path.join(SRC, "styles");
  const sheets = (await readdir(folder)).filter((name) => name.endsWith(".scss") && !name.startsWith("_"));
  for (const sheet of sheets) {
    const { css } = sass.compile(path.join(folder, sheet), {
      style: "compressed",
      loadPaths: [path.join(ROOT, "node_modules")],
      quietDeps: true,
      // Bootstrap 5.3 is written with @import and the older colour functions.
      silenceDeprecations: ["import", "global-builtin", "color-functions", "if-function"],
    });
    let text = css;
    for (const [plain, hashed] of Object.entries(fonts)) text = text.replaceAll(`fonts/${plain}`, hashed);
    const { code } = await esbuild.transform(text, { loader: "css", minify: true, target: ["chrome105", "safari15.4"] });
    const name = sheet.replace(/\.scss$/, ".css");
    made[name] = await emit(name, code);
  }
  return made;
}

async function buildImages() {
  const made = {};
  for (const name of ["icons.svg", "favicon.svg"]) {
    const text = await readFile(path.join(SRC, "images", name), "utf8");
    made[name] = await emit(name, text.replace(/>\s+</g, "><").trim());
  }
  return made;
}

async function build() {
  const started = performance.now();
  await rm(STAGE, { recursive: true, force: true });
  await mkdir(STAGE, { recursive: true });
  const fonts = await buildFonts();
  const manifest = Object.assign({}, ...(await Promise.all([...ENTRIES.map(buildScript), buildStyles(fonts), buildImages()])), fonts);
  const sorted = Object.fromEntries(Object.entries(manifest).sort(([a], [b]) => a.localeCompare(b)));
  await writeFile(path.join(STAGE, "manifest.json"), `${JSON.stringify(sorted, null, 2)}\n`);
  // A failed build leaves the last good one in place, and a running site misses it for one rename only.
  await rm(LAST, { recursive: true, force: true });
  if (existsSync(DIST)) await rename(DIST, LAST);
  await rename(STAGE, DIST);
  await rm(LAST, { recursive: true, force: true });
  console.error(`built ${Object.keys(sorted).length} files in ${Math.round(performance.now() - started)} ms`);
}

async function watchAndBuild() {
  let timer;
  let running = Promise.resolve();
  watch(SRC, { recursive: true }, () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      running = running.then(build).catch((error) => console.error(String(error.message ?? error)));
    }, 80);
  });
  console.error("watching frontend/src");
  await running;
}

await build();
if (process.argv.includes("--watch")) await watchAndBuild();
