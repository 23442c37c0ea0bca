import { pipeline, type Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import { headerFault } from './shift-row.js';

export interface CsvRow {
  /** Line in the file; the header is line 1. */
  readonly line: number;
  readonly fields: Readonly<Record<string, string>>;
}

/** The file cannot be read beyond this line. */
export class UnreadableCsv extends Error {
  override readonly name = 'UnreadableCsv';
  constructor(
    readonly line: number,
    readonly rule: string,
  ) {
    super(`Line ${line} ${rule}`);
  }
}

export const rowsAtMost = 20_000;
const bytesAtMost = 8 * 1024 * 1024;
const rowCharactersAtMost = 4_096;

interface Parsed {
  readonly record: Record<string, string>;
  readonly info: { readonly lines: number };
}

/** Reads the rows as they arrive: memory does not grow with the file. @throws UnreadableCsv */
export async function* csvRows(csv: Readable): AsyncGenerator<CsvRow> {
  const parser = parse({
    bom: true,
    columns: checkedHeader,
    info: true,
    max_record_size: rowCharactersAtMost,
    skip_empty_lines: true,
    trim: true,
  });
  // A fault of the source or the limit ends the parser with it, so it is met below.
  pipeline(csv, limited, parser, () => undefined);
  let rows = 0;
  try {
    for await (const { record, info } of parser as AsyncIterable<Parsed>) {
      rows += 1;
      if (rows > rowsAtMost)
        throw new UnreadableCsv(info.lines, `is beyond the ${rowsAtMost} rows of one import`);
      yield { line: info.lines, fields: record };
    }
  } catch (fault) {
    if (!(fault instanceof CsvError)) throw fault;
    throw new UnreadableCsv(parser.info.lines, ruleOf(fault));
  }
}

async function* limited(csv: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let bytes = 0;
  for await (const part of csv) {
    bytes += part.length;
    if (bytes > bytesAtMost) throw new UnreadableCsv(1, `begins a file of more than ${bytesAtMost} bytes`);
    yield part;
  }
}

function checkedHeader(header: string[]): string[] {
  const fault = headerFault(header);
  if (fault) throw new UnreadableCsv(1, fault);
  return header;
}

/** What csv-parse found wrong, without what the file says. */
const rules: Partial<Record<string, string>> = {
  CSV_RECORD_INCONSISTENT_COLUMNS: 'has another number of fields than the header',
  CSV_MAX_RECORD_SIZE: `is longer than ${rowCharactersAtMost} characters`,
  CSV_QUOTE_NOT_CLOSED: 'is within a quoted field that never ends',
};

const ruleOf = ({ code }: CsvError): string => rules[code] ?? 'is not CSV: a quote stands where none may';
