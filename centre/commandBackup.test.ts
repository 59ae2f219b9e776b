import { Writable } from 'node:stream';
import pino from 'pino';
import { beforeEach, expect, test } from 'vitest';
import { type BackupOptions, readBackup } from './commandBackup.ts';

const CENTRE = { data: '/data', isRelay: false, isOnServer: false };
let said: string;
beforeEach(() => {
  said = '';
});
const log = pino(
  new Writable({
    write(chunk, _encoding, done) {
      said += String(chunk);
      done();
    },
  }),
);
const read = (options: BackupOptions, place = CENTRE) => readBackup(options, place, log);

test('every hour and for a week, unless it is said otherwise', () => {
  expect(read({ backupTo: '/second' })).toEqual({ folder: '/second', everyMinutes: 60, days: 7 });
  expect(read({ backupTo: '/second', backupMinutes: 15, backupDays: 30 })).toMatchObject({
    everyMinutes: 15,
    days: 30,
  });
  expect(said).toBe('');
});

test('what makes no sense is refused', () => {
  for (const backupMinutes of [0, 1.5, 1441, Number.NaN])
    expect(() => read({ backupTo: '/second', backupMinutes })).toThrow('--backup-minutes');
  for (const backupDays of [0, 367, Number.NaN])
    expect(() => read({ backupTo: '/second', backupDays })).toThrow('--backup-days');
  expect(() => read({ backupTo: '/data/' })).toThrow('--backup-to');
  expect(() => read({ backupTo: '/second' }, { ...CENTRE, isRelay: true })).toThrow('a hub is not backed up');
});

test('what is not backed up from here is said, but of a hub', () => {
  expect(read({})).toBeUndefined();
  expect(said).toContain('--backup-to');
  expect(read({ backupTo: '/second' }, { ...CENTRE, isOnServer: true })).toMatchObject({ folder: '/second' });
  expect(said).toContain('pg_basebackup');
  said = '';
  expect(read({}, { ...CENTRE, isRelay: true })).toBeUndefined();
  expect(said).toBe('');
});
