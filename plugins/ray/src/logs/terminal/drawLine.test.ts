import { drawLine, plainText, styleAfter, wholeText } from './drawLine';
import { MOST_DRAWN } from './drawnPart';
import { PLAIN, type TextStyle } from './TextStyle';

const ESC = '\u001b';

function drawn(line: string, start: TextStyle = PLAIN) {
  return drawLine(line, start).pieces.map(({ text, style }) => [text, style]);
}

const red = { color: { kind: 'named', index: 1 } };

describe('drawLine: colors', () => {
  it.each<[string, string, unknown]>([
    ['plain text', 'no codes', [['no codes', {}]]],
    ['an empty line', '', []],
    [
      'a color and its reset',
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
      'a bright color',
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
      'the default color',
      `${ESC}[1;31mx${ESC}[39my`,
      [
        ['x', { bold: true, ...red }],
        ['y', { bold: true }],
      ],
    ],
    [
      'one of 256 colors, in the cube',
      `${ESC}[38;5;208mx`,
      [['x', { color: { kind: 'rgb', value: '#ff8700' } }]],
    ],
    [
      'one of 256 colors, a gray',
      `${ESC}[38;5;244mx`,
      [['x', { color: { kind: 'rgb', value: '#808080' } }]],
    ],
    ['one of 256 colors, a named one', `${ESC}[38;5;1mx`, [['x', red]]],
    [
      'a true color',
      `${ESC}[38;2;1;2;255mx`,
      [['x', { color: { kind: 'rgb', value: '#0102ff' } }]],
    ],
    [
      'a true color with colons',
      `${ESC}[38:2::1:2:255mx`,
      [['x', { color: { kind: 'rgb', value: '#0102ff' } }]],
    ],
    [
      'what follows a true color',
      `${ESC}[38;2;1;2;3;1mx`,
      [['x', { color: { kind: 'rgb', value: '#010203' }, bold: true }]],
    ],
    ['a color out of range', `${ESC}[38;5;999mx`, [['x', {}]]],
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

  it('continues the style of the line before', () => {
    const end = styleAfter(`${ESC}[31mstarts red`, PLAIN);
    expect(drawn('still red', end)).toEqual([['still red', red]]);
    expect(styleAfter(`ends${ESC}[0m`, end)).toBe(PLAIN);
  });
});

describe('drawLine: cursor movements', () => {
  it.each<[string, string, string]>([
    ['a progress bar that is overwritten', '\r 10%\r 50%\r100%', '100%'],
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
    ['a move to another line', `${ESC}[2Atext`, 'text'],
    ['an erased line above', `11 up ${ESC}[1A${ESC}[2K\rover`, '11 up over'],
    ['a cleared screen', `clear ${ESC}[2J${ESC}[H after`, 'clear  after'],
    ['an erased rest of the screen', `downloading\r${ESC}[Jdone`, 'done'],
    ['a repeated character', `${ESC}[31mA${ESC}[5b after`, 'AAAAAA after'],
    ['keys and modes', `${ESC}[?1049h${ESC}[>4;2m${ESC}[2 qtext`, 'text'],
    ['character sets', `${ESC}(0lqk${ESC}(B`, 'lqk'],
    ['a tab', 'a\tb', 'a\tb'],
    ['characters beyond 16 bits', '😀😀\r🎉', '🎉😀'],
  ])('follows %s', (_, line, text) => {
    expect(plainText(line)).toBe(text);
  });

  it('keeps the colors of text that stays', () => {
    expect(drawn(`${ESC}[31mabc${ESC}[0m\rX`)).toEqual([
      ['X', {}],
      ['bc', red],
    ]);
  });

  it('treats markup as text', () => {
    expect(drawn('<b onclick="x">&amp;</b>')).toEqual([
      ['<b onclick="x">&amp;</b>', {}],
    ]);
  });
});

describe('drawLine: complete and incomplete sequences', () => {
  it.each<[string, string, string]>([
    ['a command that BEL ends', `a${ESC}]2;title\u0007b`, 'ab'],
    ['a command that ESC \\ ends', `a${ESC}]2;title${ESC}\\b`, 'ab'],
    ['a command that C1 ST ends', `a${ESC}]0;t\u009cb`, 'ab'],
    ['a command that begins with C1', `a\u009d0;t\u0007b`, 'ab'],
    ['a long command', `a${ESC}]1337;File=:${'QUJD'.repeat(400)}\u0007b`, 'ab'],
    ['a picture', `a${ESC}Pq#0;2;0~~@@${ESC}\\b`, 'ab'],
    [
      'a command without an end',
      `${ESC}]0;oops, the rest`,
      '<ESC>]0;oops, the rest',
    ],
    ['a C1 command without an end', `\u009d0;oops`, '<U+009D>0;oops'],
    ['a picture without an end', `${ESC}Pq the rest`, '<ESC>Pq the rest'],
    ['a sequence cut off at the end', `a ${ESC}[38;5`, 'a <ESC>[38;5'],
    ['a sequence cut off by text', `${ESC}[38;5 loss 1`, '<ESC>[38;5 loss 1'],
    ['a sequence broken by another', `${ESC}[38;5${ESC}[0mx`, '<ESC>[38;5x'],
    ['a sequence broken by other letters', `${ESC}[3é`, '<ESC>[3é'],
    [
      'an escape before a word',
      `${ESC} hello ${ESC}text`,
      '<ESC> hello <ESC>text',
    ],
    ['escapes alone', `${ESC}${ESC}[31mx${ESC}`, '<ESC>x<ESC>'],
    ['an end without a beginning', 'a\u009cb', 'a<U+009C>b'],
    [
      'two commands, the first without an end',
      `${ESC}]0;first${ESC}]0;second\u0007 text`,
      '<ESC>]0;first text',
    ],
  ])('keeps the text of %s', (_, line, text) => {
    expect(plainText(line)).toBe(text);
  });

  it('reads C1 sequences', () => {
    expect(drawn('\u009b31mred\u009b0m end')).toEqual([
      ['red', red],
      [' end', {}],
    ]);
    expect(styleAfter('\u009b31mred', PLAIN)).toEqual(red);
  });

  it.each([
    ['escapes', `${ESC}]`],
    ['commands', '\u009d'],
    ['strings for devices', '\u0090'],
    ['strings for terminals', '\u0098'],
    ['messages', '\u009e'],
    ['applications', '\u009f'],
    ['all of them', '\u0090\u0098\u009d\u009e\u009f'],
    ['parts of sequences', '\u009b0;'],
  ])('reads a long line of incomplete %s in time', (_, text) => {
    // Where each is looked for an end to the end of the line, this takes most of a minute.
    const line = text.repeat(200_000 / text.length);
    expect(wholeText(line).length).toBeGreaterThan(line.length);
  });
});

describe('drawLine: very long lines', () => {
  it('draws the beginning, and says how much more there is', () => {
    const line = `${'x'.repeat(MOST_DRAWN)}${'y'.repeat(1_234)}`;
    const { pieces } = drawLine(line, PLAIN);
    expect(pieces).toEqual([
      { text: 'x'.repeat(MOST_DRAWN), style: {} },
      {
        text: '[… 1,234 more characters: to get the whole line, click its number and copy it]',
        style: {},
        control: true,
      },
    ]);
    expect(wholeText(line)).toBe(line);
  });

  it('draws the latest state of a progress bar', () => {
    const line = Array.from({ length: 9_000 }, (_, i) => `\r ${i} steps`);
    const text = plainText(line.join(''));
    expect(text).toMatch(/^\[… [\d,]+ more characters: .*\] 8999 steps$/);
    expect(wholeText(line.join(''))).toBe(' 8999 steps');
  });

  it('draws a line of that length as it is', () => {
    const line = 'x'.repeat(MOST_DRAWN);
    expect(plainText(line)).toBe(line);
    expect(plainText(`${line}\r`)).toContain('1 more');
  });
});

describe('drawLine: invisible characters', () => {
  it.each<[string, string, string]>([
    ['a reversed text', 'rlo \u202egnp.exe', 'rlo <U+202E>gnp.exe'],
    ['isolates', '\u2066a\u2069', '<U+2066>a<U+2069>'],
    ['marks', 'a\u200eb\u061cc', 'a<U+200E>b<U+061C>c'],
    ['NUL', 'a\u0000b', 'a<NUL>b'],
    ['BEL', 'done\u0007', 'done<BEL>'],
    ['DEL', 'a\u007fb', 'a<DEL>b'],
    ['vertical tab and form feed', 'vt\u000be ff\u000cf', 'vt<VT>e ff<FF>f'],
    ['separators', 'a\u2028b\u2029c', 'a<U+2028>b<U+2029>c'],
    ['next line', 'nel\u0085d', 'nel<U+0085>d'],
    ['a word with a zero-width space', 'pass\u200bword', 'pass<U+200B>word'],
    ['a joiner between Latin letters', 'a\u200db', 'a<U+200D>b'],
    ['a soft hyphen', 'a\u00adb', 'a<U+00AD>b'],
    ['a byte order mark', '\ufeffa', '<U+FEFF>a'],
    ['a filler', 'a\u3164b', 'a<U+3164>b'],
    ['a tag', 'a\u{e0041}', 'a<U+E0041>'],
    ['half of a character', 'a\ud800b', 'a<U+D800>b'],
    ['a selector after nothing', '\ufe0fa', '<U+FE0F>a'],
  ])('shows %s', (_, line, text) => {
    expect(plainText(line)).toBe(text);
  });

  it.each([
    ['joined emoji', '👨‍👩‍👧‍👦 🧑🏽‍🚀 ❤️‍🔥'],
    ['flags', '🇩🇪 🏴󠁧󠁢󠁳󠁣󠁴󠁿'],
    ['keycaps', '1️⃣ ❤️'],
    ['East Asian text', '训练完成 ｶﾞｷﾞ'],
    ['Arabic and Hebrew', 'مرحبا بالعالم שלום'],
    ['Persian with its joiner', 'می‌خواهم'],
    ['Devanagari with its joiner', 'क्‍ष'],
    ['combining marks', 'é ñ Z͑ͫ̓'],
    ['a tab', 'a\tb'],
  ])('leaves %s alone', (_, line) => {
    expect(plainText(line)).toBe(line);
  });

  it('marks them as controls', () => {
    expect(drawLine(`${ESC}[31ma\u202eb`, PLAIN).pieces).toEqual([
      { text: 'a', style: red },
      { text: '<U+202E>', style: red, control: true },
      { text: 'b', style: red },
    ]);
  });
});

describe('drawLine: links', () => {
  const link = (address: string, end = `${ESC}\\`) =>
    drawLine(
      `see ${ESC}]8;;${address}${end}run 7${ESC}]8;;${end} now`,
      PLAIN,
    ).pieces.map(({ text, href }) => [text, href]);

  it.each([
    ['https://w.example/run/7', 'https://w.example/run/7'],
    ['http://w.example/?q=1;2#x', 'http://w.example/?q=1;2#x'],
    ['HTTPS://W.example', 'https://w.example/'],
    ['https://exämple.org/', 'https://xn--exmple-cua.org/'],
  ])('leads to %s', (address, href) => {
    for (const end of [`${ESC}\\`, '\u0007', '\u009c']) {
      expect(link(address, end)).toEqual([
        ['see ', undefined],
        ['run 7', href],
        [' now', undefined],
      ]);
    }
  });

  it.each([
    ['javascript', 'alert(1)'].join(':'),
    'data:text/html,x',
    'file:///etc/passwd',
    '//w.example/x',
    'https://good.example@bad.example/',
    'https://',
    'no address',
  ])('leads nowhere for %s', address => {
    expect(link(address).map(([, href]) => href)).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect(link(address)[1][0]).toBe('run 7');
  });

  it('ends with the line, and continues through colors', () => {
    const { pieces, end } = drawLine(
      `${ESC}]8;id=a;https://w.example/\u0007a${ESC}[31mb${ESC}[0mc`,
      PLAIN,
    );
    expect(pieces.map(({ href }) => href)).toEqual(
      Array(3).fill('https://w.example/'),
    );
    expect(end).toBe(PLAIN);
  });

  it('stays with its text when the line is overwritten', () => {
    const { pieces } = drawLine(
      `${ESC}]8;;https://w.example/\u0007abc${ESC}]8;;\u0007\rX`,
      PLAIN,
    );
    expect(pieces.map(({ text, href }) => [text, href])).toEqual([
      ['X', undefined],
      ['bc', 'https://w.example/'],
    ]);
  });
});
