package operate

import (
	"foljsam/internal/access"
	"foljsam/internal/web/visit"
)

// LawPage is what the law supports, as far as we know.
type LawPage struct {
	Title      string
	Controller string // who is responsible for this register; empty: the reader works in none
	Sure       []Sure
	Points     []Point
	Info       []string // a proposal of what to tell the client
	Hub        bool     // the settings lead here
}

// Sure is how certain something is, and what that means.
type Sure struct{ Word, Text string }

// Point is one rule: what it says, what that means here, where we have it from and how
// certain it is.
type Point struct {
	ID, Title, Says, Here, From, Sure string
}

// points are the rules in the order in which they stand on the page, each with how certain
// it is. Their words are law.title_ID, law.says_ID, law.here_ID and law.from_ID.
var points = []struct{ id, sure string }{
	{"gdpr", "guess"}, {"solpul", "part"}, {"quality", "part"}, {"act", "part"}, {"register", "open"}, {"statistics", "seen"},
	{"violence", "seen"}, {"secrecy", "part"}, {"statsecrecy", "part"}, {"log", "seen"}, {"access", "part"}, {"cyber", "seen"},
	{"keep", "part"}, {"extract", "guess"}, {"processor", "part"}, {"protected", "guess"},
}

// sureties are how certain a point can be, the surest first: law.sure_ID, law.sure_ID_text.
var sureties = []string{"seen", "part", "guess", "open"}

// infos are the paragraphs of what to tell the client.
var infos = []string{"1", "2", "3", "4", "5", "6", "7"}

// Law is for anybody who is signed in.
func Law(v *visit.Visit) error {
	t := v.Text.T
	f := v.Frame(t("law.page"))
	f.Internal = false // no figures
	data := LawPage{Title: f.Title, Controller: v.Who.At.Controller, Hub: v.By().May(access.SeeUnits)}
	for _, s := range sureties {
		data.Sure = append(data.Sure, Sure{t("law.sure_" + s), t("law.sure_" + s + "_text")})
	}
	for _, p := range points {
		data.Points = append(data.Points, Point{ID: p.id, Title: t("law.title_" + p.id), Says: t("law.says_" + p.id), Here: t("law.here_" + p.id),
			From: t("law.from_" + p.id), Sure: t("law.sure_" + p.sure)})
	}
	for _, i := range infos {
		data.Info = append(data.Info, t("law.info_"+i))
	}
	return v.Show("operate-law.html", f, data)
}
