import { distance } from 'fastest-levenshtein';

type Environment = Readonly<Record<string, string | undefined>>;

/** Variables of ours that are read elsewhere: by the operator's commands, and by the project's own tests. */
const readElsewhere = ['HANDOVER_URLS'];

/** The service that a group of variables belongs to checks their names; all others let them pass. */
const groups = ['HANDOVER_DIALING_'];

/** What is wrong with the names of our variables: one that nobody reads would change nothing, and nobody would notice. */
export const misspeltVariables = (environment: Environment, known: readonly string[]): string[] =>
  unknownVariables('HANDOVER_', environment, [...known, ...readElsewhere], groups);

/** Variables with a prefix that are not known: of each a sentence, with the name that may have been meant. */
export const unknownVariables = (
  prefix: string,
  environment: Environment,
  known: readonly string[],
  others: readonly string[] = [],
): string[] =>
  Object.entries(environment)
    .filter(([name]) => name.startsWith(prefix) && !known.includes(name))
    .filter(([name]) => !others.some((other) => name.startsWith(other)))
    .filter(([name, value]) => !isOfKubernetes(name, value))
    .map(([name]) => `${name} is not known: ${hint(name, known)}.`);

/** Kubernetes tells each process its neighbours' addresses: those of a service `handover-intake` look like ours. */
const isOfKubernetes = (name: string, value = ''): boolean =>
  /_SERVICE_(HOST|PORT(_\w+)?)$|_PORT_\d+_(TCP|UDP)(_\w+)?$/.test(name) || /^(tcp|udp):\/\//.test(value);

const farthest = 4;

function hint(name: string, known: readonly string[]): string {
  const [nearest] = known
    .map((each) => ({ each, far: distance(name, each) }))
    .sort((one, other) => one.far - other.far);
  return nearest && nearest.far <= farthest
    ? `${nearest.each} may be meant`
    : 'docs/configuration.md lists all variables';
}
