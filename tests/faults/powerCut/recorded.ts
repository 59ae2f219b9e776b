import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import path from 'node:path';
import { v7 } from 'uuid';
import { createEnrolmentCodeOffline, upsertStaffOffline } from '../../../centre/command.ts';
import { BLOB_PATH } from '../../../contract/blobs.ts';
import { enrolAnswer } from '../../../contract/sync.ts';
import { acceptanceDraft } from '../../fixtures/acceptance.ts';
import { attach, jpegWith } from '../../fixtures/attachments.ts';
import { runCommand, startCommand } from '../../fixtures/command.ts';
import { OpMaker } from '../../fixtures/opMaker.ts';
import { RpcClient } from '../../fixtures/rpcClient.ts';
import { type Deed, prepareRecorder, readRecording } from './recording.ts';

/** A terminal and a centre at work under the recorder: real processes, asked from outside. */

export interface Recording {
  deeds: Deed[];
  /** The recorded folder, as the program left it. */
  top: string;
  /** How many answers said that something is kept from now on. */
  told: number;
}

const NORMAL_SYNC = `-r ${path.join(import.meta.dirname, 'normalSync.cjs')}`;

export interface RecordOptions {
  /** An empty folder. */
  dir: string;
  synchronous: 'full' | 'normal';
  /** How often something is accepted, in each of two lives of the process. */
  cases: number;
}

/** Also synced now and then: a page of a case, which is a file of its own. */
const CASES_PER_IMAGE = 12;

function record({ dir, synchronous }: RecordOptions) {
  const top = path.join(dir, 'data');
  mkdirSync(top, { mode: 0o700 });
  const log = path.join(dir, 'recording');
  const recorder = prepareRecorder(dir, top, log);
  const env = synchronous === 'normal' ? { ...recorder, NODE_OPTIONS: NORMAL_SYNC } : recorder;
  return { top, env, finish: (told: number): Recording => ({ deeds: readRecording(log), top, told }) };
}

/** Enrolled at a real centre, then alone; accepts cases with pages, one after the other and several at once. */
export async function recordTerminal(options: RecordOptions): Promise<Recording> {
  const { dir, cases } = options;
  const recording = record(options);
  let told = 0;
  const centreDir = path.join(dir, 'centre');
  const centre = await startCommand<{ url: string }>(['centre', '--data', centreDir, '--port', '0']);
  const staff = { number: '1001', name: '王敏', roles: ['WIN' as const], password: 'Yichuang-1001' };
  await upsertStaffOffline(centreDir, staff);
  const enrolmentCode = await createEnrolmentCodeOffline(centreDir, { terminal: 'W07' });
  const config = path.join(dir, 'terminal.json');
  const terminal = { id: 'W07', role: 'window', hall: 'main', floor: 2 };
  writeFileSync(config, JSON.stringify({ terminal, hub: { url: centre.ready.url, enrolmentCode } }));
  try {
    for (const life of [1, 2]) {
      const args = ['terminal', '--config', config, '--data', recording.top, '--headless'];
      const running = await startCommand<{ rpc: string; token: string }>(args, recording.env);
      try {
        const client = await RpcClient.connect(running.ready.rpc, running.ready.token);
        await client.signIn(staff.number, staff.password);
        if (life === 1) await centre.stop();
        const accept = () => client.call('case.accept', { commandId: v7(), draft: acceptanceDraft() });
        for (let done = 0; done < cases; done += 3) {
          const [first] = await Promise.all([accept(), accept(), accept()]);
          told += 3;
          if (done % CASES_PER_IMAGE > 0) continue;
          await attach(client, jpegWith(v7(), randomBytes(40_000)), { caseId: first.id });
          told += 1;
        }
        client.close();
      } finally {
        await running.stop();
      }
    }
  } finally {
    await centre.stop();
  }
  return recording.finish(told);
}

/** Two terminals push one op after the other, and images, each from a line of its own. */
export async function recordCentre(options: RecordOptions): Promise<Recording> {
  const recording = record(options);
  const pushers: Pusher[] = [];
  for (const life of [1, 2]) {
    const args = ['centre', '--data', recording.top, '--port', '0'];
    const { ready, stop } = await startCommand<{ url: string }>(args, recording.env);
    try {
      for (const terminal of life === 1 ? ['07', '08'] : []) {
        const order = ['enrol', '--data', recording.top, '--terminal', `W${terminal}`];
        // A command beside the running centre writes into the same files: recorded as well.
        const { stdout } = await runCommand(order, '', recording.env);
        const { code } = JSON.parse(stdout) as { code: string };
        pushers.push(await Pusher.enrol(ready.url, terminal, code));
      }
      await Promise.all(pushers.map((pusher) => pusher.work(ready.url, options.cases)));
    } finally {
      await stop();
    }
  }
  return recording.finish(pushers.reduce((sum, { told }) => sum + told, 0));
}

/** Between the lengths of images. */
const STEP_BYTES = 500;

class Pusher {
  readonly #maker: OpMaker;
  readonly #token: string;
  /** Smaller than the step from one image to the next, and nobody else's. */
  readonly #own: number;
  #sent = 0;
  #images = 0;

  private constructor(maker: OpMaker, own: number, token: string) {
    this.#maker = maker;
    this.#own = own;
    this.#token = token;
  }

  static async enrol(url: string, terminal: string, code: string): Promise<Pusher> {
    const maker = new OpMaker({ name: `cut-${terminal}`, terminal });
    const body = JSON.stringify({ code, device: maker.device, terminal: `W${terminal}` });
    const answer = await ask('POST', `${url}/sync/v1/enrol`, { 'content-type': 'application/json' }, body);
    return new Pusher(maker, Number(terminal), enrolAnswer.parse(JSON.parse(answer)).token);
  }

  get told(): number {
    return this.#sent + this.#images;
  }

  async work(url: string, cases: number): Promise<void> {
    for (let done = 0; done < cases; done += 1) {
      const { stream } = this.#maker.acceptCase();
      await this.#push(url);
      if (done % CASES_PER_IMAGE === 0) await this.#sendImage(url, stream);
    }
  }

  async #push(url: string): Promise<void> {
    const { device, epoch, ops } = this.#maker;
    const body = JSON.stringify({ device, epoch, ops: ops.slice(this.#sent) });
    await this.#ask('POST', `${url}/sync/v1/push`, { 'content-type': 'application/json' }, body);
    this.#sent = ops.length;
  }

  /** By tus, whose last answer says how many bytes are there; no two images are equally long. */
  async #sendImage(url: string, stream: string): Promise<void> {
    const content = jpegWith(v7(), randomBytes(30_000 + STEP_BYTES * this.#images + this.#own));
    const sha256 = createHash('sha256').update(content).digest('hex');
    const blob = { media: 'image/jpeg' as const, sha256, bytes: content.length, width: 24, height: 16 };
    const caseId = stream.slice('case:'.length);
    const body = { caseId, material: 'M04', page: 1, blob, source: 'camera' as const };
    this.#maker.make('scan.attached', `scan:${v7()}`, body);
    await this.#push(url);
    const tus = { 'tus-resumable': '1.0.0' };
    await this.#ask('POST', url + BLOB_PATH, {
      ...tus,
      'upload-length': String(content.length),
      'upload-metadata': `sha256 ${Buffer.from(sha256).toString('base64')}`,
    });
    const type = 'application/offset+octet-stream';
    await this.#ask(
      'PATCH',
      `${url}${BLOB_PATH}/${sha256}`,
      { ...tus, 'content-type': type, 'upload-offset': '0' },
      content,
    );
    this.#images += 1;
  }

  #ask(method: string, url: string, headers: Record<string, string>, body?: string | Buffer): Promise<string> {
    return ask(method, url, { ...headers, authorization: `Bearer ${this.#token}` }, body);
  }
}

/** By the plain client: an answer in clear, as the recorder must find it. @throws Error when it is refused */
function ask(method: string, url: string, headers: Record<string, string>, body?: string | Buffer): Promise<string> {
  return new Promise((resolve, reject) => {
    const asked = request(url, { method, headers }, (answer) => {
      let text = '';
      answer.on('data', (chunk) => {
        text += chunk;
      });
      answer.on('end', () => {
        if ((answer.statusCode ?? 500) < 300) resolve(text);
        else reject(new Error(`${method} ${url}: ${answer.statusCode} ${text}`));
      });
    });
    asked.on('error', reject);
    asked.end(body);
  });
}
