import { t } from '../strings/index.ts';

const MEGABYTE = 1024 ** 2;
const GIGABYTE = 1024 ** 3;

/** Bytes in words, with one decimal while that says something. */
export function fileSize(bytes: number): string {
  if (bytes >= GIGABYTE) return t.machines.gigabytes(rounded(bytes / GIGABYTE));
  return t.machines.megabytes(rounded(bytes / MEGABYTE));
}

function rounded(value: number): string {
  return value >= 100 ? String(Math.round(value)) : value.toFixed(1);
}
