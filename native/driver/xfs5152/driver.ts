import type { Xfs5152Config } from '../../../contract/config/voices.ts';
import type { Transport } from '../../transport/types.ts';
import { SpeechDriver, type SpeechOptions } from '../speech/speechDriver.ts';
import type { DriverEnvironment } from '../types.ts';
import { encodeXfs5152 } from './frame.ts';

export type Xfs5152Options = SpeechOptions & Pick<Xfs5152Config, 'volume' | 'speed' | 'slowSpeed' | 'speaker'>;

/** Of eleven steps; how much slower that is the module does not say, so it is a setting. */
const SLOWER_STEPS = 2;

/** XFS5152CE and SYN6658 speech modules. */
export class Xfs5152Driver extends SpeechDriver {
  static readonly driverName = 'xfs5152';

  static create(transport: Transport, options: Xfs5152Options, environment: DriverEnvironment): Xfs5152Driver {
    const { volume, speed, speaker, slowSpeed = Math.max(0, speed - SLOWER_STEPS) } = options;
    const marks = (slow: boolean) => `[v${volume}][s${slow ? slowSpeed : speed}][m${speaker}]`;
    return new Xfs5152Driver(transport, { encode: encodeXfs5152, marks }, environment, options);
  }
}
