import { readFileSync } from 'node:fs';
import { contractDescriptions, descriptionsFile } from './doc-comments.js';

describe('the descriptions of the contracts', () => {
  it('are what the doc comments say now (else: npm run docs)', () => {
    expect(JSON.parse(readFileSync(descriptionsFile, 'utf8'))).toEqual(contractDescriptions());
  });

  it('are those of classes and of their fields', () => {
    const { HandoverAnswer } = contractDescriptions();
    expect(HandoverAnswer?.['']).toBe('Answer to `POST /v1/handovers`.');
    expect(HandoverAnswer?.['say']).toBe("The whole sentence for the caller, in the caller's language.");
  });
});
