import type { ModulePatch } from './patched-module.ts';

/**
 * FerretDB 1.24 answers `{_id: value}` alone from SQLite, and with an expression that its own index does not have. With
 * this it asks SQLite for what an index answers: a session's messages are found without reading all messages.
 */
export const FERRETDB_PATCH: ModulePatch = {
  module: 'github.com/FerretDB/FerretDB',
  added: {
    'internal/backends/sqlite/pushdown.go': 'ferretdb/_patch/pushdown.go',
    'internal/backends/sqlite/metadata/list_index.go': 'ferretdb/_patch/list_index.go',
  },
  replaced: [
    {
      file: 'internal/backends/sqlite/metadata/metadata.go',
      from: `IDColumn = DefaultColumn + "->'$._id'"`,
      to: 'IDColumn = DefaultColumn + `->"_id"`',
    },
    {
      file: 'internal/backends/sqlite/collection.go',
      from: `	if params.Filter.Len() == 1 {
		v, _ := params.Filter.Get("_id")
		switch v.(type) {
		case string, types.ObjectID:
			whereClause = fmt.Sprintf(\` WHERE %s = ?\`, metadata.IDColumn)
			args = []any{string(must.NotFail(sjson.MarshalSingleValue(v)))}
		}
	}
`,
      to: `	whereClause, args = whereOf(params.Filter, meta)
`,
    },
    {
      file: 'internal/backends/sqlite/collection.go',
      from: `	if params.Filter.Len() == 1 {
		v, _ := params.Filter.Get("_id")
		switch v.(type) {
		case string, types.ObjectID:
			filterPushdown = true
			whereClause = fmt.Sprintf(\` WHERE %s = ?\`, metadata.IDColumn)
			args = []any{string(must.NotFail(sjson.MarshalSingleValue(v)))}
		}
	}
`,
      to: `	whereClause, args = whereOf(params.Filter, meta)
	filterPushdown = whereClause != ""
`,
    },
    {
      file: 'internal/backends/sqlite/metadata/registry.go',
      from: `		q := "CREATE "
`,
      to: `		if q := listIndex(c.TableName, index); q != "" {
			if _, err := db.ExecContext(ctx, q); err != nil {
				return lazyerrors.Error(err)
			}
			created = append(created, index.Name)
			c.Settings.Indexes = append(c.Settings.Indexes, index)
			continue
		}

		q := "CREATE "
`,
    },
  ],
};
