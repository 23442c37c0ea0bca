import { addDays, hourMs, inZone, type Instant, type TimeZone } from '@handover/kernel';
import { type AgentProfile, type PoolSettings, type ShiftPlan } from '@handover/contracts';

/** A call to capacity's HTTP API: `PUT path body`. */
export interface Put {
  readonly path: string;
  readonly body: object;
}

interface SampleAgent extends AgentProfile {
  readonly agentId: string;
  /** Hours from the present hour to the begin of the shift. */
  readonly beginsIn: number;
}

const shiftHours = 10;

const agent = (name: string, pool: string, skills: string[], beginsIn: number): SampleAgent => ({
  agentId: name.toLowerCase(),
  displayName: name,
  pool,
  skills,
  beginsIn,
});

/** Whenever the centre is created, most agents have begun lately and the others come while these are still there. */
const agents: readonly SampleAgent[] = [
  agent('Ada', 'billing', ['billing', 'en'], -1),
  agent('Ben', 'billing', ['billing', 'en'], -1),
  agent('Carla', 'billing', ['billing', 'de', 'en'], -1),
  agent('Dario', 'billing', ['billing', 'de', 'en'], -1),
  agent('Eva', 'billing', ['billing', 'de', 'en'], 5),
  agent('Finn', 'technical', ['en', 'technical'], -1),
  agent('Gina', 'technical', ['en', 'technical'], -1),
  agent('Hugo', 'technical', ['de', 'en', 'technical'], -1),
  agent('Ines', 'technical', ['de', 'en', 'technical'], -1),
  agent('Jonas', 'technical', ['de', 'en', 'technical'], 5),
  agent('Kim', 'general', ['de', 'en'], -1),
  agent('Lena', 'general', ['de', 'en'], -1),
  agent('Marco', 'general', ['de', 'en'], -1),
  agent('Nora', 'general', ['de', 'en'], 5),
];

const pools: readonly (readonly [pool: string, name: string])[] = [
  ['billing', 'Billing'],
  ['technical', 'Technical support'],
  ['general', 'Everything else'],
];

const settings = (name: string, timeZone: TimeZone): PoolSettings => ({
  name,
  timeZone,
  slotMinutes: 5,
  callingHours: { from: '00:00', to: '23:59' },
});

/** What a small centre needs so that there are times to offer now and for the next day, whatever the hour. */
export function sampleCentre(now: Instant, timeZone: TimeZone): readonly Put[] {
  return [
    ...pools.map(([pool, name]) => ({ path: `/v1/pools/${pool}`, body: settings(name, timeZone) })),
    ...agents.flatMap(({ agentId, beginsIn, ...profile }) => [
      { path: `/v1/agents/${agentId}`, body: profile },
      ...[0, 1].map((day) => ({
        path: `/v1/agents/${agentId}/shifts/sample-${day + 1}`,
        body: shift(now + beginsIn * hourMs, day, timeZone),
      })),
      { path: `/v1/agents/${agentId}/state`, body: { state: 'available' } },
    ]),
  ];
}

/** Ten hours from the full hour, the half hour after the fifth free; the same on the wall clock `days` later. */
function shift(begin: Instant, days: number, timeZone: TimeZone): ShiftPlan {
  const { hour } = inZone(begin, timeZone);
  const date = addDays(inZone(begin, timeZone).toPlainDate().toString(), days);
  return {
    date,
    from: clockTime(hour, 0),
    to: clockTime(hour + shiftHours, 0),
    timeZone,
    breaks: [{ from: clockTime(hour + 5, 0), to: clockTime(hour + 5, 30) }],
  };
}

const clockTime = (hour: number, minute: number): string =>
  `${String(hour % 24).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
