/** Whether an error says that the disk, or this user's part of it, is full: nothing of what was to be written is there. */
export function isFullDisk(error: unknown): boolean {
  const { code } = error as { code?: unknown };
  return code === 'SQLITE_FULL' || code === 'ENOSPC' || code === 'EDQUOT' || code === 'EFBIG';
}
