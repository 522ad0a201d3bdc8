import { contrast } from './readableColor';
import { SOURCE_COLORS, SourceColors } from './sourceColors';
import { LOG_COLORS } from './textCss';

const SOURCES = Array.from({ length: 36 }, (_, i) => `worker-${i}/ray`);

/** A color as lightness and two axes in OKLab, where distance is how different colors look. */
function oklab(color: string): readonly number[] {
  const [red, green, blue] = [1, 3, 5].map(at => {
    const share = parseInt(color.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  const l = Math.cbrt(0.4122215 * red + 0.5363325 * green + 0.051446 * blue);
  const m = Math.cbrt(0.2119035 * red + 0.6806995 * green + 0.107397 * blue);
  const s = Math.cbrt(0.0883025 * red + 0.2817188 * green + 0.6299787 * blue);
  return [
    0.2104543 * l + 0.7936178 * m - 0.004072 * s,
    1.9779985 * l - 2.4285922 * m + 0.4505937 * s,
    0.025904 * l + 0.7827718 * m - 0.8086758 * s,
  ];
}

const distance = (a: string, b: string) => {
  const other = oklab(b);
  return Math.hypot(...oklab(a).map((value, i) => value - other[i]));
};

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
      distance(color, LOG_COLORS.text),
      ...colors.slice(0, i).map(before => distance(color, before)),
    ]);
    // A difference of 0.02 can just be seen.
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
