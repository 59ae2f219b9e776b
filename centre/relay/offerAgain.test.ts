import { expect, it } from 'vitest';
import { OfferAgain } from './offerAgain.ts';

it('what was refused for now is offered once after a pause, and ever more seldom while it is refused', () => {
  const offer = new OfferAgain();
  expect(offer.isDue(1_000_000)).toBe(false);
  offer.note(0);
  offer.note(4_000);
  expect(offer.isDue(4_999)).toBe(false);
  expect(offer.isDue(5_000)).toBe(true);
  expect(offer.isDue(6_000)).toBe(false);
  offer.note(6_000);
  offer.noteSent();
  expect(offer.isDue(15_999)).toBe(false);
  expect(offer.isDue(16_000)).toBe(true);
  let now = 16_000;
  for (let times = 0; times < 10; times++) {
    offer.note(now);
    now += 300_000;
    expect(offer.isDue(now)).toBe(true);
  }
  offer.note(now);
  expect(offer.isDue(now + 299_999)).toBe(false);
});

it('when it has been taken, the next refusal begins with the short pause', () => {
  const offer = new OfferAgain();
  for (const at of [0, 5_000]) {
    offer.note(at);
    offer.isDue(at + 10_000);
  }
  offer.noteSent();
  offer.note(60_000);
  expect(offer.isDue(65_000)).toBe(true);
});
