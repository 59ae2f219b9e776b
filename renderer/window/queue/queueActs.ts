import { createStore } from 'zustand/vanilla';
import type { IdentityCard } from '../../../contract/identity.ts';
import type { PreReviewFile } from '../../../contract/rpc/preReview.ts';
import { currentCall } from '../../../domain/queue/reduceTicket.ts';
import type { TicketRecord } from '../../../domain/queue/ticketTypes.ts';
import { toFailure } from '../../app/failure.ts';
import { isUntouched } from '../form/formState.ts';
import { fillFromPreReview, markAgent } from '../form/fromPreReview.ts';
import type { ArrivalQuestion, QueueDesk, QueueDeskParts } from './deskTypes.ts';
import { blockOf, callablePickups, otherBlock } from './verbs.ts';

/** What a clerk does with the queue, and what a card means while a number is in hand (faces.md: a card is navigation). */
export function createQueueDesk({ client, queue, form, uuid, now, serviceUp, page }: QueueDeskParts): QueueDesk {
  const question = createStore<{ asked: ArrivalQuestion | null }>()(() => ({ asked: null }));
  /** Numbers whose pre-review the clerk does not want opened by a card. */
  const released = new Set<string>();
  /** A card is being looked up. */
  let isOpening = false;

  const current = (): TicketRecord | null => queue.getState().state?.current ?? null;
  const callOf = (ticket: TicketRecord | null) => ticket && currentCall(ticket);

  const desk: QueueDesk = {
    queue,
    question,
    situation: () => {
      const { state, busy } = queue.getState();
      return { state, busy, serviceUp: serviceUp(), now: now() };
    },
    async press(verb) {
      const block = blockOf(verb, desk.situation());
      if (block) {
        // A second press of the same key is no question.
        if (block.why !== 'busy') queue.getState().say({ kind: 'blocked', block });
        return;
      }
      const store = queue.getState();
      switch (verb) {
        case 'callNext':
          await afterCall(await store.callNext());
          break;
        case 'recall':
          await store.recall();
          break;
        case 'finish':
          if (isBegunFor(current())) page.openOverlay('queue-finish');
          else await desk.finish('clear');
          break;
        case 'noShow':
          await miss();
          break;
        case 'pause':
          if (store.state?.window?.state === 'paused') await store.pause(null);
          else page.openOverlay('queue-pause');
          break;
        case 'transfer':
          page.openOverlay('queue-transfer');
          break;
        case 'hold':
          page.openOverlay('queue-hold');
          break;
        case 'callBack':
          page.openOverlay('queue-back');
          break;
      }
    },
    async arrive() {
      const ticket = current();
      const block = otherBlock('arrive', desk.situation());
      if (block || !ticket) {
        if (block && block.why !== 'busy') queue.getState().say({ kind: 'blocked', block });
        return;
      }
      const purpose = callOf(ticket)?.purpose;
      if (!(await queue.getState().arrive())) return;
      if (purpose === 'pickup') {
        page.focusOn('primary');
        return;
      }
      const isEmpty = isUntouched(form.getState().form);
      if (ticket.preReview !== null && isEmpty && (await desk.openPreReview({ id: ticket.preReview }))) return;
      noteTicket(ticket);
      page.focusNext();
    },
    async call(ticket, purpose) {
      const block = blockOf('callBack', desk.situation());
      if (block) {
        if (block.why !== 'busy') queue.getState().say({ kind: 'blocked', block });
        return;
      }
      const called = await queue.getState().callBack(ticket.id, purpose);
      if (called) await afterCall(called);
    },
    callForCase(caseId) {
      const { state } = queue.getState();
      const ticket = callablePickups(state?.pickups ?? []).find(({ pickup }) => pickup?.cases.includes(caseId));
      if (!ticket) return false;
      void desk.call(ticket, 'pickup');
      return true;
    },
    missForCase(caseId) {
      if (!isCollecting(current(), caseId)) return false;
      void desk.press('noShow');
      return true;
    },
    async collects() {
      if (callOf(current())?.purpose === 'pickup') await noteArrived();
    },
    async finish(entered) {
      if (!leave(await queue.getState().finish(), entered)) return false;
      page.showForm();
      return true;
    },
    openDraft(ticketId) {
      const ticket = current();
      if (!isUntouched(form.getState().form)) {
        queue.getState().say({ kind: 'blocked', block: { why: 'form-begun' } });
        return;
      }
      form.getState().takeUp(ticketId);
      // Who comes back with another number is served with that one.
      const call = callOf(ticket);
      if (ticket && call?.purpose === 'intake' && call.arrivedAt !== null) noteTicket(ticket, 'instead');
      page.showForm();
    },
    hold: async (reason) => leave(await queue.getState().hold(reason), 'aside'),
    transfer: async (to) => leave(await queue.getState().transfer(to), 'aside'),
    sendBack: async (reason) => leave(await queue.getState().sendBack(reason), 'clear'),
    end: async (input) => leave(await queue.getState().void(input), 'clear'),
    openDialog(overlay) {
      const acts = { 'queue-send-back': 'send-back', 'queue-void': 'void' } as const;
      const act = overlay in acts ? acts[overlay as keyof typeof acts] : null;
      const block = act && otherBlock(act, desk.situation());
      if (block) queue.getState().say({ kind: 'blocked', block });
      else page.openOverlay(overlay);
    },
    claimsCard() {
      if (isOpening || question.getState().asked) return true;
      const ticket = current();
      const call = callOf(ticket);
      if (!ticket || !call) return false;
      if (call.purpose === 'pickup') return true;
      return (
        ticket.preReview !== null && form.getState().form.preReview?.id !== ticket.preReview && !released.has(ticket.id)
      );
    },
    async cardLaid(card) {
      const ticket = current();
      const call = callOf(ticket);
      if (isOpening || !ticket || !call) return;
      isOpening = true;
      question.setState({ asked: null });
      try {
        if (call.purpose === 'pickup') {
          await noteArrived();
          page.handOver(card);
        } else {
          await openForCard(ticket, card);
        }
      } finally {
        isOpening = false;
      }
    },
    async serve() {
      const ticket = current();
      if (!ticket || callOf(ticket)?.purpose !== 'intake' || form.getState().form.visit) return;
      noteTicket(ticket);
      await noteArrived();
    },
    async answer(index) {
      const { asked } = question.getState();
      const ticket = current();
      if (!asked || !ticket) return;
      question.setState({ asked: null });
      if (index === 0) await open(asked.file, ticket, asked.card);
      else if (asked.kind === 'form-begun') {
        released.add(ticket.id);
        await noteArrived();
        form.getState().layOn(asked.card);
        page.focusNext();
      }
    },
    dismissQuestion: () => question.setState({ asked: null }),
    async openPreReview(by) {
      try {
        const file = await client.call('prereview.get', { by });
        const ticket = current();
        const isInHand = ticket !== null && (ticket.preReview === file.id || ticket.number === file.ticketNumber);
        await open(file, isInHand ? ticket : null, null);
        return true;
      } catch (error) {
        queue.getState().say({ kind: 'failed', failure: toFailure(error) });
        return false;
      }
    },
  };

  function isCollecting(ticket: TicketRecord | null, caseId: string): boolean {
    return callOf(ticket)?.purpose === 'pickup' && (ticket?.pickup?.cases.includes(caseId) ?? false);
  }

  /** The number is out of hand, and its form with it. @returns false: it was refused, everything stays */
  function leave(ticket: TicketRecord | null, how: 'aside' | 'clear'): boolean {
    if (!ticket) return false;
    if (form.getState().form.ticket?.id === ticket.id) {
      if (how === 'aside') form.getState().setAside();
      else form.getState().clear();
    }
    return true;
  }

  /** Who did not come may still: what was entered waits with the number, or as a draft when that is over. */
  async function miss(): Promise<void> {
    leave(await queue.getState().noShow(), 'aside');
  }

  function isBegunFor(ticket: TicketRecord | null): boolean {
    const { form: begun } = form.getState();
    return ticket !== null && begun.ticket?.id === ticket.id && !isUntouched(begun);
  }

  /**
   * Another number is in hand, by whatever key: what was entered for the one before never meets this person, and what was entered for
   * this one is there again.
   */
  function follow(ticket: TicketRecord): void {
    const { ticket: of } = form.getState().form;
    if (of && of.id !== ticket.id) form.getState().setAside();
    if (callOf(ticket)?.purpose === 'intake') form.getState().takeUp(ticket.id);
  }

  async function afterCall(ticket: TicketRecord | null): Promise<void> {
    if (!ticket) return;
    question.setState({ asked: null });
    const [caseId] = ticket.pickup?.cases ?? [];
    if (callOf(ticket)?.purpose === 'pickup' && caseId !== undefined) {
      await page.showCase(caseId);
    } else {
      page.showForm();
    }
    page.focusOn('queue.arrive');
  }

  async function openForCard(ticket: TicketRecord, card: IdentityCard): Promise<void> {
    let file: PreReviewFile;
    try {
      file = await client.call('prereview.get', { by: { id: ticket.preReview ?? '' }, idNumber: card.number });
    } catch (error) {
      // Without its record the number is served like one that has none.
      released.add(ticket.id);
      queue.getState().say({ kind: 'failed', failure: toFailure(error) });
      form.getState().layOn(card);
      page.focusNext();
      await noteArrived();
      return;
    }
    const isNamed = file.parties.some(({ idNumber }) => idNumber.toUpperCase() === card.number.toUpperCase());
    if (file.holder === 'other' && !isNamed) question.setState({ asked: { kind: 'other-person', card, file } });
    else if (isUntouched(form.getState().form)) await open(file, ticket, card);
    else question.setState({ asked: { kind: 'form-begun', card, file } });
    if (question.getState().asked) {
      page.showForm();
      page.focusOn('arrival-question');
    }
  }

  /** The form as the pre-review left it, the card laid into it, and the person at the window. */
  async function open(file: PreReviewFile, ticket: TicketRecord | null, card: IdentityCard | null): Promise<void> {
    const catalogue = form.getState().catalogueNow();
    const number = ticket && { id: ticket.id, number: ticket.number };
    form.getState().clear((empty) => markAgent(fillFromPreReview(empty, file, number, catalogue, uuid), file));
    page.showForm();
    if (card) {
      form.getState().layOn(card);
      form.getState().change((state) => markAgent(state, file));
    }
    page.focusNext();
    if (ticket) await noteArrived();
  }

  async function noteArrived(): Promise<void> {
    const ticket = current();
    if (callOf(ticket)?.arrivedAt !== null) return;
    await queue.getState().arrive();
  }

  function noteTicket({ id, number }: TicketRecord, how: 'unless-noted' | 'instead' = 'unless-noted'): void {
    form.getState().change((state) => {
      const isNoted = state.ticket !== null && how === 'unless-noted' && !isUntouched(state);
      return isNoted || state.visit || state.ticket?.id === id ? state : { ...state, ticket: { id, number } };
    });
  }

  queue.subscribe(({ state }, { state: before }) => {
    const ticket = state?.current ?? null;
    if (before && ticket && ticket.id !== before.current?.id) follow(ticket);
  });
  return desk;
}
