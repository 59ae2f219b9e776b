import { useStore } from 'zustand';
import type { Tile } from '../../../domain/preReview/tile.ts';
import { tilesFor } from '../../../domain/preReview/tiles.ts';
import { useApp } from '../../app/app.ts';
import type { Failure } from '../../app/failure.ts';
import { useCatalogue } from '../../app/useCatalogue.ts';
import { t } from '../../strings/index.ts';
import { Failed } from '../Failed.tsx';
import { Tiles } from '../Tiles.tsx';
import styles from './TilesScreen.module.css';

interface TilesProps {
  path: readonly Tile[];
  failure: Failure | null;
  onChoose(tile: Tile): void;
}

/** 办什么: at most six answers a screen, two or three screens deep. */
export function TilesScreen({ path, failure, onChoose }: TilesProps) {
  const info = useStore(useApp().session, (state) => state.info);
  const catalogue = useCatalogue('');
  const last = path.at(-1);
  const tiles = last?.leads.to === 'tiles' ? last.leads.tiles : info ? tilesFor(catalogue, info) : [];
  return (
    <main className={styles.tilesPage}>
      <h1 id="question">{last?.leads.to === 'tiles' ? last.title : t.prereview.tiles.question}</h1>
      <Tiles tiles={tiles} onChoose={onChoose} />
      <Failed failure={failure} />
    </main>
  );
}
