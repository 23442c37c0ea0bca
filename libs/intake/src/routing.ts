import { IsSlug, IsText, Many, One, type HandoverRequest, type Route } from '@handover/contracts';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsOptional, Matches } from 'class-validator';

/** Words that a field may be; one that ends in `*` stands for all that begin so, as `billing-*`. */
const Patterns = (): PropertyDecorator => (target, key) => {
  IsArray()(target, key);
  ArrayMinSize(1)(target, key);
  ArrayMaxSize(50)(target, key);
  Matches(/^[A-Za-z0-9-]{1,64}\*?$/, {
    each: true,
    message: '$property must be a list of words, as billing-dispute, or beginnings, as billing-*',
  })(target, key);
};

/** Matches a request if every field that is given matches. */
export class RoutingCondition {
  @IsOptional() @Patterns() issueType?: string[];
  /** Matches the tag (`de-CH`) or its language (`de`). */
  @IsOptional() @Patterns() language?: string[];
  @IsOptional() @Patterns() accountTier?: string[];
}

export class RoutingTarget {
  /** Named in the answer and the history, so that a routing can be explained. */
  @IsText(64) id!: string;
  @IsSlug() pool!: string;
  @IsOptional() @IsArray() @ArrayMaxSize(8) @IsSlug({ each: true }) skills?: string[];
}

export class RoutingRule extends RoutingTarget {
  @One(() => RoutingCondition) when!: RoutingCondition;
}

/** Which pool and skills a handover needs: the first rule that matches, else `otherwise`. The file that `HANDOVER_ROUTING` names. */
export class RoutingTable {
  @Many(() => RoutingRule, 500) rules!: RoutingRule[];
  @One(() => RoutingTarget) otherwise!: RoutingTarget;
}

/** The rule id of a handover whose bot named the pool itself. */
export const requestedPoolRule = 'requested-pool';

/** Rules of a table beyond those of its fields: what is wrong, a line each. */
export function routingFaults({ rules, otherwise }: RoutingTable): readonly string[] {
  const ids = [...rules.map(({ id }) => id), otherwise.id];
  const faults = rules.flatMap(({ when }, index) =>
    Object.values(when).some((patterns) => patterns !== undefined)
      ? []
      : [`rules[${index}].when names no condition: it would match everything; make it "otherwise"`],
  );
  ids.forEach((id, index) => {
    const where = index < rules.length ? `rules[${index}].id` : 'otherwise.id';
    if (id === requestedPoolRule) faults.push(`${where} "${id}" is reserved`);
    if (ids.indexOf(id) < index) faults.push(`${where} "${id}" is used twice`);
  });
  return faults;
}

const matchesPattern = (pattern: string, word: string): boolean =>
  pattern.endsWith('*') ? word.startsWith(pattern.slice(0, -1)) : word === pattern;

const matchesAny = (
  patterns: readonly string[] | undefined,
  ...words: readonly (string | undefined)[]
): boolean =>
  patterns === undefined ||
  patterns.some((pattern) => words.some((word) => word !== undefined && matchesPattern(pattern, word)));

const languageOf = (tag: string): string => tag.split('-')[0] ?? tag;

/** Finds the pool and the skills: those of the rule, the caller's language, and what the bot asked for. */
export function route({ rules, otherwise }: RoutingTable, request: HandoverRequest): Route {
  const language = languageOf(request.language);
  const found =
    rules.find(
      ({ when }) =>
        matchesAny(when.issueType, request.issue.type) &&
        matchesAny(when.language, request.language, language) &&
        matchesAny(when.accountTier, request.accountTier),
    ) ?? otherwise;
  const { id, pool, skills = [] } = request.pool ? { id: requestedPoolRule, pool: request.pool } : found;
  return { pool, skills: [...new Set([language, ...skills, ...(request.skills ?? [])])].sort(), rule: id };
}
