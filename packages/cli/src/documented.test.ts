import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { CommanderError } from 'commander';
import { createProgram } from './program';

const ROOT = join(__dirname, '../../..');
const BLOCK = /^( *)```(?:sh|bash|shell|console)\n([^]*?)^\1```/gm;
/** Each command of a line, up to a pipe, a comment or what ends it. */
const COMMAND =
  /(?:^|&&|[|;]|\$\(|\buv run\b|^\w+=\S+|\$)[ \t]*ml-platform ([^#|;&)\n]*)/gm;
/** A command in the middle of a sentence, in one line or two. */
const SPAN = /(?<!`)`ml-platform\s+([a-z][^`]*)`(?!`)/g;

interface Documented {
  readonly file: string;
  readonly command: string;
}

const documents = execFileSync('git', ['ls-files', '*.md'], {
  cwd: ROOT,
  encoding: 'utf8',
})
  .trim()
  .split('\n')
  .map(file => ({ file, text: readFileSync(join(ROOT, file), 'utf8') }));

const commandsIn = (file: string, text: string, pattern: RegExp) =>
  [...text.matchAll(pattern)].map(([, command]): Documented => ({
    file,
    command: command.trim(),
  }));

/** The commands to type: whole ones. */
const typed = documents.flatMap(({ file, text }) =>
  [...text.matchAll(BLOCK)].flatMap(([, , block]) =>
    commandsIn(file, block.replaceAll('\\\n', ' '), COMMAND),
  ),
);

/** The commands that a sentence names, perhaps without what they are to be given. */
const named = documents.flatMap(({ file, text }) =>
  commandsIn(file, text.replaceAll(BLOCK, ''), SPAN),
);

/** The words of a command, as a shell splits them: what is quoted is one. */
const wordsOf = (command: string): readonly string[] =>
  command.match(/(?:"[^"]*"|'[^']*'|[^\s"'])+/g) ?? [];

/** Parses a command, which starts nothing. */
async function parse({ file, command }: Documented): Promise<number> {
  const said = new PassThrough();
  let started = 0;
  const program = createProgram(
    { stdout: said, stderr: said },
    () => async () => {
      started += 1;
    },
  );
  try {
    await program.parseAsync(wordsOf(command), { from: 'user' });
  } catch (error) {
    if (
      error instanceof CommanderError &&
      /^commander\.(?:missingMandatoryOptionValue|(?:m|optionM)issingArgument)$/.test(
        error.code,
      )
    ) {
      return started;
    }
    throw new Error(`${file}: ml-platform ${command}: ${error}`);
  }
  return started;
}

describe('the commands that README and docs show', () => {
  it('are whole, with options that there are', async () => {
    expect(typed.length).toBeGreaterThan(64);
    for (const documented of typed) {
      expect([documented, await parse(documented)]).toEqual([documented, 1]);
    }
  });

  it('are named in sentences as they are called', async () => {
    expect(named.length).toBeGreaterThan(25);
    await Promise.all(named.map(parse));
  });
});
