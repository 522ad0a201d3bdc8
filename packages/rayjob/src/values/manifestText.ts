/* eslint-disable-next-line no-control-regex -- control characters are what is looked for */
const UNCARRIED = /[\0\x7f-\x9f\ufffe\uffff\p{Surrogate}]/u;

const codePoint = (character: string) =>
  character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');

/**
 * What is wrong with a text that goes into a manifest, or `undefined` for a good one.
 *
 * No program can be given NUL. The others are lost, or refused, between git and the
 * cluster: Argo CD hands manifests on as JSON that is read as YAML, whose streams hold no
 * such characters (YAML 1.1, section 4.1.1).
 *
 * @param subject - what the sentence calls the text, for example `The value of PATH`
 */
export function textProblem(subject: string, text: string): string | undefined {
  const [found] = UNCARRIED.exec(text) ?? [];
  return found === undefined
    ? undefined
    : `${subject} has a character that a manifest can't carry (U+${codePoint(found)}); remove it`;
}
