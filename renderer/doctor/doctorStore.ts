import { createStore, type StoreApi } from 'zustand/vanilla';
import type { DoctorRun } from '../../contract/doctor/run.ts';
import type { MethodOutput } from '../../contract/rpc.ts';
import { type Failure, toFailure } from '../app/failure.ts';
import type { RpcClient } from '../rpc/client.ts';

export interface DoctorState {
  /** Null until the first step is known. */
  run: DoctorRun | null;
  failure: Failure | null;
  /** Where the report of this run lies. */
  saved: MethodOutput<'doctor.save'> | null;
  /** Follows the runs of this machine and begins one; a run under way is joined. @returns a function that ends it */
  open(): () => void;
  start(): void;
  /** Nobody will do what this device asks for. */
  skip(device: string): void;
  save(): void;
}

export type DoctorStore = StoreApi<DoctorState>;

export function createDoctor(client: RpcClient): DoctorStore {
  return createStore<DoctorState>()((set, get) => ({
    run: null,
    failure: null,
    saved: null,
    open() {
      const stop = client.on('doctor.changed', (run) => set({ run }));
      get().start();
      return () => {
        stop();
        // Nobody sees any more what is asked for.
        for (const { device, phase } of get().run?.devices ?? []) if (phase === 'asking') get().skip(device);
      };
    },
    start() {
      set({ failure: null, saved: null });
      client.call('doctor.run', {}).then(
        (run) => set({ run }),
        (error: unknown) => {
          const failure = toFailure(error);
          // The next step of the run under way tells where it is.
          if (failure.code !== 'doctor-running') set({ failure });
        },
      );
    },
    skip(device) {
      client.call('doctor.skip', { device }).catch(() => undefined);
    },
    save() {
      set({ failure: null });
      client.call('doctor.save', {}).then(
        (saved) => set({ saved }),
        (error: unknown) => set({ failure: toFailure(error) }),
      );
    },
  }));
}
