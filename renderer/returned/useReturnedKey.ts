import { useEffect } from 'react';

/** Alt+R, as long as something is there to look at and nothing covers the page. */
export function useReturnedKey(isThere: boolean, onOpen: () => void): void {
  useEffect(() => {
    if (!isThere) return;
    const onKey = (event: KeyboardEvent): void => {
      if (!event.altKey || event.ctrlKey || event.key.toLowerCase() !== 'r' || event.defaultPrevented) return;
      if (document.querySelector('dialog[open]')) return;
      event.preventDefault();
      onOpen();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [isThere, onOpen]);
}
