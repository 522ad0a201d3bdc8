import { colorDistance } from '../../__testUtils__/colorDistance';
import { contrast } from './readableColor';
import { SOURCE_COLORS, SourceColors } from './sourceColors';
import { LOG_COLORS } from './textCss';

const SOURCES = Array.from({ length: 36 }, (_, i) => `worker-${i}/ray`);

describe('SourceColors', () => {
  // The log has these in the light theme and in the dark one.
  it.each(['background', 'hover', 'selection'] as const)(
    'has colors that can be read on the %s of both themes',
    background => {
      const contrasts = SOURCE_COLORS.map(color =>
        contrast(color, LOG_COLORS[background]),
      );
      expect(Math.min(...contrasts)).toBeGreaterThan(4.5);
    },
  );

  it('gives 36 sources colors that look different', () => {
    const colors = SOURCES.map(new SourceColors().of);
    expect(new Set(colors).size).toBe(36);
    const distances = colors.flatMap((color, i) => [
      colorDistance(color, LOG_COLORS.text),
      ...colors.slice(0, i).map(before => colorDistance(color, before)),
    ]);
    expect(Math.min(...distances)).toBeGreaterThan(0.07);
  });

  it('keeps the color of a source when there are more', () => {
    const { of } = new SourceColors();
    const before = SOURCES.slice(0, 3).map(of);
    SOURCES.forEach(of);
    expect(SOURCES.slice(0, 3).map(of)).toEqual(before);
    expect(of('one more')).toBe(SOURCE_COLORS[0]);
  });
});
