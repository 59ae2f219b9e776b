import type { Syn6288Config } from '../../../contract/config/voices.ts';
import type { Transport } from '../../transport/types.ts';
import { SpeechDriver, type SpeechOptions } from '../speech/speechDriver.ts';
import type { DriverEnvironment } from '../types.ts';
import { encodeSyn6288 } from './frame.ts';

export type Syn6288Options = SpeechOptions & Pick<Syn6288Config, 'volume' | 'speed'>;

/** SYN6288 speech module. Background music is never asked for: the meaning of its bits is not sure. */
export class Syn6288Driver extends SpeechDriver {
  static readonly driverName = 'syn6288';

  static create(transport: Transport, options: Syn6288Options, environment: DriverEnvironment): Syn6288Driver {
    const marks = `[v${options.volume}][m0][t${options.speed}]`;
    return new Syn6288Driver(transport, { encode: encodeSyn6288, marks }, environment, options);
  }
}
