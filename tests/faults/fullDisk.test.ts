import { closeSync, mkdirSync, openSync, rmSync, symlinkSync, writeSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { mountSmallDisk } from '../fixtures/smallDisk.ts';
import { CentreServer, isOnServer, startCentreServer } from './centreServer.ts';
import { fastFolder } from './folders.ts';
import { openFaultHall } from './hall.ts';
import { COMMAND, type Mortal } from './machines.ts';
import { expectOnceAtCentre } from './settled.ts';
import { Kiosk, WindowClerk } from './work.ts';

/**
 * The disk of a terminal, of a hub, of a centre or of its database server is full to the last page while people work,
 * records and images alike; the power fails on it, somebody makes room, and it goes on: nothing that was told is lost, and
 * nothing is there twice.
 */

const DISK_MEGABYTES = 48;
/** A new server takes some 60 of it. */
const SERVER_DISK_MEGABYTES = 160;
const VICTIMS = isOnServer ? (['centre', 'server'] as const) : (['W07', 'hub', 'centre'] as const);

let folder: ReturnType<typeof fastFolder>;
beforeAll(() => {
  folder = fastFolder();
});
afterAll(() => folder.remove());

/** In the words of whoever felt it. */
const NO_ROOM = /SQLITE_FULL|ENOSPC|disk is full|"busy"|No space left on device/;
const WAIT = { timeout: 120_000, interval: 50 };

test.each([...VICTIMS])(
  'the disk of %s is full',
  async (name) => {
    const disk = mountSmallDisk(name === 'server' ? SERVER_DISK_MEGABYTES : DISK_MEGABYTES);
    const dir = path.join(folder.dir, name);
    mkdirSync(dir);
    symlinkSync(disk.dir, path.join(dir, name));
    const ballast = path.join(disk.dir, 'ballast');
    const server = name === 'server' ? new CentreServer(disk.dir) : startCentreServer();
    const hall = await openFaultHall(dir, COMMAND, { database: server?.url });
    const terminal = await hall.terminal('W07');
    const clerk = new WindowClerk(terminal);
    const machines: Mortal[] = [terminal, hall.hub, hall.centre, ...(server ? [server] : [])];
    const { victim, log } = {
      W07: { victim: terminal, log: () => terminal.log },
      hub: { victim: hall.hub, log: () => hall.hub.log },
      centre: { victim: hall.centre, log: () => hall.centre.log },
      server: { victim: server as Mortal, log: () => server?.postgres.log() ?? '' },
    }[name];
    try {
      await terminal.start();
      await clerk.acceptWithPage();
      const kiosk = await Kiosk.enrol(hall.hubUrl, await hall.codeFor('K01'), 'K01');
      await kiosk.openHall();
      await kiosk.take();

      fill(ballast);
      const underWay = [clerk.acceptWithPage(), clerk.acceptWithPage(), kiosk.take(), kiosk.take()];
      for (let more = 0; more < 20; more += 1)
        underWay.push(
          clerk.accept().then(() => {}),
          kiosk.take(),
        );
      const work = Promise.all(underWay);
      work.catch(() => {});
      // The last free page of the log it writes into may hold a few.
      const isFelt = () => clerk.refusedForRoom > 0 || NO_ROOM.test(log());
      await expect.poll(isFelt, WAIT).toBe(true);
      await victim.kill();
      rmSync(ballast);
      await victim.start();

      await work;
      await expectOnceAtCentre(hall, new Map([['W07', clerk]]), kiosk);
      expect(machines.filter(({ crash }) => crash !== null)).toEqual([]);
    } finally {
      clerk.close();
      for (const machine of machines) await machine.stop();
      disk.unmount();
    }
  },
  600_000,
);

/** Somebody else's file takes all that is left, while others write too. */
function fill(file: string): void {
  const handle = openSync(file, 'w');
  try {
    for (const bytes of [1024 * 1024, 4096]) writeUntilFull(handle, Buffer.alloc(bytes, 1));
  } finally {
    closeSync(handle);
  }
}

function writeUntilFull(handle: number, piece: Buffer): void {
  try {
    for (;;) writeSync(handle, piece);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
  }
}
