package storetest

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"foljsam/internal/audit"
	"foljsam/internal/fault"
	"foljsam/internal/place"
	"foljsam/internal/record"
	"foljsam/internal/store"
)

// Run checks the contract. open gives an empty installation each time.
func Run(t *testing.T, open func(testing.TB) *store.Store) {
	for name, check := range map[string]func(*World){
		"a case is given back as it was filed":                     caseIsGivenBack,
		"a case code is taken once in a register":                  caseCodeIsTakenOnce,
		"who saw an older version is told":                         olderVersionIsRefused,
		"codes that were corrected are kept":                       codesAreKept,
		"revisions keep what was removed":                          revisionsKeep,
		"registers are strictly apart":                             registersAreApart,
		"another register's ids are not found":                     nothingFromAnother,
		"people are the installation's":                            peopleAreTheNodes,
		"roles say who gave them, and proposals are decided once":  rolesAndProposalsAreKept,
		"a new code takes the place of the one before":             codesAndSessionsAreKept,
		"what signing in asks for is each person's own":            secondFactors,
		"audit lines come with their act only":                     auditLinesComeWithTheirAct,
		"a write that fails leaves the others":                     failingWriteLeavesOthers,
		"a panic is an error of its own write":                     panicIsOneWritesError,
		"covers are ordered, filtered and paged":                   coversAreOrdered,
		"open cases stand before closed ones":                      openBeforeClosed,
		"lists are what the cases say":                             listsAreWhatTheCasesSay,
		"cases are found by what they are called now":              casesAreFoundByTheirNames,
		"times are kept with microseconds":                         timesKeepMicroseconds,
		"hostile text is kept or refused, never changed":           hostileText,
		"nothing is written in a read":                             nothingIsWrittenInARead,
		"a context takes back what waits":                          contextTakesBack,
		"many write at the same time":                              manyWrite,
		"local variables are published once":                       booksArePublished,
		"decisions on key figures are one after the other":         figureDecisionsFollow,
		"a survey is found by its code until it is over":           surveysAreFound,
		"what a survey says is kept in versions":                   surveyTextsStand,
		"returns of key figures stand":                             figureReturnsStand,
		"warnings that are let stand are followed":                 acceptedWarningsFollow,
		"notes stand until somebody ends them":                     notesStand,
		"what people chose in an exercise is counted":              codingsAreCounted,
		"what too few chose is forgotten":                          codingsOfFewAreForgotten,
		"an order waits until it is answered":                      ordersWait,
		"a register is made once":                                  registerIsMadeOnce,
		"a query inside the rows of another is refused everywhere": noQueryInsideRows,
		"only what was proposed is deleted, and wholly":            onlyProposedIsDeleted,
		"a client's cases are found together":                      clientsCasesAreFound,
		"look-ups are counted by the hour":                         lookupsAreCounted,
		"returns and publications are only added to":               returnsAreAddedTo,
		"what is closed says so":                                   closedSaysSo,
	} {
		t.Run(name, func(t *testing.T) { check(NewWorld(t, open(t))) })
	}
}

func caseIsGivenBack(w *World) {
	given := map[string]record.Answer{"5": Text("2026-11-01"), "14": {Value: "34", Comment: "så bedömde vi"}, "insats.1.118": Text("1|3")}
	w.Write(w.Nora, func(tx *store.Tx) error { return File(tx, w.CB, "c1", "24-017", "K 3", given) })
	w.Read(w.Nora, func(tx *store.Tx) error {
		c, err := tx.Case("c1")
		if err != nil {
			return err
		}
		for field, a := range given {
			if !c.Form.Get(field).Same(a) {
				w.T.Errorf("%s: %v", field, c.Form.Get(field))
			}
		}
		if c.Unit != "vuxen" || c.Worker != "p1" || c.By != "p1" || c.Form.Version != 1 || !c.Created.Equal(Now) || c.Codebook != "su-kvinnofrid/2021" {
			w.T.Errorf("%+v", c)
		}
		byCode, err := tx.CaseByCode(w.Nora.PseudonymOf(record.OfTheCase, "24-017"))
		if err != nil || byCode.ID != "c1" {
			w.T.Error(err)
		}
		_, code, err := tx.Codes(c.ID)
		if err != nil || code != "K 3" {
			w.T.Error(code, err)
		}
		return nil
	})
	Whole(w.T, w.Nora)
}

func caseCodeIsTakenOnce(w *World) {
	file := func(id string) func(*store.Tx) error {
		return func(tx *store.Tx) error { return File(tx, w.CB, id, "24-017", "K1", nil) }
	}
	w.Write(w.Nora, file("c1"))
	Wants(w.T, w.Nora.Write(w.T.Context(), file("c2")), fault.Conflict, "store.case_code_taken")
	w.Write(w.Ale, file("c1"))
	Whole(w.T, w.Nora)
}

func olderVersionIsRefused(w *World) {
	w.Write(w.Nora, func(tx *store.Tx) error { return File(tx, w.CB, "c1", "24-017", "K1", nil) })
	read := func() (c *record.Filed) {
		w.Read(w.Nora, func(tx *store.Tx) (err error) { c, err = tx.Case("c1"); return err })
		return c
	}
	mine, yours := read(), read()
	w.Write(w.Nora, func(tx *store.Tx) error { return Save(tx, w.CB, mine, map[string]record.Answer{"14": Text("34")}) })
	err := w.Nora.Write(w.T.Context(), func(tx *store.Tx) error {
		return Save(tx, w.CB, yours, map[string]record.Answer{"14": Text("35")})
	})
	Wants(w.T, err, fault.Conflict, "store.changed_meanwhile")
	if got := read().Form.Get("14").Value; got != "34" {
		w.T.Errorf("the second save overwrote the first: %q", got)
	}
	Whole(w.T, w.Nora)
}

func revisionsKeep(w *World) {
	w.Write(w.Nora, func(tx *store.Tx) error {
		return File(tx, w.CB, "c1", "24-017", "K1", map[string]record.Answer{"14": Text("34")})
	})
	w.Write(w.Nora, func(tx *store.Tx) error {
		return Answer(tx, w.CB, "c1", map[string]record.Answer{"14": {}})
	})
	w.Read(w.Nora, func(tx *store.Tx) error {
		all, err := tx.Revisions("c1")
		if err != nil || len(all) != 2 {
			w.T.Fatal(all, err)
		}
		removed := all[1].Changes[0]
		if removed.Old.Value != "34" || !removed.New.Empty() || all[1].Act != audit.Changed || all[1].Person != "p1" || !all[1].At.Equal(Now) {
			w.T.Errorf("%+v", all[1])
		}
		return nil
	})
	Whole(w.T, w.Nora)
}

func codesAreKept(w *World) {
	w.Write(w.Nora, func(tx *store.Tx) error { return File(tx, w.CB, "c1", "24-071", "K1", nil) })
	var was *record.Filed
	w.Read(w.Nora, func(tx *store.Tx) (err error) { was, err = tx.Case("c1"); return err })
	again := *was
	err := w.Nora.Write(w.T.Context(), func(tx *store.Tx) error { return tx.PutCodes(&again, "24-017", "K2") })
	Wants(w.T, err, fault.Conflict, "store.taken") // those of a version are never changed
	w.Write(w.Nora, func(tx *store.Tx) error {
		was.Form.Version++
		return tx.PutCodes(was, "24-017", "K2")
	})
	w.Read(w.Nora, func(tx *store.Tx) error {
		code, client, err := tx.Codes("c1")
		if code != "24-017" || client != "K2" {
			w.T.Errorf("%q %q", code, client)
		}
		return err
	})
}

func registersAreApart(w *World) {
	for r, age := range map[*store.Register]string{w.Nora: "34", w.Ale: "52"} {
		w.Write(r, func(tx *store.Tx) error {
			return File(tx, w.CB, "c1", "24-017", "K1", map[string]record.Answer{"14": Text(age)})
		})
	}
	w.Write(w.Nora, func(tx *store.Tx) error { return tx.PutSetting("slag", "noras") })
	w.Read(w.Ale, func(tx *store.Tx) error {
		c, err := tx.Case("c1")
		if err != nil || c.Form.Get("14").Value != "52" {
			w.T.Error(c, err)
		}
		if n, err := tx.CountCovers(store.Find{}); n != 1 || err != nil {
			w.T.Error(n, err)
		}
		if s, err := tx.Setting("slag"); s != "" || err != nil {
			w.T.Error(s, err)
		}
		if head, err := tx.AuditHead(); head.Seq != 1 || err != nil {
			w.T.Error(head, err)
		}
		return nil
	})
	for _, p := range []record.Purpose{record.OfTheCase, record.OfTheClient} {
		if w.Nora.PseudonymOf(p, "24-017") == w.Ale.PseudonymOf(p, "24-017") {
			w.T.Error("one code has the same pseudonym in two registers")
		}
	}
}

func auditLinesComeWithTheirAct(w *World) {
	oops := errors.New("oops")
	err := w.Nora.Write(w.T.Context(), func(tx *store.Tx) error {
		if err := File(tx, w.CB, "c1", "24-017", "K1", nil); err != nil {
			return err
		}
		return oops
	})
	if !errors.Is(err, oops) {
		w.T.Error(err)
	}
	w.Write(w.Nora, func(tx *store.Tx) error { return File(tx, w.CB, "c2", "24-018", "K1", nil) })
	w.Read(w.Nora, func(tx *store.Tx) error {
		if _, err := tx.Case("c1"); fault.KindOf(err) != fault.NotFound {
			w.T.Error(err)
		}
		lines, err := tx.AuditLines(0, 10)
		if err != nil || len(lines) != 1 {
			w.T.Fatal(lines, err)
		}
		if l, err := lines[0].Read(); err != nil || l.Case != "c2" {
			w.T.Error(l, err)
		}
		return nil
	})
	Whole(w.T, w.Nora)
}

// together sends writes so that they share transactions: the first holds the writer until
// the others wait behind it.
func (w *World) together(all ...func(*store.Tx) error) []error {
	errs := make([]error, len(all))
	var started, sent sync.WaitGroup
	hold, holding := make(chan struct{}), make(chan struct{}, 100)
	sent.Go(func() {
		_ = w.Nora.Write(context.Background(), func(*store.Tx) error { holding <- struct{}{}; <-hold; return nil })
	})
	<-holding
	for i, do := range all {
		started.Add(1)
		sent.Go(func() { started.Done(); errs[i] = w.Nora.Write(context.Background(), do) })
	}
	started.Wait()
	time.Sleep(50 * time.Millisecond) // until they wait; should one not, the test asks less
	close(hold)
	sent.Wait()
	return errs
}

func failingWriteLeavesOthers(w *World) {
	oops := errors.New("oops")
	file := func(id string, end error) func(*store.Tx) error {
		return func(tx *store.Tx) error {
			return errors.Join(File(tx, w.CB, id, "kod "+id, "K1", nil), end)
		}
	}
	errs := w.together(file("c1", nil), file("c2", oops), file("c3", nil),
		func(tx *store.Tx) error { _, err := tx.Case("none"); return err },
		func(tx *store.Tx) error { return File(tx, w.CB, "c1", "another code", "K1", nil) }, // an id that is taken
		file("c4", nil))
	for i, failed := range []bool{false, true, false, true, true, false} {
		if i != 0 && i != 4 && (errs[i] != nil) != failed {
			w.T.Errorf("write %d: %v", i, errs[i])
		}
	}
	if (errs[0] == nil) == (errs[4] == nil) {
		w.T.Errorf("one of two cases with the same id was filed: %v, %v", errs[0], errs[4])
	}
	Wants(w.T, errs[3], fault.NotFound, "store.no_case")
	w.Read(w.Nora, func(tx *store.Tx) error {
		n, err := tx.CountCovers(store.Find{})
		head, _ := tx.AuditHead()
		if n != 3 || head.Seq != 3 {
			w.T.Errorf("%d cases, %d lines", n, head.Seq)
		}
		return err
	})
	Whole(w.T, w.Nora)
}

func panicIsOneWritesError(w *World) {
	file := func(id string) func(*store.Tx) error {
		return func(tx *store.Tx) error { return File(tx, w.CB, id, "kod "+id, "K1", nil) }
	}
	errs := w.together(file("c1"), func(tx *store.Tx) error {
		if err := file("c2")(tx); err != nil {
			return err
		}
		panic("Anna Andersson")
	}, file("c3"))
	if errs[0] != nil || errs[2] != nil {
		w.T.Error(errs)
	}
	Wants(w.T, errs[1], fault.Internal, "store.failed")
	if strings.Contains(errs[1].Error(), "Anna") || !strings.Contains(errs[1].Error(), "panicIsOneWritesError") {
		w.T.Errorf("the error says where, and not what: %v", errs[1])
	}
	err := w.Nora.Read(w.T.Context(), func(*store.Tx) error { panic("Anna Andersson") })
	Wants(w.T, err, fault.Internal, "store.failed")
	for range 10 { // no reader was lost
		w.Read(w.Nora, func(tx *store.Tx) error { _, err := tx.Case("c3"); return err })
	}
	Whole(w.T, w.Nora)
}

func timesKeepMicroseconds(w *World) {
	at := time.Date(2026, 3, 29, 2, 30, 0, 123456789, time.FixedZone("", 3600))
	w.Write(w.Nora, func(tx *store.Tx) error {
		c, changes, err := Case(w.CB, "c1", nil)
		if err != nil {
			return err
		}
		c.Created, c.Changed = at, at
		return tx.AddCase(w.CB, c, store.Revision{Version: 1, At: at, Changes: changes})
	})
	w.Read(w.Nora, func(tx *store.Tx) error {
		c, err := tx.Case("c1")
		if err != nil {
			return err
		}
		all, err := tx.Revisions("c1")
		want := at.UTC().Truncate(time.Microsecond)
		if !c.Created.Equal(want) || !c.Changed.Equal(want) || len(all) != 1 || !all[0].At.Equal(want) {
			w.T.Errorf("%v %v", c.Created, all)
		}
		return err
	})
}

func hostileText(w *World) {
	kept := []string{"'; DROP TABLE cases; --", `"\u0000"`, `\x00`, "?", "$1", "مرحبا\u202e<b>", "😀 Åsa", "\u2028\ufeff", " ", "\x01\x1f\x7f", strings.Repeat("ö", 100_000)}
	for i, text := range kept {
		id := fmt.Sprintf("k%d", i)
		w.Write(w.Nora, func(tx *store.Tx) error {
			return File(tx, w.CB, id, id+text, text, map[string]record.Answer{"14": {Value: text, Comment: text}})
		})
		w.Read(w.Nora, func(tx *store.Tx) error {
			c, err := tx.Case(id)
			if err != nil {
				return err
			}
			if a := c.Form.Get("14"); a.Value != text || a.Comment != text {
				w.T.Errorf("%.20q became %.20q", text, a.Value)
			}
			code, _, err := tx.Codes(c.ID)
			if code != id+text {
				w.T.Errorf("the code %.20q became %.20q", text, code)
			}
			return err
		})
	}
	for _, text := range []string{"a\x00b", "\xff", "Malm\xf6", "\xed\xa0\x80"} {
		for where, do := range map[string]func(*store.Tx) error{
			"an answer": func(tx *store.Tx) error {
				return File(tx, w.CB, "r", "r", "r", map[string]record.Answer{"14": Text(text)})
			},
			"a comment": func(tx *store.Tx) error {
				return File(tx, w.CB, "r", "r", "r", map[string]record.Answer{"14": {Comment: text}})
			},
			"an id":     func(tx *store.Tx) error { return File(tx, w.CB, text, "r", "r", nil) },
			"a setting": func(tx *store.Tx) error { return tx.PutSetting("namn", text) },
			"a search":  func(tx *store.Tx) error { _, err := tx.Case(text); return err },
			"a unit":    func(tx *store.Tx) error { return tx.PutUnit(place.Unit{ID: "u", Name: text}) },
			"a line":    func(tx *store.Tx) error { tx.Audit(audit.Line{At: Now, Person: text}); return nil },
		} {
			if err := w.Nora.Write(w.T.Context(), do); err == nil {
				w.T.Errorf("%q as %s was taken", text, where)
			} else {
				Wants(w.T, err, fault.Invalid, "store.text")
			}
		}
	}
	Whole(w.T, w.Nora)
}

func nothingIsWrittenInARead(w *World) {
	err := w.Nora.Read(w.T.Context(), func(tx *store.Tx) error { return tx.PutSetting("namn", "värde") })
	Wants(w.T, err, fault.Internal, "store.failed")
}

func noQueryInsideRows(w *World) {
	w.Write(w.Nora, func(tx *store.Tx) error { return File(tx, w.CB, "c1", "24-017", "K1", nil) })
	err := w.Nora.Read(w.T.Context(), func(tx *store.Tx) error {
		return tx.EachCase(func(c *record.Filed) error { _, err := tx.Revisions(c.ID); return err })
	})
	Wants(w.T, err, fault.Internal, "store.failed")
	w.Read(w.Nora, func(tx *store.Tx) error { _, err := tx.Revisions("c1"); return err })
}

func contextTakesBack(w *World) {
	over, cancel := context.WithCancel(context.Background())
	cancel()
	if err := w.Nora.Write(over, func(*store.Tx) error { return nil }); !errors.Is(err, context.Canceled) {
		w.T.Error(err)
	}
	waiting, cancel := context.WithCancel(context.Background())
	ran := false
	var took error
	errs := w.together(func(*store.Tx) error {
		go func() { took = w.Nora.Write(waiting, func(*store.Tx) error { ran = true; return nil }) }()
		time.Sleep(20 * time.Millisecond)
		cancel()
		time.Sleep(20 * time.Millisecond)
		return nil
	})
	if errs[0] != nil || ran && took == nil {
		w.T.Log("the write had its turn before the context ended") // as it may
	}
}

func manyWrite(w *World) {
	var all sync.WaitGroup
	w.Write(w.Nora, func(tx *store.Tx) error { return File(tx, w.CB, "c0", "kod", "K", nil) })
	for g := range 16 {
		all.Go(func() {
			for i := range 10 {
				err := w.Nora.Write(context.Background(), func(tx *store.Tx) error {
					if err := Answer(tx, w.CB, "c0", map[string]record.Answer{"14": Text(fmt.Sprint(g, i))}); err != nil {
						return err
					}
					id := fmt.Sprintf("c%d-%d", g, i)
					return File(tx, w.CB, id, id, "K", nil)
				})
				if err != nil {
					w.T.Error(err)
				}
				if err := w.Nora.Read(context.Background(), func(tx *store.Tx) error { _, err := tx.Case("c0"); return err }); err != nil {
					w.T.Error(err)
				}
			}
		})
	}
	all.Wait()
	w.Read(w.Nora, func(tx *store.Tx) error {
		n, err := tx.CountCovers(store.Find{})
		revisions, _ := tx.Revisions("c0")
		head, _ := tx.AuditHead()
		if n != 161 || len(revisions) != 161 || head.Seq != 321 {
			w.T.Errorf("%d cases, %d revisions, %d lines", n, len(revisions), head.Seq)
		}
		return err
	})
	Whole(w.T, w.Nora)
}

func registerIsMadeOnce(w *World) {
	err := w.Store.AddRegister(w.T.Context(), place.Register{ID: "nora", Name: "Igen", Unit: "1884", Created: Now}, nil)
	Wants(w.T, err, fault.Conflict, "store.register_taken")
	_, err = w.Store.Register(w.T.Context(), "finns-inte")
	Wants(w.T, err, fault.NotFound, "store.no_register")
	for _, id := range []string{"", "nod", "las", "../nora", "Nora", "n'ora", `n"ora`, strings.Repeat("n", 41)} {
		err := w.Store.AddRegister(w.T.Context(), place.Register{ID: id, Name: "Namn", Unit: "1884", Created: Now}, nil)
		Wants(w.T, err, fault.Invalid, "store.register_id")
	}
	w.Read(w.Store.Node(), func(tx *store.Tx) error {
		all, err := tx.Registers()
		if len(all) != 2 || all[0].ID != "ale" || all[1].Name != "Socialnämnden i nora" || !all[0].Created.Equal(Now.Truncate(time.Microsecond)) {
			w.T.Errorf("%+v", all)
		}
		return err
	})
	units, err := w.Nora.Units(w.T.Context())
	if err != nil || len(units) != 1 || units[0].Area != "1884" || !units[0].Till.IsZero() || units[0].Was != nil {
		w.T.Errorf("%+v %v", units, err)
	}
	moved := units[0].MovedTo("1440", Now)
	w.Write(w.Nora, func(tx *store.Tx) error { return tx.PutUnit(moved) })
	units, err = w.Nora.Units(w.T.Context())
	if err != nil || units[0].Area != "1440" || units[0].AreaOn(Now.AddDate(0, 0, -1)) != "1884" || len(units[0].Was) != 1 {
		w.T.Errorf("%+v %v", units, err)
	}
}

func closedSaysSo(w *World) {
	if err := w.Store.Close(); err != nil {
		w.T.Fatal(err)
	}
	Wants(w.T, w.Nora.Write(w.T.Context(), func(*store.Tx) error { return nil }), fault.Internal, "store.closed")
	Wants(w.T, w.Nora.Read(w.T.Context(), func(*store.Tx) error { return nil }), fault.Internal, "store.closed")
	_, err := w.Store.Register(w.T.Context(), "nora")
	Wants(w.T, err, fault.Internal, "store.closed")
}
