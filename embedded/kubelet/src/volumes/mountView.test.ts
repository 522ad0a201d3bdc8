import { mountView } from './mountView';

const host = {
  realPath: (path: string) =>
    ({
      '/home': '/home',
      '/etc': '/etc',
      '/data': '/data',
      '/var': '/var',
      '/var/run': '/run',
    })[path],
};
const mount = (target: string) => ({ source: '/v', target, readOnly: false });

describe('mountView', () => {
  it.each([
    ['a folder that the host has', ['/data'], [], ['/data']],
    ['a folder missing in the root', ['/code/src'], [], ['/code/src']],
    [
      'a folder missing deeper',
      ['/home/ray/samples', '/home/ray/b'],
      ['/home'],
      ['/home/ray/samples', '/home/ray/b'],
    ],
    ['a folder below a link', ['/var/run/x'], ['/run'], ['/run/x']],
    [
      'a folder in a volume',
      ['/home/a', '/home/a/b'],
      ['/home'],
      ['/home/a', '/home/a/b'],
    ],
  ])('%s', (_, targets, copied, placed) => {
    const view = mountView(targets.map(mount), host);
    expect(view.copied).toEqual(copied);
    expect(view.mounts.map(({ target }) => target)).toEqual(placed);
  });
});
