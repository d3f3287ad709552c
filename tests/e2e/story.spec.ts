import type { Locator, Page } from '@playwright/test';
import { expect, expectEnd, expectPainted, expectStory, link, open, story, test } from './ringscope.ts';

/** The view that a page of this width shows beneath or instead of the stage. */
async function view(page: Page, name: 'Story' | 'Lenses'): Promise<void> {
  await page.getByRole('navigation', { name: 'Views' }).getByRole('button', { name, exact: true }).click();
}

/** A border's worth. */
const EDGE = 2;

/** All of it can be seen, within the window and within each box around it that scrolls. */
async function expectInSight(part: Locator): Promise<void> {
  await expect.poll(() => part.evaluate((element, edge) => {
    const { top, bottom } = element.getBoundingClientRect();
    for (let around = element.parentElement; around !== null; around = around.parentElement) {
      if (getComputedStyle(around).overflowY === 'visible') continue;
      const box = around.getBoundingClientRect();
      if (top < box.top - edge || bottom > box.bottom + edge) return `${top} to ${bottom} of ${box.top} to ${box.bottom}`;
    }
    return 'seen';
  }, EDGE)).toBe('seen');
}

test('a name that is longer than its line is broken after an underscore', async ({ page }) => {
  await page.setViewportSize({ width: 1024, height: 768 });
  const key = 'xenvif_napi_schedule_or_enable_events#count_requests_again';
  await open(page, link({ txPages: 1, rxPages: 1 }, { kind: 'key', key, occurrence: 1 }, { scenario: 'traffic' }));
  await view(page, 'Story');
  await expectStory(page);
  const name = story(page).getByRole('listitem').getByText('count_requests_again', { exact: true });
  const ends = await name.evaluate((label) => {
    const lines: { top: number; text: string }[] = [];
    const walker = document.createTreeWalker(label, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node instanceof Text; node = walker.nextNode()) {
      for (let at = 0; at < node.length; at++) {
        const letter = document.createRange();
        letter.setStart(node, at);
        letter.setEnd(node, at + 1);
        const { top } = letter.getBoundingClientRect();
        if (lines.at(-1)?.top !== top) lines.push({ top, text: '' });
        lines.at(-1)!.text += node.data[at];
      }
    }
    return lines.slice(0, -1).map(({ text }) => text.at(-1));
  });
  expect(ends).toEqual(['_']);
});

test('steps that go by while the story is not shown leave its lists where they show the step', async ({ page }) => {
  await page.setViewportSize({ width: 1024, height: 768 });
  await open(page, link({}));
  await view(page, 'Lenses');
  await page.keyboard.press('End');
  await expectEnd(page);
  await expect(story(page)).toBeHidden();
  await expect(page.locator('[aria-busy="true"]')).toHaveCount(0);
  await expectPainted(page);
  await view(page, 'Story');
  const line = story(page).getByRole('list', { name: 'Listing' }).locator('[aria-current]');
  await expect(line).toContainText('rtnl_unlock');
  await expectInSight(line);
  await expectInSight(story(page).getByRole('list', { name: 'Call stack' }).getByRole('listitem').last());
});

test('a short stack after a deep one is there whole, under no sign of callers above', async ({ page }) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await open(page, link({}, 454));
  const stack = story(page).getByRole('list', { name: 'Call stack' });
  await expect(story(page).getByText('callers above')).toBeVisible();
  await page.getByRole('combobox', { name: 'Chapter' }).selectOption({ index: 15 });
  await expect(stack.getByRole('listitem')).toHaveCount(2);
  await expect(story(page).getByText('callers above').filter({ visible: true })).toHaveCount(0);
  await expectInSight(stack.getByRole('listitem').first());
});

test('in a low drawer the outcome, the title and all of the note scroll as one, by keyboard too', async ({ page }) => {
  await page.setViewportSize({ width: 1024, height: 768 });
  await open(page, link({}));
  await page.keyboard.press('End');
  await expectEnd(page);
  await expectStory(page);
  const head = story(page).getByRole('group', { name: 'How it went, and the note on the step' });
  const more = head.getByText('more below').filter({ visible: true });
  await expect(more).toHaveCount(1);
  await head.focus();
  await page.keyboard.press('End');
  await expectInSight(head.getByRole('group', { name: 'Note' }).locator('p').last());
  await expect(more).toHaveCount(0);
  await expectEnd(page);
});
