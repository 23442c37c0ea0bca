import { StoreUnavailable } from '../event-store/faults.js';
import { type BusStrategy } from '../nest/bus-strategy.js';
import { type Views } from '../projections/views.js';
import { type Relay } from '../relay/relay.js';
import { type WriteWatch } from './write-watch.js';

/** One part that a service needs. `degraded`: something waits for an operator, but requests are served. */
export interface Check {
  readonly status: 'up' | 'degraded' | 'down';
  readonly detail: string;
}

/** A part of a service that the platform does not know of, and that must work before the service is ready. */
export interface ReadinessChecks {
  checks(): Readonly<Record<string, Check>>;
}

export interface Readiness {
  /** `down` if any check is down. */
  readonly status: 'up' | 'degraded' | 'down';
  readonly checks: Readonly<Record<string, Check>>;
}

export interface Parts {
  readonly writes: WriteWatch;
  readonly strategy: BusStrategy;
  readonly relay: Relay;
  readonly views: Views;
  readonly own?: ReadinessChecks;
}

/** Whether a service can do its work now: what `/health/ready` answers. */
export async function readinessOf({ writes, strategy, relay, views, own }: Parts): Promise<Readiness> {
  const checks: Record<string, Check> = {
    store: await storeCheck(writes),
    consumer: consumerCheck(strategy),
    relay: relayCheck(relay),
    ...own?.checks(),
  };
  for (const view of views.status()) checks[`projection ${view.name}`] = projectionCheck(view);
  return { status: worst(Object.values(checks)), checks };
}

/** The worst of several. */
export const worst = (checks: readonly { readonly status: Check['status'] }[]): Check['status'] => {
  if (checks.some(({ status }) => status === 'down')) return 'down';
  return checks.some(({ status }) => status === 'degraded') ? 'degraded' : 'up';
};

/** A store that can be read and takes nothing, as on a full disk, is down all the same: nothing can be accepted. */
async function storeCheck({ store, fault }: WriteWatch): Promise<Check> {
  try {
    await store.head();
  } catch (unread) {
    const reason = unread instanceof StoreUnavailable ? unread.reason : undefined;
    return { status: 'down', detail: reason ?? (unread instanceof Error ? unread.name : 'unreachable') };
  }
  const reason = fault();
  return reason === undefined
    ? { status: 'up', detail: 'reachable' }
    : { status: 'down', detail: `takes no events: ${reason}` };
}

/** Once it was receiving, a broker that goes away takes no service out: requests are accepted, what waits is in the log. */
const consumerCheck = (strategy: BusStrategy): Check => consuming(strategy.state());

/** What the state of a consumer means for readiness. */
export const consuming = (state: 'receiving' | 'connecting' | 'interrupted'): Check => ({
  status: { receiving: 'up', connecting: 'down', interrupted: 'degraded' }[state] as Check['status'],
  detail: state,
});

/** A broker that takes no messages does not stop intake from accepting: what waits is in the log, and visible. */
function relayCheck(relay: Relay): Check {
  const { state, fault } = relay.status();
  if (state === 'active' || state === 'standby') return { status: 'up', detail: state };
  if (state === 'blocked') return { status: 'degraded', detail: `blocked: ${fault ?? 'unknown'}` };
  return { status: 'down', detail: state };
}

/**
 * A view that never was level with the log gives wrong answers: not ready, a rollout stops. One that was, and then met
 * an event that it cannot take, gives old answers: taking every replica out of service would make that worse.
 */
function projectionCheck(view: ReturnType<Views['status']>[number]): Check {
  const { state, fault } = view;
  const behind =
    state === 'catching-up' && fault ? `${state}, its file takes nothing: ${fault.message}` : state;
  const detail = fault?.eventId ? `${state} at event ${fault.eventId}` : behind;
  if (!view.wasLive) return { status: 'down', detail };
  return { status: fault ? 'degraded' : 'up', detail };
}
