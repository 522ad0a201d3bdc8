import { plainText } from '../logs/terminal/drawLine';

/**
 * What somebody else wrote, as text that can be shown: whatever it is, it can't
 * hide, turn round or break what stands beside it. Nothing for nothing.
 */
export function foreignText(value: unknown): string {
  if (value === undefined || value === null) {
    return '';
  }
  const text = typeof value === 'object' ? JSON.stringify(value) : value;
  return String(text).split(/\r?\n/).map(plainText).join('\n');
}
