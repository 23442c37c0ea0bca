import { type Ids, idFrom } from '@handover/kernel';
import { Problem } from '@handover/platform';
import { type CommandCause } from '../handover-commands.js';

/** Headers as Node gives them: lower-case names. */
export type Headers = Readonly<Record<string, string | string[] | undefined>>;

interface HeaderRule {
  readonly name: string;
  readonly pattern: RegExp;
  readonly rule: string;
}

const clientHeader: HeaderRule = {
  name: 'Handover-Client',
  pattern: /^[A-Za-z0-9][A-Za-z0-9._:-]{0,127}$/,
  rule: 'must be 1–128 of letters, digits and . _ : - beginning with a letter or digit',
};
const keyHeader: HeaderRule = {
  name: 'Idempotency-Key',
  pattern: /^[\x21-\x7e]{1,128}$/,
  rule: 'must be 1–128 visible ASCII characters without spaces',
};

/** A header's value; absent stays absent. @throws Problem if it breaks its rule */
function read(headers: Headers, { name, pattern, rule }: HeaderRule): string | undefined {
  const value = headers[name.toLowerCase()];
  if (value === undefined) return undefined;
  if (typeof value === 'string' && pattern.test(value)) return value;
  throw new Problem({
    type: 'invalid-request',
    title: 'The request breaks rules',
    status: 400,
    detail: 'A header breaks a rule; see violations. Nothing was changed.',
    violations: [{ field: name, rule }],
  });
}

/** Who asks for a handover, and the id that it gets: the same for the same client and key, new without a key. */
export function newHandoverOf(headers: Headers, ids: Ids): { handoverId: string; clientId: string } {
  const clientId = read(headers, clientHeader) ?? 'default';
  const key = read(headers, keyHeader);
  return { clientId, handoverId: idFrom('handover', clientId, key ?? ids.next()) };
}

/** The cause of a change that came over HTTP, with the trace of the request. */
export const causeOf = (id: string, headers: Headers): CommandCause => {
  const { traceparent } = headers;
  return { id: `/handover/http/${id}`, ...(typeof traceparent === 'string' && { traceparent }) };
};
