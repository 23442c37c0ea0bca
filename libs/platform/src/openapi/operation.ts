import { ApiExtension, ApiOperation } from '@nestjs/swagger';

/** Problem types by status that an operation may answer besides those that every one may. */
export type Refusals = Readonly<Record<number, readonly string[]>>;

/** Where an operation's own refusals stand until the document is finished. */
export const refusalsKey = 'x-refusals';

/**
 * What integrators read of a controller's method.
 * @param summary one line, as a heading
 * @param refusals problem types, without `/problems/`, by status
 */
export const Operation =
  (
    summary: string,
    { description, refusals = {} }: { readonly description?: string; readonly refusals?: Refusals } = {},
  ): MethodDecorator =>
  (target, key, method) => {
    ApiOperation({ summary, ...(description && { description }) })(target, key, method);
    ApiExtension(refusalsKey, refusals)(target, key, method);
  };
