import { Option } from 'commander';
import type { Io } from '../terminal/Io';
import { write } from './write';

export const FORMATS = ['table', 'wide', 'json', 'yaml', 'name'] as const;
export type Format = (typeof FORMATS)[number];

/** `-o`, wherever something is shown. */
export function outputOption(
  formats: readonly Format[] = FORMATS,
  initial: Format = 'table',
): Option {
  return new Option('-o, --output <format>', 'how to show it')
    .choices(formats)
    .default(initial);
}

/** Writes a value in one of the formats for programs. */
export async function writeValue(
  { stdout }: Io,
  value: unknown,
  format: 'json' | 'yaml',
): Promise<void> {
  if (format === 'yaml') {
    const { writeYaml } = await import('./yaml');
    await write(stdout, writeYaml(value));
  } else {
    await write(stdout, `${JSON.stringify(value, null, 2)}\n`);
  }
}
