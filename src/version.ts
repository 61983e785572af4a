// The program's version, from the one place it stands.
import packageFile from '../package.json' with { type: 'json' };

export const VERSION: string = packageFile.version;
