package metadata

import (
	"fmt"
	"slices"
	"strings"
)

// An index on what stands in a list is a table of values and ids that triggers keep. SQLite has no index for that. The ids
// have no type, because with one SQLite would not look them up in the index on _id.

// lists are the fields that are lists of texts, or that stand in lists of documents.
var lists = []string{"recordingIds", "sources.recordingId"}

// FieldColumn is the SQLite expression of a field, as FerretDB's own indexes have it.
func FieldColumn(field string) string {
	return fmt.Sprintf("%s->%q", DefaultColumn, field)
}

// ListField is the field of a list that an index is on, if it is on one.
func ListField(index IndexInfo) (string, bool) {
	for _, key := range index.Key {
		if slices.Contains(lists, key.Field) {
			return key.Field, true
		}
	}
	return "", false
}

// ListQuery gives the ids that stand for a value in an index on a list.
func ListQuery(table string, index IndexInfo) string {
	return fmt.Sprintf("(SELECT id FROM %q WHERE value = ?)", indexName(table, index))
}

func indexName(table string, index IndexInfo) string {
	return table + "_" + index.Name
}

// listIndex makes the table of an index on a list, and what keeps it; nothing for any other index.
func listIndex(table string, index IndexInfo) string {
	field, ok := ListField(index)
	if !ok {
		return ""
	}
	name := indexName(table, index)
	list, inner, isOfDocuments := strings.Cut(field, ".")
	value := "json_quote(each.value)"
	if isOfDocuments {
		value = fmt.Sprintf("each.value->%q", inner)
	}
	column := func(row string) string { return fmt.Sprintf(`%s."%s"`, row, DefaultColumn) }
	values := func(row, from string) string {
		return fmt.Sprintf(`INSERT OR IGNORE INTO %[1]q
			SELECT %[2]s, %[3]s->"_id" FROM %[4]s json_each(%[3]s, '$.%[5]s') AS each WHERE %[2]s IS NOT NULL`,
			name, value, column(row), from, list)
	}
	forget := fmt.Sprintf(`DELETE FROM %q WHERE id = %s->"_id"`, name, column("old"))
	isChanged := fmt.Sprintf(`%s->%q IS NOT %s->%q`, column("old"), list, column("new"), list)
	return strings.Join([]string{
		fmt.Sprintf(`DROP TABLE IF EXISTS %q`, name),
		fmt.Sprintf(`CREATE TABLE %q (value TEXT NOT NULL, id ANY NOT NULL, PRIMARY KEY (value, id)) STRICT, WITHOUT ROWID`, name),
		fmt.Sprintf(`CREATE INDEX "%s_by_id" ON %q (id)`, name, name),
		fmt.Sprintf(`CREATE TRIGGER "%s_insert" AFTER INSERT ON %q BEGIN %s; END`, name, table, values("new", "")),
		fmt.Sprintf(`CREATE TRIGGER "%s_update" AFTER UPDATE ON %q WHEN %s BEGIN %s; %s; END`,
			name, table, isChanged, forget, values("new", "")),
		fmt.Sprintf(`CREATE TRIGGER "%s_delete" AFTER DELETE ON %q BEGIN %s; END`, name, table, forget),
		values(fmt.Sprintf("%q", table), fmt.Sprintf("%q,", table)),
	}, ";\n")
}
