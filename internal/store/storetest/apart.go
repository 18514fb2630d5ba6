package storetest

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"time"

	"foljsam/internal/access"
	"foljsam/internal/audit"
	"foljsam/internal/fault"
	"foljsam/internal/indicator"
	"foljsam/internal/note"
	"foljsam/internal/place"
	"foljsam/internal/record"
	"foljsam/internal/store"
)

// ask asks one method of a register's transaction for something that only another register
// has, and gives an error where it found any of it.
type ask func(w *World, tx *store.Tx) error

// asks has every method of a transaction: a new one must be added here.
var asks = map[string]ask{
	"Case":       func(_ *World, tx *store.Tx) error { return notFound(tx.Case("noras")) },
	"CaseByCode": func(w *World, tx *store.Tx) error { return notFound(tx.CaseByCode(w.theirs(record.OfTheCase))) },
	"EachCase": func(_ *World, tx *store.Tx) error {
		return tx.EachCase(func(*record.Filed) error { return errFound })
	},
	"CaseIDs": func(w *World, tx *store.Tx) error {
		all, err := tx.CaseIDs()
		return none(len(all), err)
	},
	"Covers": func(w *World, tx *store.Tx) error {
		all, err := tx.Covers(store.Find{})
		return none(len(all), err)
	},
	"CountCovers": func(_ *World, tx *store.Tx) error { return none(tx.CountCovers(store.Find{})) },
	"Revisions": func(_ *World, tx *store.Tx) error {
		all, err := tx.Revisions("noras")
		return none(len(all), err)
	},
	"AddCase": func(w *World, tx *store.Tx) error { // the same id and code: a case of its own
		c, changes, err := Case(w.CB, "noras", nil)
		if err != nil {
			return err
		}
		c.Code = w.theirs(record.OfTheCase)
		return tx.AddCase(w.CB, c, store.Revision{Version: 1, At: Now, Changes: changes})
	},
	"SaveCase": func(w *World, tx *store.Tx) error {
		c, _, err := Case(w.CB, "noras", map[string]record.Answer{"14": Text("99")})
		if err != nil {
			return err
		}
		c.Form.Version = 2
		return is(tx.SaveCase(w.CB, c, store.Revision{Version: 2, At: Now}), fault.Conflict)
	},
	"Recode": func(_ *World, tx *store.Tx) error {
		return is(tx.Recode(&record.Filed{ID: "noras", Code: "p", Client: "q"}), fault.NotFound)
	},
	"Codes": func(_ *World, tx *store.Tx) error {
		code, _, err := tx.Codes("noras")
		return notFound(code, err)
	},
	"CaseWithCodes": func(_ *World, tx *store.Tx) error {
		_, code, _, err := tx.CaseWithCodes("noras")
		return notFound(code, err)
	},
	"PutCodes": func(w *World, tx *store.Tx) error {
		ours := &record.Filed{ID: "noras", Form: record.NewForm()}
		err := tx.PutCodes(ours, "24-017", "24-017")
		if ours.Code == w.theirs(record.OfTheCase) {
			return errFound
		}
		return err
	},
	"Audit":     func(_ *World, tx *store.Tx) error { tx.Audit(audit.Line{At: Now, Act: audit.Listed}); return nil },
	"AuditHead": func(_ *World, tx *store.Tx) error { h, err := tx.AuditHead(); return none(int(h.Seq), err) },
	"AuditLines": func(_ *World, tx *store.Tx) error {
		all, err := tx.AuditLines(0, 100)
		return none(len(all), err)
	},
	"Units": func(_ *World, tx *store.Tx) error {
		all, err := tx.Units()
		return none(len(all)-1, err) // its own
	},
	"PutUnit": func(_ *World, tx *store.Tx) error {
		return tx.PutUnit(place.Unit{ID: "noras-enhet", Name: "Ales", Area: "1440"})
	},
	"Setting": func(_ *World, tx *store.Tx) error {
		s, err := tx.Setting("noras")
		return none(len(s), err)
	},
	"PutSetting": func(_ *World, tx *store.Tx) error { return tx.PutSetting("noras", "ales") },

	"SignedHeads": func(_ *World, tx *store.Tx) error {
		all, err := tx.SignedHeads(0)
		return none(len(all), err)
	},
	"AuditLine": func(_ *World, tx *store.Tx) error { return notFound(tx.AuditLine(1)) },
	"SeqAt": func(_ *World, tx *store.Tx) error {
		n, err := tx.SeqAt(Now.AddDate(-1, 0, 0))
		return none(int(n)-1, err) // what comes next
	},
	"AddLogCheck": func(_ *World, tx *store.Tx) error {
		return tx.AddLogCheck(store.LogCheck{ID: "ales", At: Now, Sample: []int64{1}})
	},
	"LogCheck": func(_ *World, tx *store.Tx) error { return notFound(tx.LogCheck("noras")) },
	"LogChecks": func(_ *World, tx *store.Tx) error {
		all, err := tx.LogChecks(10)
		return none(len(all), err)
	},
	"AddLogMark": func(_ *World, tx *store.Tx) error {
		return tx.AddLogMark(store.LogMark{Check: "noras", Seq: 1, At: Now, Mark: "vanlig"})
	},
	"LogMarks": func(_ *World, tx *store.Tx) error {
		all, err := tx.LogMarks("noras")
		return none(len(all), err)
	},
	"CountLog": func(_ *World, tx *store.Tx) error {
		more, err := tx.CountLog(time.UTC, 10)
		if more {
			return errFound
		}
		return err
	},
	"LogSums": func(_ *World, tx *store.Tx) error {
		all, err := tx.LogSums(time.UTC, "2000-01-01", "2099-01-01")
		return none(len(all), err)
	},

	"CasesOfClient": func(w *World, tx *store.Tx) error {
		all, err := tx.CasesOfClient(w.theirs(record.OfTheClient))
		return none(len(all), err)
	},
	"AuditOf": func(_ *World, tx *store.Tx) error {
		all, err := tx.AuditOf("noras")
		return none(len(all), err)
	},
	"AuditActs": func(_ *World, tx *store.Tx) error {
		all, err := tx.AuditActs(time.Time{}, audit.Recoded)
		return none(len(all), err)
	},
	"AuditActsBefore": func(_ *World, tx *store.Tx) error {
		all, err := tx.AuditActsBefore(100, 10, audit.Recoded)
		return none(len(all), err)
	},
	"Uncounted": func(_ *World, tx *store.Tx) error { n, err := tx.Uncounted(); return none(int(n), err) },
	"KeyVersions": func(_ *World, tx *store.Tx) error {
		all, err := tx.KeyVersions()
		return none(len(all)-2, err) // its own
	},
	"CodesBroken": func(_ *World, tx *store.Tx) error {
		if !tx.CodesBroken().IsZero() {
			return errFound
		}
		return nil
	},
	"Doubles": func(_ *World, tx *store.Tx) error {
		all, err := tx.Doubles(100)
		return none(len(all), err)
	},
	"AddDoubleNote": func(_ *World, tx *store.Tx) error {
		return tx.AddDoubleNote(store.DoubleNote{Cases: "noras noras2", At: Now})
	},
	"DoubleNotes": func(_ *World, tx *store.Tx) error {
		all, err := tx.DoubleNotes("noras noras2")
		return none(len(all), err)
	},
	"DoubleNotesOf": func(_ *World, tx *store.Tx) error {
		all, err := tx.DoubleNotesOf("noras")
		return none(len(all), err)
	},
	"CountLookup": func(_ *World, tx *store.Tx) error {
		n, err := tx.CountLookup("p1", Now)
		return none(n-1, err) // its own
	},
	"Lookups": func(_ *World, tx *store.Tx) error { return none(tx.Lookups("p1", Now)) },
	"OldCases": func(_ *World, tx *store.Tx) error {
		all, err := tx.OldCases(record.DayOf(Now.AddDate(10, 0, 0)))
		return none(len(all.Closed)+len(all.Excluded), err)
	},
	"ProposeRetention": func(_ *World, tx *store.Tx) error {
		return tx.ProposeRetention(store.Retention{ID: "ales", Proposed: Now}, []string{"noras"})
	},
	"RetentionCases": func(_ *World, tx *store.Tx) error {
		all, err := tx.RetentionCases("noras")
		return none(len(all), err)
	},
	"EndRetention": func(_ *World, tx *store.Tx) error {
		return is(tx.EndRetention(store.Retention{ID: "noras", State: store.RetentionDone}), fault.Conflict)
	},
	"MarkScrubbed": func(_ *World, tx *store.Tx) error { return tx.MarkScrubbed("noras", Now) },
	"DeleteCase":   func(_ *World, tx *store.Tx) error { return notFound(tx.DeleteCase("noras")) },
	"Retentions": func(_ *World, tx *store.Tx) error {
		all, err := tx.Retentions()
		return none(len(all), err)
	},
	"AddReceiver": func(_ *World, tx *store.Tx) error {
		return tx.AddReceiver(store.Receiver{ID: "noras", Name: "SKR", Added: Now})
	},
	"Receivers": func(_ *World, tx *store.Tx) error {
		all, err := tx.Receivers()
		return none(len(all), err)
	},
	"ReceiversToKeep": func(_ *World, tx *store.Tx) error {
		left, err := tx.ReceiversToKeep(nil) // of what Nora has delivered: nothing of it is Ale's
		if left {
			return errFound
		}
		return err
	},
	"KeepReceivers": func(_ *World, tx *store.Tx) error { return tx.KeepReceivers(nil, func() string { return "x" }) },
	"AddDelivery":   func(_ *World, tx *store.Tx) error { return tx.AddDelivery(store.Delivery{ID: "noras", At: Now}) },
	"Deliveries": func(_ *World, tx *store.Tx) error {
		all, err := tx.Deliveries()
		return none(len(all), err)
	},
	"AddFigureDecision": func(_ *World, tx *store.Tx) error { // the same case, year and version: one of its own
		return tx.AddFigureDecision(store.FigureDecision{Year: 2026, Case: "noras", Doubt: "mal", Version: 1, At: Now})
	},
	"AddSurvey": func(_ *World, tx *store.Tx) error { // the same id and case: one of its own
		return tx.AddSurvey(store.Survey{ID: "noras", Case: "noras", Given: Now})
	},
	"SaveSurvey": func(_ *World, tx *store.Tx) error {
		return is(tx.SaveSurvey(store.Survey{ID: "noras-2", State: store.SurveyDone}, store.SurveyGiven), fault.Conflict)
	},
	"SurveyByHash": func(_ *World, tx *store.Tx) error { return notFound(tx.SurveyByHash("noras-hash")) },
	"SurveysOf": func(_ *World, tx *store.Tx) error {
		all, err := tx.SurveysOf("noras-2")
		return none(len(all), err)
	},
	"SurveyTagsOf": func(_ *World, tx *store.Tx) error {
		all, err := tx.SurveyTagsOf("noras")
		return none(len(all), err)
	},
	"SurveysAmong": func(_ *World, tx *store.Tx) error {
		all, err := tx.SurveysAmong([]string{"noras-2"})
		return none(len(all), err)
	},
	"AddSurveyText": func(_ *World, tx *store.Tx) error {
		return tx.AddSurveyText(store.SurveyText{Lang: "so", Version: 1, Content: "ales", At: Now})
	},
	"SurveyTexts": func(_ *World, tx *store.Tx) error {
		all, err := tx.SurveyTexts("ar")
		return none(len(all), err)
	},
	"AddSurveyReview": func(_ *World, tx *store.Tx) error {
		return tx.AddSurveyReview(store.SurveyReview{Lang: "ar", Hash: "h", At: Now})
	},
	"SurveyReviews": func(_ *World, tx *store.Tx) error {
		all, err := tx.SurveyReviews()
		return none(len(slices.DeleteFunc(all, func(x store.SurveyReview) bool { return x.Hash == "h" })), err)
	},
	"AddSurveyTag": func(_ *World, tx *store.Tx) error {
		return tx.AddSurveyTag(store.SurveyTag{Case: "noras", Field: "x", Tag: "ales", At: Now})
	},
	"DropSurveyTag": func(_ *World, tx *store.Tx) error {
		return tx.DropSurveyTag(store.SurveyTag{Case: "noras", Field: "x", Tag: "noras"})
	},
	"SurveyTags": func(_ *World, tx *store.Tx) error {
		all, err := tx.SurveyTags()
		return none(len(slices.DeleteFunc(all, func(x store.SurveyTag) bool { return x.Tag == "ales" })), err)
	},
	"FigureDecisions": func(_ *World, tx *store.Tx) error {
		all, err := tx.FigureDecisions(2026)
		return none(len(all), err)
	},
	"FigureDecisionsOf": func(_ *World, tx *store.Tx) error {
		all, err := tx.FigureDecisionsOf("noras")
		return none(len(all), err)
	},
	"AddFigureReturn": func(_ *World, tx *store.Tx) error {
		return tx.AddFigureReturn(store.FigureReturn{ID: "noras", Year: 2026, Unit: "1884", Edition: 1, At: Now})
	},
	"AddFigureAccepted": func(_ *World, tx *store.Tx) error {
		return tx.AddFigureAccepted(store.FigureAccepted{Year: 2026, Unit: "1884", About: "noras", Version: 1, At: Now})
	},
	"FiguresAccepted": func(_ *World, tx *store.Tx) error {
		all, err := tx.FiguresAccepted()
		return none(len(all), err)
	},
	"MarkFigureSent": func(_ *World, tx *store.Tx) error { return tx.MarkFigureSent("noras", store.FigureSent{At: Now}) },
	"AddNote": func(_ *World, tx *store.Tx) error {
		return tx.AddNote(note.Note{ID: "noras", Kind: note.View, Title: "noras", About: "/resultat", Made: Now})
	},
	"EndNote":   func(_ *World, tx *store.Tx) error { return tx.EndNote("noras", "p1", Now) },
	"AddCoding": func(_ *World, tx *store.Tx) error { return tx.AddCoding(coding("noras")) }, // the same id: one of its own
	"Coding":    func(_ *World, tx *store.Tx) error { return notFound(tx.Coding("noras")) },
	"Codings": func(_ *World, tx *store.Tx) error {
		all, err := tx.Codings()
		return none(len(all), err)
	},
	"HasCoded": func(_ *World, tx *store.Tx) error {
		yes, err := tx.HasCoded("noras", "p1")
		if yes {
			err = errFound
		}
		return err
	},
	"AddCodingSheet": func(_ *World, tx *store.Tx) error {
		return is(tx.AddCodingSheet(coding("noras"), sheet(0), "p9"), fault.Conflict)
	},
	"MoveCoding": func(_ *World, tx *store.Tx) error {
		return is(tx.MoveCoding("noras", "2026-12-01", "2026-12-02"), fault.Conflict)
	},
	"CloseCoding": func(_ *World, tx *store.Tx) error { return is(tx.CloseCoding("noras", "p1", Now), fault.Conflict) },
	"AddOrder":    func(_ *World, tx *store.Tx) error { return tx.AddOrder(note.Order{ID: "noras", Text: "ales"}) },
	"EndOrder":    func(_ *World, tx *store.Tx) error { return is(tx.EndOrder(note.Order{ID: "noras"}), fault.Conflict) },
	"Orders": func(_ *World, tx *store.Tx) error {
		all, err := tx.Orders()
		return none(len(all), err)
	},
	"Notes": func(_ *World, tx *store.Tx) error {
		all, err := tx.Notes()
		return none(len(all), err)
	},
	"FigureReturns": func(_ *World, tx *store.Tx) error {
		all, err := tx.FigureReturns()
		return none(len(all), err)
	},
	"AddBook": func(_ *World, tx *store.Tx) error { return tx.AddBook(store.BookVersion{Version: 1, Content: "ales"}) },
	"Books": func(_ *World, tx *store.Tx) error {
		all, err := tx.Books()
		return none(len(all), err)
	},
	"LastBook":  func(_ *World, tx *store.Tx) error { return none(tx.LastBook()) },
	"Book":      func(_ *World, tx *store.Tx) error { return notFound(tx.Book(1)) },
	"BookDraft": func(_ *World, tx *store.Tx) error { d, err := tx.BookDraft(); return none(d.Version, err) },
	"PutBookDraft": func(_ *World, tx *store.Tx) error {
		return is(tx.PutBookDraft(store.BookDraft{Version: 1, Content: "ales"}), fault.Conflict)
	},

	"PutCollection": func(_ *World, tx *store.Tx) error { return tx.PutCollection(store.Collection{Year: 2024}) },
	"Collections": func(_ *World, tx *store.Tx) error {
		all, err := tx.Collections()
		return none(len(all), err)
	},
	"AddInhabitants": func(_ *World, tx *store.Tx) error {
		return tx.AddInhabitants([]store.Inhabitants{{Unit: "1884", Year: 2024, Edition: 1, Adults: 1}})
	},
	"InhabitantsNow": func(_ *World, tx *store.Tx) error {
		all, err := tx.InhabitantsNow()
		return none(len(all), err)
	},
	"AddReturns": func(_ *World, tx *store.Tx) error {
		return tx.AddReturns([]store.ReceivedReturn{{Return: indicator.Return{Unit: "1884", Year: 2024}, Edition: 1}})
	},
	"ReturnsNow": func(_ *World, tx *store.Tx) error {
		all, err := tx.ReturnsNow()
		return none(len(all), err)
	},
	"ReturnEditions": func(_ *World, tx *store.Tx) error {
		all, err := tx.ReturnEditions("1884", 2024)
		return none(len(all), err)
	},
	"AddPublication": func(_ *World, tx *store.Tx) error {
		return tx.AddPublication(store.Publication{Year: 2024, Edition: 1, Body: []byte("ales")})
	},
	"Publications": func(_ *World, tx *store.Tx) error {
		all, err := tx.Publications()
		return none(len(all), err)
	},
	"AddKoladaMatch": func(_ *World, tx *store.Tx) error {
		return tx.AddKoladaMatch(store.KoladaMatch{Figure: 1, Edition: 1, ID: "ales"})
	},
	"KoladaMatches": func(_ *World, tx *store.Tx) error {
		all, err := tx.KoladaMatches()
		return none(len(all), err)
	},
	"PublishedBody": func(_ *World, tx *store.Tx) error { return notFound(tx.PublishedBody(2024, 1)) },

	"Registers":     nodes(func(tx *store.Tx) error { _, err := tx.Registers(); return err }),
	"AddPerson":     nodes(func(tx *store.Tx) error { return tx.AddPerson(access.Person{ID: "x", Login: "x"}) }),
	"SavePerson":    nodes(func(tx *store.Tx) error { return tx.SavePerson(access.Person{ID: "p1", Name: "x"}) }),
	"Person":        nodes(func(tx *store.Tx) error { _, err := tx.Person("p1"); return err }),
	"PersonByLogin": nodes(func(tx *store.Tx) error { _, err := tx.PersonByLogin("anna"); return err }),
	"People":        nodes(func(tx *store.Tx) error { _, err := tx.People(); return err }),
	"AddGrant":      nodes(func(tx *store.Tx) error { return tx.AddGrant(access.Grant{Person: "p1"}) }),
	"Grants":        nodes(func(tx *store.Tx) error { _, err := tx.Grants("p1"); return err }),
	"GrantsIn":      nodes(func(tx *store.Tx) error { _, err := tx.GrantsIn("nora"); return err }),
	"EndGrant":      nodes(func(tx *store.Tx) error { return tx.EndGrant(access.Grant{Person: "p1"}, Now) }),
	"AllGrants":     nodes(func(tx *store.Tx) error { _, err := tx.AllGrants(); return err }),
	"AddProposal":   nodes(func(tx *store.Tx) error { return tx.AddProposal(access.Proposal{ID: "x"}) }),
	"DecideProposal": nodes(func(tx *store.Tx) error {
		return tx.DecideProposal(access.Proposal{ID: "f1", Outcome: access.Approved})
	}),
	"Proposals":     nodes(func(tx *store.Tx) error { _, err := tx.Proposals(); return err }),
	"PutSignCode":   nodes(func(tx *store.Tx) error { return tx.PutSignCode(access.SignCode{Person: "p1"}) }),
	"SignCode":      nodes(func(tx *store.Tx) error { _, err := tx.SignCode("p1"); return err }),
	"SignCodes":     nodes(func(tx *store.Tx) error { _, err := tx.SignCodes(); return err }),
	"DropSignCode":  nodes(func(tx *store.Tx) error { return tx.DropSignCode("p1") }),
	"MoveSession":   nodes(func(tx *store.Tx) error { return tx.MoveSession("h1", "ale", access.Coordinator) }),
	"AddSession":    nodes(func(tx *store.Tx) error { return tx.AddSession(access.Session{Hash: "x"}) }),
	"Session":       nodes(func(tx *store.Tx) error { _, err := tx.Session("h1"); return err }),
	"TouchSession":  nodes(func(tx *store.Tx) error { return tx.TouchSession("h1", Now) }),
	"EndSession":    nodes(func(tx *store.Tx) error { return tx.EndSession("h1") }),
	"SessionsOf":    nodes(func(tx *store.Tx) error { _, err := tx.SessionsOf("p1"); return err }),
	"EndSessionsOf": nodes(func(tx *store.Tx) error { _, err := tx.EndSessionsOf("p1", ""); return err }),
	"ConfirmSession": nodes(func(tx *store.Tx) error {
		return tx.ConfirmSession("h1", Now)
	}),
	"PutOneTime":        nodes(func(tx *store.Tx) error { return tx.PutOneTime("p1", store.OneTime{}) }),
	"OneTime":           nodes(func(tx *store.Tx) error { _, err := tx.OneTime("p1"); return err }),
	"ConfirmOneTime":    nodes(func(tx *store.Tx) error { return tx.ConfirmOneTime("p1", Now) }),
	"TakeStep":          nodes(func(tx *store.Tx) error { return tx.TakeStep("p1", 1) }),
	"DropOneTime":       nodes(func(tx *store.Tx) error { return tx.DropOneTime("p1") }),
	"PutRecoveryCodes":  nodes(func(tx *store.Tx) error { return tx.PutRecoveryCodes("p1", nil) }),
	"UseRecoveryCode":   nodes(func(tx *store.Tx) error { return tx.UseRecoveryCode("p1", "x", Now) }),
	"RecoveryCodesLeft": nodes(func(tx *store.Tx) error { _, err := tx.RecoveryCodesLeft("p1"); return err }),
	"AddPasskey":        nodes(func(tx *store.Tx) error { return tx.AddPasskey(store.Passkey{ID: "x"}) }),
	"Passkey":           nodes(func(tx *store.Tx) error { _, err := tx.Passkey("x"); return err }),
	"PasskeysOf":        nodes(func(tx *store.Tx) error { _, err := tx.PasskeysOf("p1"); return err }),
	"PasskeysElsewhere": nodes(func(tx *store.Tx) error { _, err := tx.PasskeysElsewhere("x"); return err }),
	"UsePasskey":        nodes(func(tx *store.Tx) error { return tx.UsePasskey(store.Passkey{ID: "x"}, 1, "", Now) }),
	"RemovePasskey":     nodes(func(tx *store.Tx) error { return tx.RemovePasskey("p1", "x") }),
	"AddSignStep":       nodes(func(tx *store.Tx) error { return tx.AddSignStep(store.SignStep{Hash: "x"}, Now) }),
	"SignStep":          nodes(func(tx *store.Tx) error { _, err := tx.SignStep("x", "y", Now); return err }),
	"EndSignStep":       nodes(func(tx *store.Tx) error { return tx.EndSignStep("x") }),
	"DropSignStep":      nodes(func(tx *store.Tx) error { return tx.DropSignStep("x") }),
	"HasSecondFactor":   nodes(func(tx *store.Tx) error { _, err := tx.HasSecondFactor("p1"); return err }),
	"DropFactors":       nodes(func(tx *store.Tx) error { return tx.DropFactors("p1") }),
	"Reminded":          nodes(func(tx *store.Tx) error { _, err := tx.Reminded("p1"); return err }),
	"Remind":            nodes(func(tx *store.Tx) error { return tx.Remind("p1", Now) }),
	"EndSessionsBefore": nodes(func(tx *store.Tx) error {
		return tx.EndSessionsBefore(Now.AddDate(1, 0, 0))
	}),
}

func noteLookup(tx *store.Tx) error { _, err := tx.CountLookup("p1", Now); return err }

var errFound = errors.New("it found what is another register's")

func notFound(_ any, err error) error { return is(err, fault.NotFound) }

func none(n int, err error) error {
	if err == nil && n != 0 {
		return errFound
	}
	return err
}

func is(err error, kind fault.Kind) error {
	if err == nil || fault.KindOf(err) != kind {
		return fmt.Errorf("%w: %v", errFound, err)
	}
	return nil
}

// nodes is a method that is the installation's own, and fails in a register.
func nodes(do func(*store.Tx) error) ask {
	return func(_ *World, tx *store.Tx) error { return is(do(tx), fault.Internal) }
}

// theirs gives Nora's pseudonym of the code that its only case has.
func (w *World) theirs(p record.Purpose) string { return w.Nora.PseudonymOf(p, "24-017") }

func nothingFromAnother(w *World) {
	methods := reflect.TypeFor[*store.Tx]()
	for i := range methods.NumMethod() {
		if name := methods.Method(i).Name; asks[name] == nil {
			w.T.Errorf("the method %s is not in the list of what another register's ids are tried on", name)
		}
	}
	w.Write(w.Nora, func(tx *store.Tx) error {
		return errors.Join(File(tx, w.CB, "noras", "24-017", "24-017", map[string]record.Answer{"14": Text("34")}),
			tx.AddDoubleNote(store.DoubleNote{Cases: "noras noras2", At: Now}), tx.ProposeRetention(store.Retention{ID: "noras", Proposed: Now}, []string{"noras"}), noteLookup(tx),
			tx.AddFigureDecision(store.FigureDecision{Year: 2026, Case: "noras", Doubt: "mal", Version: 1, At: Now}),
			tx.AddSurvey(store.Survey{ID: "noras-2", Case: "noras-2", Given: Now, Hash: "noras-hash"}), tx.AddSurveyText(store.SurveyText{Lang: "ar", Version: 1, Content: "noras", At: Now}),
			tx.AddSurveyReview(store.SurveyReview{Lang: "ar", Hash: "noras", At: Now}), tx.AddSurveyTag(store.SurveyTag{Case: "noras", Field: "x", Tag: "noras", At: Now}),
			tx.AddFigureReturn(store.FigureReturn{ID: "noras", Year: 2026, Unit: "1884", Edition: 1, At: Now}), tx.MarkFigureSent("noras", store.FigureSent{At: Now}), tx.AddFigureAccepted(store.FigureAccepted{Year: 2026, Unit: "1884", About: "noras", Version: 1, At: Now}),
			tx.AddNote(note.Note{ID: "noras", Kind: note.View, Title: "noras", About: "/resultat", Made: Now}),
			tx.AddCoding(coding("noras")), tx.AddCodingSheet(coding("noras"), sheet(0), "p1"), tx.AddOrder(note.Order{ID: "noras", Text: "noras", Made: Now}),
			tx.AddBook(store.BookVersion{Version: 1, Content: "noras"}), tx.PutBookDraft(store.BookDraft{Content: "noras"}),
			tx.PutSetting("noras", "hemligt"), tx.PutUnit(place.Unit{ID: "noras-enhet", Name: "Noras", Area: "1884"}),
			tx.PutCollection(store.Collection{Year: 2024}), tx.AddInhabitants([]store.Inhabitants{{Unit: "1884", Year: 2024, Edition: 1, Adults: 9}}),
			tx.AddReturns([]store.ReceivedReturn{{Return: indicator.Return{Unit: "1884", Year: 2024}, Edition: 1}}), tx.AddPublication(store.Publication{Year: 2024, Edition: 1, Body: []byte("noras")}), tx.AddKoladaMatch(store.KoladaMatch{Figure: 1, Edition: 1, ID: "noras"}),
			tx.AddLogCheck(store.LogCheck{ID: "noras", At: Now, Sample: []int64{1}}), tx.AddLogMark(store.LogMark{Check: "noras", Seq: 1, At: Now, Mark: "fraga"}))
	})
	for name, try := range asks {
		keep := errors.New("not kept")
		err := w.Ale.Write(w.T.Context(), func(tx *store.Tx) error { return errors.Join(try(w, tx), keep) })
		if errors.Is(err, errFound) || err == nil || !errors.Is(err, keep) {
			w.T.Errorf("%s: %v", name, err)
		}
	}
	for _, name := range []string{"AddCase", "PutCodes", "PutUnit", "PutSetting"} { // and kept, it is Ale's own
		w.Write(w.Ale, func(tx *store.Tx) error { return asks[name](w, tx) })
	}
	w.Read(w.Nora, func(tx *store.Tx) error {
		c, err := tx.Case("noras")
		if err != nil || c.Form.Get("14").Value != "34" || c.Form.Version != 1 {
			w.T.Error("Nora's case was changed from Ale", err)
		}
		s, err := tx.Setting("noras")
		if s != "hemligt" {
			w.T.Error("Nora's setting was changed from Ale")
		}
		return err
	})
	Whole(w.T, w.Nora)
}

func peopleAreTheNodes(w *World) {
	node := w.Store.Node()
	anna := access.Person{ID: "p1", Login: "anna", Name: "Anna", Password: "hash", Language: "sv", KeysOff: true, Created: Now}
	w.Write(node, func(tx *store.Tx) error {
		return errors.Join(tx.AddPerson(anna), tx.AddPerson(access.Person{ID: "p2", Login: "bo", Name: "Bo", Created: Now}),
			tx.AddGrant(access.Grant{Person: "p1", Register: "nora", Unit: "vuxen", Role: access.Caseworker, From: Now}),
			tx.AddSession(access.Session{Hash: "h1", Person: "p1", Register: "nora", Role: access.Caseworker, Created: Now, Seen: Now, Ends: Now.AddDate(0, 0, 1)}))
	})
	Wants(w.T, node.Write(w.T.Context(), func(tx *store.Tx) error { return tx.AddPerson(access.Person{ID: "p3", Login: "anna"}) }), fault.Conflict, "store.login_taken")
	anna.Name, anna.Ended = "Anna B", Now
	later := Now.Add(1e9)
	w.Write(node, func(tx *store.Tx) error {
		return errors.Join(tx.SavePerson(anna), tx.TouchSession("h1", later))
	})
	w.Read(node, func(tx *store.Tx) error {
		p, err := tx.PersonByLogin("anna")
		if err != nil || p.Name != "Anna B" || !p.KeysOff || p.Ended.IsZero() || p.Password != "hash" {
			w.T.Errorf("%+v %v", p, err)
		}
		all, _ := tx.People()
		grants, _ := tx.Grants("p1")
		in, _ := tx.GrantsIn("nora")
		if len(all) != 2 || len(grants) != 1 || len(in) != 1 || grants[0].Role != access.Caseworker || !grants[0].Till.IsZero() {
			w.T.Errorf("%v %v %v", all, grants, in)
		}
		s, err := tx.Session("h1")
		if s.Person != "p1" || !s.Seen.After(Now) {
			w.T.Errorf("%+v", s)
		}
		return err
	})
	w.Write(node, func(tx *store.Tx) error { return tx.EndSessionsBefore(Now.AddDate(0, 0, 2)) })
	err := node.Read(w.T.Context(), func(tx *store.Tx) error { _, err := tx.Session("h1"); return err })
	Wants(w.T, err, fault.NotFound, "store.no_session")
}
