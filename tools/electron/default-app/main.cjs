// Starts the app folder named on the command line, as the default app of an official Electron does.
const { app } = require('electron');
const fs = require('node:fs');
const Module = require('node:module');
const path = require('node:path');

const args = process.argv.slice(1);
if (args.includes('-v') || args.includes('--version')) {
  process.stdout.write(`v${process.versions.electron}\n`);
  process.exit(0);
}
const preload = args.indexOf('-r');
if (preload >= 0) require(path.resolve(args.splice(preload, 2)[1]));
const folder = args.find((arg) => !arg.startsWith('-'));
if (!folder) {
  console.error('default_app: no app folder given');
  process.exit(64);
}
const dir = path.resolve(folder);
const manifest = JSON.parse(fs.readFileSync(path.join(dir, 'package.json'), 'utf8'));
app.setName(manifest.productName ?? manifest.name);
app.setVersion(manifest.version ?? '0.0.0');
if (manifest.desktopName) app.setDesktopName(manifest.desktopName);
app.setAppPath(dir);
Module._load(Module._resolveFilename(dir, module, true), module, true);
