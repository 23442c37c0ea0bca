// A fire drill (docs/operations.md): makes this process a release whose projection "outcomes" is broken in two ways, as
// real ones are. It cannot take issues of type "drill", and it writes down a wrong language for all others.
//   NODE_OPTIONS="--import=$PWD/tools/drills/broken-release.mjs" npm start
import { registerHooks } from 'node:module';

const file = '/apps/analytics/dist/outcomes/outcomes-view.js';
const sound = 'function save(view, outcome, position) {';
const broken = `${sound}
    if (outcome.issueType === 'drill') throw new TypeError('this release cannot take issues of type "drill"');
    outcome = { ...outcome, language: 'xx' };`;

registerHooks({
  load(url, context, next) {
    const loaded = next(url, context);
    if (!url.endsWith(file)) return loaded;
    const source = String(loaded.source);
    if (!source.includes(sound))
      throw new Error(`The drill does not fit this release: "${sound}" is not in ${file}.`);
    process.stderr.write('DRILL: the projection "outcomes" is broken in this process.\n');
    return { ...loaded, source: source.replace(sound, broken) };
  },
});
