import { DockerfileParser } from 'dockerfile-ast';

/** Characters that are enough to know an instruction by; logs cut long ones. */
const ENOUGH = 60;

const words = (text: string) =>
  text
    .replace(/\\\r?\n/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();

/**
 * The line of a Dockerfile, from 1, at which an instruction begins that a build's log
 * names; `undefined` where there is none like it.
 */
export function dockerfileLine(
  dockerfile: string,
  instruction: string,
): number | undefined {
  const wanted = words(instruction).slice(0, ENOUGH);
  const lines = dockerfile.split('\n');
  const found = DockerfileParser.parse(dockerfile)
    .getInstructions()
    .find(candidate => {
      const { start, end } = candidate.getRange();
      const text = lines.slice(start.line, end.line + 1).join('\n');
      return words(text).startsWith(wanted);
    });
  return wanted && found ? found.getRange().start.line + 1 : undefined;
}
