import type { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { writeYaml } from '@ml-platform/rayjob';

export const examples: TemplateExample[] = [
  {
    description: 'Build a workload at the commit that an earlier step found',
    example: writeYaml({
      steps: [
        {
          id: 'build',
          name: 'Build the image',
          action: 'ray:image:build',
          input: {
            image: '${{ steps.workload.output.workload }}',
            version: '1.0.0',
            sourceUrl: '${{ steps.workload.output.sourceUrl }}',
          },
        },
      ],
    }),
  },
  {
    description:
      "Build a folder of the task's workspace, by another Dockerfile",
    example: writeYaml({
      steps: [
        {
          id: 'build',
          name: 'Build the image',
          action: 'ray:image:build',
          input: {
            image: 'hello-ray',
            version: '1.0.0',
            contextPath: './hello-ray',
            dockerfile: 'docker/gpu.Dockerfile',
          },
        },
      ],
    }),
  },
];
