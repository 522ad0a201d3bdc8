import { logLevel } from './logLevel';

describe('logLevel', () => {
  it.each([
    // Words, fields and brackets.
    ['2026-11-23 21:06:21,123 ERROR train.py: failed', 'error'],
    ['WARNING:root:low memory', 'warning'],
    ['INFO 2026 ERROR is a word of the message', 'info'],
    ['time=2026-11-23 level=Error msg="x"', 'error'],
    ['{"levelname": "Warning", "msg": "x"}', 'warning'],
    ['2026/11/23 21:06:21 [error] 12#0: open() failed', 'error'],
    ['[Warn] slow', 'warning'],
    // pino.
    ['{"level":50,"time":1,"msg":"x"}', 'error'],
    ['{"level": 40,"msg":"x"}', 'warning'],
    ['{"level":30,"msg":"x"}', 'info'],
    ['{"level":20,"msg":"x"}', 'debug'],
    // glog.
    ['E1123 21:06:21.123456    1 reflector.go:150] failed', 'error'],
    ['W1123 21:06:21.123456    1 x.go:1] slow', 'warning'],
    ['I20261123 21:06:21.123456 1 x.cc:1] starts', 'info'],
    [
      '[rank0]:[E1123 21:06:21.123456789 ProcessGroupNCCL.cpp:629] timeout',
      'error',
    ],
    ['[rank1]:[W1123 21:06:21.1 socket.cpp:697] retrying', 'warning'],
    // Ray's own processes.
    ['[2026-11-23 21:06:21,123 E 123 456] (raylet) node.cc:1: lost', 'error'],
    ['[2026-11-23 21:06:21,123 C 123 456] (raylet) check failed', 'error'],
    ['[2026-11-23 21:06:21,123 I 123 456] (gcs_server) ERROR 0', 'info'],
    // TensorFlow and XLA.
    [
      '2026-11-23 21:06:21.123456: E external/local_xla/xla/cuda.cc:1] x',
      'error',
    ],
    ['2026-11-23 21:06:21.123456: I tensorflow/core/cpu.cc:1] x', 'info'],
    // What fails.
    ['Traceback (most recent call last):', 'error'],
    ["ValueError: invalid literal for int() with base 10: 'a'", 'error'],
    ['torch.OutOfMemoryError: CUDA out of memory.', 'error'],
    ['AssertionError', 'error'],
    ['KeyError: 5', 'error'],
    ['ray.exceptions.RayTaskError(ValueError): ray::train()', 'error'],
    ['(train_fn pid=123, ip=10.0.0.1) ValueError: bad', 'error'],
    ['[rank3]: RuntimeError: NCCL communicator was aborted', 'error'],
    ['KeyboardInterrupt', 'error'],
    ['error: pathspec did not match', 'error'],
    ['fatal error: no such file', 'error'],
    ['panic: runtime error: index out of range', 'error'],
  ])('reads %j as %s', (text, level) => {
    expect(logLevel(text)).toBe(level);
  });

  it.each([
    '0 errors',
    'no error',
    'error_rate=0.1',
    'error: 0.25',
    'MeanSquaredError: 0.125',
    'ERROR_RATE 0.1',
    'the level: errors happen',
    'except ValueError: pass',
    'I think so',
    'E 5 steps',
    'F1234 is the score',
    '{"level":5,"msg":"x"}',
    '{"level":500,"msg":"x"}',
    'no panic: all is well',
    'ValidationErrors: none',
    '    raise ValueError("x")',
    '',
  ])('reads no level in %j', text => {
    expect(logLevel(text)).toBeUndefined();
  });

  it.each(['a.', 'Errors', '(', '[rank1]: ', '[error', 'level=', '1', ' '])(
    'reads a long line of %j in time',
    text => {
      const times = Math.floor(1_000_000 / text.length);
      expect(logLevel(text.repeat(times))).toBeUndefined();
    },
  );
});
