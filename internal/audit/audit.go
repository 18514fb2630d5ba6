// Package audit gives the shape of a line in the audit log and the chain of hashes that
// binds the lines of a register together: a line that is changed, taken out or put in is
// found by [Verify].
//
// A line says who did what to which case, and when. It never holds an answer, a name or a
// local code. Who takes away the last lines is not found by the chain alone: compare its
// head with one kept elsewhere.
package audit

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"strconv"
	"time"

	"foljsam/internal/fault"
)

// Act is what somebody did.
type Act string

const (
	Opened    Act = "oppnade_arende"
	Read      Act = "laste_arende"
	Changed   Act = "andrade_arende"
	Closed    Act = "avslutade_arende"
	Reopened  Act = "oppnade_igen"
	Excluded  Act = "uteslot_arende"
	Included  Act = "aterforde_arende"
	Undid     Act = "angrade"
	Recoded   Act = "rattade_kod"
	Listed    Act = "sag_lista"
	LookedUp  Act = "sokte_kod"
	SignedIn  Act = "loggade_in"
	SignedOut Act = "loggade_ut"
	Refused   Act = "nekades"
	Created   Act = "skapade_register"
	Granted   Act = "gav_roll"

	SawDelivery Act = "granskade_uttag" // saw what an extract would hold, before it left
	Delivered   Act = "lamnade_ut"

	AddedRecipient Act = "lade_till_mottagare" // whom extracts may be for

	LookupLimit       Act = "nadde_uppslagsgrans" // a look-up that was not made: there had been too many
	SawEarlier        Act = "sag_tidigare_arende" // was told that the client has been here before
	SawDoubles        Act = "sag_dubbletter"
	DecidedDouble     Act = "avgjorde_dubblett"
	Extracted         Act = "tog_registerutdrag"
	RetentionRuled    Act = "satte_gallringsregel"
	RetentionProposed Act = "foreslog_gallring"
	RetentionEnded    Act = "aterkallade_gallring"
	Retained          Act = "gallrade"
	Scrubbed          Act = "skrev_over" // wrote over what deleted cases had left, again
	LimitSet          Act = "satte_uppslagsgrans"
	KeysRotated       Act = "bytte_nyckel"
	KeysLost          Act = "nyckel_forlorad"

	Confirmed       Act = "bekraftade"            // showed again who they are, before something grave
	ProofFailed     Act = "misslyckades_bekrafta" // who was known by password or session showed a wrong password, code or passkey
	PasswordChanged Act = "bytte_losenord"
	CodesOn         Act = "satte_pa_koder" // one-time codes
	CodesOff        Act = "stangde_av_koder"
	RecoveryMade    Act = "fick_reservkoder"
	RecoveryUsed    Act = "anvande_reservkod"
	PasskeyAdded    Act = "lade_till_passnyckel"
	PasskeyRemoved  Act = "tog_bort_passnyckel"
	PasskeyCopied   Act = "nekade_passnyckel" // its count went back: it may have been copied
	SessionsEnded   Act = "avslutade_inloggningar"
	FactorsRuled    Act = "satte_krav_pa_inloggning"
	FactorsReset    Act = "nollstallde_inloggning" // took away somebody's second factors
	PublicNameSet   Act = "satte_adress"

	// About people, roles and units; About says whom or what.
	AddedPerson   Act = "lade_till_person"
	ChangedPerson Act = "andrade_person"
	EndedPerson   Act = "avslutade_person"
	GaveCode      Act = "gav_engangskod"
	UsedCode      Act = "anvande_engangskod"
	ConfirmedCode Act = "bekraftade_engangskod" // said yes to one that another had given
	StoppedCode   Act = "stoppade_engangskod"
	AnnouncedEnd  Act = "annonserade_avslut" // that a register's last coordinator is to sign in no more
	StoppedEnd    Act = "stoppade_avslut"
	EndedSession  Act = "avslutade_session"
	EndedRole     Act = "avslutade_roll"
	Proposed      Act = "foreslog_roll"
	Approved      Act = "godkande_roll"
	Declined      Act = "avslog_roll"
	Withdrew      Act = "aterkallade_forslag"
	ChangedRole   Act = "bytte_roll"
	AddedUnit     Act = "lade_till_enhet"
	ChangedUnit   Act = "andrade_enhet"
)

// What was done with local variables.
const (
	BookDrafted   Act = "andrade_kodboksutkast"
	BookPublished Act = "publicerade_kodbok"
)

// Line is one line of the log.
type Line struct {
	Seq    int64     `json:"nr"` // 1, 2, 3 … in a register
	At     time.Time `json:"tid"`
	Person string    `json:"vem"` // id, never a name
	Role   string    `json:"roll"`
	Act    Act       `json:"vad"`
	Case   string    `json:"arende,omitempty"` // id, never a code
	Fields []string  `json:"falt,omitempty"`   // which fields, never what they hold
	N      int       `json:"antal,omitempty"`  // how many, of a list
	About  string    `json:"om,omitempty"`     // id of the person or unit that something was done with
	// Version and Sum bind the line to the revision of the case that was filed with it: which
	// it is, and its sum under a key of the register. Without the key the sum says nothing.
	Version int    `json:"version,omitempty"`
	Sum     string `json:"summa,omitempty"`
	// Bound is what stands on a case from its opening and never changes: Sum is over it too, of the
	// line that tells of the opening. It is not written.
	Bound []string `json:"-"`
	// Tables bind the line to the rows of tables that were changed with it, by the table's name.
	Tables map[string]Span `json:"tabeller,omitempty"`
}

// Span is the sum of a table's rows before and after.
type Span [2]string

// Head is where a chain ends.
type Head struct {
	Seq  int64
	Hash string // of the last line, in hex; empty before the first
}

// Sealed is a line as it is kept: its bytes as they were when they were hashed.
type Sealed struct {
	Seq  int64
	Body []byte
	Hash string
}

// Append puts a line last in a chain.
func Append(h Head, l Line) (Sealed, Head, error) {
	l.Seq, l.At = h.Seq+1, l.At.UTC().Truncate(time.Microsecond)
	body, err := json.Marshal(l)
	if err != nil {
		return Sealed{}, h, fault.Wrap(err, fault.Internal, "fault.internal")
	}
	s := Sealed{Seq: l.Seq, Body: body, Hash: chain(h.Hash, l.Seq, body)}
	return s, Head{s.Seq, s.Hash}, nil
}

// chain gives the hash of a line that comes after another: SHA-256 over the earlier hash,
// the number and the bytes, each ended by a line feed.
func chain(before string, seq int64, body []byte) string {
	h := sha256.New()
	h.Write([]byte(before))
	h.Write([]byte{'\n'})
	h.Write(strconv.AppendInt(nil, seq, 10))
	h.Write([]byte{'\n'})
	h.Write(body)
	h.Write([]byte{'\n'})
	return hex.EncodeToString(h.Sum(nil))
}

// Read gives what a sealed line says.
func (s Sealed) Read() (Line, error) {
	var l Line
	if err := json.Unmarshal(s.Body, &l); err != nil {
		return l, fault.Wrap(err, fault.Invalid, "audit.unreadable", "nr", s.Seq)
	}
	return l, nil
}

// Verify follows a chain from a head (the zero Head: from the beginning) through the lines
// that come after it, and gives the head where it ends. The error names the first line
// that is not as it was written.
func Verify(from Head, lines []Sealed) (Head, error) {
	h := from
	for _, s := range lines {
		if s.Seq != h.Seq+1 {
			return h, fault.New(fault.Invalid, "audit.gap", "nr", h.Seq+1)
		}
		if chain(h.Hash, s.Seq, s.Body) != s.Hash {
			return h, fault.New(fault.Invalid, "audit.broken", "nr", s.Seq)
		}
		l, err := s.Read()
		if err != nil || l.Seq != s.Seq {
			return h, fault.New(fault.Invalid, "audit.broken", "nr", s.Seq)
		}
		h = Head{s.Seq, s.Hash}
	}
	return h, nil
}
