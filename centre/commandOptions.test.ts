import { expect, test } from 'vitest';
import { readRating } from './commandOptions.ts';

test('phones rate only where a port is named, at every address of the machine unless one is', () => {
  expect(readRating({})).toBeUndefined();
  expect(readRating({ ratingPort: 7480 })).toEqual({ host: '0.0.0.0', port: 7480, url: undefined });
  const told = { ratingPort: 0, ratingHost: '10.0.0.5', ratingUrl: 'http://10.0.0.5:7480/' };
  expect(readRating(told)).toEqual({ host: '10.0.0.5', port: 0, url: told.ratingUrl });
});

test.each(['10.0.0.5:7480', 'ftp://10.0.0.5', 'http://10.0.0.5/rate'])(
  '%s is no address a code can begin with',
  (url) => {
    expect(() => readRating({ ratingPort: 0, ratingUrl: url })).toThrow('--rating-url');
  },
);

test('an address without a port is a mistake, not a page', () => {
  expect(() => readRating({ ratingUrl: 'http://10.0.0.5:7480' })).toThrow('--rating-port');
});
