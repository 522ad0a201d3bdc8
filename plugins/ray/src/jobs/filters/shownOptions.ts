import { createFilterOptions } from '@material-ui/lab/Autocomplete';
import { formatCount } from '../../states/formatCount';

/** The most choices in the list at once. Typing finds the others. */
const SHOWN = 100;

export interface Choice {
  readonly value: string;
  /** Number of jobs; unknown for a value that the server doesn't name. */
  readonly count?: number;
}

/** A choice, or what is said below the choices. */
export interface Option extends Choice {
  readonly note?: string;
}

const matching = createFilterOptions<readonly [Option, string]>({
  stringify: ([, text]) => text,
});

export interface ShownOptions {
  /** What the user has typed. */
  readonly typed: string;
  readonly describe: (value: string) => string;
  /** Number of values that the server left out. */
  readonly others: number;
}

/** The options that match what is typed, and a note where that isn't all there is. */
export function shownOptions(
  options: readonly Option[],
  { typed, describe, others }: ShownOptions,
): Option[] {
  const texts = options.map(
    option => [option, describe(option.value)] as const,
  );
  const found = matching(texts, {
    inputValue: typed,
    getOptionLabel: ([, text]) => text,
  });
  const shown = found.slice(0, SHOWN).map(([option]) => option);
  const notes = [
    found.length > SHOWN &&
      `${formatCount(found.length - SHOWN)} more: type to find them.`,
    others > 0 &&
      `${formatCount(others)} with fewer jobs aren't listed. The search finds their jobs.`,
  ];
  const note = notes.filter(Boolean).join(' ');
  return note ? [...shown, { value: note, note }] : shown;
}
