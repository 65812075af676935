/** By question, how this process answers it. What one listener does not know is left to the others. */
export type Answers = Readonly<Record<string, (details: unknown) => unknown>>;

/** Answers what the bench asks this process over its IPC channel. */
export function answerQuestions(answers: Answers): void {
  process.on('message', (message: unknown) => {
    if (!isQuestion(message)) return;
    const { id, question, details } = message;
    const answer = answers[question];
    if (answer === undefined) return;
    Promise.resolve(details)
      .then(answer)
      .then(
        (value) => process.send?.({ id, answer: value ?? null }),
        (error: unknown) => process.send?.({ id, fault: String(error) }),
      );
  });
}

function isQuestion(message: unknown): message is { id: number; question: string; details: unknown } {
  return typeof message === 'object' && message !== null && 'question' in message && 'id' in message;
}
