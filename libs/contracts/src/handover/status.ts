/** Where a handover may stand; docs/http-api.md says how they follow each other, `evolveProgress` when. */
export const handoverStatuses = [
  'requested',
  'offered',
  'no-slot',
  'declined',
  'scheduled',
  'at-risk',
  'briefing',
  'dialing',
  'connected',
  'missed',
  'completed',
  'withdrawn',
  'superseded',
  'expired',
] as const;
export type HandoverStatus = (typeof handoverStatuses)[number];
