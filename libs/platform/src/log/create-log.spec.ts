import { createLog } from './create-log.js';

/** What was logged, a line each. */
function aLog(level = 'info') {
  const lines: string[] = [];
  const log = createLog({ logLevel: level, instance: 'test-1' }, 'intake', {
    write: (line) => void lines.push(line),
  });
  return { log, lines };
}

describe('the log', () => {
  it('writes JSON lines that name process, instance, level and time', () => {
    const { log, lines } = aLog();
    log.info({ handoverId: 'h-1' }, 'offered');
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      level: 'info',
      process: 'intake',
      instance: 'test-1',
      handoverId: 'h-1',
      msg: 'offered',
      time: expect.stringMatching(/^\d{4}-.*Z$/) as string,
    });
  });

  it('removes personal fields, should someone log them', () => {
    const { log, lines } = aLog();
    const secret = '+41445551234';
    log.warn(
      { personal: { phoneNumber: secret }, event: { data: { name: secret } }, request: { body: secret } },
      'x',
    );
    log.warn({ a: { b: { phoneNumber: secret } }, phoneNumber: secret, summary: secret }, 'y');
    expect(lines.join()).not.toContain(secret);
  });

  it('says of an error its name, message and stack, not what it carries', () => {
    const { log, lines } = aLog();
    log.error(
      { err: Object.assign(new RangeError('too far'), { body: { phoneNumber: '+41445551234' } }) },
      'failed',
    );
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ err: { name: 'RangeError', message: 'too far' } });
    expect(lines[0]).not.toContain('+4144');
  });

  it('keeps silent below its level', () => {
    const { log, lines } = aLog('warn');
    log.info('nothing');
    expect(lines).toEqual([]);
  });
});
