import type { Syn6288Config } from '../../../contract/config/voices.ts';
import type { Transport } from '../../transport/types.ts';
import { SpeechDriver, type SpeechOptions } from '../speech/speechDriver.ts';
import type { DriverEnvironment } from '../types.ts';
import { encodeSyn6288 } from './frame.ts';

export type Syn6288Options = SpeechOptions & Pick<Syn6288Config, 'volume' | 'speed' | 'slowSpeed'>;

/** Of six steps; how much slower that is the module does not say, so it is a setting. */
const SLOWER_STEPS = 2;

/** SYN6288 speech module. Background music is never asked for: the meaning of its bits is not sure. */
export class Syn6288Driver extends SpeechDriver {
  static readonly driverName = 'syn6288';

  static create(transport: Transport, options: Syn6288Options, environment: DriverEnvironment): Syn6288Driver {
    const { volume, speed, slowSpeed = Math.max(0, speed - SLOWER_STEPS) } = options;
    const marks = (slow: boolean) => `[v${volume}][m0][t${slow ? slowSpeed : speed}]`;
    return new Syn6288Driver(transport, { encode: encodeSyn6288, marks }, environment, options);
  }
}
