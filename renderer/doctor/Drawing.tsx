import type { Picture } from '../../contract/doctor/reasons.ts';
import styles from './Doctor.module.css';

/** Line drawings on a grid of 120 × 80: the thing in ink, what the hand does in the accent colour. */
const DRAWINGS: Readonly<Record<Picture, { thing: string; act: string }>> = {
  cable: {
    thing: 'M74 20h36v40H74zM74 32h10v16H74M26 30h22v20H26zM48 34h10v12H48zM26 40h-6c-9 0-9 26-18 26',
    act: 'M32 16h26M51 9l7 7-7 7',
  },
  power: {
    thing: 'M14 20h92v42H14zM28 62v7M92 62v7M24 30h16M24 38h10',
    act: 'M66 29v13M59 33.5a11 11 0 1 0 14 0',
  },
  paper: {
    thing:
      'M20 44h70v28H20zM32 44v-6h46v6M55 9a11 11 0 1 1 0 22 11 11 0 0 1 0-22zM55 17a3 3 0 1 1 0 6 3 3 0 0 1 0-6zM66 20v18',
    act: 'M102 12v28M95 33l7 7 7-7',
  },
  cover: {
    thing: 'M20 48h70v24H20zM20 48L72 12l7 9-38 27M30 60h22',
    act: 'M92 14c10 7 12 16 8 26M93.5 34l6.5 6.5 8-4.5',
  },
  card: {
    thing: 'M14 60h92v12H14zM32 26h56v26H32zM38 32h12v13H38zM57 33h24M57 39h24M57 45h14',
    act: 'M100 28v26M93 47l7 7 7-7M20 28v26M13 47l7 7 7-7',
  },
  key: {
    thing:
      'M18 12h56v58H18zM26 20h10v9H26zM41 20h10v9H41zM56 20h10v9H56zM26 36h10v9H26zM41 36h10v9H41zM26 52h10v9H26zM41 52h10v9H41zM56 52h10v9H56z',
    act: 'M56 36h10v9H56zM108 40.5H74M81 33.5l-7 7 7 7',
  },
  port: {
    thing: 'M12 14h96v34H12zM22 26h18v10H22zM51 26h18v10H51zM80 26h18v10H80zM26 31h10M55 31h10M84 31h10',
    act: 'M60 72V54M53 61l7-7 7 7M46 20h28v22H46z',
  },
  busy: {
    thing: 'M42 26V10h66v42H74M42 20h66M12 26h62v44H12zM12 37h62M18 31.5h1M24 31.5h1',
    act: 'M34 46l18 16M52 46L34 62',
  },
  screen: {
    thing: 'M10 22h100v36H10zM32 22V8M88 22V8',
    act: 'M20 30h12v20H20zM20 40h12M42 30h12v20H42zM42 40h12M66 30h12v20H66zM66 40h12M88 30h12v20H88zM88 40h12',
  },
  speaker: {
    thing: 'M18 31v18h16l20 15V16L34 31z',
    act: 'M66 30a14 14 0 0 1 0 20M76 22a26 26 0 0 1 0 36M86 14a38 38 0 0 1 0 52',
  },
  settings: {
    thing: 'M14 10h92v60H14zM26 26h68M26 40h68M26 54h68',
    act: 'M44 21a5 5 0 1 1 0 10 5 5 0 0 1 0-10zM76 35a5 5 0 1 1 0 10 5 5 0 0 1 0-10zM56 49a5 5 0 1 1 0 10 5 5 0 0 1 0-10z',
  },
  call: {
    thing: 'M40 14a11 11 0 1 1 0 22 11 11 0 0 1 0-22zM16 70c0-16 10-24 24-24s24 8 24 24z',
    act: 'M68 10h40v26H88l-9 9v-9H68zM76 19h24M76 27h15',
  },
};

/** What to do, drawn; the words beside it say the same, so it is hidden from screen readers. */
export function Drawing({ picture }: { picture: Picture }) {
  const { thing, act } = DRAWINGS[picture];
  return (
    <svg className={styles.drawing} viewBox="0 0 120 80" aria-hidden="true" focusable="false" data-picture={picture}>
      <path d={thing} />
      <path className={styles.act} d={act} />
    </svg>
  );
}
