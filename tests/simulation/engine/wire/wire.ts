import type { FastifyInstance } from 'fastify';
import type { Random } from '../random.ts';
import { type Life, runIn } from '../scope.ts';
import type { Trace } from '../trace.ts';
import type { VirtualTime } from '../virtualTime.ts';
import type { Weather } from '../weather.ts';
import { SimSocket } from './socket.ts';

/** What goes in one packet, bytes: a line may break between any two. */
const PACKET_BYTES = 1460;
/** Before what did not arrive is sent again, ms; given up after so many times. */
const AGAIN_MS = 1000;
const TRIES = 12;
/** Of the losses that a bad network has, half break a connection; the others only slow it down. */
const BREAKS = 0.5;
/** Of the damages that a bad network does, and to what: never to what is said about an image. */
const DAMAGED = 0.6;
const SMALLEST_OF_IMAGE = 300;
const START_LINE = /^(HTTP|HEAD|POST|PATCH|GET)/;
/** How long a packet takes, ms at most. */
const USUAL_MS = 6;
const SLOW_MS = 1500;

export interface WireOptions {
  time: VirtualTime;
  random: Random;
  trace: Trace;
  /** Who answers under a name. */
  hostOf: (name: string) => { app: FastifyInstance; life: Life } | undefined;
  isCut: (from: string, to: string) => boolean;
  weather: () => Weather;
  /** A program asks for something. */
  onRequest: (life: Life, request: WireRequest) => void;
}

export interface WireRequest {
  method: string;
  path: string;
  headers: Readonly<Record<string, unknown>>;
}

/**
 * Connections between machines, byte by byte: what arrives, arrives in order, late, or not at all, and either end may be gone
 * without the other one hearing of it. Scanned pages travel over these, by Node's own HTTP on both sides.
 */
export class Wire {
  /** How likely a connection breaks at each packet, in good weather too. */
  breaks = 0;
  readonly #options: WireOptions;
  readonly #open = new Set<Connection>();

  constructor(options: WireOptions) {
    this.#options = options;
  }

  noteRequest(life: Life, request: WireRequest): void {
    this.#options.onRequest(life, request);
  }

  /** @returns the near end; it breaks when nobody listens there */
  connect(life: Life, to: string): SimSocket {
    const connection: Connection = new Connection(this.#options, life, to, {
      breaks: () => this.breaks,
      onClose: () => this.#open.delete(connection),
    });
    this.#open.add(connection);
    return connection.near;
  }

  /** A program ended. Its system says so to whoever was connected, unless the power was cut: then nobody hears of it. */
  ended(life: Life, isHeard: boolean): void {
    for (const connection of [...this.#open]) connection.ended(life, isHeard);
  }
}

/** What one end sent and the other has not yet; in order. */
interface Direction {
  readonly from: SimSocket;
  readonly packets: (Buffer | null)[];
  isMoving: boolean;
}

class Connection {
  readonly near: SimSocket;
  readonly #options: WireOptions;
  readonly #to: string;
  readonly #wire: { breaks: () => number; onClose: () => void };
  #far: SimSocket | null = null;
  readonly #directions = new Map<SimSocket, Direction>();
  #isOver = false;
  /** Bytes that arrived at the far end. */
  #carried = 0;
  #isAnswered = false;

  constructor(options: WireOptions, life: Life, to: string, wire: { breaks: () => number; onClose: () => void }) {
    this.#options = options;
    this.#to = to;
    this.#wire = wire;
    this.near = this.#end(life);
    const outward = this.#directionOf(this.near);
    outward.isMoving = true;
    this.#travel(life.name, to, this.near, () => {
      this.#reach();
      outward.isMoving = false;
      this.#move(outward);
    });
  }

  /** A program at one end is gone. */
  ended(life: Life, isHeard: boolean): void {
    const end = [this.near, this.#far].find((each) => each?.life === life);
    const other = end && this.#otherOf(end);
    if (end && isHeard && other) this.#tell(end, other);
  }

  #end(life: Life): SimSocket {
    const end: SimSocket = new SimSocket(
      {
        send: (bytes) => {
          const { packets } = this.#directionOf(end);
          for (let at = 0; at < bytes.length; at += PACKET_BYTES) packets.push(bytes.subarray(at, at + PACKET_BYTES));
          this.#move(this.#directionOf(end));
        },
        finish: () => {
          this.#directionOf(end).packets.push(null);
          this.#move(this.#directionOf(end));
        },
        leave: () => this.#left(end),
      },
      life,
      this.#options.time,
    );
    this.#directions.set(end, { from: end, packets: [], isMoving: false });
    return end;
  }

  #reach(): void {
    const host = this.#options.hostOf(this.#to);
    if (!host || host.life.isOver) {
      this.#fail(this.near, 'ECONNREFUSED');
      return;
    }
    const far = this.#end(host.life);
    this.#far = far;
    runIn(host.life, () => host.app.server.emit('connection', far));
  }

  /** The next packet of a direction, when none is under way. */
  #move(direction: Direction): void {
    const { from, packets } = direction;
    const other = this.#otherOf(from);
    if (direction.isMoving || packets.length === 0 || !other || this.#isOver) return;
    direction.isMoving = true;
    const packet = this.#damaged(packets.shift() ?? null);
    const { random, weather } = this.#options;
    if (random.chance(weather().drop * BREAKS + this.#wire.breaks())) {
      this.#break();
      return;
    }
    this.#travel(from.life.name, other.life.name, from, () => {
      direction.isMoving = false;
      // Whoever sits there now knows nothing of this connection.
      if (other.life.isOver) return this.#tell(other, from);
      if (other === this.near) this.#isAnswered ||= packet === null;
      else this.#carried += packet?.length ?? 0;
      runIn(other.life, () => other.receive(packet));
      this.#move(direction);
    });
  }

  /** In the middle of an image: what its hash is for. */
  #damaged(packet: Buffer | null): Buffer | null {
    const { random, trace, weather } = this.#options;
    if (!packet || packet.length < SMALLEST_OF_IMAGE || START_LINE.test(packet.toString('latin1', 0, 8))) return packet;
    if (!random.chance(weather().damage * DAMAGED)) return packet;
    trace.count('image damaged on the way');
    const damaged = Buffer.from(packet);
    damaged[damaged.length >> 1] = (damaged[damaged.length >> 1] ?? 0) ^ 1;
    return damaged;
  }

  /** Calls `arrive` when something gets from one machine to another. */
  #travel(fromName: string, toName: string, from: SimSocket, arrive: () => void, tried = 0): void {
    const { time, random, weather, isCut } = this.#options;
    const isSlow = random.chance(weather().slow);
    const ms = tried > 0 ? AGAIN_MS : 1 + random.int(0, isSlow ? SLOW_MS : USUAL_MS);
    const look = () => {
      if (this.#isOver) return;
      if (!isCut(fromName, toName)) return arrive();
      if (tried >= TRIES) return this.#fail(from, 'ETIMEDOUT');
      this.#travel(fromName, toName, from, arrive, tried + 1);
    };
    time.after(ms, look, null);
  }

  /** Something in between has forgotten the connection: both ends hear of it, or one of them does. */
  #break(): void {
    this.#noteCut();
    const isHeardByBoth = this.#options.random.chance(0.7);
    this.#isOver = true;
    this.#destroy(this.near, 'ECONNRESET');
    if (isHeardByBoth && this.#far) this.#destroy(this.#far, 'ECONNRESET');
    this.#wire.onClose();
  }

  /** One end closed before everything was said: the other one hears of it, if it can be heard. */
  #left(end: SimSocket): void {
    const other = this.#otherOf(end);
    if (this.#isOver || !other || other.destroyed || other.life.isOver) {
      this.#close();
      return;
    }
    // What was said before it went still arrives.
    if (end.writableFinished) return;
    this.#tell(end, other);
  }

  #tell(gone: SimSocket, other: SimSocket): void {
    this.#travel(gone.life.name, other.life.name, gone, () => this.#fail(other, 'ECONNRESET'));
  }

  #fail(end: SimSocket, code: string): void {
    if (!this.#isOver && code !== 'ECONNREFUSED') this.#noteCut();
    this.#close();
    this.#destroy(end, code);
  }

  #destroy(end: SimSocket, code: string): void {
    if (end.destroyed || end.life.isOver) return;
    runIn(end.life, () => end.destroy(Object.assign(new Error(code), { code })));
  }

  #close(): void {
    this.#isOver = true;
    this.#wire.onClose();
  }

  #noteCut(): void {
    if (this.#carried > 0 && !this.#isAnswered) this.#options.trace.count('image transfer cut');
  }

  #otherOf(end: SimSocket): SimSocket | null {
    return end === this.near ? this.#far : this.near;
  }

  #directionOf(end: SimSocket): Direction {
    const direction = this.#directions.get(end);
    if (!direction) throw new Error('an end of another connection');
    return direction;
  }
}
