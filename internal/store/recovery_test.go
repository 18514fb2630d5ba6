package store_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"foljsam/internal/fault"
	"foljsam/internal/store"
	"foljsam/internal/store/storetest"
)

func TestEachHolderAloneGetsTheKeysBack(t *testing.T) {
	path := filepath.Join(t.TempDir(), "nycklar")
	keys, err := store.OpenKeys(path)
	if err == nil {
		err = keys.Ensure("nora")
	}
	if err != nil {
		t.Fatal(err)
	}
	if sealed, err := keys.Sealed(nil); sealed != nil || err != nil {
		t.Error("sealed to nobody", err)
	}
	var papers []string
	for _, name := range []string{"Anna Ek", "Bo"} {
		identity, err := keys.AddHolder(name, storetest.Now)
		if err != nil {
			t.Fatal(err)
		}
		papers = append(papers, store.RecoveryGroups(identity))
	}
	storetest.Wants(t, keys.ConfirmHolder("Bo", papers[0], storetest.Now), fault.Invalid, "keeping.holder_other_key")
	storetest.Wants(t, keys.ConfirmHolder("Cilla", papers[0], storetest.Now), fault.NotFound, "keeping.no_holder")
	storetest.Wants(t, keys.ConfirmHolder("Bo", papers[1][:20], storetest.Now), fault.Invalid, "keeping.not_a_recovery_key")
	for i, name := range []string{"Anna Ek", "Bo"} {
		if err := keys.ConfirmHolder(name, " "+strings.ToLower(papers[i]), storetest.Now); err != nil {
			t.Fatal(err)
		}
	}
	_, err = keys.AddHolder("Bo", storetest.Now)
	storetest.Wants(t, err, fault.Conflict, "keeping.holder_taken")
	if err := keys.Ensure("ale"); err != nil { // a key that is made later is sealed too
		t.Fatal(err)
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for i := range papers {
		sealed, err := os.ReadFile(keys.SealedPath())
		if err != nil {
			t.Fatal(err)
		}
		got, err := store.Recover(sealed, papers[i])
		if err != nil || string(got) != string(want) {
			t.Errorf("holder %d does not get the keys back: %v", i, err)
		}
	}
	if err := keys.RemoveHolder("Bo"); err != nil {
		t.Fatal(err)
	}
	sealed, err := os.ReadFile(keys.SealedPath())
	if err != nil {
		t.Fatal(err)
	}
	_, err = store.Recover(sealed, papers[1])
	storetest.Wants(t, err, fault.Invalid, "keeping.recovery_opens_not")
	again, err := store.OpenKeys(path)
	if err != nil {
		t.Fatal(err)
	}
	if all, err := again.Holders(); err != nil || len(all) != 1 || all[0].Name != "Anna Ek" || all[0].Confirmed.IsZero() {
		t.Errorf("%+v %v", all, err)
	}
}

func TestKeysAreReadFromSystemd(t *testing.T) {
	dir := t.TempDir()
	keys, err := store.OpenKeys("file:" + filepath.Join(dir, "foljsam"))
	if err == nil {
		err = keys.Ensure("nora")
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv("CREDENTIALS_DIRECTORY", dir)
	given, err := store.OpenKeys("systemd:foljsam")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := given.Of("nora"); err != nil {
		t.Error(err)
	}
	storetest.Wants(t, given.Ensure("ale"), fault.Invalid, "keeping.keys_read_only")
	for _, name := range []string{"systemd:annan", "systemd:../foljsam", "systemd:"} {
		_, err = store.OpenKeys(name)
		storetest.Wants(t, err, fault.Invalid, "keeping.keys_no_credential")
	}
	t.Setenv("CREDENTIALS_DIRECTORY", "")
	_, err = store.OpenKeys("systemd:foljsam")
	storetest.Wants(t, err, fault.Invalid, "keeping.keys_no_credential")
	_, err = store.OpenKeys("passphrase:" + filepath.Join(dir, "x"))
	storetest.Wants(t, err, fault.Invalid, "keeping.keys_no_passphrase")
}
