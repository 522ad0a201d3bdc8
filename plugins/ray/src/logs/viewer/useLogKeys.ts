import { useEffect, useRef, type RefObject } from 'react';

export type LogKeys = Readonly<Record<string, () => void>>;

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable ||
      ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName))
  );
}

/** Keyboard shortcuts of the log. They work inside the viewer, except in text fields. */
export function useLogKeys(ref: RefObject<HTMLElement>, keys: LogKeys): void {
  const latest = useRef(keys);
  useEffect(() => {
    latest.current = keys;
  });
  useEffect(() => {
    const viewer = ref.current;
    const onKeyDown = (event: KeyboardEvent) => {
      const action = latest.current[event.key];
      const modified = event.ctrlKey || event.metaKey || event.altKey;
      if (action && !modified && !isTyping(event.target)) {
        event.preventDefault();
        action();
      }
    };
    viewer?.addEventListener('keydown', onKeyDown);
    return () => viewer?.removeEventListener('keydown', onKeyDown);
  }, [ref]);
}
