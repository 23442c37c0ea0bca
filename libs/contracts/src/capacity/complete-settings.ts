import { type PoolSettings } from './pool.js';

/** A pool's settings with nothing left open. */
export type CompletePoolSettings = Required<Omit<PoolSettings, 'name'>> & Pick<PoolSettings, 'name'>;

/** What a pool does where its settings say nothing: the one table of defaults. */
export const settingsByDefault: Omit<CompletePoolSettings, 'timeZone'> = {
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

/** The settings with every default filled in. */
export const withDefaults = (settings: PoolSettings): CompletePoolSettings => ({
  ...settingsByDefault,
  timeZone: settings.timeZone,
  ...Object.fromEntries(Object.entries(settings).filter(given)),
});
