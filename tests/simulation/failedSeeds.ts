/** Seeds that found something once, in the world as it was then: run for ever, each with what it found. */
export const FAILED_SEEDS: readonly (readonly [seed: number, found: string])[] = [
  [12, 'a kiosk that went on without the hub never sent again: two ops with the id of one command'],
  [16, 'the same, over a restart from an older copy of its disk'],
  [10, 'an own step with a ticket, taken by the hub, that never took effect here: what it follows arrived later'],
  [111, 'a case saved on an old copy of a disk while the centre was asked about it: lost without a word'],
  [1060, 'a step without the hub after one that only its answer told of: an internal error instead of a sentence'],
  [
    29,
    'whoever was greeted in the middle of something else was not believed: every receipt counted as forged, for ever',
  ],
  [
    22,
    'a step checked on a case that was moved while nobody answered; and through a hub nobody asked whose case it was',
  ],
  [4, 'a centre that was put back gave the numbers of the day once more'],
  [
    25,
    'two copies of one disk went on under ever newer epochs, and left out a thousand numbers with each; and with people who scan on both: images that were not here kept those that were',
  ],
  [143, 'what came back was decided by two people at once: an internal error instead of a sentence'],
  [
    7,
    'two hubs decided under the id of one command, and the centre took no more of one of them: its ticket was unknown there',
  ],
  [901, 'what a window sent again of its earlier epoch was refused for ever by the hub that had taken over'],
  [276, 'on an old copy of a disk a step that the centre had refused meanwhile counted for ever'],
  [102, 'what a copy wrote under a number that was used here too was passed over, and never came again'],
  [374, 'an op that a deposed hub had handed on already kept the whole new chain of its author from the other hub'],
  [372, 'what waited on an old disk and was sent since under a newer epoch, because of a copy, was refused for ever'],
  [436, 'numbers that terminal and centre had both forgotten were used again, and others had read the first'],
  [978, 'a push under way while the centre was asked looked like another machine at work'],
  [1204, 'what waited in an epoch that a copy had closed never went over into the present one'],
  [1104, 'a standby that joined a chain in the middle found fault with what its author had signed before'],
  [20, 'a case that an older centre had parked was never dispatched, and its window never heard what became of it'],
  [28, 'after an update a case judged late made `verify` call sound data damaged'],
  [45, 'a window did not start after its update: a case it could read now had the number of another'],
  [126, 'a step of the queue that did not fit any more stayed parked for ever at the updated centre'],
  [211, 'a standby read what a window enrolled anew had signed before it knew the key: `verify` called that forged'],
  [697, 'who died while it found the centre put back gave what had been acknowledged another number'],
  [
    455,
    'a standby that had not heard its hub for 14 s took over by force, and called a number again: its ticket was stuck; and, updated, it refused what the other hub had decided',
  ],
  [106, 'what the journal had not written since the centre had it is needed once the centre has forgotten it'],
  [
    761,
    'a hub sent a new epoch of a window to a centre that had lost the one before, and was put back unnoticed: it refused that for good',
  ],
  [
    891,
    'a call that came before its ticket parked the ticket itself for ever; and the centre refused what a hub had decided',
  ],
  [
    807,
    'what an older standby could not read came after what follows it in its scope: `verify` could not replay its log',
  ],
  [
    596,
    'a delivery of blanks that a centre put back received once more: hubs that had its lost pack never read on, and the book of a window counted it twice',
  ],
];
