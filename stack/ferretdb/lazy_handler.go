package main

import (
	"context"
	"log/slog"
)

// lazyHandler formats attributes only for a record that is written.
//
// FerretDB hangs every SQL statement with its arguments, whole documents among them, on a logger before it asks whether
// anything is logged at all, and slog's own handlers format what hangs on them at once.
type lazyHandler struct {
	slog.Handler
	attrs []slog.Attr
}

func (h lazyHandler) WithAttrs(attrs []slog.Attr) slog.Handler {
	return lazyHandler{h.Handler, append(h.attrs[:len(h.attrs):len(h.attrs)], attrs...)}
}

func (h lazyHandler) WithGroup(name string) slog.Handler {
	return lazyHandler{h.Handler.WithAttrs(h.attrs).WithGroup(name), nil}
}

func (h lazyHandler) Handle(ctx context.Context, record slog.Record) error {
	return h.Handler.WithAttrs(h.attrs).Handle(ctx, record)
}
