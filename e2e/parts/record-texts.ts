import type { Locator } from '@playwright/test';

/**
 * Notes every text that an element shows from now on, however briefly; polling would miss some. The element must stay.
 * @returns ends the recording and answers the texts in order
 */
export async function recordTexts(locator: Locator): Promise<() => Promise<string[]>> {
  const recording = await locator.evaluateHandle((element) => {
    const texts = [element.textContent ?? ''];
    const observer = new MutationObserver(() => texts.push(element.textContent ?? ''));
    observer.observe(element, { subtree: true, childList: true, characterData: true });
    return { texts, observer };
  });
  return () =>
    recording.evaluate(({ texts, observer }) => {
      observer.disconnect();
      return texts;
    });
}
