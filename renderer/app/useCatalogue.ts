import { useEffect } from 'react';
import { useStore } from 'zustand';
import type { Catalogue } from '../../domain/catalogue/types.ts';
import { useApp } from './app.ts';
import { catalogueIn } from './reference.ts';

/** The catalogue of a case or form. @param version as it was accepted or begun under; empty: the one in force */
export function useCatalogue(version: string): Catalogue {
  const { reference } = useApp();
  useEffect(() => reference.getState().want(version), [reference, version]);
  return useStore(reference, (state) => catalogueIn(state, version));
}
