import { BuildSteps } from './BuildSteps';
import { dockerfileLine } from './dockerfileLine';

const read = (log: string) => {
  const steps = new BuildSteps();
  const begun = log
    .split('\n')
    .flatMap(line => steps.push(line) ?? [])
    .map(({ number, total, text }) =>
      number ? `${number}/${total} ${text}` : text,
    );
  return { begun, at: steps.step?.text, lastLines: steps.lastLines };
};

describe('BuildSteps', () => {
  it('reads the log of BuildKit, whose steps run side by side', () => {
    expect(
      read(`#1 [internal] load build definition from Dockerfile
#1 DONE 0.0s

#5 [builder 1/2] FROM rayproject/ray:2.55.1
#5 sha256:abc 1MB / 2MB
#5 DONE 1.0s

#6 [stage-1 2/3] RUN pip install nonsense
#6 0.412 Collecting nonsense
#7 [builder 2/2] COPY . .
#7 CACHED

#6 1.100 ERROR: No matching distribution
#6 ERROR: process "/bin/sh -c pip install nonsense" did not complete successfully: exit code: 1
------
 > [stage-1 2/3] RUN pip install nonsense:
------
ERROR: failed to solve`),
    ).toEqual({
      begun: [
        '[internal] load build definition from Dockerfile',
        '1/2 FROM rayproject/ray:2.55.1',
        '2/3 RUN pip install nonsense',
        '2/2 COPY . .',
      ],
      at: 'RUN pip install nonsense',
      lastLines: ['Collecting nonsense', 'ERROR: No matching distribution'],
    });
  });

  it('reads the logs of podman and buildah, and of docker without BuildKit', () => {
    expect(
      read(`STEP 1/2: FROM ray
STEP 2/2: RUN false
said
Error: building at STEP "RUN false": exit status 1`),
    ).toEqual({
      begun: ['1/2 FROM ray', '2/2 RUN false'],
      at: 'RUN false',
      lastLines: ['said', 'Error: building at STEP "RUN false": exit status 1'],
    });
    expect(
      read('Step 1/2 : FROM ray\n ---> abc\n[1/2] STEP 2/2: RUN x').begun,
    ).toEqual(['1/2 FROM ray', '2/2 RUN x']);
  });

  it('reads the log of the build service, around that of an engine', () => {
    expect(
      read(`Build 12 of localhost:5000/a:1

#1 buildah build --format oci /ctx
#1 0.100 STEP 1/2: FROM ray
#1 0.200 STEP 2/2: RUN false
#1 0.300 said
#1 ERROR: buildah ended with code 1`),
    ).toMatchObject({
      begun: [
        'buildah build --format oci /ctx',
        '1/2 FROM ray',
        '2/2 RUN false',
      ],
      at: 'RUN false',
      lastLines: ['said'],
    });
  });

  it('keeps the last lines of a step alone', () => {
    const { lastLines } = read(
      ['STEP 1: RUN a', ...Array.from({ length: 50 }, (_, i) => `${i}`)].join(
        '\n',
      ),
    );
    expect(lastLines).toHaveLength(12);
    expect(lastLines.at(-1)).toBe('49');
  });
});

describe('dockerfileLine', () => {
  const dockerfile = `# a comment
FROM ray AS base

RUN apt-get update && \\
    apt-get install -y curl
COPY . .
`;
  it.each([
    ['FROM ray AS base', 2],
    ['RUN apt-get update &&     apt-get install -y curl', 4],
    ['COPY . .', 6],
    ['exporting to image', undefined],
    ['', undefined],
  ])('%s: %s', (step, line) => {
    expect(dockerfileLine(dockerfile, step)).toBe(line);
  });
});
