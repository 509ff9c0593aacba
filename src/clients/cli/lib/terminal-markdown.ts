import { createLogUpdate } from 'log-update';
import { createMarkdownStreamer, render } from 'markdansi';

/** A whole Markdown text, as a terminal of this width shows it. */
export function renderMarkdown(text: string, width: number): string {
  // A link shows its address and cannot be clicked: the address is a model's own word.
  return render(text, { width, hyperlinks: false, tableTruncate: false });
}

/** Where an answer is shown while it comes. */
export interface AnswerOutput {
  /** The next piece of the answer. */
  push(text: string): void;
  /** Ends the answer, also where it broke off. What is pushed later is another one. */
  finish(): void;
  /** Text that is not the answer's, between two answers. */
  write(text: string): void;
}

/**
 * Shows Markdown on a terminal. A line is drawn again with each piece until it is complete; it then stays, and so does a
 * table or a code block.
 */
export function terminalOutput(terminal: NodeJS.WriteStream): AnswerOutput {
  const draft = createLogUpdate(terminal, { showCursor: true });
  const show = (text: string) => renderMarkdown(text, terminal.columns || 80);
  const open = () => createMarkdownStreamer({ render: show, spacing: 'single' });
  let streamer = open();
  let line = '';

  return {
    push(text) {
      const complete = streamer.push(text);
      line = (line + text).slice((line + text).lastIndexOf('\n') + 1);
      if (complete !== '') keep(complete);
      draft(show(line).replace(/^\n+|\s+$/g, ''));
    },
    finish() {
      keep(streamer.finish());
      streamer = open();
      line = '';
    },
    write: (text) => void terminal.write(text),
  };

  function keep(text: string): void {
    draft.clear();
    draft.done();
    terminal.write(text);
  }
}
