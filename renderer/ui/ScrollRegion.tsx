import type { ComponentPropsWithoutRef } from 'react';

/** A part of a page that scrolls by itself: the keyboard must be able to reach it (WCAG 2.1.1), so it takes the focus. */
export function ScrollRegion({
  as: Tag = 'section',
  ...props
}: ComponentPropsWithoutRef<'section'> & { as?: 'section' | 'aside' | 'main' }) {
  return <Tag tabIndex={0} {...props} />;
}
