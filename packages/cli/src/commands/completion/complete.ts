import type { Argument, Command, Option } from 'commander';
import type { GlobalOptions } from '../../Cli';
import type { Io } from '../../terminal/Io';
import { plain } from '../../terminal/plain';

/** What could stand at the cursor, and what it is. */
export type Choice = readonly [value: string, description: string];

/** Commands whose arguments are names of jobs. */
const TAKE_JOBS: ReadonlySet<string> = new Set([
  'get',
  'describe',
  'logs',
  'stop',
  'retry',
  'delete',
  'open',
]);

/** Commands whose first argument is the name of a workload. */
const TAKE_WORKLOADS: ReadonlySet<string> = new Set([
  'build',
  'versions',
  'workloads',
]);

interface Place {
  readonly command: Command;
  /** The option whose value is at the cursor. */
  readonly option?: Option;
  /** Number of arguments before the cursor. */
  readonly arguments: number;
  /** Values of options before the cursor. */
  readonly values: ReadonlyMap<string, string>;
}

function optionsOf(command: Command): readonly Option[] {
  const own = command.createHelp().visibleOptions(command);
  return command.parent ? [...own, ...command.parent.options] : own;
}

/** Reads the words before the cursor as the command line would. */
function placeOf(program: Command, before: readonly string[]): Place {
  let command = program;
  let count = 0;
  let option: Option | undefined;
  const values = new Map<string, string>();
  for (const word of before) {
    if (option) {
      values.set(option.attributeName(), word);
      option = undefined;
    } else if (word.startsWith('-')) {
      const [name, value] = word.split('=', 2);
      const found = optionsOf(command).find(
        one => one.long === name || one.short === name,
      );
      if (found && (found.required || found.optional)) {
        if (value === undefined) {
          option = found;
        } else {
          values.set(found.attributeName(), value);
        }
      }
    } else if (command === program) {
      command =
        program.commands.find(
          one => one.name() === word || one.aliases().includes(word),
        ) ?? program;
    } else {
      count += 1;
    }
  }
  return { command, option, arguments: count, values };
}

const firstLine = (text: string) => text.split('\n')[0];

function optionChoices(command: Command): Choice[] {
  return optionsOf(command).flatMap(({ long, description, hidden }) =>
    long && !hidden ? [[long, firstLine(description)] as const] : [],
  );
}

function argumentAt(command: Command, count: number): Argument | undefined {
  const last = command.registeredArguments.at(-1);
  return (
    command.registeredArguments[count] ?? (last?.variadic ? last : undefined)
  );
}

async function choicesAt(
  program: Command,
  place: Place,
  word: string,
  io: Io,
): Promise<readonly Choice[]> {
  const { command, option, values } = place;
  const asked: GlobalOptions = Object.fromEntries(values);
  if (option) {
    const { valuesOf } = await import('./valuesOf');
    return (
      option.argChoices?.map(value => [value, ''] as const) ??
      valuesOf(option.attributeName(), asked, io)
    );
  }
  if (word.startsWith('-')) {
    return optionChoices(command);
  }
  if (command === program) {
    return program
      .createHelp()
      .visibleCommands(program)
      .map(one => [one.name(), firstLine(one.description())] as const);
  }
  const argument = argumentAt(command, place.arguments);
  if (!argument) {
    return [];
  }
  if (argument.argChoices) {
    return argument.argChoices.map(value => [value, ''] as const);
  }
  if (TAKE_JOBS.has(command.name())) {
    const { jobNames } = await import('./valuesOf');
    return jobNames(asked, io);
  }
  if (TAKE_WORKLOADS.has(command.name()) && place.arguments === 0) {
    const { workloadNames } = await import('./valuesOf');
    return workloadNames(io);
  }
  return [];
}

/**
 * What could stand at the cursor, one choice a line, with a tab before what it is.
 *
 * @param words - of the command line up to the cursor, the last one unfinished
 */
export async function complete(
  program: Command,
  words: readonly string[],
  io: Io,
): Promise<string> {
  const word = words.at(-1) ?? '';
  const place = placeOf(program, words.slice(0, -1));
  const choices = await choicesAt(program, place, word, io);
  return choices
    .filter(([value]) => value.startsWith(word))
    .map(([value, what]) => `${plain(value)}\t${plain(what)}\n`)
    .join('');
}
