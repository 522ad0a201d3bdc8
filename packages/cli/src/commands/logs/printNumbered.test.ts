import { PassThrough } from 'node:stream';
import type {
  LogLines,
  LogLinesOptions,
  LogSearchOptions,
  MissingLogLines,
  NumberedLogLine,
  Platform,
} from '@ml-platform/sdk';
import type { Cli } from '../../Cli';
import { printNumbered } from './printNumbered';

const REF = { cluster: 'c', namespace: 'training', name: 'j' };

/** A log as the portal has it; asked for, it answers with a page at a time. */
class FakeLog {
  missing: readonly MissingLogLines[] = [];
  lasting = true;
  waiting: string | undefined;
  /** Answers that come before the log is read. */
  early = 0;
  readonly asked: (LogLinesOptions | LogSearchOptions)[] = [];
  readonly #lines: readonly NumberedLogLine[];
  readonly #page: number;

  constructor(numbers: readonly number[], page = 10_000) {
    this.#lines = numbers.map(number => ({
      number,
      time: '2026-11-28T11:00:00.000000001Z',
      text: `line ${number}`,
    }));
    this.#page = page;
  }

  readonly platform = {
    logLines: async (_: object, options: LogLinesOptions = {}) => {
      this.asked.push(options);
      const { from = 1, count = 1_000 } = options;
      this.early -= 1;
      const isEarly = this.early >= 0;
      const answer: LogLines = {
        lasting: this.lasting,
        source: 'driver/1',
        lines: isEarly
          ? []
          : this.#lines
              .filter(({ number }) => number >= from)
              .slice(0, Math.min(count, this.#page)),
        first: this.#lines[0]?.number ?? 1,
        last: this.#lines.at(-1)?.number ?? 0,
        state: isEarly ? 'reading' : 'following',
        waiting: this.waiting,
        missing: this.missing,
      };
      return answer;
    },
    searchLog: (_: object, options: LogSearchOptions) => this.#search(options),
  };

  async *#search(options: LogSearchOptions) {
    this.asked.push(options);
    const { from = 1, limit = 0, q = '' } = options;
    const lines = this.#lines.filter(
      ({ number, text }) => number >= from && text.includes(q),
    );
    const searched = this.#lines.length;
    yield {
      type: 'progress',
      matches: 0,
      searched: 1,
      last: searched,
    } as const;
    if (lines.length > 0) {
      yield { type: 'matches', lines: lines.slice(0, limit) } as const;
    }
    return { matches: lines.length, searched };
  }
}

const upTo = (last: number) => Array.from({ length: last }, (_, i) => i + 1);

async function print(
  log: FakeLog,
  options: Omit<Parameters<typeof printNumbered>[3], 'source'>,
) {
  const stdout = new PassThrough();
  const said: string[] = [];
  let text = '';
  stdout.on('data', chunk => {
    text += chunk;
  });
  const signal = new AbortController().signal;
  const cli = {
    io: { stdout, env: { NO_COLOR: '1' }, signal },
    say: line => said.push(line),
  } as Pick<Cli, 'say'> & { readonly io: Partial<Cli['io']> };
  await printNumbered(
    cli as Cli,
    log.platform as Partial<Platform> as Platform,
    REF,
    { source: 'driver', ...options },
  );
  return { text, said };
}

describe('printing numbered lines', () => {
  it('prints a range, each line after its number', async () => {
    const log = new FakeLog(upTo(9));
    expect(await print(log, { lines: { from: 3, to: 4 } })).toEqual({
      text: '3:line 3\n4:line 4\n',
      said: [],
    });
    expect(log.asked).toMatchObject([{ source: 'driver', from: 3, count: 2 }]);
    const { text } = await print(log, {
      lines: { from: 9, to: 9 },
      timestamps: true,
    });
    expect(text).toBe('9:2026-11-28T11:00:00.000000001Z line 9\n');
  });

  it('says so where a line may get another number', async () => {
    const log = new FakeLog(upTo(9));
    log.lasting = false;
    const { said } = await print(log, { lines: { from: 3, to: 4 } });
    expect(said).toEqual([expect.stringContaining('may have other numbers')]);
  });

  it('asks again until it has all that are there', async () => {
    const log = new FakeLog(upTo(9), 4);
    log.early = 2;
    const { text } = await print(log, { lines: { from: 2, to: Infinity } });
    expect(text.split('\n')).toHaveLength(9);
    expect(log.asked).toMatchObject(
      [2, 2, 2, 6, 10].map(from => ({ from, count: 10_000 })),
    );
  });

  it('says where lines are missing', async () => {
    const log = new FakeLog([3, 4, 7, 8]);
    log.missing = [
      { line: 3, lines: 2, reason: 'two are lost' },
      { line: 7, lines: 2, reason: 'two more are lost' },
      { line: 8, reason: 'some may be lost' },
    ];
    expect(await print(log, { lines: { from: 4, to: 7 } })).toEqual({
      text: '4:line 4\n7:line 7\n',
      said: ['[gap] Before line 7: two more are lost'],
    });
    await expect(print(log, { lines: { from: 5, to: 6 } })).rejects.toThrow(
      'Line 5 is missing: two more are lost',
    );
    await expect(print(log, { lines: { from: 9, to: 9 } })).rejects.toThrow(
      'There is no line 9; the log has lines 3 to 8',
    );
  });

  it('says why an empty log has no line', async () => {
    const log = new FakeLog([]);
    const lines = { from: 1, to: 1 };
    await expect(print(log, { lines })).rejects.toThrow('empty so far');
    log.waiting = 'Pulling the image';
    await expect(print(log, { lines })).rejects.toThrow('Pulling the image');
  });

  it('prints the lines that match, however many they are', async () => {
    const log = new FakeLog(upTo(25_000));
    const { text } = await print(log, {
      ...{ grep: 'line', ignoreCase: true },
      ...{ level: 'warning', orWorse: true },
    });
    expect(text.split('\n')).toHaveLength(25_001);
    expect(log.asked).toMatchObject(
      [1, 10_001, 20_001].map(from => ({
        ...{ q: 'line', regex: true, matchCase: false, limit: 10_000 },
        ...{ level: 'warning', orWorse: true },
        from,
      })),
    );
  });

  it('says that none matches', async () => {
    const log = new FakeLog(upTo(7));
    expect(await print(log, { grep: 'nothing', level: 'error' })).toEqual({
      text: '',
      said: ['None of 7 lines matches'],
    });
  });
});
