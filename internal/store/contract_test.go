package store_test

import (
	"path/filepath"
	"testing"

	"foljsam/internal/store"
	"foljsam/internal/store/storetest"
)

func TestContractOnSQLite(t *testing.T) { storetest.Run(t, storetest.Folder) }

func TestContractOnPostgres(t *testing.T) {
	p := storetest.StartPostgres(t)
	storetest.Run(t, func(t testing.TB) *store.Store {
		_, address := p.Database()
		return storetest.Open(t, store.Options{Address: address}, filepath.Join(t.TempDir(), "nycklar"))
	})
}
