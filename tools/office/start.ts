import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { INSIDE_TERMINAL } from '../../centre/http/insideDoor.ts';
import type { Centre } from '../../centre/options.ts';
import { parseJsonc } from '../../contract/jsonc.ts';
import { isLoopback, namesOf, urlOf } from '../../link/address.ts';
import { SupervisedChild } from '../../link/supervisedChild.ts';
import { COMMAND, PAGES_DIR } from '../commands/installation.ts';
import { type OfficeStart, officeAddress } from './protocol.ts';

const HALL = 'main';
const START_DEADLINE_MS = 30_000;

/** The running centre, and where it is reached from this machine. */
type OwnCentre = Pick<Centre, 'createEnrolmentCode'> & { ownUrl: string };

export interface OfficeOptions {
  /** Data of the centre; the office's own lie in `office` below it. */
  data: string;
  /** Absent: no back office, screens only. */
  officePort?: number | undefined;
  officeHost: string;
  /** Serves the calling screens to the browsers of TVs; absent: none. 0 picks a free port. */
  screenPort?: number | undefined;
  screenHost: string;
  /** Further names under which browsers may call. */
  officeName?: string[];
  officeCert?: string;
  officeKey?: string;
  /** Of the centre itself: pages and screens show it too, unless the pages have a certificate of their own. */
  tlsCert?: string | undefined;
  tlsKey?: string | undefined;
  officeInsecure?: boolean;
  officePages?: string;
  /** JSON: `agency`, `hours`, `lockAfterMinutes`, `reloginAfterMinutes` as in a terminal's configuration. */
  officeConfig?: string;
  officeDemo?: boolean;
}

export interface Office {
  /** Of the back office. */
  url: string | null;
  /** Of the calling screens. */
  screenUrl: string | null;
  stop(): Promise<void>;
}

/**
 * Starts the back office for browsers, the calling screens for TVs, or both, beside a running centre, and keeps them running.
 * @throws Error when what was asked for is not safe, or the process does not come up
 */
export async function startOffice(centre: OwnCentre, options: OfficeOptions): Promise<Office> {
  const tls = readTls(options);
  const { officeHost: host } = options;
  refuseOpenNetwork(host, tls !== null, options.officeInsecure ?? false);
  const pagesDir = path.resolve(options.officePages ?? PAGES_DIR);
  if (!existsSync(path.join(pagesDir, 'index.html'))) throw new Error(`there are no pages in ${pagesDir}`);
  const names = namesOf(host, options.officeName ?? []);
  const settings = readSettings(options.officeConfig);
  const { tlsCert, tlsKey } = options;
  const screenTls = tlsCert && tlsKey ? { cert: path.resolve(tlsCert), key: path.resolve(tlsKey) } : undefined;
  let port = options.officePort ?? null;
  let tvPort = options.screenPort ?? null;

  /** Anew for every start: the one-time code is spent by the first exchange with the centre. */
  const start = async (): Promise<OfficeStart> => ({
    configText: JSON.stringify({
      ...settings,
      terminal: { id: INSIDE_TERMINAL, role: 'backoffice', hall: HALL, floor: 1 },
      ...(tvPort !== null && { screen: { tv: { host: options.screenHost, port: tvPort, tls: screenTls } } }),
      hub: {
        url: centre.ownUrl,
        enrolmentCode: await centre.createEnrolmentCode({ terminal: INSIDE_TERMINAL, hall: HALL }),
      },
    }),
    dataDir: path.join(path.resolve(options.data), 'office'),
    pagesDir,
    host,
    port,
    names,
    tls,
    demo: options.officeDemo ?? false,
  });

  let lastWords = '';
  const first = Promise.withResolvers<never>();
  first.promise.catch(() => {});
  const child = new SupervisedChild({
    name: 'office',
    entry: COMMAND,
    execPath: process.execPath,
    args: ['office'],
    start,
    startDeadlineMs: START_DEADLINE_MS,
    onState: (state) => {
      if (state !== 'restarting') return;
      first.reject(new Error(`the office pages did not start: ${lastWords}`));
      process.stderr.write('the process of the office pages ended; it is started again\n');
    },
    onLog: (line) => {
      lastWords = line;
      process.stderr.write(`${line}\n`);
    },
  });
  try {
    const asked = child.call('address', {}, START_DEADLINE_MS);
    const address = officeAddress.parse(await Promise.race([asked, first.promise]));
    if (tvPort !== null && address.tvPort === 0) throw new Error(`the port ${tvPort} for screens is taken`);
    // After a restart the pages are found at the same address.
    if (port !== null) ({ port } = address);
    if (tvPort !== null) ({ tvPort } = address);
  } catch (error) {
    await child.stop();
    throw error;
  }
  const [screenName = options.screenHost] = namesOf(options.screenHost, []);
  return {
    url: port === null ? null : urlOf(tls ? 'https' : 'http', names[0] ?? host, port),
    screenUrl: tvPort === null ? null : `${urlOf(screenTls ? 'https' : 'http', screenName, tvPort)}/screen`,
    stop: () => child.stop(),
  };
}

function readTls({ officeCert, officeKey, tlsCert, tlsKey }: OfficeOptions): { cert: string; key: string } | null {
  if ((officeCert === undefined) !== (officeKey === undefined))
    throw new Error('--office-cert and --office-key belong together');
  const [cert, key] = [officeCert ?? tlsCert, officeKey ?? tlsKey];
  if (cert === undefined || key === undefined) return null;
  return { cert: readFileSync(cert, 'utf8'), key: readFileSync(key, 'utf8') };
}

/** Passwords and identity numbers would cross the network in clear. */
function refuseOpenNetwork(host: string, isSecure: boolean, isWanted: boolean): void {
  if (isSecure || isLoopback(host)) return;
  if (!isWanted) {
    throw new Error(
      `${host} is reached from the network, and plain HTTP would carry passwords and identity numbers in clear: ` +
        'give --office-cert and --office-key, or --office-insecure if you must',
    );
  }
  console.error(
    `!!! INSECURE: the office pages on ${host} use plain HTTP. Passwords and identity numbers can be read and changed ` +
      'by everybody on the network. Give --office-cert and --office-key.',
  );
}

function readSettings(file: string | undefined): object {
  if (file === undefined) return {};
  const { value: settings, problems } = parseJsonc(readFileSync(file, 'utf8'));
  const [first] = problems;
  if (first) throw new Error(`${file}: ${first.path}: ${first.message}`);
  if (typeof settings !== 'object' || settings === null || Array.isArray(settings))
    throw new Error(`${file}: expected a JSON object`);
  return settings;
}
