import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { useApp } from '../app/app.ts';
import { CitizenFace } from './CitizenFace.tsx';
import { followCitizen } from './followCitizen.ts';

/** The second display of a window, turned to the citizen. Nobody signs in on it. */
export default function CitizenPage() {
  const { client } = useApp();
  const [{ store, rate, stop }] = useState(() => followCitizen({ client, monotonic: () => performance.now() }));
  useEffect(() => stop, [stop]);
  return <CitizenFace following={useStore(store)} onRate={(grade) => void rate(grade)} />;
}
