package store

import (
	"context"

	"foljsam/internal/fault"
)

func openPostgres(context.Context, Options) (engine, error) {
	return nil, fault.New(fault.Invalid, "store.address")
}
