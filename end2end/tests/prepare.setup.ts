import { accessSync, constants, existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { forgetHtml } from '../fixtures/html';
import { serverBinary, siteDir } from '../fixtures/server';

test('there is a server and there are built pages to test', () => {
  forgetHtml();
  expect(() => accessSync(serverBinary, constants.X_OK), `OTDELENIE_SERVER_BIN: ${serverBinary}`).not.toThrow();
  expect(existsSync(join(siteDir, 'index.html')), `pages in ${siteDir}`).toBe(true);
});
