import { planBuild } from './planBuild';
import { readDockerfile } from './readDockerfile';

const plan = (...lines: string[]) =>
  planBuild(readDockerfile(lines.join('\n')));

describe('planBuild', () => {
  it('takes over what makes an environment and a process', () => {
    const result = plan(
      'ARG RAY=2.55.1',
      'FROM rayproject/ray:${RAY}-py311',
      'ENV DATA=/data MODE="fast one" \\',
      '    PLACE=$HOME',
      'ENV WHERE=${DATA}/in UNSET=${NOT_SET:-none}',
      'COPY --chown=ray:users requirements.txt /opt/app/',
      'WORKDIR /opt',
      'WORKDIR app',
      'RUN pip install --no-cache-dir -r requirements.txt "numpy>=2"',
      'COPY . .',
      'ENTRYPOINT ["python", "train.py"]',
      'CMD ["--steps", "3"]',
    );
    expect(result.base.recipe).toMatchObject({ python: '3.11' });
    expect(result.installs).toEqual([
      ['ray[default]==2.55.1'],
      ['-r', './opt/app/requirements.txt', 'numpy>=2'],
    ]);
    expect(result.env).toEqual({
      DATA: '/data',
      MODE: 'fast one',
      PLACE: '',
      WHERE: '/data/in',
      UNSET: 'none',
    });
    expect(result.workingDir).toBe('/opt/app');
    expect(result.entrypoint).toEqual(['python', 'train.py']);
    expect(result.command).toEqual(['--steps', '3']);
    expect(
      result.steps.flatMap(s => (s.kind === 'copy' ? s.copy : [])),
    ).toEqual([
      { sources: ['requirements.txt'], destination: '/opt/app/' },
      { sources: ['.'], destination: '/opt/app/' },
    ]);
    expect(result.steps.flatMap(({ notRun }) => notRun)).toEqual([]);
  });

  it('honours the pip in a RUN and names what else was in it', () => {
    const { installs, steps } = plan(
      'FROM python:3.11-slim',
      'RUN apt-get update && apt-get install -y libgomp1 \\',
      '    # for numpy',
      '    && python3 -m pip install -q a==1; cd /src && pip install -e .[dev]',
      'RUN curl https://example.com/x | sh',
      'RUN <<EOF',
      'pip install b --index-url=https://index.example.com/simple',
      'EOF',
    );
    expect(installs).toEqual([
      ['a==1'],
      ['./src[dev]'],
      ['b', '--default-index', 'https://index.example.com/simple'],
    ]);
    expect(steps.map(({ notRun }) => notRun.map(({ text }) => text))).toEqual([
      [],
      ['apt-get update', 'apt-get install -y libgomp1'],
      ['curl https://example.com/x | sh'],
      [],
    ]);
  });

  it('follows the stages that the last one is made of, and no others', () => {
    const { installs, steps } = plan(
      'FROM golang:1.24 AS tool',
      'RUN go build',
      'FROM python:3.12 AS base',
      'RUN pip install a',
      'FROM base',
      'COPY --from=tool /bin/tool /bin/',
      'RUN pip install b',
    );
    expect(installs).toEqual([['a'], ['b']]);
    expect(steps.flatMap(({ notRun }) => notRun)).toEqual([
      {
        text: 'COPY /bin/tool /bin/',
        reason: expect.stringContaining('files of tool are not there'),
      },
    ]);
  });

  it('says what has no effect here', () => {
    const { steps, env } = plan(
      'FROM python:3',
      'USER 1000',
      'EXPOSE 8265',
      'ENV PATH=/opt/bin:$PATH',
    );
    expect(steps.map(s => (s.kind === 'setting' ? s.note : undefined))).toEqual(
      [
        undefined,
        expect.stringContaining('the user who started the platform'),
        expect.stringContaining('no effect here'),
        expect.stringContaining('PATH is not taken'),
      ],
    );
    expect(env).toEqual({});
  });

  it('keeps a command in shell form for the shell', () => {
    expect(plan('FROM python:3', 'CMD python train.py "$X"').command).toEqual([
      '/bin/sh',
      '-c',
      'python train.py "$X"',
    ]);
  });

  it.each([
    [['RUN true'], 'has no FROM'],
    [['FROM ubuntu:24.04'], "FROM ubuntu:24.04 can't be made on this machine"],
    [['FROM rayproject/ray:nightly'], "can't be made on this machine"],
    [['FROM python:3', 'COPY a'], 'names no source or no destination'],
    [['FROM python:3', 'INSTALL a'], 'Line 2 of the Dockerfile: INSTALL'],
  ])('refuses %j', (lines, message) => {
    expect(() => plan(...lines)).toThrow(message);
  });
});
