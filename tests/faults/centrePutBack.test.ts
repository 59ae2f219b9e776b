import { mkdtempSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { BlobStore } from '../../blob/store.ts';
import { loadKeyFile } from '../../centre/store/keyFile.ts';
import type { Finding } from '../../contract/finding.ts';
import { runCommand } from '../fixtures/command.ts';
import { isOnServer } from './centreServer.ts';
import { fastFolder } from './folders.ts';
import { openFaultHall } from './hall.ts';
import { COMMAND } from './machines.ts';
import { promoteStandby, restoreDump, restoreFromArchive } from './putBack/postgres.ts';
import { restoreDamaged, restoreOnNewDisk } from './putBack/sqlite.ts';
import type { Places, PutBack } from './putBack/way.ts';
import { expectAllTold } from './settled.ts';
import { Kiosk, WindowClerk } from './work.ts';

/**
 * The data of a centre are lost, and put back by the book (docs/operations.md): a window at the hub of its hall and one that
 * has nobody but the centre send again what it lacks, and it is there once, under a new epoch of the centre.
 */

let folder: ReturnType<typeof fastFolder>;
beforeAll(() => {
  folder = fastFolder();
});
afterAll(() => folder.remove());

const WAYS: readonly (readonly [name: string, make: (places: Places) => PutBack])[] = isOnServer
  ? [
      ['its database is gone, and the dump of the night is read into a new one', restoreDump],
      ['its server is gone, and another one made of the base backup and the archived log', restoreFromArchive],
      ['its server is killed, and the standby promoted', promoteStandby],
    ]
  : [
      ['its file is damaged, and the newest backup put back', restoreDamaged],
      ['its disk is lost, and the newest backup put on a new one beside its keys', restoreOnNewDisk],
    ];
const WAIT = { timeout: 120_000, interval: 100 };

test.each(WAYS)(
  '%s',
  async (_name, make) => {
    const dir = mkdtempSync(path.join(folder.dir, 'hall-'));
    const backups = mkdtempSync(path.join(folder.dir, 'backups-'));
    const way = make({ backups, open: path.dirname(folder.dir) });
    const url = way.open();
    const hall = await openFaultHall(dir, COMMAND, { database: url });
    const centreDir = path.join(dir, 'centre');
    const [atHub, alone] = [await hall.terminal('W07'), await hall.terminal('W08', (await hall.centre.ready).url)];
    const clerks = new Map([
      ['W07', new WindowClerk(atHub)],
      ['W08', new WindowClerk(alone)],
    ]);
    const machines = [atHub, alone, hall.hub, hall.centre];
    const kiosk = await Kiosk.enrol(hall.hubUrl, await hall.codeFor('K01'), 'K01');
    const work = async () => {
      for (const clerk of clerks.values()) {
        await clerk.acceptWithPage();
        await clerk.accept();
        await kiosk.take();
      }
      await settle();
    };
    /** Everything is at the centre. */
    const settle = async () => {
      for (const clerk of clerks.values())
        await expect
          .poll(async () => {
            const { waitingOps, heldOps, images } = await clerk.syncStatus();
            return { waitingOps, heldOps, images };
          }, WAIT)
          .toEqual({ waitingOps: 0, heldOps: 0, images: 0 });
      await expect.poll(() => hall.atCentre('ticket.taken').length, WAIT).toBe(kiosk.taken.length);
    };
    /** Receipts were given for what the centre lacked: it says so until somebody has looked. */
    const settleContradictions = async () => {
      const findings = (await hall.findings([...clerks.keys()])) as Finding[];
      const contradicted = findings.filter(({ code }) => code === 'cut-below-receipt');
      if (way.losesSome) expect(contradicted).not.toEqual([]);
      for (const { detail } of contradicted) {
        const [device = ''] = detail.split('/');
        const where = url === undefined ? [] : ['--database-url-file', path.join(dir, 'database-url')];
        const { code, stderr } = await runCommand(['devices', '--data', centreDir, '--settled', device, ...where]);
        expect({ code, stderr }).toMatchObject({ code: 0 });
      }
    };
    try {
      await Promise.all([atHub.start(), alone.start()]);
      await kiosk.openHall();
      await work();
      await way.backUp(centreDir);
      await work();
      way.keep();
      await work();
      const before = hall.centreState();
      await hall.centre.kill();
      way.lose(centreDir);
      for (const clerk of clerks.values()) await clerk.accept();
      if (way.refused) await expect(hall.centre.start()).rejects.toThrow(way.refused);
      const moved = await way.putBack(centreDir);
      if (moved !== undefined) hall.moveDatabase(moved);
      const { ops } = hall.centreState();
      if (way.losesSome) expect(ops).toBeLessThan(before.ops);
      else expect(ops).toBe(before.ops);

      await hall.centre.start();
      await expectAllTold(hall, clerks, kiosk);
      await settleContradictions();
      expect(await hall.findings([...clerks.keys()])).toEqual([]);
      expect(hall.centreState().epoch).toBeGreaterThan(before.epoch);
      expect(hall.centreState().ops).toBeGreaterThanOrEqual(before.ops);
      // What a new disk lacks of the images is found when the window is started, at the latest on the next day.
      for (const terminal of [atHub, alone]) {
        await terminal.stop();
        await terminal.start();
      }
      const images = new BlobStore({ dir: centreDir, keyHex: loadKeyFile(centreDir, false) });
      const attached = [...clerks.values()].flatMap((clerk) => [...clerk.attached]);
      const found = async () => Promise.all(attached.map((sha256) => images.check(sha256)));
      await expect.poll(found, WAIT).toEqual(attached.map(() => 'good'));
    } finally {
      for (const clerk of clerks.values()) clerk.close();
      for (const machine of machines) await machine.stop();
      way.close();
    }
  },
  600_000,
);
