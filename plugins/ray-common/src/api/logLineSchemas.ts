import { z } from 'zod';
import type { Described } from './describes';
import {
  logEndReasonSchema,
  logLevelSchema,
  logLineSchema,
} from './logSchemas';
import { flag, number, runQuerySchema } from './querySchemas';

/** Most lines of one answer. */
export const MOST_LINES = 10_000;
/** Longest text or pattern that a log is searched for, in characters. */
export const LONGEST_LINE_SEARCH = 500;
/** Characters of a line that a short pattern looks at; a larger one looks at fewer. */
export const MATCHED_CHARACTERS = 2_500;

const logFields = {
  source: z.string().max(300).default('driver').meta({
    description: 'id of one of the logSources of the job',
  }),
  previous: flag.meta({
    description: 'Of the container before its last restart',
  }),
};
const lineFrom = number(1, 1_000_000_000_000);

const folded = {
  fold: flag.meta({
    description:
      'Of lines that follow each other and are equal apart from their time, only the first one, with until',
  }),
};

/** Query of `GET …/logs/lines`. */
export const logLinesQuerySchema = runQuerySchema
  .extend({
    ...logFields,
    ...folded,
    from: lineFrom.meta({
      description: 'Number of the first line; 1 where nothing is said',
    }),
    time: z.iso
      .datetime({
        offset: true,
        error: 'Give a date and a time, for example 2026-11-23T21:06:21Z',
      })
      .optional()
      .meta({ description: 'Begins at the first line of this time or later' }),
    count: number(1, MOST_LINES).default(1_000).meta({
      description: 'Lines at most; long lines make it fewer',
    }),
  })
  .refine(({ from, time }) => from === undefined || time === undefined, {
    error: 'Give from or time, not both',
  });
export type LogLinesQuery = z.output<typeof logLinesQuerySchema>;

/** Query of `GET …/logs/lines/stream`. */
export const logLinesStreamQuerySchema = runQuerySchema.extend({
  ...logFields,
  ...folded,
});
export type LogLinesStreamQuery = z.output<typeof logLinesStreamQuerySchema>;

/** Query of `GET …/logs/search`. */
export const logSearchQuerySchema = runQuerySchema
  .extend({
    ...logFields,
    q: z
      .string()
      .min(1, 'Give what to search for')
      .max(
        LONGEST_LINE_SEARCH,
        `Search for at most ${LONGEST_LINE_SEARCH} characters`,
      )
      .optional()
      .meta({ description: 'Text that a line has, or a pattern' }),
    regex: flag.meta({
      description: `q is a regular expression in the syntax of RE2, without look-arounds and back-references. Of a long line, it looks at the beginning: some ${MATCHED_CHARACTERS.toLocaleString('en')} characters for a short expression, and fewer the larger it is`,
    }),
    matchCase: flag,
    level: logLevelSchema.optional().meta({
      description: 'Only lines that name this level',
    }),
    orWorse: flag.meta({
      description: 'With level: also lines that name a more severe one',
    }),
    from: lineFrom.meta({ description: 'Number of the line to begin at' }),
    to: lineFrom.meta({ description: 'Number of the last line to look at' }),
    fold: flag.meta({
      description:
        'Of matches that follow each other and are equal apart from their time, only the first one; the position of the next one says how many there are',
    }),
    after: lineFrom.meta({
      description:
        'With fold: number of the match before, which the first one may be equal to',
    }),
    limit: number(0, MOST_LINES).default(1_000).meta({
      description: 'Lines that are told of; all that match are counted',
    }),
  })
  .refine(({ q, level }) => q !== undefined || level !== undefined, {
    error: 'Give q, level or both',
  });
export type LogSearchQuery = z.output<typeof logSearchQuerySchema>;

const lineNumber = z.number().int();

const searchedSoFar = {
  matches: lineNumber.meta({ description: 'Lines that match so far' }),
  searched: lineNumber.meta({
    description: 'Number of the last line that was looked at',
  }),
};

/** With fold, which matches are equal to each other, also where they are in different parts. */
const equalSoFar = {
  line: lineNumber.optional().meta({
    description:
      'With fold: number of the last line that matches so far; after, where none does',
  }),
  run: lineNumber.optional().meta({
    description:
      'With fold: position where the equal matches begin that the last one is of; 0 where that is after',
  }),
  until: lineNumber.optional().meta({
    description:
      'With fold: position of the last match that is equal to the last one of the step before',
  }),
};

export const numberedLogLineSchema = logLineSchema
  .extend({
    number: lineNumber.meta({
      description: 'From 1, from the first line of the log',
    }),
    until: lineNumber.optional().meta({
      description:
        'With fold: number of the last of the lines after it that are equal to it',
    }),
  })
  .meta({ id: 'NumberedLogLine' });
export type NumberedLogLine = Described<typeof numberedLogLineSchema>;

export const matchedLogLineSchema = numberedLogLineSchema
  .omit({ until: true })
  .extend({
    position: lineNumber.optional().meta({
      description:
        'With fold: from 1, among the lines that match in what is looked at',
    }),
  })
  .meta({ id: 'MatchedLogLine' });
export type MatchedLogLine = Described<typeof matchedLogLineSchema>;

export const missingLogLinesSchema = z
  .object({
    line: lineNumber.meta({
      description: 'Number of the line that comes after what is missing',
    }),
    reason: z.string(),
    lines: lineNumber.optional().meta({
      description:
        'How many are missing; where absent, later numbers count only what was read',
    }),
  })
  .meta({ id: 'MissingLogLines', description: 'Lines that are lost' });

/** Answer of `GET …/logs/lines`. */
export const logLinesSchema = z
  .object({
    source: z.string().meta({
      description: 'id of the log: driver/<attempt> where driver was asked for',
    }),
    lasting: z.boolean().meta({
      description:
        'Whether a number means the same line when the log is read again; false for merged logs, whose pods come and go',
    }),
    lines: z.array(numberedLogLineSchema),
    first: lineNumber.meta({
      description: 'Number of the first line there is',
    }),
    last: lineNumber.meta({
      description: 'Number of the last line so far; 0 where there is none',
    }),
    state: z.enum(['reading', 'following', 'ended']).meta({
      description:
        'reading while there are more lines than last says, following while more may be written',
    }),
    end: logEndReasonSchema.optional(),
    waiting: z.string().optional().meta({
      description: 'What it waits for while there is nothing to read',
    }),
    missing: z.array(missingLogLinesSchema),
    timeFound: z.enum(['yes', 'no', 'not-yet', 'no-times']).optional().meta({
      description:
        'Where a time was asked for, whether there is a line of this time or later: not-yet where the log is still being read, so ask again; no-times where its lines have no times',
    }),
  })
  .meta({ id: 'NumberedLogLines' });
export type LogLinesAnswer = Described<typeof logLinesSchema>;

/** Data of the server-sent events of `…/logs/lines/stream` by event name. */
export const logLinesEvents = {
  /** What there is by now, with the latest of the lines that are new. */
  log: logLinesSchema
    .extend({
      missing: z.array(missingLogLinesSchema).optional().meta({
        description: 'Absent where it is the same as in the event before',
      }),
    })
    .meta({ id: 'NumberedLogStep' }),
  end: z
    .object({
      reason: z.enum(['completed', 'restarted', 'error']).meta({
        description:
          'restarted where the container was started again, and lines count from 1 again',
      }),
      message: z.string().optional(),
    })
    .meta({ id: 'LogLinesEnd' }),
};

/** Data of the server-sent events of `…/logs/search` by event name. */
export const logSearchEvents = {
  matches: z
    .object({ lines: z.array(matchedLogLineSchema) })
    .meta({ id: 'LogMatches', description: 'Lines that match, in order' }),
  progress: z
    .object({
      ...searchedSoFar,
      steps: z.array(z.object({ ...searchedSoFar, ...equalSoFar })).meta({
        description:
          'How far it was after each part of the log, since it was told last: tells where the lines are that match, at most 5,000 in a part',
      }),
      last: lineNumber.meta({ description: 'Number of the last line so far' }),
    })
    .meta({ id: 'LogSearchProgress' }),
  end: z
    .object({
      reason: z.enum(['completed', 'error']),
      message: z.string().optional(),
      matches: lineNumber,
      searched: lineNumber,
    })
    .meta({ id: 'LogSearchEnd' }),
};
