import { type PoolSettings } from '@handover/contracts';
import { minuteMs } from '@handover/kernel';

/** A pool's settings with nothing left open. */
export type Settings = Required<Omit<PoolSettings, 'name'>> & Pick<PoolSettings, 'name'>;

/** What a pool does where its settings say nothing. */
export const settingsByDefault: Omit<Settings, 'timeZone'> = {
  slotMinutes: 5,
  horizonHours: 24,
  leadMinutes: 10,
  holdSeconds: 180,
  onTimeTarget: 0.95,
  maxOccupancy: 0.9,
  handleSeconds: 360,
  callingHours: { from: '08:00', to: '21:00' },
  countryHours: [],
  holdShare: 0.5,
  inboundAnsweredAtOnce: 0.8,
  callbackWithoutTime: false,
};

const given = ([, value]: [string, unknown]): boolean => value !== undefined;

/** Fills in the defaults. Whoever reads published settings needs no table of its own. */
export const withDefaults = (settings: PoolSettings): Settings => ({
  ...settingsByDefault,
  timeZone: settings.timeZone,
  ...Object.fromEntries(Object.entries(settings).filter(given)),
});

/** Length of a cell of the pool's grid. */
export const cellMsOf = ({ slotMinutes }: Pick<Settings, 'slotMinutes'>): number => slotMinutes * minuteMs;
