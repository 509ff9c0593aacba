package sqlite

import (
	"slices"
	"strings"

	"github.com/FerretDB/FerretDB/internal/backends/sqlite/metadata"
	"github.com/FerretDB/FerretDB/internal/handler/sjson"
	"github.com/FerretDB/FerretDB/internal/types"
	"github.com/FerretDB/FerretDB/internal/util/iterator"
	"github.com/FerretDB/FerretDB/internal/util/must"
)

// narrowing are the fields whose value leaves few documents, the best first. The last one leaves those of a project, so that
// nobody reads what others have stored.
var narrowing = []string{"sessionId", "transcriptionId", "recordingId", "sources.recordingId", "recordingIds", "endUserId", "mode"}

// scalars may stand in an index that is asked. None is ever a list: in a list SQLite would not find the value.
var scalars = []string{"projectId", "mode", "sessionId", "transcriptionId", "recordingId", "endUserId"}

// whereOf is the part of a filter that SQLite can answer from an index. FerretDB checks the whole filter afterwards.
func whereOf(filter *types.Document, meta *metadata.Collection) (string, []any) {
	wanted := equalities(filter)
	if id, ok := wanted["_id"]; ok {
		return " WHERE " + metadata.IDColumn + " = ?", []any{id}
	}
	if ids := idsIn(filter); len(ids) > 0 {
		places := strings.Repeat(", ?", len(ids))[2:]
		return " WHERE " + metadata.IDColumn + " IN (" + places + ")", ids
	}
	for _, field := range narrowing {
		for _, index := range meta.Settings.Indexes {
			if where, args := coveredBy(meta.TableName, index, field, wanted); where != "" {
				return where, args
			}
		}
	}
	return "", nil
}

// coveredBy asks for the values of an index up to this field; nothing if the index does not have it, or the filter not all
// that stands before it.
func coveredBy(table string, index metadata.IndexInfo, field string, wanted map[string]string) (string, []any) {
	if list, ok := metadata.ListField(index); ok {
		value, ok := wanted[list]
		if !ok || list != field {
			return "", nil
		}
		return " WHERE " + metadata.IDColumn + " IN " + metadata.ListQuery(table, index), []any{value}
	}
	var conditions []string
	var args []any
	for _, key := range index.Key {
		value, ok := wanted[key.Field]
		if !ok || !slices.Contains(scalars, key.Field) {
			return "", nil
		}
		conditions = append(conditions, metadata.FieldColumn(key.Field)+" = ?")
		args = append(args, value)
		if key.Field == field {
			return " WHERE " + strings.Join(conditions, " AND "), args
		}
	}
	return "", nil
}

// mostIDs is how many ids are asked for at once; SQLite has a limit.
const mostIDs = 1000

// idsIn are the values of {_id: {$in: [...]}} as they are stored; nothing for any other filter.
func idsIn(filter *types.Document) []any {
	if filter == nil {
		return nil
	}
	id, _ := filter.Get("_id")
	condition, ok := id.(*types.Document)
	if !ok || condition.Len() != 1 {
		return nil
	}
	in, _ := condition.Get("$in")
	values, ok := in.(*types.Array)
	if !ok || values.Len() > mostIDs {
		return nil
	}
	var found []any
	for _, value := range must.NotFail(iterator.ConsumeValues(values.Iterator())) {
		if text, ok := value.(string); ok {
			found = append(found, string(must.NotFail(sjson.MarshalSingleValue(text))))
		} else {
			return nil
		}
	}
	return found
}

// equalities are the fields that must have one value, each with this value as it is stored.
func equalities(filter *types.Document) map[string]string {
	found := map[string]string{}
	if filter == nil {
		return found
	}
	iter := filter.Iterator()
	defer iter.Close()
	for {
		key, value, err := iter.Next()
		if err != nil {
			return found
		}
		switch value := value.(type) {
		case string, types.ObjectID:
			found[key] = string(must.NotFail(sjson.MarshalSingleValue(value)))
		case *types.Array:
			if key != "$and" {
				continue
			}
			for _, part := range must.NotFail(iterator.ConsumeValues(value.Iterator())) {
				if document, ok := part.(*types.Document); ok {
					for field, stored := range equalities(document) {
						found[field] = stored
					}
				}
			}
		}
	}
}
