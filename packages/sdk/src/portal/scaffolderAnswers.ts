import { z } from 'zod';

/** What the scaffolder of a portal answers, as far as it is read here. */

export const templateFormSchema = z.object({
  steps: z.array(
    z.object({
      schema: z.object({
        properties: z
          .record(z.string(), z.object({ default: z.unknown().optional() }))
          .optional(),
      }),
    }),
  ),
});

export const startedTaskSchema = z.object({ id: z.string() });

const eventBodySchema = z.object({
  message: z.string().optional(),
  error: z.object({ message: z.string() }).optional(),
  output: z
    .object({
      links: z
        .array(
          z.object({
            title: z.string().optional(),
            url: z.string().optional(),
          }),
        )
        .optional(),
    })
    .optional(),
});

export const taskEventsSchema = z.array(
  z.object({ id: z.number(), type: z.string(), body: eventBodySchema }),
);

/** An event of a task. The one of the type `completion` is the last. */
export type TaskEvent = z.infer<typeof taskEventsSchema>[number];

/** Which values of a template are wrong, and why. */
export const invalidValuesSchema = z.object({
  errors: z
    .array(
      z.object({
        path: z.array(z.union([z.string(), z.number()])),
        message: z.string(),
        /** The keyword that wasn't met. */
        name: z.string(),
        /** What the template asks for there, perhaps with sentences of its own. */
        schema: z
          .object({ errorMessage: z.record(z.string(), z.string()).optional() })
          .optional()
          .catch(undefined),
      }),
    )
    .min(1),
});
