import { type DialingSettings, type RetryableOutcome, usualSettings } from '@handover/dialing';
import { secondMs } from '@handover/kernel';
import { ConfigError, unknownVariables } from '@handover/platform';

/** Injection token of `DialingSettings`. */
export const SETTINGS = Symbol('DialingSettings');

const prefix = 'HANDOVER_DIALING_';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Settings from `HANDOVER_DIALING_…` (docs/configuration.md names each); what is not given is as usual.
 * @throws ConfigError that names every variable that breaks its rule or is not known
 */
export function settingsFromEnvironment(environment: Environment = process.env): DialingSettings {
  const wrong: string[] = [];
  const known: string[] = [];
  const given = (name: string): string | undefined => {
    known.push(prefix + name);
    return environment[prefix + name]?.trim() || undefined;
  };
  const refuse = (name: string, rule: string): void => void wrong.push(`${prefix}${name} must be ${rule}.`);

  const whole = (name: string, usual: number, [least, most]: readonly [number, number]): number => {
    const text = given(name);
    if (text === undefined) return usual;
    if (!/^\d{1,6}$/.test(text) || Number(text) < least || Number(text) > most)
      refuse(name, `a whole number from ${least} to ${most}`);
    return Number(text);
  };
  const seconds = (name: string, usualMs: number, least = 1): number =>
    whole(name, usualMs / secondMs, [least, 86_400]) * secondMs;
  const table = (name: string, usual: Readonly<Record<RetryableOutcome, number>>): typeof usual => {
    const entries = (given(name) ?? '').split(',').flatMap((entry) => (entry.trim() ? [entry.trim()] : []));
    const read = entries.map((entry) => /^(busy|no-answer|voicemail|failed)=(\d{1,5})$/.exec(entry));
    if (read.includes(null))
      refuse(name, 'seconds by outcome, as busy=60,no-answer=120,voicemail=180,failed=30');
    return { ...usual, ...Object.fromEntries(read.map((each) => [each?.[1], Number(each?.[2]) * secondMs])) };
  };

  const { retry, ...usual } = usualSettings;
  const settings: DialingSettings = {
    leadMs: seconds('LEAD_SECONDS', usual.leadMs),
    acknowledgeMs: seconds('ACKNOWLEDGE_SECONDS', usual.acknowledgeMs),
    askAgainMs: seconds('ASK_AGAIN_SECONDS', usual.askAgainMs),
    keepAgentMs: seconds('KEEP_AGENT_SECONDS', usual.keepAgentMs, 0),
    ringMs: seconds('RING_SECONDS', usual.ringMs),
    graceMs: seconds('GRACE_SECONDS', usual.graceMs),
    maxTalkMs: seconds('MAX_TALK_SECONDS', usual.maxTalkMs),
    dispositionMs: seconds('DISPOSITION_SECONDS', usual.dispositionMs),
    retry: {
      maxAttempts: whole('MAX_ATTEMPTS', retry.maxAttempts, [1, 20]),
      insideMs: table('RETRY_INSIDE', retry.insideMs),
      afterMs: table('RETRY_AFTER', retry.afterMs),
      lateMs: seconds('LATE_SECONDS', retry.lateMs, 0),
    },
  };
  wrong.push(...unknownVariables(prefix, environment, known));
  if (wrong.length > 0) throw new ConfigError(wrong.join(' '));
  return settings;
}
