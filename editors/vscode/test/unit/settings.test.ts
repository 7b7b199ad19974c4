import assert from 'node:assert/strict';
import { test } from 'node:test';
import manifest from '../../package.json';
import { DOCUMENT_TYPES, forServer } from '../../src/settings';

const properties: Record<string, { default?: unknown; enum?: unknown[]; enumItemLabels?: string[] }> =
  manifest.contributes.configuration.properties;

test('only what is set goes to the server, and nothing that is the editor’s own', () => {
  const values: Record<string, unknown> = { documentType: null, minConfidence: 0.9, ignore: ['style'], fixOnSave: true };
  assert.deepEqual(forServer({ get: (key) => values[key] }), { minConfidence: 0.9, ignore: ['style'] });
});

test('by default nothing is said that could gainsay zhubi.toml', () => {
  const defaults = { get: (key: string) => properties[`zhubi.${key}`]?.default };
  assert.deepEqual(forServer(defaults), { sectionLength: {}, severity: {}, ignore: [], words: [], delay: 150, maxFileSize: 10 });
});

test('the kinds of document in the menu are those of the settings', () => {
  const setting = properties['zhubi.documentType'];
  // Behind the identifiers stand the other names that the server takes.
  assert.deepEqual(setting?.enum?.slice(0, DOCUMENT_TYPES.length + 1), [null, ...DOCUMENT_TYPES.map(([id]) => id)]);
  assert.deepEqual(setting.enumItemLabels?.slice(1), DOCUMENT_TYPES.map(([, name]) => name));
});
