package storetest

import (
	"errors"

	"foljsam/internal/access"
	"foljsam/internal/fault"
	"foljsam/internal/store"
)

func rolesAndProposalsAreKept(w *World) {
	node := w.Store.Node()
	role := access.Grant{Person: "p1", Register: "nora", Unit: "vuxen", Role: access.Caseworker, From: Now, GivenBy: "p2", ApprovedBy: "p3"}
	wish := access.Proposal{ID: "f1", Person: "p1", Register: "nora", Role: access.Coordinator, MadeBy: "p2", Made: Now, Ends: Now.AddDate(0, 0, 14)}
	w.Write(node, func(tx *store.Tx) error { return errors.Join(tx.AddGrant(role), tx.AddProposal(wish)) })
	later := Now.AddDate(0, 1, 0)
	decided := wish
	decided.Outcome, decided.Decided, decided.DecidedBy = access.Approved, later, "p3"
	w.Write(node, func(tx *store.Tx) error { return errors.Join(tx.EndGrant(role, later), tx.DecideProposal(decided)) })
	Wants(w.T, node.Write(w.T.Context(), func(tx *store.Tx) error { return tx.DecideProposal(decided) }), fault.Conflict, "store.decided")
	w.Read(node, func(tx *store.Tx) error {
		all, err := tx.AllGrants()
		role.From, role.Till = role.From.Truncate(1000), later.Truncate(1000)
		if len(all) != 1 || all[0] != role {
			w.T.Errorf("%+v", all)
		}
		proposals, err2 := tx.Proposals()
		if len(proposals) != 1 || proposals[0].Outcome != access.Approved || proposals[0].DecidedBy != "p3" || !proposals[0].Ends.Equal(wish.Ends.Truncate(1000)) {
			w.T.Errorf("%+v", proposals)
		}
		return errors.Join(err, err2)
	})
	role.Unit = "annan"
	Wants(w.T, node.Write(w.T.Context(), func(tx *store.Tx) error { return tx.EndGrant(role, later) }), fault.NotFound, "store.no_grant")
}

func codesAndSessionsAreKept(w *World) {
	node := w.Store.Node()
	session := access.Session{Hash: "h1", Person: "p1", Register: "nora", Role: access.Caseworker, How: access.ByPassword, Created: Now, Seen: Now, Ends: Now.AddDate(0, 0, 1)}
	w.Write(node, func(tx *store.Tx) error {
		return errors.Join(tx.AddSession(session), tx.MoveSession("h1", "", access.Administrator),
			tx.PutSignCode(access.SignCode{Person: "p1", Hash: "first", MadeBy: "p2", Made: Now, Ends: Now}),
			tx.PutSignCode(access.SignCode{Person: "p1", Hash: "second", MadeBy: "p2", Made: Now, Ends: Now.AddDate(0, 0, 7)}))
	})
	w.Read(node, func(tx *store.Tx) error {
		s, err := tx.Session("h1")
		if s.Role != access.Administrator || s.Register != "" || s.How != access.ByPassword {
			w.T.Errorf("%+v", s)
		}
		c, err2 := tx.SignCode("p1")
		if c.Hash != "second" || c.MadeBy != "p2" || !c.Ends.After(c.Made) {
			w.T.Errorf("%+v", c)
		}
		return errors.Join(err, err2)
	})
	w.Write(node, func(tx *store.Tx) error { return tx.DropSignCode("p1") })
	err := node.Read(w.T.Context(), func(tx *store.Tx) error { _, err := tx.SignCode("p1"); return err })
	Wants(w.T, err, fault.NotFound, "store.no_sign_code")
	Wants(w.T, node.Write(w.T.Context(), func(tx *store.Tx) error { return tx.MoveSession("h9", "", "") }), fault.NotFound, "store.no_session")
}
