// Bundles every entry of src/ into one ES module each; shared code goes into chunks. Usage: node build.mjs OUTPUT-FOLDER
import { readdir, rm, mkdir } from "node:fs/promises";
import { build } from "esbuild";

const [output] = process.argv.slice(2);
const entries = (await readdir("src", { withFileTypes: true })).filter((one) => one.isFile() && one.name.endsWith(".js")).map((one) => `src/${one.name}`);
await rm(output, { recursive: true, force: true });
await mkdir(output, { recursive: true });
await build({ entryPoints: entries, bundle: true, format: "esm", splitting: true, minify: true, legalComments: "none", target: "es2022", outdir: output, chunkNames: "chunk-[hash]", logLevel: "warning" });
