/**
 * Asks for each alone and answers many with one statement: whoever asks while one runs goes with the next.
 * `askAll` answers in the order of what it is asked.
 */
export function together<Asked, Answer>(askAll: (asked: Asked[]) => Promise<Answer[]>) {
  let waiting: Asked[] = [];
  let next: Promise<Answer[]> | undefined;
  let last: Promise<unknown> = Promise.resolve();

  function ask(): Promise<Answer[]> {
    const asked = waiting;
    waiting = [];
    next = undefined;
    const answers = askAll(asked);
    last = answers.catch(() => {});
    return answers;
  }

  return async (asked: Asked): Promise<Answer> => {
    const at = waiting.push(asked) - 1;
    next ??= last.then(ask);
    return (await next)[at] as Answer;
  };
}
