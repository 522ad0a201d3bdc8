import {
  joinedForPosix,
  joinedForWindows,
  run,
  submitted,
} from '../__testUtils__/rayShells';
import {
  entrypointWarning,
  renderEntrypoint,
  typedEntrypoint,
} from './entrypoint';

const SCRIPTS = [
  'echo prep && exit 3',
  'false; echo on',
  'a=1; echo "$a" $((a+1))',
  'echo $WHERE "${WHERE}" $(echo sub) `echo tick`',
  'echo a|tr a b',
  'a&&b',
  "printf '%s\\n' 'it''s' \"a b\" | sort",
  'cat <<EOF\nx $WHERE\n\ty\nEOF\nexit 4',
  "cat <<'EOF'\nx $WHERE \\\\ \\n 100%\nEOF",
  'for i in 1 2; do\n  echo $i\ndone',
  'echo "a;b" \'c;d\' e\\;f',
  "echo '$$' $(printf '%s' x) '$(HOME)' '$$(HOME)'",
  'echo \\\\ "\\\\" \'\\\\\' "\\$x" \\$x a\\ b',
  'echo "ends with \\\\"',
  'echo "it\'s" \'say "hi"\' --x="a b"',
  'echo naïve ✓ 训练 😀',
  'echo hi # not this',
  '# nothing',
  'exit 7',
  'echo !! "wow!"',
  'python3 -c "import sys; print(1 if sys.argv else 2); sys.exit(5)"',
  'python3 -c "\nimport os\nfor n in [1]:\n    print(n, \'x\')\n"',
  'python3 -c \'print("a\\\\nb", "$HOME")\'',
  'A=1 sh -c "echo ok"',
  'echo ""  "" x',
  'echo "a\nb"',
  'echo a\nb=2',
  "echo 'a;b' \"c&d\" 'e|f'",
  'echo %s %% %d',
  'echo \\044 "\\n"',
  '(exit 6)',
  'unended "quote',
];

describe('renderEntrypoint', () => {
  it.each(SCRIPTS)('runs on Ray as typed: %j', script => {
    const entrypoint = renderEntrypoint(script);
    const expected = run('bash', script);
    const words = submitted(entrypoint);
    expect(run('sh', joinedForWindows(words))).toEqual(expected);
    expect(run('sh', joinedForPosix(words))).toEqual(expected);
    // HTTPMode hands it to Ray without a shell between.
    expect(run('sh', entrypoint)).toEqual(expected);
  });

  it.each(SCRIPTS)('is read back as typed, and rendered once: %j', script => {
    const entrypoint = renderEntrypoint(script);
    expect(typedEntrypoint(entrypoint)).toBe(script.trim());
    expect(renderEntrypoint(entrypoint)).toBe(entrypoint);
    expect(entrypointWarning({ spec: { entrypoint } })).toBeUndefined();
  });

  it.each([
    'python train.py --lr 1e-3 --name=a/b:c',
    'python -c "print(\'two words\')"',
    'python3 -uc "import time; [print(1) for n in range(3)]"',
    "bash -c 'echo prep && python train.py'",
  ])('leaves one simple command as it is: %s', command => {
    expect(renderEntrypoint(` ${command}\n`)).toBe(command);
  });

  it.each([
    ['echo prep && python x.py', "bash -c 'echo prep && python x.py'"],
    ['a\r\nb c', "bash -c 'a\nb c'"],
    ['echo $A', 'bash -c \'bash <(printf "echo \\044A")\''],
  ])('stays readable: %j', (script, entrypoint) => {
    expect(renderEntrypoint(script)).toBe(entrypoint);
  });
});

describe('typedEntrypoint', () => {
  it.each([
    'python train.py',
    "bash -c 'a b' name",
    "bash -c 'one word'",
    'bash -c "unended',
    'bash -c \'bash <(printf "\\999 $x")\'',
    "bash -l -c 'a && b'",
  ])('leaves what it did not render: %s', entrypoint => {
    expect(typedEntrypoint(entrypoint)).toBe(entrypoint);
  });
});

describe('entrypointWarning', () => {
  it.each<[string, string]>([
    ['echo prep && python -c "raise SystemExit(1)"', '(echo prep)'],
    ['sleep 4; python x.py', '(sleep 4)'],
    ['python x.py | tee log', '(python x.py)'],
    ['python x.py\npython y.py', '(python x.py)'],
    ['python x.py &', '(python x.py)'],
    ['python -c "a; b" || c', '(python -c "a; b")'],
  ])('warns of %j', (entrypoint, first) => {
    expect(entrypointWarning({ spec: { entrypoint } })).toContain(first);
    expect(
      entrypointWarning({
        spec: { entrypoint, submissionMode: 'SidecarMode' },
      }),
    ).toBeDefined();
    expect(
      entrypointWarning({ spec: { entrypoint, submissionMode: 'HTTPMode' } }),
    ).toBeUndefined();
  });

  it.each([
    undefined,
    '',
    'python x.py ',
    'python -c "a; b && c"',
    "bash -c 'a && b'",
    'echo a\\;b',
    'python x.py > log 2>&1',
    'python x.py &> log',
  ])('does not warn of %j', entrypoint => {
    expect(entrypointWarning({ spec: { entrypoint } })).toBeUndefined();
  });
});
