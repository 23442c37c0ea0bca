import { type Refusal } from '@handover/kernel';
import { Problem } from './problem.js';

/** How a refusal is told over HTTP. */
export interface RefusalKind {
  readonly status: number;
  readonly title: string;
  /** Type of the problem; default: the refusal's code. */
  readonly type?: string;
}

/** For a refusal of what cannot be true: it is told like a field that breaks its rule. */
export const brokenRules: RefusalKind = {
  type: 'invalid-request',
  status: 400,
  title: 'The request breaks rules',
};

/**
 * Tells a service's refusals as problems, by a table with an entry for each code. What a refusal holds beyond its code and
 * its reason becomes a member of the problem.
 */
export const problemsOf =
  <Code extends string>(kinds: Readonly<Record<Code, RefusalKind>>) =>
  ({ refused, why, ...more }: Refusal<Code>): Problem => {
    const { type = refused, status, title } = kinds[refused];
    return new Problem({ type, title, status, detail: why, ...more });
  };
