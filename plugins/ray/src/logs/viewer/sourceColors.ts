/**
 * Colors for what wrote a line, in both themes: the log is dark in both. Each has a contrast of
 * at least 4.5:1 on the backgrounds that a line can have. They were chosen one after the other,
 * each as far in OKLab from those before it and from plain text as it can be, so that a few
 * sources differ most and all of them clearly.
 */
export const SOURCE_COLORS = [
  '#79b8ff',
  '#fe981a',
  '#6bd36d',
  '#ff88d6',
  '#ffeb4e',
  '#12fcdf',
  '#05cbc6',
  '#c6c08b',
  '#db918f',
  '#c08ffd',
  '#9ffd8f',
  '#aeab18',
  '#cfb1dd',
  '#70dffe',
  '#e8c506',
  '#febbaf',
  '#72b380',
  '#ffc4fe',
  '#fee1a7',
  '#a3e3b5',
  '#9cfbfe',
  '#c49e62',
  '#0ab3db',
  '#b6dc50',
  '#a0a3d3',
  '#fec171',
  '#26e4b0',
  '#8ec9b2',
  '#d291cc',
  '#fc7b9b',
  '#fe8160',
  '#70b83f',
  '#b7cefd',
  '#cff7b1',
  '#f99fb7',
  '#eaa6ff',
] as const;

/** Gives sources their colors: different ones while there are any, and each keeps its own. */
export class SourceColors {
  readonly #places = new Map<string, number>();

  /** The color of a source. */
  readonly of = (source: string): string => {
    const place = this.#places.get(source) ?? this.#places.size;
    this.#places.set(source, place);
    return SOURCE_COLORS[place % SOURCE_COLORS.length];
  };
}
