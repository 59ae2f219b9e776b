import type { MethodOutput, MethodParams } from '../../contract/rpc.ts';
import type { AppointmentRecord } from '../../domain/appointment/types.ts';
import { findItem } from '../../domain/catalogue/catalogue.ts';
import { maskName, maskPhone } from '../../domain/identity/mask.ts';
import type { ServiceContext } from '../context.ts';

type Row = MethodOutput<'board.appointments'>['rows'][number];

/** By slot, then by code. */
export function listAppointments(
  context: ServiceContext,
  { from, to, find = '' }: MethodParams<'board.appointments'>,
): Row[] {
  const names = context.store.staff.names();
  return context.store.hall
    .byDays('appointment', from, to)
    .filter((record) => find === '' || isFound(record, find))
    .sort((a, b) => a.slot.from.localeCompare(b.slot.from) || a.code.localeCompare(b.code))
    .map((record) => ({
      record,
      itemName: findItem(record.itemCode, context.catalogueInForce())?.name ?? record.itemCode,
      phoneMasked: maskPhone(record.phone),
      nameMasked: maskName(record.name, 'person'),
      ticketNumber: numberOf(context, record.ticketId),
      isLate: record.state === 'booked' && Date.parse(record.slot.to) < context.now(),
      staffNames: (record.visit?.staff ?? []).map((number) => names.get(number) ?? number),
    }));
}

/** A code is said from its front, a phone number by its end. */
function isFound({ code, phone }: AppointmentRecord, text: string): boolean {
  const digits = text.replaceAll(/\D/g, '');
  return digits !== '' && (code.startsWith(digits) || phone.replaceAll(/\D/g, '').endsWith(digits));
}

function numberOf({ store }: ServiceContext, ticketId: string | null): string | null {
  if (ticketId === null) return null;
  const found = store.hall.read('ticket', ticketId);
  return found?.type === 'ticket' ? found.record.number : null;
}
