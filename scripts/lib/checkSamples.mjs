// Has the compiler read each sample of TypeScript in the documents that imports the SDK, the
// portal's plugin or Backstage's notifications, as a file beside its document. Python's samples are run by python/tests/test_samples.py.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { root } from './paths.mjs';

const BLOCK = /^```(tsx?)\n([\s\S]*?)^```$/gm;
const CHECKED =
  /from '@(?:ml-platform\/(?:sdk|backstage-plugin-ray(?:\/legacy)?)|backstage\/plugin-notifications-node)'/;

/** Samples by the path that the compiler knows them by. */
const samples = new Map();
const documents = execFileSync('git', ['ls-files', '*.md'], {
  cwd: root,
  encoding: 'utf8',
});
for (const document of documents.trim().split('\n')) {
  const text = readFileSync(join(root, document), 'utf8');
  for (const { 1: kind, 2: code, index } of text.matchAll(BLOCK)) {
    if (CHECKED.test(code)) {
      const line = text.slice(0, index).split('\n').length;
      samples.set(join(root, `${document}-line-${line}.${kind}`), code);
    }
  }
}

const { options } = ts.getParsedCommandLineOfConfigFile(
  join(root, 'tsconfig.json'),
  {
    noEmit: true,
    incremental: false,
    // Samples wait at their top level, and leave what they make to their reader.
    module: ts.ModuleKind.ESNext,
    noUnusedLocals: false,
  },
  { ...ts.sys, onUnRecoverableConfigFileDiagnostic: () => {} },
);
const host = ts.createCompilerHost(options);
const { fileExists, readFile, getSourceFile } = host;
host.fileExists = path => samples.has(path) || fileExists(path);
host.readFile = path => samples.get(path) ?? readFile(path);
host.getSourceFile = (path, target, ...others) =>
  samples.has(path)
    ? ts.createSourceFile(path, samples.get(path), target)
    : getSourceFile(path, target, ...others);
const program = ts.createProgram([...samples.keys()], options, host);
const problems = [...samples.keys()]
  .map(path => program.getSourceFile(path))
  .flatMap(file => [
    ...program.getSyntacticDiagnostics(file),
    ...program.getSemanticDiagnostics(file),
  ]);
process.stderr.write(
  ts.formatDiagnostics(problems, {
    getCurrentDirectory: () => root,
    getCanonicalFileName: path => path,
    getNewLine: () => '\n',
  }),
);
process.exitCode = problems.length > 0 ? 1 : 0;
process.stdout.write(`${samples.size} samples\n`);
