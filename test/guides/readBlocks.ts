/** A fenced block of a document. Its info string is a language and what is to be done with it. */
export interface Block {
  /** Of the opening fence, from 1. */
  readonly line: number;
  readonly language: string;
  readonly options: readonly string[];
  readonly code: string;
}

/** A block that is executed, and what it is said to print. */
export interface Example {
  readonly block: Block;
  readonly output: Block | undefined;
}

const executed = new Set(['sh', 'ts', 'python']);

/** All fenced blocks, in order. Throws for one that is not closed. */
export function readBlocks(markdown: string): Block[] {
  const blocks: Block[] = [];
  let open: { line: number; info: string[]; code: string[] } | undefined;
  for (const [index, text] of markdown.split('\n').entries()) {
    const [, info] = /^```(.*)$/.exec(text) ?? [];
    if (info === undefined) open?.code.push(text);
    else if (open === undefined) open = { line: index + 1, info: info.trim().split(/\s+/), code: [] };
    else {
      const [language = '', ...options] = open.info;
      blocks.push({ line: open.line, language, options, code: open.code.join('\n') });
      open = undefined;
    }
  }
  if (open !== undefined) throw new Error(`the block of line ${open.line} is not closed`);
  return blocks;
}

export const isExecuted = ({ language, options }: Block): boolean =>
  executed.has(language) && !options.includes('not-run');

export const isOutput = ({ options }: Block): boolean => options.includes('output');

/** The executed blocks, each with the `output` block that follows it. */
export function examplesOf(blocks: readonly Block[]): Example[] {
  return blocks.flatMap((block, index) => {
    const next = blocks[index + 1];
    const output = next !== undefined && isOutput(next) ? next : undefined;
    return isExecuted(block) ? [{ block, output }] : [];
  });
}
