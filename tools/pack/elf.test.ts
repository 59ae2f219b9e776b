import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { versionNeeds } from './elf.ts';

describe('what a binary asks of the system', () => {
  it('is what readelf says of the bundled Node, 24.21.0', () => {
    if (process.platform !== 'linux') return;
    expect(versionNeeds(readFileSync(process.execPath))).toEqual({ glibc: '2.28', glibcxx: '3.4.21' });
  });

  it('is unknown of anything but an ELF file', () => {
    expect(versionNeeds(Buffer.from('#!/bin/sh\n'.repeat(20)))).toBeNull();
    expect(versionNeeds(Buffer.alloc(0))).toBeNull();
  });
});
