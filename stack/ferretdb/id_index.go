package main

import (
	"context"
	"database/sql"
	"fmt"
	"log/slog"
	"path/filepath"
	"time"

	_ "modernc.org/sqlite" // the driver that FerretDB itself opens these files with
)

const lookForTablesEvery = time.Second

// keepIDIndexes gives every collection's table the index that its look-ups by _id need, soon after the table is made.
//
// FerretDB 1.24 indexes the expression _ferretdb_sjson->"_id" but asks for _ferretdb_sjson->'$._id'. SQLite does not
// take one for the other, so without this every read, update and removal by _id scans its table.
func keepIDIndexes(ctx context.Context, dir string, logger *slog.Logger) {
	ticker := time.NewTicker(lookForTablesEvery)
	defer ticker.Stop()
	for {
		files, err := filepath.Glob(filepath.Join(dir, "*.sqlite"))
		if err != nil {
			logger.Error("cannot list the databases", "error", err)
		}
		for _, file := range files {
			if err := indexTables(ctx, file); err != nil && ctx.Err() == nil {
				logger.Debug("will look again for tables without an index", "error", err)
			}
		}
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
	}
}

func indexTables(ctx context.Context, file string) error {
	// mode=rw: a database that was just dropped must not come back as an empty file.
	db, err := sql.Open("sqlite", "file:"+file+"?mode=rw&_pragma=busy_timeout(10000)")
	if err != nil {
		return err
	}
	defer db.Close()
	tables, err := tablesWithoutIndex(ctx, db)
	if err != nil {
		return err
	}
	for _, table := range tables {
		create := fmt.Sprintf(`CREATE INDEX IF NOT EXISTS "%[1]s_by_id" ON "%[1]s" (_ferretdb_sjson->'$._id')`, table)
		if _, err := db.ExecContext(ctx, create); err != nil {
			return err
		}
	}
	return nil
}

func tablesWithoutIndex(ctx context.Context, db *sql.DB) ([]string, error) {
	rows, err := db.QueryContext(ctx, `SELECT table_name FROM _ferretdb_collections
		WHERE table_name || '_by_id' NOT IN (SELECT name FROM sqlite_master WHERE type = 'index')`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var tables []string
	for rows.Next() {
		var table string
		if err := rows.Scan(&table); err != nil {
			return nil, err
		}
		tables = append(tables, table)
	}
	return tables, rows.Err()
}
