import { InputError } from '@backstage/errors';
import {
  DockerfileParser,
  Instruction as ParsedInstruction,
  ModifiableInstruction,
  PropertyInstruction,
} from 'dockerfile-ast';

/** One instruction of a Dockerfile. */
export interface Instruction {
  /** In upper case, for example `COPY`. */
  readonly keyword: string;
  /** Its arguments on one line, without flags and comments. */
  readonly text: string;
  /** Flags by name, for example `chown` of `--chown=ray:users`. */
  readonly flags: Readonly<Partial<Record<string, string>>>;
  /** The arguments where they are written as a JSON list. */
  readonly list?: readonly string[];
  /** Names and values of ENV, ARG and LABEL; no value for `ARG NAME`. */
  readonly properties: readonly (readonly [string, string | undefined])[];
  /** True where the arguments are here-documents. */
  readonly hereDocument: boolean;
  /** Line in the file, from 1. */
  readonly line: number;
}

/** What is between one FROM and the next. */
export interface Stage {
  readonly name?: string;
  readonly from: string;
  readonly instructions: readonly Instruction[];
}

export interface Dockerfile {
  /** The ARGs before the first FROM. */
  readonly globalArguments: readonly Instruction[];
  readonly stages: readonly Stage[];
}

function oneLine(raw: string): string {
  return raw
    .split('\n')
    .filter(line => !/^\s*#/.test(line))
    .join('\n')
    .replace(/\s*\\[ \t]*\n\s*/g, ' ')
    .trim();
}

function readList(text: string): readonly string[] | undefined {
  if (!text.startsWith('[')) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) && value.every(v => typeof v === 'string')
      ? value
      : undefined;
  } catch {
    // Docker, too, runs what is not JSON as a shell command.
    return undefined;
  }
}

function toInstruction(parsed: ParsedInstruction): Instruction {
  const raw = parsed.getRawArgumentsContent() ?? '';
  const hereDocument = /^<<-?['"]?\w/.test(raw);
  const text = hereDocument ? raw : oneLine(raw);
  const flags =
    parsed instanceof ModifiableInstruction
      ? parsed.getFlags().map(flag => [flag.getName(), flag.getValue() ?? ''])
      : [];
  const properties =
    parsed instanceof PropertyInstruction
      ? parsed
          .getProperties()
          .map(p => [p.getName(), p.getValue() ?? undefined] as const)
      : [];
  return {
    keyword: parsed.getKeyword(),
    text,
    flags: Object.fromEntries(flags),
    list: readList(text),
    properties,
    hereDocument,
    line: parsed.getRange().start.line + 1,
  };
}

/**
 * Reads a Dockerfile.
 * @throws {InputError} when it has no FROM, or something before it
 */
export function readDockerfile(content: string): Dockerfile {
  const instructions = DockerfileParser.parse(content)
    .getInstructions()
    .map(toInstruction);
  const first = instructions.findIndex(({ keyword }) => keyword === 'FROM');
  if (first < 0) {
    throw new InputError(
      'The Dockerfile has no FROM: begin it with the base image, as FROM rayproject/ray:2.55.1-py311',
    );
  }
  const globalArguments = instructions.slice(0, first);
  const stranger = globalArguments.find(({ keyword }) => keyword !== 'ARG');
  if (stranger) {
    throw new InputError(
      `Line ${stranger.line} of the Dockerfile: ${stranger.keyword} comes before FROM, where only ARG may stand`,
    );
  }
  const stages: { name?: string; from: string; instructions: Instruction[] }[] =
    [];
  for (const instruction of instructions.slice(first)) {
    if (instruction.keyword === 'FROM') {
      const [from = '', as, name] = instruction.text.split(/\s+/);
      stages.push({
        from,
        name: as?.toUpperCase() === 'AS' ? name : undefined,
        instructions: [],
      });
    } else {
      stages.at(-1)?.instructions.push(instruction);
    }
  }
  return { globalArguments, stages };
}
