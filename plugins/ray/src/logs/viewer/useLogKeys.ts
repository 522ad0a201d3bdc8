import { useEffect, useRef, type RefObject } from 'react';

export type LogKeys = Readonly<Record<string, () => void>>;

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable ||
      ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName))
  );
}

/**
 * Keyboard shortcuts of the log. They work inside the viewer, except in text fields.
 *
 * @param characters - whether those that are a single character work, which people who
 * dictate or hit keys by accident can do without
 */
export function useLogKeys(
  ref: RefObject<HTMLElement>,
  characters: boolean,
  keys: LogKeys,
): void {
  const latest = useRef({ keys, characters });
  useEffect(() => {
    latest.current = { keys, characters };
  });
  useEffect(() => {
    const viewer = ref.current;
    const onKeyDown = (event: KeyboardEvent) => {
      const { key } = event;
      const isOn = key.length > 1 || latest.current.characters;
      const action = isOn ? latest.current.keys[key] : undefined;
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
