import { placeInView } from './placeInView';

interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

const rect = ({ left, top, width, height }: Box) =>
  ({ left, top, right: left + width, bottom: top + height }) as DOMRect;

/** Places a mark at a position of the log, in a view of 800 by 600 pixels. */
function place(
  mark: { readonly x: number; readonly y: number },
  scroll: { readonly left: number; readonly top: number },
) {
  const view = document.createElement('div');
  const element = document.createElement('mark');
  Object.defineProperties(view, {
    clientWidth: { value: 800 },
    clientHeight: { value: 600 },
    scrollLeft: { value: scroll.left },
    scrollTop: { value: scroll.top },
  });
  view.getBoundingClientRect = () =>
    rect({ left: 100, top: 50, width: 800, height: 600 });
  element.getBoundingClientRect = () =>
    rect({
      left: 100 + mark.x - scroll.left,
      top: 50 + mark.y - scroll.top,
      width: 60,
      height: 20,
    });
  return placeInView(view, element);
}

describe('placeInView', () => {
  it.each([
    ['in view', { x: 200, y: 300 }, { left: 0, top: 0 }, { left: 0, top: 0 }],
    [
      'far to the right',
      { x: 24_000, y: 300 },
      { left: 0, top: 0 },
      { left: 23_630, top: 0 },
    ],
    [
      'to the right, and in view already',
      { x: 24_000, y: 300 },
      { left: 23_800, top: 0 },
      { left: 23_800, top: 0 },
    ],
    [
      'at the start, after one to the right',
      { x: 100, y: 300 },
      { left: 23_630, top: 0 },
      { left: 0, top: 0 },
    ],
    [
      'to the left, but not at the start',
      { x: 3_000, y: 300 },
      { left: 23_630, top: 0 },
      { left: 2_630, top: 0 },
    ],
    [
      'below, in a line that is broken',
      { x: 100, y: 9_000 },
      { left: 0, top: 0 },
      { left: 0, top: 8_710 },
    ],
    [
      'above and to the right',
      { x: 2_000, y: 100 },
      { left: 0, top: 5_000 },
      { left: 1_630, top: 0 },
    ],
    [
      'half out of view',
      { x: 790, y: 595 },
      { left: 0, top: 0 },
      { left: 420, top: 305 },
    ],
  ])('shows a match that is %s', (_, mark, scroll, expected) => {
    expect(place(mark, scroll)).toEqual(expected);
  });
});
