import { useEffect } from 'react';
import { useStore } from 'zustand';
import type { Workspace } from './workspaceTypes.ts';

/** Moves the focus to the field of a problem path; when that field is not drawn, to the nearest part that is. */
export function useFocusPath(workspace: Workspace): void {
  const focus = useStore(workspace.view, (state) => state.focus);
  useEffect(() => {
    if (!focus) return;
    const element = findField(document, focus.path);
    element?.focus();
    element?.scrollIntoView({ block: 'nearest' });
  }, [focus]);
}

/** `parties.0.idNumber` → the field itself, else `parties.0`, else `parties`. */
export function fieldCandidates(path: string): string[] {
  const steps = path.split('.');
  return steps.map((_, index) => steps.slice(0, steps.length - index).join('.'));
}

function findField(root: ParentNode, path: string): HTMLElement | null {
  for (const candidate of fieldCandidates(path)) {
    const found = root.querySelector<HTMLElement>(`[data-field="${candidate}"]`);
    if (found) return found;
  }
  return null;
}
