import { type ArgumentMetadata, type PipeTransform } from '@nestjs/common';
import { MessageFault } from '../bus/faults.js';
import { Problem } from './problem.js';
import { type UnknownFields, validated, type Violation } from './validated.js';

type DataClass = new () => object;
const notContracts: readonly unknown[] = [undefined, String, Number, Boolean, Array, Object, Date];

/** The contract class of a handler's parameter; none if it is a plain text, number or Nest's own. */
const contractOf = ({ type, metatype }: ArgumentMetadata): DataClass | undefined =>
  type === 'custom' || notContracts.includes(metatype) ? undefined : (metatype as DataClass);

const pipe = (
  unknown: UnknownFields,
  refuse: (violations: readonly Violation[], part: ArgumentMetadata['type']) => Error,
): PipeTransform => ({
  transform: async (value: unknown, metadata) => {
    const contract = contractOf(metadata);
    if (!contract || value instanceof contract) return value;
    // An HTTP request without a body reads as an empty one: what is missing is then named.
    const answer = await validated(value ?? {}, contract, unknown);
    if ('violations' in answer) throw refuse(answer.violations, metadata.type);
    return answer.data;
  },
});

/** HTTP bodies and queries: every rule of the class, and no unknown field. @throws Problem 400, or 404 for an address */
export const httpPipe = (): PipeTransform =>
  pipe('refused', (violations, part) => (part === 'param' ? illFormedId(violations) : invalid(violations)));

const invalid = (violations: readonly Violation[]): Problem =>
  new Problem({
    type: 'invalid-request',
    title: 'The request breaks rules',
    status: 400,
    detail: `${violations.length} rule(s) broken; see violations. Nothing was changed.`,
    violations,
  });

/** What cannot be an id names nothing. */
const illFormedId = (violations: readonly Violation[]): Problem =>
  new Problem({
    type: 'ill-formed-id',
    title: 'Nothing has such an id',
    status: 404,
    detail: 'A part of the address breaks the rule of its ids; see violations.',
    violations,
  });

/** Messages: every rule of the class; unknown fields are removed, producers may be newer. @throws MessageFault */
export const messagePipe = (): PipeTransform =>
  pipe('removed', (violations) => new MessageFault('The data breaks rules of its type.', violations));
