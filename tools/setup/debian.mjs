// @ts-check
import { run } from './command.mjs';
import { longStep, say } from './progress.mjs';

/**
 * Debian packages by purpose, the only such list. Each entry names one package; several names are the same library
 * before and after the 64-bit time change of Debian 13, of which one is enough.
 * @type {Record<'window' | 'display' | 'test', { why: string, packages: readonly (readonly string[])[] }>}
 */
export const DEBIAN = {
  window: {
    why: 'libraries of the Electron window, and a font with Chinese characters',
    packages: [
      ['libgtk-3-0t64', 'libgtk-3-0'],
      ['libnss3'],
      ['libgbm1'],
      ['libasound2t64', 'libasound2'],
      ['libatk-bridge2.0-0t64', 'libatk-bridge2.0-0'],
      ['libcups2t64', 'libcups2'],
      ['libdrm2'],
      ['libxkbcommon0'],
      ['fonts-noto-cjk'],
    ],
  },
  display: { why: 'a display that needs no screen', packages: [['xvfb'], ['xauth']] },
  test: {
    why: 'serial ports in pairs, keys pressed over other programs, a serial device server, a printer queue, a voice, a database server, and independent readers of bar codes, PDF, sound, ESC/P, RFC 2217, Modbus and Prometheus',
    packages: [
      ['socat'],
      ['xdotool'],
      ['zbar-tools'],
      ['poppler-utils'],
      ['ghostscript'],
      ['cups-daemon'],
      ['sox'],
      ['espeak-ng'],
      ['ser2net'],
      ['python3-serial'],
      ['python3-prometheus-client'],
      ['mbpoll'],
      ['postgresql'],
      ['libmodbus-dev'],
      ['gcc'],
      ['libc6-dev'],
    ],
  },
};

/** @typedef {keyof typeof DEBIAN} Purpose */

/**
 * @param {'start' | 'test'} command
 * @param {readonly string[]} args
 * @returns {Purpose[]}
 */
export function purposesOf(command, args) {
  if (command === 'test') return ['window', 'display', 'test'];
  return args.includes('--check') ? ['window', 'display'] : ['window'];
}

/**
 * @param {readonly Purpose[]} purposes
 * @param {ReadonlySet<string>} installed
 * @returns {(readonly string[])[]} entries of which no name is installed
 */
export function missingPackages(purposes, installed) {
  return purposes
    .flatMap((purpose) => DEBIAN[purpose].packages)
    .filter((names) => !names.some((name) => installed.has(name)));
}

/**
 * @param {string} text output of `dpkg-query -W -f '${db:Status-Abbrev} ${Package}\n'`
 * @returns {Set<string>}
 */
export function parseInstalled(text) {
  return new Set(
    text
      .split('\n')
      .map((line) => /^.i\S*\s+(\S+)/.exec(line)?.[1])
      .filter((name) => name !== undefined),
  );
}

/**
 * The first name of each entry that this release of Debian can install; the last one when it knows none.
 * @param {readonly (readonly string[])[]} missing
 * @param {string} policy output of `apt-cache policy`
 * @returns {string[]}
 */
export function chooseNames(missing, policy) {
  const offered = new Set();
  let name = '';
  for (const line of policy.split('\n')) {
    name = /^(\S+):$/.exec(line)?.[1] ?? name;
    const candidate = /^\s+Candidate:\s+(\S+)/.exec(line)?.[1];
    if (candidate && candidate !== '(none)') offered.add(name);
  }
  return missing.map((names) => names.find((each) => offered.has(each)) ?? names.at(-1) ?? '');
}

/**
 * Installs what is missing when that is possible, and says what to type when it is not. Never fails the command: what
 * needs the packages says so itself.
 * @param {readonly Purpose[]} purposes
 */
export async function ensureDebianPackages(purposes) {
  if (process.platform !== 'linux') return;
  const status = await run('dpkg-query', ['-W', '-f', `\${db:Status-Abbrev} \${Package}\\n`]).catch(() => null);
  if (status === null) {
    say('· This is not Debian: the system libraries of Electron are taken as they are.');
    return;
  }
  const missing = missingPackages(purposes, parseInstalled(status));
  if (missing.length === 0) return;
  if (process.getuid?.() !== 0) {
    const names = chooseNames(missing, await policyOf(missing));
    say(`· System packages are missing and only root can install them. Going on without. To install them:`);
    say(`    sudo apt-get install --no-install-recommends ${names.join(' ')}`);
    return;
  }
  try {
    const why = purposes.map((purpose) => DEBIAN[purpose].why).join('; ');
    await longStep({ what: `Installing ${missing.length} system packages`, why, usually: '10 to 60 seconds' }, () =>
      install(missing),
    );
  } catch (error) {
    say(`· System packages could not be installed; going on without. ${error instanceof Error ? error.message : ''}`);
  }
}

/** @param {readonly (readonly string[])[]} missing */
async function install(missing) {
  const options = ['-o', 'DPkg::Lock::Timeout=400', '-q'];
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C' };
  await run('apt-get', [...options, 'update'], { env });
  const names = chooseNames(missing, await policyOf(missing));
  say(`  ${names.join(' ')}`);
  await run('apt-get', [...options, 'install', '-y', '--no-install-recommends', ...names], { env });
}

/** @param {readonly (readonly string[])[]} missing */
function policyOf(missing) {
  return run('apt-cache', ['policy', ...missing.flat()], { env: { ...process.env, LC_ALL: 'C' } }).catch(() => '');
}
