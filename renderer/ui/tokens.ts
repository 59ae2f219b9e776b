/**
 * The only place with colours and sizes (faces.md, "Tokens"). Custom properties (`--color-ink`, `--space-3`, …) are
 * derived from here (cssVariables.ts). Sizes are CSS lengths; every text pair is checked for contrast by a test.
 */

export interface Palette {
  ink: string;
  muted: string;
  line: string;
  lineStrong: string;
  ground: string;
  paper: string;
  hover: string;
  brand: string;
  brandHover: string;
  onBrand: string;
  brandSoft: string;
  calm: string;
  calmSoft: string;
  near: string;
  nearSoft: string;
  over: string;
  overSoft: string;
  pickup: string;
  pickupSoft: string;
  offline: string;
  offlineStripe: string;
  offlineInk: string;
  bar: string;
  onBar: string;
  onBarMuted: string;
  barLine: string;
  barCalm: string;
  barNear: string;
  barOver: string;
  screenPanel: string;
  screenPickup: string;
  screenFresh: string;
  barPickup: string;
  scrim: string;
  shadow: string;
}

export const light: Palette = {
  ink: '#1f2329',
  muted: '#5c626b',
  line: '#dee0e3',
  lineStrong: '#8a919b',
  ground: '#f5f6f7',
  paper: '#ffffff',
  hover: '#eceef1',
  brand: '#1456c4',
  brandHover: '#0f479f',
  onBrand: '#ffffff',
  brandSoft: '#e7effb',
  calm: '#1b7f4b',
  calmSoft: '#ebf7f0',
  near: '#a35500',
  nearSoft: '#fdf1e1',
  over: '#c0271c',
  overSoft: '#fdeceb',
  pickup: '#7a3db8',
  pickupSoft: '#f3ebfb',
  offline: '#fff4d6',
  offlineStripe: '#ffe9b0',
  offlineInk: '#6b4700',
  bar: '#1d2733',
  onBar: '#ffffff',
  onBarMuted: '#b4bfcc',
  barLine: '#37434f',
  barCalm: '#62c893',
  barNear: '#ffbf69',
  barOver: '#ff9d94',
  screenPanel: '#253140',
  screenPickup: '#34254a',
  screenFresh: '#0f479f',
  barPickup: '#c9a5f2',
  scrim: 'rgb(22 28 36 / 45%)',
  shadow: '0 8px 28px rgb(22 28 36 / 18%)',
};

export const dark: Palette = {
  ink: '#e8eaed',
  muted: '#a7adb6',
  line: '#363c44',
  lineStrong: '#7b838e',
  ground: '#14171b',
  paper: '#1d2126',
  hover: '#272c33',
  brand: '#7aa9ff',
  brandHover: '#9cc0ff',
  onBrand: '#0a1526',
  brandSoft: '#1c2c47',
  calm: '#62c893',
  calmSoft: '#173226',
  near: '#f2a850',
  nearSoft: '#38290f',
  over: '#ff8f85',
  overSoft: '#421d1a',
  pickup: '#c59bf2',
  pickupSoft: '#33234a',
  offline: '#3b2f0e',
  offlineStripe: '#4a3b13',
  offlineInk: '#ffdf8f',
  bar: '#0c0f13',
  onBar: '#f2f4f7',
  onBarMuted: '#a5b0bd',
  barLine: '#2a313a',
  barCalm: '#62c893',
  barNear: '#ffbf69',
  barOver: '#ff9d94',
  screenPanel: '#253140',
  screenPickup: '#34254a',
  screenFresh: '#0f479f',
  barPickup: '#c9a5f2',
  scrim: 'rgb(0 0 0 / 60%)',
  shadow: '0 8px 28px rgb(0 0 0 / 55%)',
};

/** A slip is white paper with black ink in every theme. */
export const slipColours = { slipPaper: '#ffffff', slipInk: '#111111', slipFaint: '#6a6f76' };

export const fonts = {
  text: '"Microsoft YaHei UI", "PingFang SC", "Noto Sans SC", "Noto Sans CJK SC", sans-serif',
  mono: 'ui-monospace, "Cascadia Mono", "DejaVu Sans Mono", monospace',
};

/** Size and line height; the four size classes of faces.md. */
export const type = {
  small: ['12px', '18px'],
  body: ['14px', '22px'],
  section: ['16px', '24px'],
  page: ['20px', '28px'],
  hand: ['28px', '36px'],
  /** The board grows with the screen it hangs on. */
  board: ['clamp(13px, 0.82vw, 28px)', 'clamp(20px, 1.26vw, 42px)'],
  boardSmall: ['clamp(12px, 0.7vw, 24px)', 'clamp(17px, 1.02vw, 34px)'],
  boardHand: ['clamp(19px, 1.35vw, 46px)', 'clamp(24px, 1.7vw, 58px)'],
  kioskBody: ['24px', '36px'],
  kioskQuestion: ['32px', '44px'],
  kioskSmall: ['20px', '30px'],
  kioskNumber: ['48px', '60px'],
  kioskTicket: ['104px', '116px'],
  /** Displays of a stand, seen from an arm's length and further: these at 1080, and more on a display with more. */
  standSmall: ['max(26px, 2.407vmin)', 'max(38px, 3.519vmin)'],
  standBody: ['max(32px, 2.963vmin)', 'max(46px, 4.259vmin)'],
  standQuestion: ['max(44px, 4.074vmin)', 'max(58px, 5.37vmin)'],
  standNumber: ['max(64px, 5.926vmin)', 'max(80px, 7.407vmin)'],
  standTicket: ['max(184px, 17.04vmin)', 'max(204px, 18.89vmin)'],
  elderSmall: ['30px', '40px'],
  elderBody: ['30px', '42px'],
  elderQuestion: ['40px', '54px'],
  elderNumber: ['60px', '74px'],
  elderStandSmall: ['max(36px, 3.333vmin)', 'max(50px, 4.63vmin)'],
  elderStandBody: ['max(40px, 3.704vmin)', 'max(56px, 5.185vmin)'],
  elderStandQuestion: ['max(54px, 5vmin)', 'max(70px, 6.481vmin)'],
  elderStandNumber: ['max(76px, 7.037vmin)', 'max(92px, 8.519vmin)'],
  /** A display on a counter, 10 to 24 inches, read from a chair by old eyes. */
  citizenBody: ['clamp(20px, 3.4vmin, 74px)', 'clamp(30px, 4.8vmin, 104px)'],
  /** Five in a row: the longest has five characters. */
  citizenGrade: ['clamp(28px, 3vw, 116px)', 'clamp(38px, 4vw, 154px)'],
  citizenQuestion: ['clamp(26px, 4.4vmin, 96px)', 'clamp(36px, 6vmin, 130px)'],
  citizenHeading: ['clamp(32px, 6vmin, 130px)', 'clamp(44px, 8vmin, 174px)'],
  citizenTitle: ['clamp(44px, 9vmin, 196px)', 'clamp(56px, 11vmin, 238px)'],
  citizenNumber: ['clamp(120px, 28vmin, 606px)', 'clamp(132px, 30vmin, 650px)'],
  // vmin is vh on a wide screen, and the same millimetres on a TV that hangs upright. A digit of 12.8 is 8.9 high or
  // more in every font above: 60 mm on 55 inches (users.md §B.2).
  screenSmall: ['2.8vmin', '3.6vmin'],
  screenLine: ['4.2vmin', '5.2vmin'],
  screenHeading: ['3.6vmin', '5vmin'],
  screenWaiting: ['4.5vmin', '6vmin'],
  screenClock: ['6.4vmin', '8vmin'],
  screenNumber: ['12.8vmin', '11.6vmin'],
} as const;

export const space = ['0', '4px', '8px', '12px', '16px', '24px', '32px', '48px'] as const;

export const sizes = {
  topBar: '48px',
  bottomBar: '56px',
  rail: 'clamp(228px, 17vw, 320px)',
  side: 'clamp(356px, 27vw, 500px)',
  officeRail: 'clamp(300px, 22vw, 400px)',
  control: '36px',
  controlSmall: '28px',
  row: '40px',
  icon: '16px',
  hairline: '1px',
  focus: '3px',
  radius: '4px',
  dialog: '560px',
  find: '760px',
  popover: '360px',
  login: '400px',
  reading: '640px',
  content: '1120px',
  outbox: '1240px',
  slip: '420px',
  strip: '200px',
  handle: '14px',
  payCode: '280px',
  doctorName: '184px',
  drawing: '108px',
  paperThumb: '84px',
  cardPhoto: '64px',
  label: '72px',
  key: '20px',
  segment: '10px',
  segmentHeight: '8px',
  clock: '44px',
  kioskTarget: '88px',
  standTarget: 'max(116px, 10.74vmin)',
  kioskPicture: '132px',
  kioskRing: '240px',
  kioskColumn: '640px',
  standColumn: 'max(860px, 79.63vmin)',
  citizenGap: 'clamp(16px, 3vmin, 66px)',
  citizenTarget: 'clamp(140px, 38vmin, 822px)',
  citizenCode: 'clamp(180px, 27vmin, 584px)',
  citizenRow: 'clamp(72px, 12vmax, 460px)',
  boardBars: 'clamp(48px, 8vh, 220px)',
  screenGap: '1.6vmin',
  screenMark: '1vmin',
  screenHair: '0.2vmin',
  screenFoot: '8vmin',
  screenDrawing: '26vmin',
};

/** Milliseconds. */
export const times = {
  skeletonAfter: 300,
  bootOverdue: 20_000,
  draftDebounce: 500,
  searchDebounce: 120,
  unmaskFor: 20_000,
};
