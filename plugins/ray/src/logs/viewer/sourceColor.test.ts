import { contrast } from './readableColor';
import { SOURCE_COLORS, sourceColor } from './sourceColor';
import { LOG_COLORS } from './textCss';

describe('sourceColor', () => {
  it.each(SOURCE_COLORS)('has a readable color %s', color => {
    for (const background of [
      LOG_COLORS.background,
      LOG_COLORS.selection,
      '#161b22',
    ]) {
      expect(contrast(color, background)).toBeGreaterThan(4.5);
    }
  });

  it('keeps the color of a source, and gives workers different ones', () => {
    const workers = Array.from({ length: 36 }, (_, i) => `worker-${i}/ray`);
    expect(workers.map(sourceColor)).toEqual(workers.map(sourceColor));
    expect(new Set(workers.map(sourceColor)).size).toBe(SOURCE_COLORS.length);
  });
});
