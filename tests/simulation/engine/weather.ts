/** How likely each thing is while the network is bad; all of it at 0 is a good one. */
export interface Weather {
  drop: number;
  duplicate: number;
  /** Of an answer whose request did arrive. */
  loseAnswer: number;
  loseHint: number;
  /** A message that takes long, and so is overtaken. */
  slow: number;
  /** A digit in the body of an op is another one when it arrives. */
  damage: number;
}

export const CALM: Weather = { drop: 0, duplicate: 0, loseAnswer: 0, loseHint: 0, slow: 0, damage: 0 };
