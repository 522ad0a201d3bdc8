import { createTheme } from '@material-ui/core/styles';
import { colorDistance } from '../__testUtils__/colorDistance';
import { contrast } from '../logs/viewer/readableColor';
import { toneColor } from '../states/tones';
import { TIME_LOOKS, timeBackground } from './timeLooks';
import type { TimeUse } from './timeSpent';

/** All that one bar can have; `git` stands for the first two. */
const USES: readonly TimeUse[] = [
  'review',
  'sync',
  'queue',
  'node',
  'pull',
  'start',
  'run',
  'attempt',
];

describe.each(['light', 'dark'] as const)(
  'the bar of times in the %s theme',
  type => {
    const theme = createTheme({ palette: { type } });
    const colorOf = (use: TimeUse) => toneColor(theme, TIME_LOOKS[use].tone);

    it('has a look of its own for each part', () => {
      const looks = USES.map(use => timeBackground(theme, use));
      expect(new Set(looks).size).toBe(USES.length);
    });

    it('has colors that look different, and stripes where it is the same one', () => {
      for (const [i, use] of USES.entries()) {
        for (const other of USES.slice(0, i)) {
          const isSame = TIME_LOOKS[use].tone === TIME_LOOKS[other].tone;
          const distance = colorDistance(colorOf(use), colorOf(other));
          expect(isSame || distance > 0.07).toBe(true);
          expect(
            isSame && TIME_LOOKS[use].isStriped === TIME_LOOKS[other].isStriped,
          ).toBe(false);
        }
      }
    });

    it('can be seen on the page and in the gap between two parts', () => {
      const paper = { light: '#ffffff', dark: '#161b22' }[type];
      const contrasts = USES.map(use => contrast(colorOf(use), paper));
      expect(Math.min(...contrasts)).toBeGreaterThan(4.5);
    });
  },
);
