import { join } from 'node:path';
import { defineConfig } from '@playwright/test';
import journey from './playwright.config';

/** Every page in light, in dark and on a phone, held to the rules for accessibility. */
export default defineConfig({ ...journey, testDir: join(__dirname, 'pages') });
