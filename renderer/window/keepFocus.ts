import type { MouseEvent } from 'react';

/** A glance with the mouse leaves the keyboard where it was: Enter still does what the bottom bar says. */
export function keepFocus(event: MouseEvent): void {
  event.preventDefault();
}
