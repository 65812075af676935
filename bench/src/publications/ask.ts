import http from 'node:http';

export interface Answer {
  readonly status: number | undefined;
  readonly body: string;
}

/** Asks a mediator of this machine, and has its whole answer. */
export function ask(
  agent: http.Agent,
  options: http.RequestOptions,
  body?: string | Buffer,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = http.request({ agent, host: '127.0.0.1', ...options }, (response) => {
      // Whoever refuses a body unread may close before all of it was written.
      request.off('error', reject).on('error', () => {});
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.once('error', reject);
      response.once('end', () =>
        resolve({ status: response.statusCode, body: Buffer.concat(chunks).toString() }),
      );
    });
    request.on('error', reject);
    request.end(body);
  });
}
