import '@testing-library/jest-dom';
import { configure } from '@testing-library/react';
import type { JssOptions, Plugin } from 'jss';

// Parts of the pages load when they are first shown. On a busy machine that takes
// longer than the default limit of one second.
configure({ asyncUtilTimeout: 10_000 });
jest.setTimeout(60_000);

// jsdom has no layout, and compares each element with each rule whenever a test asks
// whether something is hidden. Rules that don't hide anything take most of the time.
jest.mock('jss', () => {
  const jss = jest.requireActual('jss');
  const kept = new Set(['display', 'visibility', 'opacity', 'pointer-events']);
  const onlyHiding: Plugin = {
    onProcessStyle: style =>
      Object.fromEntries(
        Object.entries(style).filter(([property]) => kept.has(property)),
      ),
  };
  return {
    ...jss,
    create: (options: Partial<JssOptions>) =>
      jss.create(options).use(onlyHiding),
  };
});
