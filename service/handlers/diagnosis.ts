import type { Handlers } from '../context.ts';
import { runningOf } from '../diagnosis/running.ts';

export const diagnosisHandlers: Handlers<'diagnosis.save'> = {
  'diagnosis.save': ({ context }) => {
    const { diagnosis, config, version, now } = context;
    return diagnosis.save({ config, version, now: now(), running: runningOf(context) });
  },
};
