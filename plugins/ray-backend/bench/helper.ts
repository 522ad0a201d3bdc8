import { fork, type ChildProcess } from 'node:child_process';
import { on } from 'node:events';
import { join } from 'node:path';

/** Runs a file of this folder as a process of its own. */
export function startHelper(file: string): ChildProcess {
  return fork(join(__dirname, file), { execArgv: process.execArgv });
}

/** Asks a helper and waits for what it answers with {@link answer}. */
export async function ask<T>(helper: ChildProcess, order: object): Promise<T> {
  const messages = on(helper, 'message');
  helper.send(order);
  for await (const [message] of messages) {
    // The loader of TypeScript sends messages of its own.
    if (message?.kind === 'answer') {
      return message.value as T;
    }
  }
  throw new Error('The helper has ended');
}

/** In a helper: sends what was asked for. */
export function answer(value: object): void {
  process.send?.({ kind: 'answer', value });
}
