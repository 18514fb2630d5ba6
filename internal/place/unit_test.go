package place_test

import (
	"testing"
	"time"

	. "foljsam/internal/place"
)

func on(day string) time.Time {
	t, err := time.Parse(time.DateOnly, day)
	if err != nil {
		panic(err)
	}
	return t
}

// A unit is where it was on each day: moved on, moved back, said wrongly and taken back.
func TestAUnitIsWhereItWas(t *testing.T) {
	expect := func(said string, u Unit, want map[string]string) {
		t.Helper()
		for day, area := range want {
			if got := u.AreaOn(on(day)); got != area {
				t.Errorf("%s: in %s on %s, want %s", said, got, day, area)
			}
		}
	}
	u := Unit{Area: "018001", From: on("2020-01-01")}
	moved := u.MovedTo("018002", on("2023-07-01"))
	expect("moved", moved, map[string]string{"2019-01-01": "018001", "2023-06-30": "018001", "2023-07-01": "018002", "2030-01-01": "018002"})
	back := moved.MovedTo("018001", on("2024-07-01"))
	expect("and back", back, map[string]string{"2023-06-30": "018001", "2024-06-30": "018002", "2024-07-01": "018001"})
	expect("earlier than was said", back.MovedTo("018003", on("2023-01-01")), map[string]string{"2022-12-31": "018001", "2023-01-01": "018003", "2025-01-01": "018003"})
	expect("that day somewhere else", moved.MovedTo("018003", on("2023-07-01")), map[string]string{"2023-06-30": "018001", "2023-07-01": "018003"})
	if again := moved.MovedTo("018001", on("2023-07-01")); len(again.Was) != 0 || again.Area != "018001" {
		t.Errorf("a move that is taken back leaves %+v behind", again)
	}
	if len(u.Was) != 0 || len(moved.Was) != 1 {
		t.Error("a unit was changed by another", u, moved)
	}
}
