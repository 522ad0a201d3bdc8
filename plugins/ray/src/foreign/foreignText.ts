import { wholeText } from '../logs/terminal/drawLine';

/**
 * Text from labels, annotations, messages and names, made safe to show: it can't
 * hide, reorder or break the text around it. An absent value is an empty text.
 */
export function foreignText(value: unknown): string {
  if (value === undefined || value === null) {
    return '';
  }
  const text = typeof value === 'object' ? JSON.stringify(value) : value;
  return String(text).split(/\r?\n/).map(wholeText).join('\n');
}
