import { coloredOnly, plain } from './plain';

const ESCAPE = '\u001b';

describe('text for a terminal', () => {
  it.each([
    [
      'colours stay',
      `${ESCAPE}[32mdone${ESCAPE}[0m`,
      `${ESCAPE}[32mdone${ESCAPE}[0m`,
    ],
    ['a title goes', `a${ESCAPE}]0;owned\u0007b`, 'ab'],
    [
      'the clipboard is left alone',
      `a${ESCAPE}]52;c;ZXZpbA==${ESCAPE}\\b`,
      'ab',
    ],
    ['the screen is not cleared', `a${ESCAPE}[2J${ESCAPE}[Hb`, 'ab'],
    ['a device string goes', `a${ESCAPE}Pq#0${ESCAPE}\\b`, 'ab'],
    ['a reset goes', `a${ESCAPE}cb`, 'ab'],
    ['an unfinished sequence goes', `a${ESCAPE}`, 'a'],
    ['bells and eight-bit controls go', 'a\u0007\u009b31mb', 'a31mb'],
    ['bars of progress and tabs stay', '50%\r60%\tx', '50%\r60%\tx'],
    ['text stays', 'größer ✓ [31m', 'größer ✓ [31m'],
  ])('%s', (_, line, expected) => {
    expect(coloredOnly(line)).toBe(expected);
  });

  it('has no sequences and no line ends at all in a table', () => {
    expect(plain(`a${ESCAPE}[31mb\nc\td${ESCAPE}]0;x\u0007`)).toBe('ab c d');
  });
});
