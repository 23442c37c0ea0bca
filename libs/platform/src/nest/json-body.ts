import { isUtf8 } from 'node:buffer';
import { type FastifyInstance } from 'fastify';
import { deepestJson, isDeeperThan } from '../json/depth.js';
import { Problem } from './problem.js';

const types = ['application/json', 'application/merge-patch+json'];

/** Bodies are JSON in UTF-8. What nests too deep is refused unparsed; what would touch a prototype is refused by the parser. */
export function readJson(instance: FastifyInstance): void {
  const parse = instance.getDefaultJsonParser('error', 'error');
  instance.removeAllContentTypeParsers();
  instance.addContentTypeParser(types, { parseAs: 'buffer' }, (request, body, done) => {
    const bytes = Buffer.from(body);
    if (bytes.length === 0) return done(null, undefined);
    // Replaced by question marks a name would be lost without anybody noticing.
    if (!isUtf8(bytes)) return done(malformed('The body is not UTF-8.'));
    if (isDeeperThan(bytes, deepestJson)) return done(tooDeep);
    const text = bytes.toString('utf8');
    return parse(request, text, (fault, value) =>
      fault ? done(malformed(whyNot(text))) : done(null, value),
    );
  });
}

/** What the parser met, and where; nothing of what the body says. */
function whyNot(text: string): string {
  try {
    JSON.parse(text);
    return 'A field of the body is named __proto__ or constructor.prototype.';
  } catch (fault) {
    const [, position] = /at position (\d+)/.exec(String(fault)) ?? [];
    return `The body is not JSON${position === undefined ? '' : ` from character ${Number(position) + 1} on`}.`;
  }
}

const malformed = (detail: string): Problem =>
  new Problem({ type: 'malformed-request', title: 'The request cannot be read', status: 400, detail });

const tooDeep = new Problem({
  type: 'body-too-deep',
  title: 'The JSON nests too deep',
  status: 400,
  detail: `At most ${deepestJson} levels of arrays and objects are read.`,
});
