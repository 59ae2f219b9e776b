/** Code of an own op that is held by the centre itself, which has it durably and judges it soon. Of a hub there is none. */
export const AT_CENTRE = 'at-centre';
