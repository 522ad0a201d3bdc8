// Writes what the TypeScript SDK shows to its users: packages/sdk/report.api.md. With
// --check only says whether it is still true, and where.
import { execFile } from 'node:child_process';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Extractor, ExtractorConfig } from '@microsoft/api-extractor';
import { root } from './paths.mjs';
import { dependencyBin } from './steps.mjs';

const sdk = join(root, 'packages/sdk');
const types = join(root, 'dist-types/api-report');
const REPORT = 'report.api.md';
const check = process.argv.includes('--check');

/** What the compiler gets, and the extractor after it. */
const tsconfig = {
  extends: join(root, 'tsconfig.json'),
  include: [join(sdk, 'src/index.ts')],
  compilerOptions: {
    rootDir: root,
    outDir: types,
    noEmit: false,
    declaration: true,
    emitDeclarationOnly: true,
    incremental: false,
  },
};

async function declare() {
  await rm(types, { recursive: true, force: true });
  await mkdir(types, { recursive: true });
  const file = join(types, 'tsconfig.json');
  await writeFile(file, JSON.stringify(tsconfig));
  const tsc = dependencyBin('typescript', 'tsc');
  await promisify(execFile)(process.execPath, [tsc, '--project', file]);
}

function extract() {
  const silent = { default: { logLevel: 'none' } };
  const config = ExtractorConfig.prepare({
    configObjectFullPath: undefined,
    packageJsonFullPath: join(sdk, 'package.json'),
    configObject: {
      projectFolder: sdk,
      mainEntryPointFilePath: join(types, 'packages/sdk/src/index.d.ts'),
      // Of the house's other packages, the declarations instead of the sources.
      compiler: {
        overrideTsconfig: {
          ...tsconfig,
          include: [types],
          compilerOptions: {
            ...tsconfig.compilerOptions,
            baseUrl: root,
            paths: {
              '@ml-platform/*': [join(types, 'packages/*/src/index.d.ts')],
            },
          },
        },
      },
      apiReport: {
        enabled: true,
        reportFileName: REPORT,
        reportFolder: sdk,
        reportTempFolder: types,
      },
      docModel: { enabled: false },
      dtsRollup: { enabled: false },
      tsdocMetadata: { enabled: false },
      newlineKind: 'lf',
      // What is exported is public here, and the compiler has had its say before.
      messages: {
        compilerMessageReporting: silent,
        extractorMessageReporting: {
          ...silent,
          'ae-missing-release-tag': { logLevel: 'none' },
          'ae-undocumented': { logLevel: 'none' },
        },
        tsdocMessageReporting: silent,
      },
    },
  });
  return Extractor.invoke(config, { localBuild: !check });
}

await declare();
const { succeeded, apiReportChanged } = extract();
if (!succeeded || (check && apiReportChanged)) {
  process.stderr.write(
    `packages/sdk/${REPORT} is out of date: npm run generate writes it, and its change shows what users of the SDK get to see\n`,
  );
  process.exitCode = 1;
}
