import { defineConfig, type PlaywrightTestConfig } from '@playwright/test';

// Debian's Chromium, never a downloaded one.
const chromium: PlaywrightTestConfig['use'] = {
  browserName: 'chromium',
  launchOptions: {
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  },
  locale: 'ru-RU',
  timezoneId: 'Europe/Moscow',
};

export default defineConfig({
  testDir: 'tests',
  outputDir: 'test-results',
  fullyParallel: false,
  forbidOnly: Boolean(process.env.CI),
  // A test that passes only the second time is a failure that nobody looked at.
  retries: 0,
  // Two: each worker runs a server and a browser of its own.
  workers: 2,
  // Generous: the tests must hold on two cores that are busy.
  timeout: 90_000,
  expect: { timeout: 10_000 },
  reporter: 'list',
  use: {
    actionTimeout: 15_000,
    navigationTimeout: 30_000,
    trace: 'off',
    screenshot: 'only-on-failure',
    video: 'off',
  },
  projects: [
    // Before the others: is there something to test. After them: the HTML checker over every page they kept.
    { name: 'prepare', testMatch: 'prepare.setup.ts', teardown: 'html' },
    { name: 'html', testMatch: 'html.teardown.ts' },
    {
      name: 'desktop',
      testMatch: '*.spec.ts',
      dependencies: ['prepare'],
      use: { ...chromium, viewport: { width: 1280, height: 900 } },
    },
    {
      name: 'phone',
      // What attackers, keyboards and crashes do does not depend on the size of the screen.
      testMatch: ['account-counter.spec.ts', 'account-data.spec.ts', 'account-identity.spec.ts', 'account-security.spec.ts', 'account-strength.spec.ts', 'appeals-term.spec.ts', 'appeals.spec.ts', 'applications.spec.ts', 'corrections.spec.ts', 'doors.spec.ts', 'notices.spec.ts', 'pages.spec.ts', 'push.spec.ts', 'resilience.spec.ts'],
      dependencies: ['prepare'],
      use: { ...chromium, viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, hasTouch: true, isMobile: true },
    },
  ],
});
