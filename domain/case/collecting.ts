import type { Acceptance, CaseRecord } from './types.ts';

type WithDelivery = Pick<Acceptance, 'delivery'>;

/** The applicant wants the result by post: nobody waits in the hall to collect it. */
export function isMailed({ delivery }: WithDelivery): boolean {
  return delivery?.method === 'mail';
}

/** Somebody is to come to a window for it: told to, or already called. */
export function isToBeCollected({ state, acceptance }: Pick<CaseRecord, 'state' | 'acceptance'>): boolean {
  return state === 'PICKUP_CALLED' || (state === 'READY' && !isMailed(acceptance));
}

/** What the receipt says of how the result comes to the citizen, in lines. */
export function collectionWords(acceptance: WithDelivery): string[] {
  return isMailed(acceptance)
    ? ['办理结果邮寄到所留地址', '改到窗口领取的，请凭本凭证和身份证件']
    : ['请凭本凭证和身份证件领取办理结果'];
}
