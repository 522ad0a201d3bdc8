import { isLaterVersion } from './isLaterVersion';

describe('isLaterVersion', () => {
  it.each([
    ['10', '9', true],
    ['9', '10', false],
    ['12', '11', true],
    ['11', '11', false],
    // Larger than a number of JavaScript can be exact about.
    ['9007199254740994', '9007199254740993', true],
    ['', '1', false],
    ['1', '', false],
    ['v2', 'v1', false],
  ])('%s after %s: %s', (version, than, later) => {
    expect(isLaterVersion(version, than)).toBe(later);
  });
});
