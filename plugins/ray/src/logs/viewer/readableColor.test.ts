import { PLAIN } from '../terminal/TextStyle';
import { contrast, readableColor } from './readableColor';
import { LOG_COLORS, textCss } from './textCss';

describe('readableColor', () => {
  it.each([
    ['#ff7b72', LOG_COLORS.background, '#ff7b72'],
    [LOG_COLORS.background, LOG_COLORS.background, '#ffffff'],
    ['#ffff00', '#ffffff', '#000000'],
  ])('shows %s on %s as %s', (color, background, shown) => {
    expect(readableColor(color, background)).toBe(shown);
  });
});

describe('textCss', () => {
  const named = (index: number) => ({ kind: 'named' as const, index });
  const every = Array.from({ length: 16 }, (_, index) => index);

  it('keeps every pair of named colors readable', () => {
    for (const front of every) {
      for (const back of every) {
        const css = textCss({
          style: { color: named(front), background: named(back) },
        });
        expect(
          contrast(String(css?.color), String(css?.background)),
        ).toBeGreaterThanOrEqual(3);
      }
    }
  });

  it('dims hidden text', () => {
    expect(textCss({ style: { hidden: true } })).toEqual({ opacity: 0.65 });
    expect(textCss({ style: { ...PLAIN } })).toBeUndefined();
  });
});
