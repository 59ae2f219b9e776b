import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { useApp } from '../app/app.ts';
import { followScreen } from './followScreen.ts';
import { ScreenFace } from './ScreenFace.tsx';

/** The calling screen of a terminal: a machine of its own, or the second display of a desk. */
export default function ScreenPage() {
  const { client, session } = useApp();
  const floor = useStore(session, (state) => state.info?.floor ?? null);
  const terminal = useStore(session, (state) => state.info?.id ?? '');
  return floor === null ? null : <Followed key={floor} client={client} floor={floor} label={terminal} />;
}

function Followed({
  client,
  floor,
  label,
}: {
  client: ReturnType<typeof useApp>['client'];
  floor: number;
  label: string;
}) {
  const [following] = useState(() =>
    followScreen({ client, floor, subscribes: false, monotonic: () => performance.now() }),
  );
  useEffect(() => following.stop, [following]);
  return <ScreenFace floor={floor} label={label} following={useStore(following.store)} />;
}
