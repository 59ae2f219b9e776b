import styles from './Tiles.module.css';

interface TilesProps<T> {
  tiles: readonly T[];
  /** On a page that has more than them. */
  brief?: boolean | undefined;
  onChoose(tile: T): void;
}

/** At most six answers, with a word on what each is. */
export function Tiles<T extends { title: string; text: string }>({ tiles, brief = false, onChoose }: TilesProps<T>) {
  return (
    <ul className={`${styles.tiles} ${brief ? styles.brief : ''}`} data-count={tiles.length}>
      {tiles.map((tile) => (
        <li key={tile.title}>
          <button type="button" className={styles.tile} onClick={() => onChoose(tile)}>
            <strong>{tile.title}</strong>
            <span>{tile.text}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}
