package store_test

import (
	"os"
	"testing"

	"foljsam/internal/fault"
	"foljsam/internal/store"
	"foljsam/internal/store/storetest"
)

func TestSelfTestPassesHereAndLeavesNothing(t *testing.T) {
	if testing.Short() {
		t.Skip("takes some seconds")
	}
	dir := t.TempDir()
	did, err := store.SelfTest(t.Context(), dir)
	if err != nil || did.Writes < 8 || did.Reads < 8 || !did.Shared {
		t.Errorf("%+v %v", did, err)
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) != 0 {
		t.Errorf("left behind: %v", left)
	}
	_, err = store.SelfTest(t.Context(), dir+"/finns-inte")
	storetest.Wants(t, err, fault.Invalid, "store.folder")
}
