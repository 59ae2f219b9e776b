import { type ErrorCode, YichuangError } from '../../../contract/errors.ts';
import type { IdentityCard } from '../../../contract/identity.ts';
import type { DriverEnvironment } from '../types.ts';
import { decodeAddedAddress, decodeCard, TEXT_BYTES } from './card.ts';
import { type Command, FIND, READ_ADDRESS, READ_TEXT, RESET, type SamTimings, SELECT } from './commands.ts';
import type { Exchange, Reply } from './exchange.ts';
import { type SamStatus, statusOf } from './status.ts';

export interface CardReading {
  card: IdentityCard;
  /** The photo as the chip holds it, WLT; null when the answer carries none. Kept for as long as the reading. */
  photo: Uint8Array | null;
  /** From the first request of the round that found the card to the last byte of its record. */
  readMs: number;
}

const MAX_ROUNDS = 3;

type Outcome =
  | { kind: 'read'; reading: CardReading }
  | { kind: 'absent' }
  | { kind: 'silent' }
  | { kind: 'failed'; status: SamStatus | null; code: ErrorCode; final: boolean };

/**
 * One card from finding it to its record. Owns the line for its whole length: nothing else may be asked meanwhile.
 * A card that was lost is looked for again, at most three rounds (devices.md §1.8).
 */
export class CardTransaction {
  readonly #exchange: Exchange;
  readonly #environment: DriverEnvironment;
  readonly #timings: SamTimings;
  readonly #until: number;
  #wasReset = false;

  constructor(exchange: Exchange, environment: DriverEnvironment, timings: SamTimings) {
    this.#exchange = exchange;
    this.#environment = environment;
    this.#timings = timings;
    this.#until = environment.now() + timings.whole;
  }

  /**
   * @returns null when no card is there, which a card left lying after a good reading also looks like
   * @throws YichuangError `card-…` when a card was there and could not be read, `reader-fault`, `device-offline` when
   * the reader is silent
   */
  async run(): Promise<CardReading | null> {
    let failure: ErrorCode | null = null;
    let doubts = 0;
    for (let round = 1; round <= MAX_ROUNDS && this.#remaining() > 0; round++) {
      const outcome = await this.#round();
      if (outcome.kind === 'read') return outcome.reading;
      if (outcome.kind === 'absent') {
        if (failure === null) return null;
        throw new YichuangError('card-moved');
      }
      if (outcome.kind === 'failed') {
        this.#environment.log('card.failed', { round, code: outcome.code, sw3: outcome.status?.sw3 ?? null });
        if (outcome.final) throw new YichuangError(outcome.code);
        if (outcome.status?.doubtful) doubts += 1;
        failure = outcome.status?.doubtful && doubts < 2 ? 'card-read-failed' : outcome.code;
      }
    }
    throw new YichuangError(failure ?? 'device-offline');
  }

  async #round(): Promise<Outcome> {
    const found = await this.#ask(FIND);
    if (!found) return { kind: 'silent' };
    const findStatus = statusOf(found.frame.sw3);
    if (findStatus.class === 'no-card') return { kind: 'absent' };
    if (findStatus.class !== 'found') return this.#failed(findStatus);

    const selected = await this.#ask(SELECT);
    if (!selected) return noAnswer();
    const selectStatus = statusOf(selected.frame.sw3);
    if (selectStatus.class !== 'ok') return this.#failed(selectStatus);

    // A lost answer is asked for again before the card is looked for: a card that was read is found no more (§1.8).
    const record = (await this.#ask(READ_TEXT)) ?? (await this.#ask(READ_TEXT));
    if (!record) return noAnswer();
    const recordStatus = statusOf(record.frame.sw3);
    if (recordStatus.class !== 'ok') return this.#failed(recordStatus);

    const decoded = decodeCard(textOf(record.frame.data));
    if (!decoded.ok) {
      this.#environment.log('card.undecoded', { problem: decoded.problem });
      return { kind: 'failed', status: null, code: 'card-read-failed', final: true };
    }
    const card = await this.#withNewestAddress(decoded.card);
    const photo = photoOf(record.frame.data);
    return { kind: 'read', reading: { card, photo, readMs: record.receivedAt - found.sentAt } };
  }

  /** The added address, when there is one, is the current one. Without an answer the printed one stands. */
  async #withNewestAddress(card: IdentityCard): Promise<IdentityCard> {
    if (card.address === null) return card;
    const reply = await this.#ask(READ_ADDRESS);
    const status = reply && statusOf(reply.frame.sw3);
    if (!reply || !status || (status.class !== 'ok' && status.class !== 'empty')) {
      this.#environment.log('card.no-added-address', { sw3: status?.sw3 ?? null });
      return card;
    }
    const address = status.class === 'ok' ? decodeAddedAddress(reply.frame.data) : null;
    return address === null ? card : { ...card, address };
  }

  /** Sends again what the reader did not understand, as often as its status is worth. */
  async #ask(command: Command): Promise<Reply | null> {
    for (let sent = 1; ; sent++) {
      if (this.#remaining() <= 0) return null;
      const deadline = Math.min(this.#timings[command.deadline], this.#remaining());
      const reply = await this.#exchange.ask(command, deadline);
      if (!reply || sent > statusOf(reply.frame.sw3).resends) return reply;
    }
  }

  async #failed(status: SamStatus): Promise<Outcome> {
    const code = status.code ?? 'card-read-failed';
    if (status.reset && !this.#wasReset) {
      this.#wasReset = true;
      await this.#exchange.ask(RESET, this.#timings.status);
      return { kind: 'failed', status, code, final: false };
    }
    return { kind: 'failed', status, code, final: status.class !== 'find-again' && status.class !== 'no-card' };
  }

  #remaining(): number {
    return this.#until - this.#environment.now();
  }
}

/** The reader answered before, so it is there: the card or the line failed. */
function noAnswer(): Outcome {
  return { kind: 'failed', status: null, code: 'card-read-failed', final: false };
}

/** Lengths are taken from the answer, never assumed; a wrong one is the decoder's to refuse (devices.md §1.3). */
function textOf(data: Uint8Array): Uint8Array {
  const length = lengthAt(data, 0);
  return length === TEXT_BYTES ? data.subarray(4, 4 + length) : new Uint8Array();
}

/** The photo never keeps the text from being used (devices.md §1.7): what is not whole is not there. */
function photoOf(data: Uint8Array): Uint8Array | null {
  const from = 4 + lengthAt(data, 0);
  const photo = data.subarray(from, from + lengthAt(data, 2));
  return photo.length > 0 && photo.length === lengthAt(data, 2) ? photo : null;
}

/** u16be. */
function lengthAt(data: Uint8Array, offset: number): number {
  return ((data[offset] ?? 0) << 8) | (data[offset + 1] ?? 0);
}
