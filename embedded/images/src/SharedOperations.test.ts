import { SharedOperations } from './SharedOperations';

/** An operation that the test ends, and that can be aborted. */
function operation() {
  let succeed: (value: string) => void = () => undefined;
  let emitEvent: (event: string) => void = () => undefined;
  let aborted = false;
  let starts = 0;
  const start = (emit: (event: string) => void, signal: AbortSignal) =>
    new Promise<string>((resolve, reject) => {
      starts += 1;
      succeed = resolve;
      emitEvent = emit;
      signal.addEventListener('abort', () => {
        aborted = true;
        reject(signal.reason);
      });
    });
  return {
    start,
    succeed: (value: string) => succeed(value),
    emit: (event: string) => emitEvent(event),
    isAborted: () => aborted,
    starts: () => starts,
  };
}

describe('SharedOperations', () => {
  it('runs once for all who ask at the same time, and shows each all events', async () => {
    const shared = new SharedOperations<string, string>();
    const work = operation();
    const early: string[] = [];
    const late: string[] = [];
    const first = shared.run('a', work.start, { onEvent: e => early.push(e) });
    work.emit('one');
    const second = shared.run('a', work.start, { onEvent: e => late.push(e) });
    work.emit('two');
    work.succeed('done');
    await expect(Promise.all([first, second])).resolves.toEqual([
      'done',
      'done',
    ]);
    expect(work.starts()).toBe(1);
    expect(early).toEqual(['one', 'two']);
    expect(late).toEqual(['one', 'two']);
  });

  it('continues while one caller is left, and is aborted with the last', async () => {
    const shared = new SharedOperations<string, string>();
    const work = operation();
    const [one, two] = [new AbortController(), new AbortController()];
    const first = shared.run('a', work.start, { signal: one.signal });
    const second = shared.run('a', work.start, { signal: two.signal });
    one.abort(new Error('first gave up'));
    await expect(first).rejects.toThrow('first gave up');
    expect(work.isAborted()).toBe(false);
    two.abort(new Error('second gave up'));
    await expect(second).rejects.toThrow('second gave up');
    expect(work.isAborted()).toBe(true);
  });

  it('starts anew after an end or a failure', async () => {
    const shared = new SharedOperations<string, string>();
    const fail = async () => {
      throw new Error('no network');
    };
    await expect(shared.run('a', fail, {})).rejects.toThrow('no network');
    await expect(shared.run('a', async () => 'ok', {})).resolves.toBe('ok');
    await expect(shared.run('a', async () => 'new', {})).resolves.toBe('new');
  });
});
