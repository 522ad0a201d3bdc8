import { useLayoutEffect, useState, type RefObject } from 'react';

const SAMPLE = 100;

/** Width of one character of an element's font, in pixels. */
export function useCharWidth(ref: RefObject<HTMLElement>): number {
  const [width, setWidth] = useState(7.5);
  useLayoutEffect(() => {
    const element = ref.current;
    if (!element) {
      return;
    }
    const probe = document.createElement('span');
    probe.textContent = '0'.repeat(SAMPLE);
    probe.style.cssText = 'position:absolute;visibility:hidden;white-space:pre';
    element.appendChild(probe);
    const measured = probe.getBoundingClientRect().width / SAMPLE;
    probe.remove();
    if (measured > 0) {
      setWidth(measured);
    }
  }, [ref]);
  return width;
}
