import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import type { RpcClient } from '../rpc/client.ts';
import type { ScanStore } from './scanStore.ts';

/** How many pages a case has of each material, asked again when the case changes or the scan dialog closes. */
export function useScanCounts(client: RpcClient, scan: ScanStore, caseId: string): Readonly<Record<string, number>> {
  const [counts, setCounts] = useState<Readonly<Record<string, number>>>({});
  const isOpen = useStore(scan, (state) => state.isOpen);
  useEffect(() => {
    let current = true;
    const load = async (): Promise<void> => {
      const { pages } = await client.call('scans.list', { caseId });
      if (!current) return;
      const next: Record<string, number> = {};
      for (const { material } of pages) next[material] = (next[material] ?? 0) + 1;
      setCounts(next);
    };
    // Figures beside a list: when they cannot be had the list is still right.
    const reload = (): void => void load().catch(() => {});
    if (!isOpen) reload();
    const end = client.on('cases.changed', ({ ids }) => {
      if (ids.includes(caseId) && !isOpen) reload();
    });
    return () => {
      current = false;
      end();
    };
  }, [client, caseId, isOpen]);
  return counts;
}
