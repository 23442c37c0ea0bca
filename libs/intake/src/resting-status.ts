import { type HandoverStatus, type HandoverView } from '@handover/contracts';

/** Where a handover stands while nobody is dialing: by its appointment, else by its offers, else as the caller of this says. */
export function restingStatus(
  { appointment, callback, offers }: Pick<HandoverView, 'appointment' | 'callback' | 'offers'>,
  otherwise: HandoverStatus,
): HandoverStatus {
  if (appointment?.state === 'at-risk') return 'at-risk';
  if (appointment?.state === 'confirmed') return callback?.missed ? 'missed' : 'scheduled';
  return offers.length > 0 ? 'offered' : otherwise;
}
