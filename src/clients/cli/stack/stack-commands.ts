import { Command } from 'commander';

interface JsonOption {
  json?: true;
  repair?: true;
}

/** `ask up`, `ask status`, `ask doctor`. Each is loaded when it runs, so that other commands do not wait for it. */
export function stackCommands(): Command[] {
  return [
    command('up', 'start everything and run until Ctrl-C', async (options) => {
      const { up } = await import('./up.ts');
      await up(options);
    }),
    command('status', 'say what runs here and whether it is ready', async (options) => {
      const { status } = await import('./status.ts');
      await status(options);
    }),
    command('doctor', 'check this machine, and ask each service that the settings name', async (options) => {
      const { doctor } = await import('./doctor.ts');
      await doctor(options);
    }),
    command('audit', 'list what is unowned, unreachable, unfinished or dangling', async (options) => {
      const { auditCommand } = await import('./audit-command.ts');
      await auditCommand(options);
    }).option('--repair', 'remove what a tombstone covers, and nothing else'),
  ];
}

function command(name: string, description: string, action: (options: JsonOption) => Promise<void>): Command {
  return new Command(name).description(description).option('--json', 'print one JSON object').action(action);
}
