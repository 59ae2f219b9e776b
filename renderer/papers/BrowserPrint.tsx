import { useEffect, useState } from 'react';
import type { PaperTarget } from '../../contract/rpc/papers.ts';
import { type Failure, toFailure } from '../app/failure.ts';
import type { RpcClient } from '../rpc/client.ts';
import { t } from '../strings/index.ts';
import { Button } from '../ui/Button.tsx';
import styles from './Papers.module.css';

interface BrowserPrintProps {
  client: RpcClient;
  target: PaperTarget;
  /** Somebody says that it came out, and it is recorded. */
  onNoted(print: number): void;
  onFailure(failure: Failure | null): void;
}

/**
 * A browser prints by itself and tells nobody: the paper is saved as a PDF and printed from there, and whoever saw it come
 * out says so. Opened in a page it would be under the policy of this one, which cuts Chromium's viewer down to a strip.
 */
export function BrowserPrint({ client, target, onNoted, onFailure }: BrowserPrintProps) {
  const [file, setFile] = useState<{ print: number; url: string; name: string } | null>(null);
  useEffect(
    () => () => {
      if (file) URL.revokeObjectURL(file.url);
    },
    [file],
  );

  async function ask(): Promise<void> {
    onFailure(null);
    try {
      const { print, pdf, name } = await client.call('papers.pdf', { target });
      setFile({ print, name, url: URL.createObjectURL(new Blob([bytesOf(pdf)], { type: 'application/pdf' })) });
    } catch (error) {
      onFailure(toFailure(error));
    }
  }

  async function note(print: number): Promise<void> {
    if (target.of !== 'case') return;
    onFailure(null);
    try {
      await client.call('papers.printed', { caseId: target.caseId, paper: target.paper, print });
      setFile(null);
      onNoted(print);
    } catch (error) {
      onFailure(toFailure(error));
    }
  }

  if (!file) {
    return (
      <Button look="primary" data-default onClick={() => void ask()}>
        {t.casePapers.openPdf}
      </Button>
    );
  }
  return (
    <>
      <a className={styles.file} href={file.url} download={file.name} title={t.casePapers.pdfHow}>
        {t.casePapers.pdfReady}
      </a>
      {target.of === 'case' ? <Button onClick={() => void note(file.print)}>{t.casePapers.noteIt}</Button> : null}
    </>
  );
}

function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}
