/*
 * Makes a fresh clone ready to run, and does nothing where everything is there. npm calls it before `npm start`,
 * `npm test` and `npm run server`. Plain JavaScript without packages, since at first there are none, and for Node 20,
 * since the Node that the project needs is itself one of the packages.
 *
 *   --packages   only what `npm ci` installs
 *   --tests      a Firefox and a TURN server too, for the end-to-end tests
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

class CannotGoOn extends Error {}

const NODE_NEEDED = [22, 18];
const bundledNode = `node_modules/node/bin/node${process.platform === 'win32' ? '.exe' : ''}`;
const asked = new Set(process.argv.slice(2));

process.chdir(fileURLToPath(new URL('../..', import.meta.url)));
try {
  preparePackages();
  if (!asked.has('--packages')) {
    prepareTypes();
    await prepareChromium();
    if (asked.has('--tests')) {
      prepareFirefox();
      prepareTurnServer();
    }
  }
} catch (error) {
  if (!(error instanceof CannotGoOn)) throw error;
  console.error(`\n${error.message}`);
  process.exitCode = 1;
}

function preparePackages() {
  if (!packagesAreThere()) {
    say('Installing the packages (about half a minute, once) …');
    const npm = process.env.npm_execpath;
    const arguments_ = ['ci', '--loglevel=error', '--no-audit', '--no-fund'];
    const done = npm ? run(process.execPath, [npm, ...arguments_]) : run('npm', arguments_);
    if (!done) stop('The packages could not be installed: check the network connection and run this again.');
  }
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const recent = major > NODE_NEEDED[0] || (major === NODE_NEEDED[0] && minor >= NODE_NEEDED[1]);
  if (!recent && !existsSync(bundledNode)) {
    stop(
      `Node ${NODE_NEEDED.join('.')} or later is needed: install one, or let npm fetch it by "npm ci --ignore-scripts=false".`,
    );
  }
}

/** Whether node_modules holds the very versions of package-lock.json; both are lists of the same shape. */
function packagesAreThere() {
  if (!existsSync('node_modules/.package-lock.json')) return false;
  const wanted = JSON.parse(readFileSync('package-lock.json', 'utf8')).packages;
  const present = JSON.parse(readFileSync('node_modules/.package-lock.json', 'utf8')).packages;
  return Object.entries(wanted).every(([path, { version, optional, dev, link }]) => {
    if (path === '' || link) return true;
    if (path in present) return present[path].version === version;
    return optional || (dev && asked.has('--packages'));
  });
}

/** wxt writes the tsconfig that ours extends. */
function prepareTypes() {
  const written = '.wxt/tsconfig.json';
  if (existsSync(written) && statSync(written).mtimeMs > statSync('wxt.config.ts').mtimeMs) return;
  const node = existsSync(bundledNode) ? bundledNode : process.execPath;
  if (!run(node, ['node_modules/wxt/bin/wxt.mjs', 'prepare'])) {
    stop('"wxt prepare" failed: see its words above, and wxt.config.ts.');
  }
}

/** Branded Chrome is no use: since version 137 it ignores --load-extension. */
async function prepareChromium() {
  const named = process.env.STREAMSYNC_CHROMIUM;
  if (named) {
    if (existsSync(named)) return;
    stop(`STREAMSYNC_CHROMIUM names ${named}, where nothing is: correct it or unset it.`);
  }
  if (['/usr/bin/chromium', '/usr/bin/chromium-browser'].some(existsSync)) return;
  const { chromium } = await import('playwright');
  if (existsSync(chromium.executablePath())) return;

  say('Installing Chromium (once) …');
  if (installPackage('chromium') && existsSync('/usr/bin/chromium')) return;
  const withLibraries = process.platform === 'linux' && isRoot() ? ['--with-deps'] : [];
  const install = ['node_modules/playwright/cli.js', 'install', ...withLibraries, '--no-shell', 'chromium'];
  if (run(process.execPath, install)) return;
  stop(
    'No Chromium could be installed: install one (Debian: sudo apt-get install chromium) or set STREAMSYNC_CHROMIUM to its path.',
  );
}

function prepareFirefox() {
  const named = process.env.STREAMSYNC_FIREFOX;
  if (named) {
    if (existsSync(named)) return;
    stop(`STREAMSYNC_FIREFOX names ${named}, where nothing is: correct it or unset it.`);
  }
  const usual = [
    '/usr/bin/firefox-esr',
    '/usr/bin/firefox',
    '/Applications/Firefox.app/Contents/MacOS/firefox',
  ];
  if (usual.some(existsSync)) return;
  say('Installing Firefox (once) …');
  if (installPackage('firefox-esr') && existsSync('/usr/bin/firefox-esr')) return;
  stop(
    'No Firefox could be installed: install one (Debian: sudo apt-get install firefox-esr) or set STREAMSYNC_FIREFOX to its path.',
  );
}

/** Coturn: the call is tested through it, with the direct ways blocked. */
function prepareTurnServer() {
  if (['/usr/bin/turnserver', '/usr/local/bin/turnserver', '/opt/homebrew/bin/turnserver'].some(existsSync))
    return;
  say('Installing coturn (once) …');
  if (installPackage('coturn') && existsSync('/usr/bin/turnserver')) return;
  stop(
    'No coturn could be installed: install it (Debian: sudo apt-get install coturn; macOS: brew install coturn).',
  );
}

/** By Debian's and Ubuntu's package manager, where we may. */
function installPackage(name) {
  if (!isRoot() || !existsSync('/usr/bin/apt-get')) return false;
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  return (
    run('apt-get', ['update'], env) && run('apt-get', ['install', '-y', '--no-install-recommends', name], env)
  );
}

function isRoot() {
  return process.getuid?.() === 0;
}

/** Silent, unless it fails: then with the last of what it said. */
function run(command, arguments_, env = process.env) {
  const done = spawnSync(command, arguments_, {
    env,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    maxBuffer: 2 ** 26,
  });
  if (done.status === 0) return true;
  const said = done.error ? done.error.message : done.stdout + done.stderr;
  console.error(said.trim().split('\n').slice(-15).join('\n'));
  return false;
}

function say(line) {
  console.log(line);
}

function stop(sentence) {
  throw new CannotGoOn(sentence);
}
