import { Problem } from '@handover/platform';

export const unknownAppointment = (appointmentId: string): Problem =>
  new Problem({
    type: 'unknown-appointment',
    title: 'No such appointment',
    status: 404,
    detail: `No appointment ${appointmentId} was ever confirmed.`,
  });

export const unknownPool = (pool: string): Problem =>
  new Problem({
    type: 'unknown-pool',
    title: 'No such pool',
    status: 404,
    detail: `No capacity of pool ${pool} is known. Configure it with PUT /v1/pools/${pool}.`,
  });
