import { requiredPieces } from '../../domain/announcement/vocabulary.ts';
import { inspectPack } from '../../native/voice/pack.ts';
import { printLine } from './output.ts';

/** `yichuang voice-pack`: one JSON line; exit 1 when the folder cannot speak every sentence. */
export async function voicePack(folder: string | undefined): Promise<void> {
  if (folder === undefined) {
    printLine({ pieces: requiredPieces() });
    return;
  }
  const { pack, problems } = await inspectPack(folder);
  printLine({ name: pack?.manifest.name ?? null, pieces: pack?.pieces.size ?? 0, problems });
  if (problems.length > 0) process.exitCode = 1;
}
