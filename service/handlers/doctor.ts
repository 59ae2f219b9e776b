import type { Handlers } from '../context.ts';

/** The device doctor (users.md C12). */
export const doctorHandlers: Handlers<'doctor.run' | 'doctor.skip' | 'doctor.report' | 'doctor.save'> = {
  'doctor.run': ({ context, params }) => context.doctor.run(params.ask),
  'doctor.skip': ({ context, params }) => {
    context.doctor.skip(params.device);
    return {};
  },
  'doctor.report': ({ context }) => context.doctor.report(),
  'doctor.save': ({ context }) => context.doctor.save(),
};
