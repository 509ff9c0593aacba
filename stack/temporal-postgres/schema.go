package main

import (
	"go.temporal.io/server/common/config"
	"go.temporal.io/server/common/log"
	"go.temporal.io/server/tools/common/schema"
	"go.temporal.io/server/tools/sql"
)

// The database that is there before all others.
const maintenanceDatabase = "postgres"

// Where the server's module keeps the schema of each database.
var schemas = map[string]string{
	defaultDatabase:    "postgresql/v12/temporal",
	visibilityDatabase: "postgresql/v12/visibility",
}

// setUpSchemas creates both databases where they are missing, and brings their tables to the version of this server.
func setUpSchemas(persistence config.Persistence, logger log.Logger) error {
	for name, schemaName := range schemas {
		if err := setUpSchema(*persistence.DataStores[name].SQL, schemaName, logger); err != nil {
			return err
		}
	}
	return nil
}

func setUpSchema(database config.SQL, schemaName string, logger log.Logger) error {
	created := database
	if err := sql.DoCreateDatabase(&created, maintenanceDatabase, logger); err != nil {
		return err
	}
	connection, err := sql.NewConnection(&database, logger)
	if err != nil {
		return err
	}
	defer connection.Close()
	setup := &schema.SetupConfig{InitialVersion: "0.0"}
	if err := schema.NewSetupSchemaTask(connection, setup, logger).Run(); err != nil {
		return err
	}
	return schema.NewUpdateSchemaTask(connection, &schema.UpdateConfig{SchemaName: schemaName}, logger).Run()
}
