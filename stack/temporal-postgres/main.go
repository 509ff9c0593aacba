// Command temporal-postgres is a Temporal server on PostgreSQL in one process: the server that the production shape is
// tested with, and one that an operator without containers may run behind a firewall. It creates what it needs in the
// database, and listens on loopback only.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"syscall"

	"go.temporal.io/server/common/dynamicconfig"
	"go.temporal.io/server/common/log"
	"go.temporal.io/server/temporal"
)

type options struct {
	// Address of PostgreSQL, and a role that may create databases.
	postgres, user, password string
	// Port of the frontend, where clients connect.
	port int
	// Fixed by the first start on a database.
	shards        int
	dynamicConfig string
}

func main() {
	o := options{password: os.Getenv("PGPASSWORD")}
	flag.StringVar(&o.postgres, "postgres", "127.0.0.1:5432", "address of PostgreSQL; the password comes from PGPASSWORD")
	flag.StringVar(&o.user, "user", "temporal", "role in PostgreSQL that may create databases")
	flag.IntVar(&o.port, "port", 7233, "port of the frontend on 127.0.0.1")
	flag.IntVar(&o.shards, "shards", 512, "history shards; fixed by the first start on a database")
	flag.StringVar(&o.dynamicConfig, "dynamic-config", "", "file of dynamic configuration")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := serve(ctx, o); err != nil {
		fmt.Fprintln(os.Stderr, "temporal-postgres:", err)
		os.Exit(1)
	}
}

// serve runs until ctx ends.
func serve(ctx context.Context, o options) error {
	logger := log.NewZapLogger(log.BuildZapLogger(log.Config{Stdout: true, Level: "warn"}))
	cfg, err := serverConfig(o)
	if err != nil {
		return err
	}
	stopped := make(chan any)
	defer close(stopped)
	dynamicConfig, err := dynamicconfig.NewFileBasedClient(
		&dynamicconfig.FileBasedClientConfig{Filepath: o.dynamicConfig, PollInterval: pollInterval}, logger, stopped)
	if err != nil {
		return fmt.Errorf("-dynamic-config: %w", err)
	}
	if err := setUpSchemas(cfg.Persistence, logger); err != nil {
		return fmt.Errorf("setting up PostgreSQL: %w", err)
	}
	server, err := temporal.NewServer(
		temporal.WithConfig(cfg),
		temporal.ForServices(temporal.DefaultServices),
		temporal.WithStaticHosts(staticHosts(cfg)),
		temporal.WithLogger(logger),
		temporal.WithDynamicConfigClient(dynamicConfig),
	)
	if err != nil {
		return err
	}
	if err := server.Start(); err != nil {
		return err
	}
	defer func() { _ = server.Stop() }()
	if err := registerNamespace(ctx, cfg.PublicClient.HostPort); err != nil && ctx.Err() == nil {
		return fmt.Errorf("registering the namespace: %w", err)
	}
	<-ctx.Done()
	return nil
}
