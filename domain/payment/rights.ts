import type { StaffRole } from '../staff/roles.ts';

/** Who may do what with money; asked at the terminal and again at the centre. */
export const PAYMENT_ROLES: Readonly<Record<'request' | 'record' | 'refund' | 'reconcile', readonly StaffRole[]>> = {
  request: ['FEE', 'SUP', 'WIN'],
  record: ['FEE', 'SUP'],
  refund: ['FEE', 'SUP'],
  reconcile: ['FEE', 'SUP'],
};
