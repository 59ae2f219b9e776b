import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runCommand } from '../fixtures/command.ts';
import { openWholeHall, type WholeHall } from '../fixtures/wholeHall.ts';
import { tellDevelopment } from './wholeLife/development.ts';
import { tellLinkedLoan } from './wholeLife/linkedLoan.ts';
import { tellMortgage } from './wholeLife/mortgage.ts';
import { tellPayments } from './wholeLife/payments.ts';
import { tellSupplement } from './wholeLife/supplement.ts';
import { tellWithdrawal } from './wholeLife/withdrawal.ts';

/**
 * Whole lives of cases in the real program: a window, the back office in a browser of the hall, a payment channel, and
 * the centre, all of them processes of their own. One hall for all stories, so that they also stand beside each other.
 */
let hall: WholeHall;
beforeAll(async () => {
  // Never closed, so that the stories are the same at every hour of the day.
  hall = await openWholeHall({ width: 1366, height: 768, hours: { usual: ['00:00-24:00'] } });
  await hall.launched.page.getByLabel('工号').waitFor();
  await hall.clerk.signIn('1001', 'Yichuang-1001');
});
afterAll(() => hall.stop());

describe('a mortgage in 60 minutes', () => tellMortgage(() => hall));
describe('a withdrawal with its refund', () => tellWithdrawal(() => hall));
describe('payments at a faulty channel', () => tellPayments(() => hall));
describe('the first registration of a development', () => tellDevelopment(() => hall));
describe('a supplement, and a refusal', () => tellSupplement(() => hall));
describe('a loan of the provident fund and its mortgage', () => tellLinkedLoan(() => hall));

test('the files of the window and of the centre verify', async () => {
  const { terminalDir, centreDir } = hall.demo.folder;
  await hall.launched.stop();
  const { code, stdout } = await runCommand(['verify', '--data', terminalDir, '--centre', centreDir]);
  expect([code, stdout.trim()]).toEqual([0, '{"verified":true,"findings":0}']);
});
