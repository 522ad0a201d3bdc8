import { describeExit } from './exitCodes';
import { statusMessage } from './statusMessage';

const FAILED = 'Job entrypoint command failed with exit code 1';

const failed = (...log: string[]) =>
  `${FAILED}, last available logs (truncated to 20,000 chars):\n${log.join('\n')}`;

const TRACEBACK = [
  'Traceback (most recent call last):',
  '  File "/code/train.py", line 12, in <module>',
  '    main()',
];

describe('statusMessage', () => {
  it.each<[string, string[], string]>([
    [
      'an exception',
      [...TRACEBACK, 'ValueError: bad boundary'],
      'ValueError: bad boundary',
    ],
    [
      'an exception of a package',
      [
        ...TRACEBACK,
        'torch.cuda.OutOfMemoryError: CUDA out of memory. Tried to allocate 2.00 GiB',
      ],
      'torch.cuda.OutOfMemoryError: CUDA out of memory. Tried to allocate 2.00 GiB',
    ],
    [
      "a task's exception in Ray's",
      [
        ...TRACEBACK,
        'ray.exceptions.RayTaskError(ValueError): ray::f() (pid=7, ip=10.0.0.1)',
        '  File "/code/train.py", line 5, in f',
        '    raise ValueError("bad boundary")',
        'ValueError: bad boundary',
      ],
      'ValueError: bad boundary',
    ],
    [
      'the last of a chain',
      [
        ...TRACEBACK,
        "KeyError: 'lr'",
        '',
        'The above exception was the direct cause of the following exception:',
        '',
        ...TRACEBACK,
        'RuntimeError: no learning rate',
      ],
      'RuntimeError: no learning rate',
    ],
    [
      'an exception with hints after it',
      [
        ...TRACEBACK,
        'OSError: [Errno 28] No space left on device',
        "Set HF_HUB_OFFLINE=1 if you don't need the network.",
        'wandb: Run history saved; you can sync it with: wandb sync /tmp/x',
      ],
      'OSError: [Errno 28] No space left on device',
    ],
    [
      'an exception with a progress bar after it',
      [
        ...TRACEBACK,
        'RuntimeError: NCCL timeout',
        'Epoch 3:  45%|████▌     | 45/100 [00:01<00:01, 44.9it/s]\rEpoch 3:  46%|████▌     | 46/100 [00:01<00:01, 44.9it/s]',
      ],
      'RuntimeError: NCCL timeout',
    ],
    [
      'an exception that was written over a bar',
      [...TRACEBACK, ' 45%|████▌     | 45/100\rValueError: over it\r'],
      'ValueError: over it',
    ],
    [
      'a coloured exception with carriage returns',
      [
        '\u001b[31mTraceback (most recent call last):\u001b[0m\r',
        '\u001b[1;31mValueError\u001b[0m: bad \u001b]8;;https://x.example\u001b\\link\u001b]8;;\u001b\\\r',
        '\u009b2K',
      ],
      'ValueError: bad link',
    ],
    [
      'an exception below a box',
      [
        '╭───── Traceback (most recent call last) ─────╮',
        "│ ❱ 12 raise ValueError('x: y')               │",
        '╰─────────────────────────────────────────────╯',
        'ValueError: x: y',
      ],
      'ValueError: x: y',
    ],
    [
      'an exception in a box',
      ['│ ValueError: in a box        │', '╰────╯'],
      'ValueError: in a box',
    ],
    [
      'an exception of a group',
      [
        '  | ExceptionGroup: two (2 sub-exceptions)',
        '  +-+---- 1 ----',
        '    | KeyError: 1',
        '    +----',
      ],
      'KeyError: 1',
    ],
    [
      'an exception in another language',
      [...TRACEBACK, 'ValueError: 无效的边界 ✗'],
      'ValueError: 无效的边界 ✗',
    ],
    [
      'an exception without a message',
      [...TRACEBACK, 'AssertionError'],
      'AssertionError',
    ],
    [
      'the cause of an exception whose message is a page',
      [
        '(train pid=7) ValueError: rank 3 has no data',
        'torch.distributed.elastic.multiprocessing.errors.ChildFailedError: ',
        '============',
        'train.py FAILED',
        '============',
      ],
      'ValueError: rank 3 has no data',
    ],
    [
      'an unknown command',
      ['bash: line 1: pyhton: command not found'],
      'bash: line 1: pyhton: command not found',
    ],
    [
      'an unknown command of sh',
      ['/bin/sh: 1: pyhton: not found'],
      '/bin/sh: 1: pyhton: not found',
    ],
    [
      'a missing script',
      [
        "python: can't open file '/code/tain.py': [Errno 2] No such file or directory",
      ],
      "python: can't open file '/code/tain.py': [Errno 2] No such file or directory",
    ],
    [
      'a wrong argument',
      ['usage: train.py [-h]', 'train.py: error: unrecognized arguments: --lr'],
      'train.py: error: unrecognized arguments: --lr',
    ],
    [
      'a crash',
      ['Epoch 1', 'Segmentation fault (core dumped)'],
      'Segmentation fault (core dumped)',
    ],
    [
      'a panic of Go',
      [
        'panic: runtime error: index out of range',
        '',
        'goroutine 1 [running]:',
        'main.main()',
        '\t/x.go:5 +0x1d',
        'exit status 2',
      ],
      'panic: runtime error: index out of range',
    ],
    [
      'a program that was killed',
      ['bash: line 1:    12 Killed                  python train.py'],
      'bash: line 1: 12 Killed python train.py',
    ],
    [
      'an exception without the word',
      ['google.api_core.exceptions.NotFound: 404 no bucket'],
      'google.api_core.exceptions.NotFound: 404 no bucket',
    ],
    [
      'the cause in Java',
      [
        'Exception in thread "main" java.lang.RuntimeException: outer',
        '\tat Main.main(Main.java:5)',
        'Caused by: java.io.IOException: disk full',
        '\tat Main.read(Main.java:9)',
        '\t... 1 more',
      ],
      'Caused by: java.io.IOException: disk full',
    ],
  ])('names %s', (_, log, cause) => {
    expect(statusMessage(failed(...log))).toBe(`${FAILED}: ${cause}`);
  });

  it.each<[string, string[]]>([
    ['a progress bar', ['100%|██████████| 10/10 [00:01<00:00, 9.9it/s]']],
    ['a greeting', ['Epoch 9 done', 'See you at https://wandb.example/run/1']],
    [
      'a warning that mentions one',
      [
        'WARNING: the last run had ValueError: x',
        'UserWarning: Error: none',
        'DeprecationWarning: use RuntimeError: no',
      ],
    ],
    [
      'a sentence that mentions one',
      ['We saw no ValueError: all is fine', 'Errors: 0', 'error rate 0.1'],
    ],
    [
      'one that the program survived',
      [...TRACEBACK, 'ConnectionError: again', ...Array(40).fill('Epoch done')],
    ],
    ['nothing', ['', ' ', '\u001b[0m']],
    ['numbers', ['line 8', 'line 9']],
    ['measures', ['error: 0.35', 'val: Error: 1e-3']],
    ['words that end an error', ['Killed 3 stragglers', 'cache: not found']],
  ])('says only the exit code after %s', (_, log) => {
    expect(statusMessage(failed(...log))).toBe(FAILED);
  });

  it('stays short and on one line whatever the log is', () => {
    const message = statusMessage(
      failed('x'.repeat(1_000_000), `ValueError: ${'y'.repeat(10_000)}\n\n`),
    );
    expect(message).toHaveLength(300);
    expect(message).toMatch(/^Job entrypoint .*: ValueError: y+…$/);
    expect(statusMessage(' a\n\n b\u202e \u0000c ')).toBe('a b c');
    expect(statusMessage(failed(`${'a.'.repeat(50_000)}!`))).toBe(FAILED);
  });

  it('is the same when it is made again of itself', () => {
    const once = statusMessage(failed('ValueError: x'));
    expect(statusMessage(once)).toBe(once);
    const killed = statusMessage('failed with exit code 137');
    expect(statusMessage(killed)).toBe(killed);
  });

  it('has nothing to say without a message', () => {
    expect([undefined, '', ' ', '\u001b[0m'].map(statusMessage)).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });
});

it.each([
  [3, 'exit code 3'],
  [127, 'exit code 127 (the command was not found)'],
  [
    137,
    'exit code 137 (SIGKILL, killed from outside, often for lack of memory)',
  ],
  [-11, 'exit code -11 (SIGSEGV, invalid memory access)'],
  [139, 'exit code 139 (SIGSEGV, invalid memory access)'],
  [255, 'exit code 255'],
])('says %d in words', (code, text) => {
  expect(describeExit(code)).toBe(text);
});
