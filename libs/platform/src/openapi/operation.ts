import { ApiExtension, ApiOperation } from '@nestjs/swagger';

/** Problem types by status that an operation may answer besides those that every one may. */
export type Refusals = Readonly<Record<number, readonly string[]>>;

/** What integrators read of an operation, beside its summary. */
export interface OperationTexts {
  readonly description?: string;
  /** Problem types, without `/problems/`, by status. */
  readonly refusals?: Refusals;
  /** What problems of a status hold beyond the common members: a contract class, its fields optional. */
  readonly extensions?: Readonly<Record<number, { readonly name: string }>>;
}

/** How an operation's own refusals stand in the document until it is finished. */
export interface OwnRefusals {
  readonly refusals: Refusals;
  /** Names of schemas, by status. */
  readonly extensions: Readonly<Record<string, string>>;
}

export const refusalsKey = 'x-refusals';

/**
 * Describes a controller's method to integrators.
 * @param summary one line, as a heading
 */
export const Operation =
  (summary: string, { description, refusals = {}, extensions = {} }: OperationTexts = {}): MethodDecorator =>
  (target, key, method) => {
    const names = Object.entries(extensions).map(([status, { name }]) => [status, name]);
    const own: OwnRefusals = { refusals, extensions: Object.fromEntries(names) };
    ApiOperation({ summary, ...(description && { description }) })(target, key, method);
    ApiExtension(refusalsKey, own)(target, key, method);
  };
