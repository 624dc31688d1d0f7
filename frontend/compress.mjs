// Writes .br and .gz beside every compressible file of a directory (the collected static files): node frontend/compress.mjs staticfiles
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";

const COMPRESSIBLE = /\.(css|js|mjs|svg|json|html|txt)$/;
const BIG = 300 * 1024; // above this, brotli 11 takes seconds for a few bytes
const brotli = promisify(brotliCompress);
const zip = promisify(gzip);

const directory = process.argv[2];
if (!directory) {
  console.error("Say which directory to compress: node frontend/compress.mjs staticfiles");
  process.exit(2);
}
const entries = await readdir(directory, { recursive: true, withFileTypes: true });
const files = entries.filter((entry) => entry.isFile() && COMPRESSIBLE.test(entry.name)).map((entry) => join(entry.parentPath ?? entry.path, entry.name));
for (const file of files) {
  const bytes = await readFile(file);
  if (bytes.length < 256) continue;
  const quality = bytes.length > BIG ? 9 : 11;
  const [br, gz] = await Promise.all([
    brotli(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: quality } }),
    zip(bytes, { level: 9 }),
  ]);
  await Promise.all([writeFile(`${file}.br`, br), writeFile(`${file}.gz`, gz)]);
}
console.log(`Compressed ${files.length} files in ${directory}.`);
