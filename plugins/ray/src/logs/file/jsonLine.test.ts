import { PLAIN } from '../terminal/TextStyle';
import { findNothing, textFinder } from './findRanges';
import { jsonLine } from './jsonLine';
import { lineTexts } from './lineTexts';
import type { LineEntry } from './LogEntry';
import { prettyJson } from './prettyJson';

const entry = (text: string): LineEntry => ({
  kind: 'line',
  number: 1,
  text,
  start: PLAIN,
});

describe('jsonLine', () => {
  it.each([
    [
      { ts: '2026-11-23T21:06:21Z', level: 'info', msg: 'step', loss: 0.5 },
      { summary: '2026-11-23T21:06:21Z INFO step', others: 1 },
    ],
    [
      { time: 1_795_467_981.5, severity: 'ERROR', message: 'a\nb' },
      {
        summary: '2026-11-23T21:06:21.500Z \u001b[31mERROR\u001b[39m a ⏎ b',
        others: 0,
      },
    ],
    [
      { event: 'saved', levelname: 'warning' },
      { summary: '\u001b[33mWARNING\u001b[39m saved', others: 0 },
    ],
    [{ loss: 0.5, step: 3 }, { others: 2 }],
    [
      { level: 10, msg: 'a' },
      { summary: 'TRACE a', others: 0 },
    ],
    [
      { level: 20, msg: 'a' },
      { summary: 'DEBUG a', others: 0 },
    ],
    [
      { level: 30, msg: 'a' },
      { summary: 'INFO a', others: 0 },
    ],
    [
      { level: 40, msg: 'a' },
      { summary: '\u001b[33mWARN\u001b[39m a', others: 0 },
    ],
    [
      { level: 50, msg: 'a' },
      { summary: '\u001b[31mERROR\u001b[39m a', others: 0 },
    ],
    [
      { level: 60, msg: 'a' },
      { summary: '\u001b[31mFATAL\u001b[39m a', others: 0 },
    ],
    [
      { level: 35, msg: 'a' },
      { summary: '35 a', others: 0 },
    ],
    [
      { level: '50', msg: 'a' },
      { summary: '50 a', others: 0 },
    ],
    [
      { severity: 50, msg: 'a' },
      { summary: '50 a', others: 0 },
    ],
    [{ message: { text: 'not a text' } }, { others: 1 }],
    [{ event: 3, loss: 0.5 }, { others: 2 }],
  ])('reads %j', (object, expected) => {
    expect(jsonLine(entry(JSON.stringify(object)))).toEqual(expected);
  });

  it.each([
    'step 1',
    '["a list"]',
    '{"broken": }',
    '{} and more {}',
    `prefix {"a": 1}`,
    `{"a": "${'x'.repeat(100_000)}"}`,
    `{"a": ${'['.repeat(40_000)}}`,
  ])('leaves other lines as they are (%#)', text => {
    expect(jsonLine(entry(text))).toBeUndefined();
  });

  it('takes an object that is nested deeply', () => {
    const deep = `{"a": ${'['.repeat(10_000)}${']'.repeat(10_000)}}`;
    const started = performance.now();
    jsonLine(entry(deep));
    const lines = prettyJson(deep);
    expect(performance.now() - started).toBeLessThan(500);
    expect(lines).toHaveLength(1_001);
    expect(Math.max(...lines.map(({ length }) => length))).toBeLessThan(60);
  });
});

describe('prettyJson', () => {
  it('keeps texts and numbers as they are written', () => {
    const json =
      '{"id": 12345678901234567890, "t": "a \\"b\\" {,} \\u202e", "l": [1, {}, []], "o": {"x": null}}';
    expect(prettyJson(json)).toEqual([
      '{',
      '  "id": 12345678901234567890,',
      '  "t": "a \\"b\\" {,} \\u202e",',
      '  "l": [',
      '    1,',
      '    {},',
      '    []',
      '  ],',
      '  "o": {',
      '    "x": null',
      '  }',
      '}',
    ]);
    expect(prettyJson('{}')).toEqual(['{}']);
  });
});

describe('lineTexts', () => {
  const line = entry('{"msg": "saved", "path": "s3://b/step-1"}');

  it('shows a summary, and the object below it where it is open', () => {
    expect(lineTexts(line, false, findNothing)).toEqual({
      line: 'saved',
      below: [],
    });
    expect(lineTexts(line, true, findNothing).below).toHaveLength(4);
  });

  it('shows a line as it is where something is found in it', () => {
    const find = textFinder('step-1', false);
    expect(lineTexts(line, false, find).line).toBe(line.text);
    const other = textFinder('step-2', false);
    expect(lineTexts(line, false, other).line).toBe('saved');
  });
});
