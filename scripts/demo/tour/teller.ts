/** Tells a story line by line, in numbered chapters. */
export class Teller {
  #chapter = 0;
  readonly #print: (line: string) => void;
  readonly #started = performance.now();

  constructor(print: (line: string) => void) {
    this.#print = print;
  }

  /** Begins a chapter and says what is about to be done. */
  chapter(title: string): void {
    this.#chapter += 1;
    this.#print(`\n${this.#chapter}. ${title}`);
  }

  /** What came back; `who` said it. */
  say(who: string, ...sentences: string[]): void {
    sentences.forEach((sentence, at) => {
      this.#print(`   ${(at === 0 ? who : '').padEnd(10)} ${sentence}`);
    });
  }

  end(sentence: string): void {
    const seconds = ((performance.now() - this.#started) / 1_000).toFixed(0);
    this.#print(`\n${sentence} (${seconds} s)`);
  }
}

/** As much of a commit or a digest as people compare. */
export const short = (digest: string): string => digest.slice(0, 8);
