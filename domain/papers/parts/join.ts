import type { PaperDocument } from '../document.ts';

/** Papers of one kind as one document, each beginning on a sheet of its own. @returns null for none */
export function joinPapers(documents: readonly PaperDocument[]): PaperDocument | null {
  const [first, ...rest] = documents;
  if (!first) return null;
  return {
    ...first,
    blocks: [...first.blocks, ...rest.flatMap(({ blocks }) => [{ kind: 'page' as const }, ...blocks])],
  };
}
