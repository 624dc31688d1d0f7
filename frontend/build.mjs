// Bundles CSS and JavaScript into src/vanthu/web/static/dist. `--watch` rebuilds on change.
// JavaScript that a first page loads (entry and static imports) must stay below BUDGET bytes of brotli.
import { cp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync } from "node:zlib";
import * as esbuild from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "..");
const out = join(root, "src/vanthu/web/static/dist");
const BUDGET = 40 * 1024;
const target = ["chrome109", "firefox115", "safari16"];
const common = { bundle: true, minify: true, target, outdir: out, logLevel: "warning", metafile: true };

const scripts = {
  ...common,
  entryPoints: { app: join(here, "js/app.js") },
  format: "esm",
  splitting: true,
  chunkNames: "chunks/[name]-[hash]",
  legalComments: "none",
};
const styles = {
  ...common,
  entryPoints: { app: join(here, "css/app.css"), noscript: join(here, "css/noscript.css") },
  external: ["*.woff2"],
};

async function copyFonts() {
  const from = join(root, "node_modules/@fontsource/noto-sans");
  await mkdir(join(out, "fonts"), { recursive: true });
  for (const subset of ["latin", "vietnamese"])
    for (const weight of [400, 600])
      await cp(join(from, `files/noto-sans-${subset}-${weight}-normal.woff2`), join(out, `fonts/noto-sans-${subset}-${weight}.woff2`));
  await cp(join(from, "LICENSE"), join(out, "fonts/LICENSE"));
}

async function copyImages() {
  for (const name of ["icons.svg", "emblem.svg"]) {
    const text = await readFile(join(here, name), "utf8");
    await writeFile(join(out, name), text.replace(/<!--.*?-->/gs, "").replace(/>\s+</g, "><").trim());
  }
}

/** Brotli bytes of a built file. */
async function weight(path) {
  return brotliCompressSync(await readFile(path)).length;
}

async function report(meta) {
  const first = new Set();
  const visit = (name) => {
    if (first.has(name)) return;
    first.add(name);
    for (const imported of meta.outputs[name].imports) if (imported.kind === "import-statement") visit(imported.path);
  };
  visit(Object.keys(meta.outputs).find((name) => name.endsWith("dist/app.js")));
  let total = 0;
  for (const name of first) total += await weight(join(root, name));
  for (const name of Object.keys(meta.outputs).sort()) {
    const mark = first.has(name) ? "first page" : "on demand";
    console.log(`${String(await weight(join(root, name))).padStart(7)} B br  ${mark}  ${name.split("dist/")[1]}`);
  }
  console.log(`${String(await weight(join(out, "app.css"))).padStart(7)} B br  first page  app.css`);
  console.log(`JavaScript of the first page: ${total} of ${BUDGET} bytes (brotli).`);
  if (total > BUDGET) process.exitCode = 1;
}

process.chdir(root);
if (process.argv.includes("--watch")) {
  await copyFonts();
  await copyImages();
  for (const options of [scripts, styles]) await (await esbuild.context(options)).watch();
  console.log("Watching frontend/ …");
} else {
  await rm(out, { recursive: true, force: true });
  await mkdir(out, { recursive: true });
  const [built] = await Promise.all([esbuild.build(scripts), esbuild.build(styles), copyFonts(), copyImages()]);
  await report(built.metafile);
}
