import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { NIL, parse, stringify } from 'uuid';
import type { RatingLinkRequest } from '../../contract/rating.ts';

/** What a phone may rate, and until when: all that its answer needs, so that the hub keeps nothing of an offer. */
export interface Invitation extends RatingLinkRequest {
  hall: string;
  /** Of the window. */
  terminal: string;
  /** Milliseconds since 1970, UTC. */
  until: number;
}

const CIPHER = 'aes-256-gcm';
const NONCE = 12;
const TAG = 16;
const UUID = 16;
const IDS = 3 * UUID;
const HEAD = IDS + 4;
const BETWEEN = '\n';

/**
 * Invitations as words of an address. They are sealed, not only signed: the number of a case or a clerk stands in no
 * address, no history of a browser and no picture of the code.
 */
export class InvitationSeal {
  readonly #key: Buffer;

  /** @param keyHex of the data; the key of the invitations is derived from it, and lives as long */
  constructor(keyHex: string) {
    this.#key = Buffer.from(hkdfSync('sha256', Buffer.from(keyHex, 'hex'), '', 'yichuang/rating-link', 32));
  }

  close({ id, ticketId, caseId, until, number, about, clerk, terminal, hall }: Invitation): string {
    const head = Buffer.alloc(HEAD);
    for (const [index, each] of [id, ticketId, caseId ?? NIL].entries()) head.set(parse(each), index * UUID);
    head.writeUInt32BE(Math.floor(until / 1000), IDS);
    const nonce = randomBytes(NONCE);
    const cipher = createCipheriv(CIPHER, this.#key, nonce);
    const words = [number, about, clerk, terminal, hall].join(BETWEEN);
    const sealed = [cipher.update(head), cipher.update(words, 'utf8'), cipher.final()];
    return Buffer.concat([nonce, ...sealed, cipher.getAuthTag()]).toString('base64url');
  }

  /** @returns null for what was not sealed with this key */
  open(token: string): Invitation | null {
    const all = Buffer.from(token, 'base64url');
    if (all.length < NONCE + HEAD + TAG) return null;
    const decipher = createDecipheriv(CIPHER, this.#key, all.subarray(0, NONCE));
    decipher.setAuthTag(all.subarray(all.length - TAG));
    let plain: Buffer;
    try {
      plain = Buffer.concat([decipher.update(all.subarray(NONCE, all.length - TAG)), decipher.final()]);
    } catch {
      return null;
    }
    const [id, ticketId, caseId] = [0, UUID, 2 * UUID].map((at) => stringify(plain, at)) as [string, string, string];
    const words = plain.toString('utf8', HEAD).split(BETWEEN) as [string, string, string, string, string];
    const [number, about, clerk, terminal, hall] = words;
    const until = plain.readUInt32BE(IDS) * 1000;
    return { id, ticketId, caseId: caseId === NIL ? null : caseId, until, number, about, clerk, terminal, hall };
  }
}
