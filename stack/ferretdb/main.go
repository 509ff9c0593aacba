// Command ferretdb serves the MongoDB wire protocol on SQLite: FerretDB 1.24, embedded.
//
// FerretDB's own command needs a generated version file that a module build lacks, so the embeddable package is used.
package main

import (
	"context"
	"flag"
	"fmt"
	"log/slog"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"github.com/FerretDB/FerretDB/ferretdb"
)

func main() {
	listen := flag.String("listen", "127.0.0.1:27017", "TCP address to listen on")
	dir := flag.String("dir", "", "directory of the SQLite files (must exist)")
	synchronous := flag.String("synchronous", "FULL", "what an acknowledged write survives: FULL a power loss, NORMAL a killed process")
	pages := flag.Int("max-pages", 0, "the most pages that a database may take, as if the disk were full then; 0: no limit")
	flag.Parse()
	pragmas := []string{"synchronous(" + *synchronous + ")", "secure_delete(ON)"}
	if *pages > 0 {
		pragmas = append(pragmas, fmt.Sprintf("max_page_count(%d)", *pages))
	}
	if err := serve(*listen, *dir, pragmas); err != nil {
		fmt.Fprintln(os.Stderr, "ferretdb:", err)
		os.Exit(1)
	}
}

// serve runs until it is told to stop. Files are in WAL mode (FerretDB's default). What was deleted is overwritten, so that
// erased words do not stay readable in free pages.
func serve(listen, dir string, pragmas []string) error {
	if info, err := os.Stat(dir); err != nil || !info.IsDir() {
		return fmt.Errorf("-dir %q is not a directory", dir)
	}
	// FerretDB's warnings print whole responses to failed commands.
	handler := slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelError})
	server, err := ferretdb.New(&ferretdb.Config{
		Listener:  ferretdb.ListenerConfig{TCP: listen},
		Logger:    slog.New(lazyHandler{Handler: handler}),
		Handler:   "sqlite",
		SQLiteURL: "file:" + dir + "/?_pragma=" + strings.Join(pragmas, "&_pragma="),
	})
	if err != nil {
		return err
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := server.Run(ctx); err != nil && ctx.Err() == nil {
		return err
	}
	return nil
}
