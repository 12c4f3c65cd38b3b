import { expect, test } from '@playwright/test';
import { checkHtml } from '../fixtures/html';

test('every page kept by the specs is valid HTML', async () => {
  const { errors } = await checkHtml();
  expect(errors).toEqual([]);
});
