import { useEffect, useState } from 'react';
import type { PrintForm } from '../../domain/form/types.ts';
import { useApp } from '../app/app.ts';
import { type Failure, toFailure } from '../app/failure.ts';
import { times } from '../ui/tokens.ts';

/** @returns a blob address while the page shows it: nothing in a picture can run */
export function useAddress(picture: Blob | null): string | null {
  const [address, setAddress] = useState<string | null>(null);
  useEffect(() => {
    if (!picture) {
      setAddress(null);
      return;
    }
    const made = URL.createObjectURL(picture);
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [picture]);
  return address;
}

/** SVG documents of the size of the sheet; none before they are drawn. */
interface Sample {
  preprinted: readonly string[];
  printed: readonly string[];
  failure: Failure | null;
}

const NONE: Sample = { preprinted: [], printed: [], failure: null };

/** The form with the text of a sample, drawn by the service with the printer's own outlines; null: not wanted. */
export function useSample(form: PrintForm | null): Sample {
  const { client } = useApp();
  const [drawn, setDrawn] = useState<Sample>(NONE);
  useEffect(() => {
    if (!form) {
      setDrawn(NONE);
      return;
    }
    let isCurrent = true;
    const timer = setTimeout(() => {
      client.call('forms.preview', { form }).then(
        ({ svg, formSvg }) => {
          if (isCurrent) setDrawn({ preprinted: [formSvg], printed: [svg], failure: null });
        },
        (error: unknown) => {
          if (isCurrent) setDrawn({ ...NONE, failure: toFailure(error) });
        },
      );
    }, times.searchDebounce);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [client, form]);
  return drawn;
}
