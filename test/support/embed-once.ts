import { LocalModel } from '../../src/retrieval-server/embeddings/local-model.ts';
import { modelOnDisk } from '../../src/retrieval-server/embeddings/model-files.ts';

/** Embeds one text with the model of a folder, in a process of its own: `node embed-once.ts FOLDER`. */
const files = await modelOnDisk({ folder: process.argv[2] ?? '.', cache: '.' });
if (files === null) throw new Error('The folder holds no model.');
const model = new LocalModel(files);
await model.embed(['A text'], 'passage');
await model.close();
