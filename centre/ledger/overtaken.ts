/**
 * Code of an op about a ticket that another hub decided, where the ticket had gone on otherwise: it is kept and handed on in the
 * scopes, so that everybody has the same rows, and has no effect here. How the ticket stands for all, `ticket.reconciled` says.
 */
export const OVERTAKEN = 'overtaken';
