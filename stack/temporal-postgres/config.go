package main

import (
	"fmt"
	"net"
	"time"

	"go.temporal.io/server/common/cluster"
	"go.temporal.io/server/common/config"
	"go.temporal.io/server/common/membership/static"
	"go.temporal.io/server/common/persistence/sql/sqlplugin/postgresql"
	"go.temporal.io/server/common/primitives"
	"go.temporal.io/server/temporal"
)

const (
	loopback = "127.0.0.1"
	// The names that Temporal's own images give them.
	defaultDatabase    = "temporal"
	visibilityDatabase = "temporal_visibility"
	clusterName        = "active"
	pollInterval       = 10 * time.Second
)

// serverConfig is what Temporal's own images write into their configuration file.
func serverConfig(o options) (*config.Config, error) {
	services, err := loopbackServices(o.port)
	if err != nil {
		return nil, err
	}
	frontend := net.JoinHostPort(loopback, fmt.Sprint(o.port))
	return &config.Config{
		Global:   config.Global{Membership: config.Membership{MaxJoinDuration: 30 * time.Second, BroadcastAddress: loopback}},
		Services: services,
		Persistence: config.Persistence{
			DefaultStore:     defaultDatabase,
			VisibilityStore:  visibilityDatabase,
			NumHistoryShards: int32(o.shards),
			DataStores: map[string]config.DataStore{
				defaultDatabase:    {SQL: database(o, defaultDatabase)},
				visibilityDatabase: {SQL: database(o, visibilityDatabase)},
			},
		},
		ClusterMetadata: &cluster.Config{
			FailoverVersionIncrement: 10,
			MasterClusterName:        clusterName,
			CurrentClusterName:       clusterName,
			ClusterInformation: map[string]cluster.ClusterInformation{
				clusterName: {Enabled: true, InitialFailoverVersion: 1, RPCAddress: frontend},
			},
		},
		DCRedirectionPolicy: config.DCRedirectionPolicy{Policy: "noop"},
		Archival: config.Archival{
			History:    config.HistoryArchival{State: config.ArchivalDisabled},
			Visibility: config.VisibilityArchival{State: config.ArchivalDisabled},
		},
		NamespaceDefaults: config.NamespaceDefaults{Archival: config.ArchivalNamespaceDefaults{
			History:    config.HistoryArchivalNamespaceDefaults{State: config.ArchivalDisabled},
			Visibility: config.VisibilityArchivalNamespaceDefaults{State: config.ArchivalDisabled},
		}},
		PublicClient: config.PublicClient{HostPort: frontend},
	}, nil
}

func database(o options, name string) *config.SQL {
	return &config.SQL{
		PluginName:      postgresql.PluginName,
		ConnectAddr:     o.postgres,
		ConnectProtocol: "tcp",
		User:            o.user,
		Password:        o.password,
		DatabaseName:    name,
		MaxConns:        20,
		MaxIdleConns:    20,
		MaxConnLifetime: time.Hour,
	}
}

// loopbackServices gives the frontend its port and each other service a free one, which only this process uses.
func loopbackServices(frontendPort int) (map[string]config.Service, error) {
	services := map[string]config.Service{}
	for _, name := range temporal.DefaultServices {
		port := frontendPort
		if name != string(primitives.FrontendService) {
			listener, err := net.Listen("tcp", net.JoinHostPort(loopback, "0"))
			if err != nil {
				return nil, err
			}
			// Held until all are chosen, so that no two services are given the same one.
			defer listener.Close()
			port = listener.Addr().(*net.TCPAddr).Port
		}
		services[name] = config.Service{RPC: config.RPC{GRPCPort: port, BindOnIP: loopback}}
	}
	return services, nil
}

// staticHosts says where the services are, so that they need not find each other by gossip.
func staticHosts(cfg *config.Config) map[primitives.ServiceName]static.Hosts {
	hosts := map[primitives.ServiceName]static.Hosts{}
	for name, service := range cfg.Services {
		hosts[primitives.ServiceName(name)] =
			static.SingleLocalHost(net.JoinHostPort(loopback, fmt.Sprint(service.RPC.GRPCPort)))
	}
	return hosts
}
