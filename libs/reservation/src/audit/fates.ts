import { type AppointmentConfirmed, type AppointmentMoved } from '@handover/contracts';
import { type Instant, fromIso } from '@handover/kernel';
import { type Outcomes } from './report.js';

interface Fate {
  start: Instant;
  end: Instant;
  atRisk: boolean;
  cancelled: boolean;
  firstDial: Instant | undefined;
}

/** What becomes of each appointment. */
export class Fates {
  private readonly fates = new Map<string, Fate>();
  private readonly lastOf = new Map<string, string>();
  private moves = 0;

  confirm({ appointmentId, handoverId, start, end }: AppointmentConfirmed): void {
    this.lastOf.set(handoverId, appointmentId);
    this.fates.set(appointmentId, {
      start: fromIso(start),
      end: fromIso(end),
      atRisk: false,
      cancelled: false,
      firstDial: undefined,
    });
  }

  move({ appointmentId, start, end, by }: AppointmentMoved): void {
    if (by === 'capacity') this.moves += 1;
    this.change(appointmentId, { start: fromIso(start), end: fromIso(end), atRisk: false });
  }

  /** Only a warning before the window counts as one. */
  flag(appointmentId: string, at: Instant): void {
    const fate = this.fates.get(appointmentId);
    if (fate && at <= fate.start) this.change(appointmentId, { atRisk: true });
  }

  secure(appointmentId: string): void {
    this.change(appointmentId, { atRisk: false });
  }

  cancel(appointmentId: string): void {
    this.change(appointmentId, { cancelled: true });
  }

  dial(appointmentId: string, at: Instant): void {
    const fate = this.fates.get(appointmentId);
    if (fate) fate.firstDial ??= at;
  }

  /** The handover's last appointment, if it was not cancelled and its window is not over. */
  liveOf(handoverId: string, now: Instant): string | undefined {
    const id = this.lastOf.get(handoverId);
    const fate = this.fates.get(id ?? '');
    return fate && !fate.cancelled && fate.end > now ? id : undefined;
  }

  sum(asOf: Instant): Outcomes {
    const counts = { kept: 0, ahead: 0, atRisk: 0, broken: 0, cancelled: 0 };
    for (const fate of this.fates.values()) counts[outcomeOf(fate, asOf)] += 1;
    return { confirmed: this.fates.size, ...counts, moved: this.moves };
  }

  private change(appointmentId: string, change: Partial<Fate>): void {
    const fate = this.fates.get(appointmentId);
    if (fate) this.fates.set(appointmentId, { ...fate, ...change });
  }
}

function outcomeOf(
  { start, end, atRisk, cancelled, firstDial }: Fate,
  asOf: Instant,
): keyof Omit<Outcomes, 'confirmed' | 'moved'> {
  if (firstDial !== undefined && firstDial >= start && firstDial < end) return 'kept';
  if (cancelled) return 'cancelled';
  if (atRisk) return 'atRisk';
  return end > asOf && firstDial === undefined ? 'ahead' : 'broken';
}
