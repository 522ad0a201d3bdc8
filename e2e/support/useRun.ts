import { expect, test } from '@playwright/test';
import { terminalInProject } from './project';
import type { Terminal } from './Terminal';

/**
 * Has a job run a Python program before the tests of a file, and deletes it after them.
 * @returns deletes it earlier
 */
export function useRun(run: {
  readonly job: string;
  /** Of the image of hello-ray, which is built for it. */
  readonly version: string;
  /** Without double quotes: it is an argument in the job's command. */
  readonly program: string;
}): () => Promise<unknown> {
  const { job, version, program } = run;
  let terminal: Terminal;

  test.beforeAll(async () => {
    terminal = await terminalInProject();
    for (const command of [
      ['build', 'hello-ray', version],
      [
        ...['submit', `hello-ray:${version}`, '--name', job, '--workers', '0'],
        ...['--entrypoint', `python -c "${program}"`, '--wait'],
      ],
    ]) {
      const { code, stderr } = await terminal.run(...command);
      expect(code, stderr).toBe(0);
    }
  });

  const remove = () => terminal.run('delete', job, '--yes');
  test.afterAll(remove);
  return remove;
}
