import { drawLine, plainText, styleAfter } from './drawLine';
import { PLAIN, type TextStyle } from './TextStyle';

const ESC = '\u001b';

function drawn(line: string, start: TextStyle = PLAIN) {
  return drawLine(line, start).pieces.map(({ text, style }) => [text, style]);
}

const red = { color: { kind: 'named', index: 1 } };

describe('drawLine: colours', () => {
  it.each<[string, string, unknown]>([
    ['plain text', 'no codes', [['no codes', {}]]],
    ['an empty line', '', []],
    [
      'a colour and its reset',
      `${ESC}[31mred${ESC}[0m plain`,
      [
        ['red', red],
        [' plain', {}],
      ],
    ],
    [
      'the reset without a number',
      `${ESC}[31mred${ESC}[m plain`,
      [
        ['red', red],
        [' plain', {}],
      ],
    ],
    [
      'a bright colour',
      `${ESC}[91mx`,
      [['x', { color: { kind: 'named', index: 9 } }]],
    ],
    [
      'a background',
      `${ESC}[44mx`,
      [['x', { background: { kind: 'named', index: 4 } }]],
    ],
    [
      'several attributes at once',
      `${ESC}[1;4;31mx`,
      [['x', { bold: true, underline: true, ...red }]],
    ],
    [
      'bold that ends',
      `${ESC}[1mx${ESC}[22my`,
      [
        ['x', { bold: true }],
        ['y', {}],
      ],
    ],
    [
      'the default colour',
      `${ESC}[1;31mx${ESC}[39my`,
      [
        ['x', { bold: true, ...red }],
        ['y', { bold: true }],
      ],
    ],
    [
      'one of 256 colours, in the cube',
      `${ESC}[38;5;208mx`,
      [['x', { color: { kind: 'rgb', value: '#ff8700' } }]],
    ],
    [
      'one of 256 colours, a grey',
      `${ESC}[38;5;244mx`,
      [['x', { color: { kind: 'rgb', value: '#808080' } }]],
    ],
    ['one of 256 colours, a named one', `${ESC}[38;5;1mx`, [['x', red]]],
    [
      'a true colour',
      `${ESC}[38;2;1;2;255mx`,
      [['x', { color: { kind: 'rgb', value: '#0102ff' } }]],
    ],
    [
      'a true colour with colons',
      `${ESC}[38:2::1:2:255mx`,
      [['x', { color: { kind: 'rgb', value: '#0102ff' } }]],
    ],
    [
      'what follows a true colour',
      `${ESC}[38;2;1;2;3;1mx`,
      [['x', { color: { kind: 'rgb', value: '#010203' }, bold: true }]],
    ],
    ['a colour out of range', `${ESC}[38;5;999mx`, [['x', {}]]],
    ['an unknown code', `${ESC}[73mx`, [['x', {}]]],
    [
      'inverse and its end',
      `${ESC}[7mx${ESC}[27my`,
      [
        ['x', { inverse: true }],
        ['y', {}],
      ],
    ],
  ])('reads %s', (_, line, pieces) => {
    expect(drawn(line)).toEqual(pieces);
  });

  it('goes on in the style of the line before', () => {
    const end = styleAfter(`${ESC}[31mstarts red`, PLAIN);
    expect(drawn('still red', end)).toEqual([['still red', red]]);
    expect(styleAfter(`ends${ESC}[0m`, end)).toBe(PLAIN);
  });
});

describe('drawLine: what moves the cursor', () => {
  it.each<[string, string, string]>([
    ['a progress bar that is written over', '\r 10%\r 50%\r100%', '100%'],
    ['a shorter text over a longer one', 'downloading\rdone', 'doneloading'],
    ['an erased rest of the line', `downloading\r${ESC}[Kdone`, 'done'],
    ['an erased line', `downloading${ESC}[2K\rdone`, 'done'],
    ['a backspace', 'abd\bc', 'abc'],
    ['a cursor set to a column', `abcdef${ESC}[3GX`, 'abXdef'],
    ['a cursor moved forward', `a${ESC}[3Cb`, 'a   b'],
    ['the end of a Windows line', 'line\r', 'line'],
    ['a title for the window', `${ESC}]0;title\u0007text`, 'text'],
    ['a link', `${ESC}]8;;http://x${ESC}\\name${ESC}]8;;${ESC}\\`, 'name'],
    ['a cursor that is hidden', `${ESC}[?25ltext${ESC}[?25h`, 'text'],
    ['a move to another line, which a log has not', `${ESC}[2Atext`, 'text'],
    ['a bell', 'done\u0007', 'done'],
    ['a tab', 'a\tb', 'a\tb'],
    ['characters beyond 16 bits', '😀😀\r🎉', '🎉😀'],
  ])('follows %s', (_, line, text) => {
    expect(plainText(line)).toBe(text);
  });

  it('keeps the colours of what stays', () => {
    expect(drawn(`${ESC}[31mabc${ESC}[0m\rX`)).toEqual([
      ['X', {}],
      ['bc', red],
    ]);
  });

  it('makes no markup of markup', () => {
    expect(drawn('<b onclick="x">&amp;</b>')).toEqual([
      ['<b onclick="x">&amp;</b>', {}],
    ]);
  });
});
