package app

import "testing"

// An id is told from every other, however it is written.
func TestACaseHasAKeyOfItsOwn(t *testing.T) {
	seen := map[caseKey]string{}
	for _, id := range []string{
		"01a20341-3882-7115-a602-766bc6ff6940", "01a20341-3882-7115-a602-766bc6ff6941", "01A20341-3882-7115-A602-766BC6FF6940",
		"01a203413-882-7115-a602-766bc6ff6940", "01a20341-3882-7115-a602-766bc6ff694g", "", "nora-0001", "nora-0002",
	} {
		key := keyOfCase(id)
		if other, twice := seen[key]; twice {
			t.Errorf("%q and %q have one key", id, other)
		}
		if seen[key] = id; key != keyOfCase(id) {
			t.Errorf("%q has two keys", id)
		}
	}
}
