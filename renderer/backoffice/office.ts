import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import type { App } from '../app/app.ts';
import { useNow } from '../app/clock.ts';
import { mayReachCentre } from '../app/status.ts';
import { createOffice, type OfficeState, type OfficeStore } from './officeStore.ts';
import type { Worker } from './plan.ts';

export interface Office {
  app: App;
  store: OfficeStore;
}

const offices = new WeakMap<App, Office>();

/** One for the life of the page; what it shows ends with the session. */
export function officeOf(app: App): Office {
  const known = offices.get(app);
  if (known) return known;
  const office: Office = { app, store: createOffice(app.client, () => crypto.randomUUID()) };
  app.session.subscribe(({ info }, before) => {
    if (info?.staff?.number !== before.info?.staff?.number) office.store.getState().forget();
  });
  offices.set(app, office);
  return office;
}

export const OfficeContext = createContext<Office | null>(null);

export function useOffice(): Office {
  const office = useContext(OfficeContext);
  if (!office) throw new Error('OfficeContext is missing');
  return office;
}

export function useOfficeState<T>(read: (state: OfficeState) => T): T {
  return useStore(useOffice().store, read);
}

/** Who works here, now, and whether they may ask the centre. */
export function useWorker(): Worker {
  const { app } = useOffice();
  const staff = useStore(app.session, (state) => state.info?.staff ?? null);
  const mayReach = useStore(app.status, mayReachCentre);
  const at = useNow();
  return { roles: staff?.roles ?? [], actor: staff?.number ?? '', at, mayReach };
}
