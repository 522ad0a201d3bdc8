import { z } from 'zod';

const gitGenerator = z
  .object({
    git: z
      .object({
        repoURL: z.string(),
        revision: z.string().default('HEAD'),
        directories: z
          .array(
            z.object({ path: z.string(), exclude: z.boolean().default(false) }),
          )
          .min(1),
      })
      .strict(),
  })
  .strict();

/** An ApplicationSet whose Applications come from the folders of a repository. */
export const folderApplicationSet = z.object({
  spec: z.object({
    generators: z.array(gitGenerator).length(1),
    template: z.object({
      metadata: z.object({ name: z.string() }).passthrough(),
      spec: z.record(z.unknown()),
    }),
  }),
});

export type FolderApplicationSet = z.infer<typeof folderApplicationSet>;
export type FolderRule =
  FolderApplicationSet['spec']['generators'][0]['git']['directories'][0];
