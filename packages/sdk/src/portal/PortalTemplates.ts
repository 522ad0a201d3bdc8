import { CustomErrorBase } from '@backstage/errors';
import { Backoff, sleep } from '@ml-platform/kube';
import type { CallOptions } from '../platform/Platform';
import type { PortalPlatformOptions } from './PortalPlatform';
import { isRefusal } from './portalError';
import { PortalServer } from './PortalServer';
import {
  startedTaskSchema,
  taskEventsSchema,
  templateFormSchema,
  type TaskEvent,
} from './scaffolderAnswers';
import { sendToPortal, type PortalCaller } from './sendToPortal';

/** Milliseconds between two looks at a task that runs. */
const INTERVAL = 700;

/** A task of a template that has started. */
export interface TemplateTask {
  readonly id: string;
  /** Its page in the portal. */
  readonly url: string;
}

/** What a task made, as links with titles. */
export interface TemplateLink {
  readonly title: string;
  readonly url: string;
}

/** A step of the template has failed, or somebody cancelled the task. */
export class TemplateFailedError extends CustomErrorBase {
  name = 'TemplateFailedError' as const;

  constructor(task: TemplateTask, cause: string) {
    super(`${cause}; see ${task.url}`);
  }
}

/**
 * The portal's software templates.
 *
 * ```ts
 * const templates = new PortalTemplates({ url, credentials: portalCredentials({ url }) });
 * const task = await templates.start('create-workload', { name: 'galaxy_classifier', … });
 * const links = await templates.follow(task, { onLine: console.error });
 * ```
 */
export class PortalTemplates {
  readonly #caller: PortalCaller;

  /** @throws {InputError} when the URL is none */
  constructor(options: PortalPlatformOptions) {
    const { credentials } = options;
    this.#caller = { server: new PortalServer(options), credentials };
  }

  /**
   * Starts a template of the namespace `default`. Values that aren't given have the
   * defaults of the template's form.
   *
   * @throws {InputError} that names each wrong value with the reason
   * @throws {NotFoundError} when the portal has no such template
   */
  async start(
    template: string,
    values: Readonly<Record<string, unknown>>,
    { signal }: CallOptions = {},
  ): Promise<TemplateTask> {
    const name = encodeURIComponent(template);
    const form = templateFormSchema.parse(
      await this.#read(
        `/templates/default/template/${name}/parameter-schema`,
        signal,
      ),
    );
    const defaults = form.steps
      .flatMap(({ schema }) => Object.entries(schema.properties ?? {}))
      .filter(([, field]) => field.default !== undefined)
      .map(([key, field]) => [key, field.default]);
    const { id } = startedTaskSchema.parse(
      await this.#ask('/tasks', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({
          templateRef: `template:default/${template}`,
          values: { ...Object.fromEntries(defaults), ...values },
        }),
        signal,
      }),
    );
    return { id, url: `${this.#caller.server.url}/create/tasks/${id}` };
  }

  /**
   * Follows a task to its end, over every failure of the connection.
   *
   * @param options - `onLine` is given each line of the task's log
   * @returns the links that the template ends with
   * @throws {TemplateFailedError} when a step fails
   */
  async follow(
    task: TemplateTask,
    options: CallOptions & { readonly onLine?: (line: string) => void } = {},
  ): Promise<readonly TemplateLink[]> {
    const { signal, onLine = () => {} } = options;
    let after = -1;
    for (;;) {
      for (const { id, type, body } of await this.#events(
        task,
        after,
        signal,
      )) {
        after = Math.max(after, id);
        body.message?.split('\n').forEach(onLine);
        if (type === 'completion') {
          if (body.error) {
            throw new TemplateFailedError(task, body.error.message);
          }
          return (body.output?.links ?? []).flatMap(({ title = '', url }) =>
            url ? [{ title, url }] : [],
          );
        }
      }
      await sleep(INTERVAL, signal);
      signal?.throwIfAborted();
    }
  }

  /** Closes the connections. */
  close(): void {
    this.#caller.server.close();
  }

  /** The events after one, as soon as the portal answers. */
  async #events(
    { id }: TemplateTask,
    after: number,
    signal: AbortSignal | undefined,
  ): Promise<readonly TaskEvent[]> {
    const backoff = new Backoff({ min: INTERVAL, max: 15_000 });
    const path = `/tasks/${encodeURIComponent(id)}/events?after=${after}`;
    for (;;) {
      try {
        return taskEventsSchema.parse(await this.#read(path, signal));
      } catch (error) {
        signal?.throwIfAborted();
        if (isRefusal(error)) {
          throw error;
        }
        await sleep(backoff.next(), signal);
      }
    }
  }

  #read(path: string, signal: AbortSignal | undefined): Promise<unknown> {
    return this.#ask(path, { signal });
  }

  async #ask(path: string, init: RequestInit): Promise<unknown> {
    const url = `${this.#caller.server.url}/api/scaffolder/v2${path}`;
    const response = await sendToPortal(this.#caller, new Request(url, init));
    return response.json();
  }
}
