const MAGIC = 0x464c457f;
const SHT_DYNAMIC = 6;
const SHT_VERNEED = 0x6ffffffe;

/** The newest version of a library's symbols that a binary asks for; the dynamic linker refuses less. */
export interface VersionNeeds {
  /** For example `2.34`; null when it uses none of glibc's versioned symbols. */
  glibc: string | null;
  /** GCC's C++ run time. */
  glibcxx: string | null;
}

interface Section {
  type: number;
  offset: number;
  link: number;
  info: number;
}

/**
 * Reads `.gnu.version_r` of a 64-bit little-endian ELF file.
 * @returns null when `bytes` is something else
 */
export function versionNeeds(bytes: Buffer): VersionNeeds | null {
  if (bytes.length < 64 || bytes.readUInt32LE(0) !== MAGIC || bytes[4] !== 2 || bytes[5] !== 1) return null;
  const sections = readSections(bytes);
  if (!sections.some((section) => section.type === SHT_DYNAMIC)) return { glibc: null, glibcxx: null };
  const names = neededNames(bytes, sections);
  return { glibc: newest(names, 'GLIBC_'), glibcxx: newest(names, 'GLIBCXX_') };
}

function readSections(bytes: Buffer): Section[] {
  const table = Number(bytes.readBigUInt64LE(0x28));
  const size = bytes.readUInt16LE(0x3a);
  return Array.from({ length: bytes.readUInt16LE(0x3c) }, (_, index) => {
    const at = table + index * size;
    return {
      type: bytes.readUInt32LE(at + 4),
      offset: Number(bytes.readBigUInt64LE(at + 24)),
      link: bytes.readUInt32LE(at + 40),
      info: bytes.readUInt32LE(at + 44),
    };
  });
}

/** System V ABI, "Symbol Version Requirements": a chain of files, each with a chain of versions. */
function neededNames(bytes: Buffer, sections: readonly Section[]): string[] {
  const needs = sections.find((section) => section.type === SHT_VERNEED);
  const strings = needs && sections[needs.link];
  if (!needs || !strings) return [];
  const names: string[] = [];
  let file = needs.offset;
  for (let left = needs.info; left > 0; left--) {
    let version = file + bytes.readUInt32LE(file + 8);
    for (let count = bytes.readUInt16LE(file + 2); count > 0; count--) {
      const start = strings.offset + bytes.readUInt32LE(version + 8);
      names.push(bytes.toString('latin1', start, bytes.indexOf(0, start)));
      version += bytes.readUInt32LE(version + 12);
    }
    file += bytes.readUInt32LE(file + 12);
  }
  return names;
}

function newest(names: readonly string[], prefix: string): string | null {
  const versions = names.filter((name) => name.startsWith(prefix)).map((name) => name.slice(prefix.length));
  const numbered = versions.filter((version) => /^\d+(\.\d+)*$/.test(version));
  return numbered.toSorted(compareVersions).at(-1) ?? null;
}

function compareVersions(a: string, b: string): number {
  const [left, right] = [a.split('.').map(Number), b.split('.').map(Number)];
  for (let index = 0; index < Math.max(left.length, right.length); index++) {
    const difference = (left[index] ?? 0) - (right[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
