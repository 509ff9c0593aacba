package main

import (
	"context"
	"errors"
	"time"

	"go.temporal.io/api/serviceerror"
	"go.temporal.io/api/workflowservice/v1"
	"go.temporal.io/sdk/client"
	"google.golang.org/protobuf/types/known/durationpb"
)

const (
	namespace = "default"
	// As the compose file has it.
	retention  = 72 * time.Hour
	readyAfter = 200 * time.Millisecond
)

// registerNamespace waits until the frontend answers, then creates the namespace unless it is there.
func registerNamespace(ctx context.Context, hostPort string) error {
	namespaces, err := client.NewNamespaceClient(client.Options{HostPort: hostPort})
	for err != nil && ctx.Err() == nil {
		time.Sleep(readyAfter)
		namespaces, err = client.NewNamespaceClient(client.Options{HostPort: hostPort})
	}
	if err != nil {
		return err
	}
	defer namespaces.Close()
	err = namespaces.Register(ctx, &workflowservice.RegisterNamespaceRequest{
		Namespace:                        namespace,
		WorkflowExecutionRetentionPeriod: durationpb.New(retention),
	})
	var exists *serviceerror.NamespaceAlreadyExists
	if errors.As(err, &exists) {
		return nil
	}
	return err
}
