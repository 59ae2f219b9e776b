import type { Handlers } from '../context.ts';

export const diagnosisHandlers: Handlers<'diagnosis.save'> = {
  'diagnosis.save': ({ context }) => context.diagnosis.save(context),
};
