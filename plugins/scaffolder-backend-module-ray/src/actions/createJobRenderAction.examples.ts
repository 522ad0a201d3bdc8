import type { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { writeYaml } from '@ml-platform/rayjob';

export const examples: TemplateExample[] = [
  {
    description: 'A run on two workers',
    example: writeYaml({
      steps: [
        {
          id: 'render',
          name: 'Render the manifest',
          action: 'ray:job:render',
          input: {
            workload: 'stellar_optimization',
            version: '1.0.0',
            image: '${{ steps.build.output.image }}',
            cluster: 'workload-cluster',
            namespace: 'training',
            entrypoint: 'python train.py',
            workers: 2,
            cpu: '1',
            memory: '2Gi',
          },
        },
      ],
    }),
  },
  {
    description: 'A run on GPUs, with an environment, a deadline and a retry',
    example: writeYaml({
      steps: [
        {
          id: 'render',
          name: 'Render the manifest',
          action: 'ray:job:render',
          input: {
            workload: 'stellar_optimization',
            version: '1.1.0',
            image: 'registry.example.com/stellar_optimization:1.1.0',
            cluster: 'workload-cluster',
            namespace: 'training',
            entrypoint: 'python train.py --generations 100',
            workers: 8,
            cpu: '8',
            memory: '32Gi',
            gpu: 1,
            environment: [{ name: 'SEED', value: '7' }],
            ttlSeconds: 3600,
            deadlineSeconds: 86400,
            retries: 1,
          },
        },
      ],
    }),
  },
  {
    description:
      'A run with a second group of workers, as an account of its own',
    example: writeYaml({
      steps: [
        {
          id: 'render',
          name: 'Render the manifest',
          action: 'ray:job:render',
          input: {
            workload: 'stellar_optimization',
            version: '1.1.0',
            image: 'registry.example.com/stellar_optimization:1.1.0',
            cluster: 'workload-cluster',
            namespace: 'training',
            entrypoint: 'python train.py',
            workers: 2,
            cpu: '4',
            memory: '8Gi',
            groups: [
              {
                name: 'gpu',
                workers: 1,
                maxWorkers: 4,
                cpu: '8',
                memory: '64Gi',
                gpu: 1,
              },
            ],
            serviceAccount: 'trainer',
          },
        },
      ],
    }),
  },
];
